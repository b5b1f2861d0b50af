"""The worker that runs beside the web server, for tests: it works until nothing is left to do."""

from django.utils import timezone

from cluster_portal.worker import take_turn


def work(*, now=None, worker="the-worker-of-the-tests"):
    """Do what is due `now`: every task, and the chores once more after the last of them."""
    while take_turn(worker, now=now or timezone.now()):
        pass
