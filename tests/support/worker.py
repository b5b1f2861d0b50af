"""The worker that runs beside the web server, for tests: it works until nothing is left to do."""

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from cluster_portal.worker import take_turn


def work(*, now=None, worker="the-worker-of-the-tests", may_fail=False):
    """Do what is due `now`: every task, and the chores once more after the last of them."""
    while take_turn(worker, now=now or timezone.now()):
        pass
    failed = DBTaskResult.objects.failed().first()
    assert may_fail or failed is None, failed.traceback
