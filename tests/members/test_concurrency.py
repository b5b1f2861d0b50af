"""Rules over several rows hold when two people act at the same moment."""

import datetime as dt

import pytest

from members.actions import change_unit, deactivate_person, hand_over_lead
from members.infrastructure.refusals import Refused
from members.models import LeadTerm, Unit, User
from tests.support.at_once import at_once, before_it_is_stored
from tests.support.factories import NOW, ClusterFactory, UnitFactory, UserFactory


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


def test_a_unit_does_not_take_the_lead_while_it_leaves(transactional_db):
    ClusterFactory()
    unit = UnitFactory()
    leaving = {"left_on": dt.date(2022, 6, 1)}

    with pytest.raises(Refused, match="01/06/2022"):
        before_it_is_stored(
            lambda: change_unit(Unit.objects.get(), values=leaving, revision=unit.revision, by=None, now=NOW),
            lambda: hand_over_lead(unit=unit, role="lead", starts_on=dt.date(2022, 1, 1), by=None, now=NOW),
        )

    assert not LeadTerm.objects.exists()
