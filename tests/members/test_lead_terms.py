import datetime as dt

import pytest

from members.actions import change_unit, end_lead_term, hand_over_lead, record_succession, remove_lead_term
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, LeadTerm, Unit
from tests.support.factories import NOW, UnitFactory

pytestmark = pytest.mark.usefixtures("cluster")
JANUARY = dt.date(2022, 1, 1)


def hand_over(unit, starts_on=JANUARY, ends_on=None, role="lead"):
    return hand_over_lead(unit=unit, role=role, starts_on=starts_on, ends_on=ends_on, by=None, now=NOW)


def stored():
    return list(LeadTerm.objects.order_by("starts_on").values_list("unit", "starts_on", "ends_on"))


def test_handing_over_ends_the_open_term_the_day_before(unit, other_unit):
    hand_over(unit, dt.date(2021, 1, 1))

    hand_over(other_unit, JANUARY)

    assert stored() == [
        (unit.pk, dt.date(2021, 1, 1), dt.date(2021, 12, 31)),
        (other_unit.pk, JANUARY, None),
    ]


def test_a_handover_leaves_a_trace_with_both_units(unit, other_unit):
    hand_over(unit, dt.date(2021, 1, 1))
    hand_over(other_unit, JANUARY)

    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "unit_id")) == [
        ("lead_term.started", unit.pk),
        ("lead_term.ended", unit.pk),
        ("lead_term.started", other_unit.pk),
    ]


def test_roles_are_independent_of_each_other(unit, other_unit):
    hand_over(unit, role="lead")
    hand_over(other_unit, role="deputy")

    assert LeadTerm.objects.current_on(JANUARY).count() == 2


def test_a_past_term_may_be_added_before_the_open_one(unit, other_unit):
    hand_over(unit, JANUARY)

    hand_over(other_unit, dt.date(2020, 1, 1), dt.date(2021, 12, 31))

    assert len(stored()) == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (dt.date(2021, 6, 1), None),
        (dt.date(2021, 6, 1), JANUARY),
        (JANUARY, None),
    ],
)
def test_terms_of_one_role_never_overlap(unit, other_unit, starts_on, ends_on):
    hand_over(unit, JANUARY)

    with pytest.raises(Refused) as refused:
        hand_over(other_unit, starts_on, ends_on)

    assert refused.value.fields == ("starts_on",)
    assert stored() == [(unit.pk, JANUARY, None)]


def test_a_unit_does_not_take_over_from_itself(unit):
    hand_over(unit, JANUARY)

    with pytest.raises(Refused) as refused:
        hand_over(unit, dt.date(2023, 1, 1))

    assert refused.value.fields == ("unit",)
    assert stored() == [(unit.pk, JANUARY, None)]


def test_only_a_member_of_the_day_can_lead(db):
    with pytest.raises(Refused) as refused:
        hand_over(UnitFactory(joined_on=JANUARY + dt.timedelta(days=1)))

    assert refused.value.fields == ("unit",)


def test_a_term_ends_without_a_successor(unit):
    term = hand_over(unit)

    end_lead_term(term, ends_on=dt.date(2022, 6, 30), by=None, now=NOW)

    assert stored() == [(unit.pk, JANUARY, dt.date(2022, 6, 30))]


def test_a_term_does_not_end_before_it_began(unit):
    with pytest.raises(Refused):
        end_lead_term(hand_over(unit), ends_on=JANUARY - dt.timedelta(days=1), by=None, now=NOW)


def test_an_ended_term_does_not_end_again(unit):
    term = hand_over(unit, ends_on=dt.date(2022, 6, 30))

    with pytest.raises(Refused):
        end_lead_term(term, ends_on=dt.date(2022, 12, 31), by=None, now=NOW)


def test_a_term_recorded_by_mistake_is_taken_back_and_stays_in_the_trail(unit):
    remove_lead_term(hand_over(unit), by=None, now=NOW)

    entry = AuditEntry.objects.get(verb="lead_term.removed")
    assert stored() == []
    assert (entry.unit_id, entry.changes["starts_on"]) == (unit.pk, ["2022-01-01", None])


@pytest.mark.parametrize("values", [{"left_on": dt.date(2022, 6, 1)}, {"joined_on": dt.date(2022, 2, 1)}])
def test_a_unit_holds_no_role_while_it_is_no_member(unit, values):
    hand_over(unit)
    with pytest.raises(Refused) as refused:
        change_unit(unit, values=values, revision=unit.revision, by=None, now=NOW)
    assert refused.value.fields == tuple(values)


def test_a_unit_leaves_once_its_term_has_ended(unit):
    end_lead_term(hand_over(unit), ends_on=dt.date(2022, 5, 31), by=None, now=NOW)
    change_unit(unit, values={"left_on": dt.date(2022, 6, 1)}, revision=unit.revision, by=None, now=NOW)
    assert Unit.objects.get(pk=unit.pk).left_on == dt.date(2022, 6, 1)


def test_a_lead_unit_does_not_end_in_a_merger(unit, other_unit):
    hand_over(unit)
    with pytest.raises(Refused) as refused:
        record_succession(
            predecessors=[unit],
            successors=[other_unit],
            on=dt.date(2022, 3, 1),
            predecessors_end=True,
            by=None,
            now=NOW,
        )
    assert refused.value.fields == ("predecessors",)
    assert not unit.successions.exists()


@pytest.mark.parametrize("ends_on", [None, dt.date(2022, 6, 1)])
def test_a_term_ends_before_its_unit_leaves(ends_on):
    with pytest.raises(Refused, match="01/06/2022"):
        hand_over(UnitFactory(left_on=dt.date(2022, 6, 1)), ends_on=ends_on)
    assert not stored()


def test_the_page_of_a_unit_tells_why_it_can_not_leave(as_user, secretariat, unit):
    hand_over(unit)
    typed = {"name": unit.name, "short_name": unit.short_name, "kind": unit.kind, "order": unit.order}
    typed |= {"joined_on": unit.joined_on, "left_on": "2022-06-01", "revision": unit.revision, "address": "Vừa gõ"}
    form = as_user(secretariat).post(f"/units/{unit.pk}/edit/", typed).context["form"]
    assert "bàn giao" in form.errors["left_on"][0]
    assert form["address"].value() == "Vừa gõ"
