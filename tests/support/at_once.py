"""Two people who act in the same moment, each over a connection of their own."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connection, transaction

from members.infrastructure.refusals import Refused


def at_once(*acts):
    """Do the acts in threads of their own, none stored before all were begun; which of them were refused."""
    together = Barrier(len(acts))

    def attempt(act):
        together.wait()
        try:
            with transaction.atomic():
                act()
                time.sleep(0.3)
        except Refused:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(attempt, acts))


def before_it_is_stored(act, then):
    """What `then` returns when somebody else has done `act`, but it is not stored until `then` waits for it."""
    done = Event()

    def begin():
        try:
            with transaction.atomic():
                act()
                done.set()
                time.sleep(0.5)
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(1) as somebody_else:
        storing = somebody_else.submit(begin)
        done.wait()
        answer = then()
        storing.result()
    return answer
