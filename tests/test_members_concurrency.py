"""Rules over several rows hold when two people act at the same moment."""

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from members.actions import deactivate_person, hand_over_lead
from members.models import LeadTerm, User
from tests.factories import NOW, ClusterFactory, UnitFactory, UserFactory


def at_once(*acts):
    """Do the acts in threads of their own, none stored before all were begun; which of them were refused."""
    together = Barrier(len(acts))

    def attempt(act):
        together.wait()
        try:
            with transaction.atomic():
                act()
                time.sleep(0.3)
        except ValidationError:
            return True
        finally:
            connection.close()
        return False

    with ThreadPoolExecutor(len(acts)) as people:
        return list(people.map(attempt, acts))


def test_two_secretaries_can_not_remove_each_other(transactional_db):
    first, second = UserFactory.create_batch(2, role="secretariat")

    refused = at_once(
        lambda: deactivate_person(first, by=None, now=NOW),
        lambda: deactivate_person(second, by=None, now=NOW),
    )

    assert sorted(refused) == [False, True]
    assert User.objects.active().secretariat().count() == 1


def test_two_units_do_not_take_the_lead_at_once(transactional_db):
    ClusterFactory()
    first, second = UnitFactory.create_batch(2)
    start = dt.date(2022, 1, 1)

    refused = at_once(
        lambda: hand_over_lead(unit=first, role="lead", starts_on=start, by=None, now=NOW),
        lambda: hand_over_lead(unit=second, role="lead", starts_on=start, by=None, now=NOW),
    )

    assert sorted(refused) == [False, True]
    assert LeadTerm.objects.count() == 1
