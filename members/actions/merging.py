"""Many units become few in one act, and one act takes that back (as on 1 July 2025: 26 units, five communes)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from members.actions.account_changes import cancel_account_change, plan_account_change
from members.actions.people import change_person
from members.actions.units import create_unit, record_succession, remove_imported_units, take_back_succession
from members.infrastructure.audit import record
from members.infrastructure.foreseeing import consequences_of
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.undoing import require_nothing_built_on
from members.models import AccountChange, Unit, UnitMerger, UnitSuccession, User

#: Where the form has what an action of one group names.
_FIELDS = {"predecessors": "units", "successors": "name"}


@dataclass(frozen=True)
class Group:
    """`units` end and become `into`, a unit that is there already, or a new one with these `values`."""

    units: Sequence[Unit]
    into: Unit | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a merger would mean: who becomes what, whose accounts move, what upper floors foresee."""

    groups: Sequence[tuple[Unit, Sequence[Unit], bool]]
    people: Sequence[User]
    consequences: Sequence[str]


@transaction.atomic
def merge_units(
    *, on: dt.date, groups: Sequence[Group], people_move: bool, by: User | None, now: dt.datetime
) -> UnitMerger:
    """Each group's units end on the day and pass wholly to one; where `people_move`, their accounts do so that day.

    Raises `Refused` for the first group that can't; its fields end in the number of the group.
    """
    follow = people_move and on > localdate(now)
    merger = UnitMerger.objects.create(on=on, recorded_at=now, recorded_by=by, people_follow=follow)
    for number, group in enumerate(groups, 1):
        with _numbered(number):
            into = group.into or _new_unit(merger, group, by=by, now=now)
            passed = record_succession(
                predecessors=group.units, successors=[into], on=on, predecessors_end=True, by=by, now=now
            )
        UnitSuccession.objects.filter(pk__in=[each.pk for each in passed]).update(merger=merger)
        if people_move:
            _move_people(merger, group.units, into, by=by, now=now)
    merger.save(update_fields=["created", "moved"])
    record(verb="merger.recorded", target=merger, by=by, now=now, changes={"on": (None, on)})
    return merger


def preview_merger(
    *, on: dt.date, groups: Sequence[Group], people_move: bool, by: User | None, now: dt.datetime
) -> Preview:
    """What `merge_units` would do, read off from doing it and taking it back; raises what it raises."""
    with transaction.atomic():
        merger = merge_units(on=on, groups=groups, people_move=people_move, by=by, now=now)
        people = [person for person, *_units in merger.moved]
        preview = Preview(
            became(merger),
            list(User.objects.filter(pk__in=people).select_related("unit").in_order()),
            consequences_of(merger),
        )
        transaction.set_rollback(True)
    return preview


def became(merger: UnitMerger) -> list[tuple[Unit, list[Unit], bool]]:
    """Each unit that took others over, with those, and whether it is new with this merger."""
    created = {pk for pk, _revision in merger.created}
    found: dict[Unit, list[Unit]] = {}
    successions = merger.successions.select_related("predecessor", "successor")
    for each in successions.order_by("successor__order", "successor", "predecessor__order", "predecessor"):
        found.setdefault(each.successor, []).append(each.predecessor)
    return [(new, olds, new.pk in created) for new, olds in found.items()]


@transaction.atomic
def undo_merger(*, merger: UnitMerger, by: User | None, now: dt.datetime) -> None:
    """The units are as they were, accounts go back to theirs, and what the merger had brought is gone.

    Accounts that somebody moved on since stay where they are. Raises `Refused` where
    something was built on it, or a unit it brought was changed.
    """
    merger = locked(merger)
    if merger.undone_at:
        raise Refused(_("This merger has been taken back already."), about=merger)
    held = {unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).order_by("pk")}
    passed = list(merger.successions.select_related("successor").order_by("pk"))
    for each in passed:
        require_nothing_built_on(each, about=merger)
    for each in passed:
        take_back_succession(held[each.predecessor_id], [each], by=by, now=now)
    for planned in merger.planned.planned().order_by("pk"):
        cancel_account_change(planned, by=by, now=now)
    merger.planned.all().delete()
    for pk, left, came_to in merger.moved:
        person = User.objects.filter(pk=pk, unit=came_to).first()
        if person:
            old = Unit.objects.get(pk=left)
            change_person(person, values={"unit": old}, revision=person.revision, by=by, now=now)
    remove_imported_units(created=merger.created, by=by, now=now, about=merger)
    merger.undone_at, merger.undone_by = now, by
    merger.save(update_fields=["undone_at", "undone_by"])
    record(verb="merger.undone", target=merger, by=by, now=now)


@contextmanager
def _numbered(number: int) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        names = [f"{_FIELDS.get(name, name)}_{number}" for name in refused.fields]
        raise Refused(refused.sentence, *names) from None


def _new_unit(merger: UnitMerger, group: Group, *, by: User | None, now: dt.datetime) -> Unit:
    """A member from the day on, listed where the first of those it took over was."""
    place = min(unit.order for unit in group.units)
    values = {**group.values, "joined_on": merger.on, "order": place}
    unit = create_unit(values=values, by=by, now=now)
    merger.created.append([unit.pk, unit.revision])
    return unit


def _move_people(merger: UnitMerger, units: Sequence[Unit], into: Unit, *, by: User | None, now: dt.datetime) -> None:
    """Whoever works for a unit that ends works for the one that took it over, from the day of the merger on."""
    for person in User.objects.active().filter(unit__in=units).select_related("unit").order_by("pk"):
        merger.moved.append([person.pk, person.unit_id, into.pk])
        about = {"left": person.unit, "unit": into, "merger": merger}
        plan_account_change(person=person, act=AccountChange.Act.MOVE, on=merger.on, by=by, now=now, **about)
