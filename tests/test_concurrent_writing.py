"""Two people who save at the same moment wait for each other (docs/decisions/0002)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from members.models import Unit
from tests.support.factories import UnitFactory

WRITERS = 4
ROUNDS = 10


def test_writers_wait_for_each_other_instead_of_failing(transactional_db):
    unit = UnitFactory(order=0)
    together = Barrier(WRITERS)

    def count_up():
        together.wait()
        for _round in range(ROUNDS):
            with transaction.atomic():
                row = Unit.objects.select_for_update().get(pk=unit.pk)
                row.order += 1
                row.save(update_fields=["order"])
        connection.close()

    with ThreadPoolExecutor(WRITERS) as writers:
        for written in [writers.submit(count_up) for _writer in range(WRITERS)]:
            written.result()

    unit.refresh_from_db()
    assert unit.order == WRITERS * ROUNDS
