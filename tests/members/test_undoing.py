"""A merger or a lead term is taken back while nothing was built on it, and otherwise it is said what was."""

import datetime as dt

import pytest
from django.urls import reverse

from members.actions import change_unit, hand_over_lead, record_succession, remove_lead_term, undo_succession
from members.infrastructure.refusals import Refused
from members.models import LeadTerm, UnitSuccession
from tests.support.documents import issued_report
from tests.support.factories import NOW, UnitFactory
from tests.support.refusing import refusal
from tests.support.reporting import accepted_report

MERGER = dt.date(2022, 3, 1)


@pytest.fixture
def merged(cluster, unit, other_unit):
    """Two units that merged into a third."""
    new = UnitFactory(joined_on=MERGER)
    record_succession(
        predecessors=[unit, other_unit], successors=[new], on=MERGER, predecessors_end=True, by=None, now=NOW
    )
    unit.refresh_from_db()
    return new


def undo(unit):
    undo_succession(succession=UnitSuccession.objects.get(predecessor=unit), by=None, now=NOW)


def test_a_merger_is_taken_back(as_user, secretariat, merged, unit):
    succession = UnitSuccession.objects.get(predecessor=unit)
    client = as_user(secretariat)
    address = reverse("members:succession-undo", args=[succession.pk])
    assert address in client.get(unit.get_absolute_url()).content.decode()
    client.post(address)
    unit.refresh_from_db()
    assert unit.left_on is None
    assert list(merged.inheritances.values_list("predecessor__left_on", flat=True)) == [MERGER]


def test_what_was_built_on_a_merger_stands_in_the_way(as_user, secretariat, merged, unit):
    accepted_report(merged, "2022-H1", {"ma-tuy": 1})
    address = reverse("members:succession-undo", args=[UnitSuccession.objects.get(predecessor=unit).pk])
    told = refusal(as_user(secretariat).post(address))
    assert merged.name in told
    unit.refresh_from_db()
    assert unit.left_on == MERGER


def test_a_merger_that_went_meanwhile_is_told(merged, unit):
    succession = UnitSuccession.objects.get(predecessor=unit)
    undo(unit)
    with pytest.raises(Refused):
        undo_succession(succession=succession, by=None, now=NOW)


@pytest.mark.parametrize("left_on", [None, dt.date(2023, 1, 1), dt.date(2022, 1, 1)])
def test_a_unit_that_merged_is_not_reopened(as_user, secretariat, merged, unit, left_on):
    with pytest.raises(Refused, match=merged.name) as refused:
        change_unit(unit, values={"left_on": left_on}, revision=unit.revision, by=None, now=NOW)
    assert refused.value.fields == ("left_on",)


def test_other_facts_of_a_unit_that_merged_are_still_changed(merged, unit):
    change_unit(unit, values={"address": "Khác"}, revision=unit.revision, by=None, now=NOW)
    unit.refresh_from_db()
    assert unit.address == "Khác"


def test_a_successor_does_not_join_after_it_took_over(merged):
    with pytest.raises(Refused):
        change_unit(merged, values={"joined_on": dt.date(2022, 4, 1)}, revision=1, by=None, now=NOW)


def lead(unit, starts_on, now=NOW):
    return hand_over_lead(unit=unit, role="lead", starts_on=starts_on, by=None, now=now)


def test_a_handover_taken_back_lets_the_outgoing_term_go_on(cluster, unit, other_unit):
    first = lead(unit, dt.date(2022, 1, 1))
    second = lead(other_unit, dt.date(2022, 7, 1), now=NOW + dt.timedelta(hours=1))
    remove_lead_term(second, by=None, now=NOW)
    first.refresh_from_db()
    assert first.ends_on is None
    assert list(LeadTerm.objects.all()) == [first]


def test_a_term_in_which_something_was_issued_stays(as_user, secretariat, cluster, unit):
    term = lead(unit, dt.date(2022, 1, 1))
    accepted_report(unit, "2022-H1", {"ma-tuy": 1})
    issued_report()
    told = refusal(as_user(secretariat).post(reverse("members:lead-term-remove", args=[term.pk])))
    assert "01/BC-CĐBAT" in told
    assert LeadTerm.objects.filter(pk=term.pk).exists()


@pytest.mark.parametrize("planned", [None, dt.date(2023, 1, 1)])
def test_a_unit_is_a_member_again_until_the_day_it_was_to_leave(unit, other_unit, planned):
    change_unit(unit, values={"left_on": planned}, revision=unit.revision, by=None, now=NOW)
    record_succession(predecessors=[unit], successors=[other_unit], on=MERGER, predecessors_end=True, by=None, now=NOW)
    undo(unit)
    unit.refresh_from_db()
    assert unit.left_on == planned


def test_the_latest_merger_on_that_day_tells_what_was_before(unit, other_unit):
    for planned in (dt.date(2023, 1, 1), dt.date(2024, 1, 1)):
        unit.refresh_from_db()
        change_unit(unit, values={"left_on": planned}, revision=unit.revision, by=None, now=NOW)
        record_succession(
            predecessors=[unit], successors=[other_unit], on=MERGER, predecessors_end=True, by=None, now=NOW
        )
        undo(unit)
        unit.refresh_from_db()
        assert unit.left_on == planned
