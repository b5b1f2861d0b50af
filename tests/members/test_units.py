import datetime as dt

import pytest

from members.actions import change_unit, create_unit, import_units, record_succession
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Unit, UnitSuccession
from tests.support.factories import NOW, UnitFactory

MERGER = dt.date(2025, 7, 1)
FACTS = {"name": "Xã Mới", "short_name": "Mới", "kind": "commune", "joined_on": dt.date(2020, 1, 1)}


def merge(predecessors, successors, *, on=MERGER, predecessors_end=True, by=None):
    return record_succession(
        predecessors=predecessors, successors=successors, on=on, predecessors_end=predecessors_end, by=by, now=NOW
    )


def test_a_new_unit_stands_last_and_leaves_a_trace(unit, secretariat):
    created = create_unit(values=FACTS, by=secretariat, now=NOW)

    entry = AuditEntry.objects.about(created).get()
    assert created.order == unit.order + 1
    assert (entry.verb, entry.actor, entry.unit_id) == ("unit.created", secretariat, created.pk)
    assert entry.changes["name"] == [None, "Xã Mới"]


def test_a_change_is_recorded_with_old_and_new(unit, secretariat):
    change_unit(unit, values={"leader": "Bà An"}, revision=unit.revision, by=secretariat, now=NOW)

    assert AuditEntry.objects.get().changes == {"leader": ["", "Bà An"]}


def test_a_stale_change_is_refused(unit, secretariat):
    change_unit(unit, values={"leader": "Bà An"}, revision=1, by=secretariat, now=NOW)

    with pytest.raises(StaleEdit):
        change_unit(unit, values={"leader": "Ông Ba"}, revision=1, by=secretariat, now=NOW)

    assert Unit.objects.get(pk=unit.pk).leader == "Bà An"


def test_an_import_stores_all_or_nothing(unit):
    with pytest.raises(Refused) as refused:
        import_units(rows=[FACTS, {**FACTS, "name": unit.name, "short_name": "Khác"}], by=None, now=NOW)

    assert refused.value.fields == ("name",)
    assert list(Unit.objects.all()) == [unit]
    assert not AuditEntry.objects.exists()


def test_units_that_merge_leave_on_the_day_and_pass_on_whole(unit, other_unit):
    merged = UnitFactory(joined_on=MERGER)

    merge([unit, other_unit], [merged])

    assert set(Unit.objects.values_list("pk", "left_on")) == {
        (unit.pk, MERGER),
        (other_unit.pk, MERGER),
        (merged.pk, None),
    }
    assert set(UnitSuccession.objects.values_list("predecessor", "successor", "on", "is_partial")) == {
        (unit.pk, merged.pk, MERGER, False),
        (other_unit.pk, merged.pk, MERGER, False),
    }


def test_a_unit_of_which_only_a_part_moves_stays(unit, other_unit):
    merge([unit], [other_unit], predecessors_end=False)

    assert Unit.objects.get(pk=unit.pk).left_on is None
    assert UnitSuccession.objects.get().is_partial


def test_a_unit_divided_among_two_passes_on_a_part_to_each(unit, other_unit):
    merge([unit], [other_unit, UnitFactory()])

    assert Unit.objects.get(pk=unit.pk).left_on == MERGER
    assert list(UnitSuccession.objects.values_list("is_partial", flat=True)) == [True, True]


def test_each_unit_of_a_merger_has_its_own_trace(unit, other_unit, secretariat):
    merge([unit], [other_unit], by=secretariat)

    assert set(AuditEntry.objects.values_list("verb", "unit_id")) == {
        ("unit.handed_over", unit.pk),
        ("unit.took_over", other_unit.pk),
    }


def test_a_merger_makes_an_open_edit_of_the_unit_stale(unit, other_unit, secretariat):
    merge([unit], [other_unit])

    with pytest.raises(StaleEdit):
        change_unit(unit, values={"email": "x@mau.example"}, revision=1, by=secretariat, now=NOW)


@pytest.mark.parametrize("left_on", [dt.date(2024, 1, 1), dt.date(2025, 6, 30)])
def test_a_unit_that_left_before_can_not_pass_on(other_unit, left_on):
    gone = UnitFactory(left_on=left_on)

    with pytest.raises(Refused) as refused:
        merge([gone], [other_unit])

    assert refused.value.fields == ("predecessors",)


def test_a_successor_is_a_member_on_the_day(unit):
    with pytest.raises(Refused) as refused:
        merge([unit], [UnitFactory(joined_on=MERGER + dt.timedelta(days=1))])

    assert refused.value.fields == ("successors",)


def test_a_unit_does_not_succeed_itself(unit, other_unit):
    with pytest.raises(Refused):
        merge([unit, other_unit], [unit])


def test_a_succession_is_stated_once(unit, other_unit):
    merge([unit], [other_unit], predecessors_end=False)

    with pytest.raises(Refused):
        merge([unit], [other_unit])


def test_a_unit_that_gave_a_part_merges_with_the_same_unit_later(unit, other_unit):
    merge([unit], [other_unit], predecessors_end=False)

    (whole,) = merge([unit], [other_unit], on=MERGER + dt.timedelta(days=400))

    unit.refresh_from_db()
    assert (whole.is_partial, unit.left_on, unit.successions.count()) == (False, whole.on, 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"left_on": MERGER}, "left_on"), ({"joined_on": MERGER + dt.timedelta(days=1)}, "joined_on")],
)
def test_who_took_over_stays_a_member_on_that_day(unit, other_unit, values, field):
    merge([other_unit], [unit])
    with pytest.raises(Refused) as refused:
        change_unit(unit, values=values, revision=unit.revision, by=None, now=NOW)
    assert refused.value.fields == (field,)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"left_on": MERGER - dt.timedelta(days=1)}, "left_on"), ({"joined_on": MERGER}, "joined_on")],
)
def test_who_gave_a_part_was_a_member_until_that_day(unit, other_unit, values, field):
    merge([other_unit], [unit], predecessors_end=False)
    with pytest.raises(Refused) as refused:
        change_unit(other_unit, values=values, revision=other_unit.revision, by=None, now=NOW)
    assert refused.value.fields == (field,)
