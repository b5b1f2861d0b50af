"""Units join, change, merge and leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ManyToManyRel, ProtectedError
from django.utils.translation import gettext as _

from cluster_portal.formatting import date
from members.infrastructure.audit import AuditEntry, Changes, given, record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import change
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.undoing import require_nothing_built_on
from members.models import Unit, UnitSuccession, User


@transaction.atomic
def create_unit(*, values: dict[str, Any], by: User | None, now: dt.datetime) -> Unit:
    """Take a unit into the cluster; without an `order` it stands last in lists."""
    unit = Unit(**{"order": Unit.objects.next_place(), **values})
    with refuse_twin(unit):
        unit.save()
    record(verb="unit.created", target=unit, by=by, now=now, unit_id=unit.pk, changes=given(values))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, values: dict[str, Any], revision: int, by: User | None, now: dt.datetime) -> Changes:
    """Change the facts of a unit; `StaleEdit` where somebody else did meanwhile.

    Raises `Refused` where a unit that has merged is to be a member beyond that day:
    its successor would be expected to report for it, and so would it. Likewise where
    it would hold a role in the cluster on a day on which it is no member.
    """
    now_stored = locked(unit)
    if now_stored.revision == revision:  # of another one `change` tells who was quicker
        _keep_to_successions(now_stored, values)
        _keep_to_terms(now_stored, values)
    return change(unit, values=values, revision=revision, verb="unit.changed", by=by, now=now, unit_id=unit.pk)


@transaction.atomic
def import_units(*, rows: Iterable[dict[str, Any]], by: User | None, now: dt.datetime) -> list[Unit]:
    """Take several units into the cluster, all or none."""
    return [create_unit(values=values, by=by, now=now) for values in rows]


@transaction.atomic
def remove_imported_units(
    *, created: Iterable[Sequence[int]], by: User | None, now: dt.datetime, about: Any = None
) -> None:
    """Take back units of a file or a merger, given by key and revision; raises `Refused` where one is in use."""
    for pk, revision in created:
        unit = Unit.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if unit is None:
            continue
        if unit.revision != revision:
            raise Refused(_("%(unit)s was changed since it was added.") % {"unit": unit}, about=about)
        in_use = Refused(_("%(unit)s is in use by now.") % {"unit": unit}, about=about)
        if _is_on_a_list(unit):
            raise in_use
        record(verb="unit.removed", target=unit, by=by, now=now, unit_id=unit.pk)
        try:
            unit.delete()
        except ProtectedError:
            raise in_use from None


def _is_on_a_list(unit: Unit) -> bool:
    """Whether a task, a case … names it among several: to delete it would take it off there, and tell nobody."""
    lists = (each for each in Unit._meta.related_objects if isinstance(each, ManyToManyRel))
    return any(each.field.model._base_manager.filter(**{each.field.name: unit}).exists() for each in lists)


@transaction.atomic
def record_succession(
    *,
    predecessors: Sequence[Unit],
    successors: Sequence[Unit],
    on: dt.date,
    predecessors_end: bool,
    by: User | None,
    now: dt.datetime,
) -> list[UnitSuccession]:
    """Units pass to others on the day `on`: a merger, a division, or a part that moves.

    Units that end leave the cluster that day. A successor that got only a part of one –
    because it goes on, or was divided – can't be compared with the time before.
    """
    held = {unit.pk: unit for unit in Unit.objects.select_for_update(of=("self",)).order_by("pk")}
    predecessors = [held[unit.pk] for unit in predecessors]
    successors = [held[unit.pk] for unit in successors]
    check_succession(predecessors, successors, on)
    for old in predecessors if predecessors_end else ():
        if fault := _ended_already(old) or _term_beyond(old, on):
            raise Refused(fault, "predecessors")
    is_partial = not predecessors_end or len(successors) > 1
    successions = [
        UnitSuccession.objects.create(predecessor=old, successor=new, on=on, is_partial=is_partial)
        for old in predecessors
        for new in successors
    ]
    told = {"on": (None, on), "is_partial": (None, is_partial)}
    for old in predecessors:
        changes: Changes = {"successors": (None, successors), **told}
        if predecessors_end:
            changes["left_on"] = (old.left_on, on)
            old.left_on = on
            old.revision += 1
            old.save(update_fields=["left_on", "revision"])
        record(verb="unit.handed_over", target=old, by=by, now=now, unit_id=old.pk, changes=changes)
    for new in successors:
        changes = {"predecessors": (None, predecessors), **told}
        record(verb="unit.took_over", target=new, by=by, now=now, unit_id=new.pk, changes=changes)
    return successions


def _ended_already(unit: Unit) -> str:
    """That the unit ends by passing to another, in a sentence; empty where it does not.

    It would end twice, and who takes one of the two back could not tell what the other one left.
    """
    passed = unit.successions.filter(on=unit.left_on).select_related("successor").first() if unit.left_on else None
    if passed is None:
        return ""
    sentence = _("%(old)s has already passed to %(new)s on %(day)s. Take that back first.")
    return sentence % {"old": unit, "new": passed.successor, "day": date(passed.on)}


def _keep_to_successions(unit: Unit, values: dict[str, Any]) -> None:
    left_on, joined_on = values.get("left_on", unit.left_on), values.get("joined_on", unit.joined_on)
    merged = unit.successions.filter(on=unit.left_on).select_related("successor").first() if unit.left_on else None
    if merged and left_on != unit.left_on:
        sentence = _("This unit passed to %(unit)s on %(day)s. Take the succession back first.")
        raise Refused(sentence % {"unit": merged.successor, "day": date(merged.on)}, "left_on")
    if (joined_on, left_on) == (unit.joined_on, unit.left_on):
        return
    for begun in unit.inheritances.order_by("on").select_related("predecessor"):
        sentence = _("This unit took over from %(unit)s on %(day)s and must be a member that day.")
        told = sentence % {"unit": begun.predecessor, "day": date(begun.on)}
        _keep_member(begun.on, joined_on, left_on, told)
    for passed in unit.successions.order_by("on").select_related("successor"):
        sentence = _("This unit passed to %(unit)s on %(day)s and must be a member until then.")
        told = sentence % {"unit": passed.successor, "day": date(passed.on)}
        _keep_member(passed.on - dt.timedelta(days=1), joined_on, left_on, told)


def _keep_member(day: dt.date, joined_on: dt.date, left_on: dt.date | None, told: str) -> None:
    """Refuse, beside the field, a membership that does not hold on the day."""
    if joined_on > day:
        raise Refused(told, "joined_on")
    if left_on and left_on <= day:
        raise Refused(told, "left_on")


def _keep_to_terms(unit: Unit, values: dict[str, Any]) -> None:
    left_on, joined_on = values.get("left_on", unit.left_on), values.get("joined_on", unit.joined_on)
    if joined_on != unit.joined_on and (early := unit.lead_terms.filter(starts_on__lt=joined_on).first()):
        sentence = _("%(role)s since %(day)s: the unit must be a member that day.")
        named = {"role": early.get_role_display().capitalize(), "day": date(early.starts_on)}
        raise Refused(sentence % named, "joined_on")
    if left_on != unit.left_on and (fault := _term_beyond(unit, left_on)):
        raise Refused(fault, "left_on")


def _term_beyond(unit: Unit, left_on: dt.date | None) -> str:
    """That a role of the unit goes on after it left, in a sentence; empty where none does."""
    late = unit.lead_terms.reaching(left_on).first() if left_on else None
    if late is None:
        return ""
    sentence = _("%(unit)s is %(role)s beyond that day; end the term or hand it over first.")
    return sentence % {"unit": unit, "role": late.get_role_display()}


@transaction.atomic
def undo_succession(*, succession: UnitSuccession, by: User | None, now: dt.datetime) -> None:
    """Take back a merger recorded by mistake, with all that passed from the same unit on that day.

    A unit that ended with it is a member again, until the day it was to leave before that.
    Raises `Refused` where something was built on it.
    """
    old = locked(succession.predecessor)
    together = list(old.successions.filter(on=succession.on).select_related("successor").order_by("pk"))
    if not together:
        raise Refused(_("This succession has been taken back already."), about=old)
    if any(each.merger_id for each in together):
        raise Refused(_("This was recorded together with other mergers; take the whole act back."), about=old)
    for each in together:
        require_nothing_built_on(each, about=old)
    take_back_succession(old, together, by=by, now=now)


def take_back_succession(old: Unit, together: Sequence[UnitSuccession], *, by: User | None, now: dt.datetime) -> None:
    """Take back what passed from `old` on a day, within the transaction of an act that saw to it that it may be."""
    on = together[0].on
    successors = [each.successor for each in together]
    changes: Changes = {"successors": (successors, None), "on": (on, None)}
    if old.left_on == on:
        before = _left_on_before(old, together)
        changes["left_on"] = (old.left_on, before)
        old.left_on = before
        old.revision += 1
        old.save(update_fields=["left_on", "revision"])
    record(verb="unit.handing_over_undone", target=old, by=by, now=now, unit_id=old.pk, changes=changes)
    for each in together:
        told: Changes = {"predecessors": ([old], None), "on": (on, None)}
        unit = each.successor
        record(verb="unit.taking_over_undone", target=unit, by=by, now=now, unit_id=unit.pk, changes=told)
        each.delete()


def _left_on_before(unit: Unit, successions: Sequence[UnitSuccession]) -> dt.date | None:
    """When the unit was to leave before it passed on, as the trail of that act has it."""
    acts = AuditEntry.objects.about(unit).filter(verb="unit.handed_over").order_by("-pk")
    on = str(successions[0].on)
    for told in (act.changes for act in acts):
        if "left_on" in told and told["on"][1] == on:
            former = told["left_on"][0]
            return dt.date.fromisoformat(former) if former else None
    return None


def check_succession(predecessors: Sequence[Unit], successors: Sequence[Unit], on: dt.date) -> None:
    day_before = on - dt.timedelta(days=1)
    for old in predecessors:
        if old in successors:
            raise Refused(_("%(unit)s can't succeed itself.") % {"unit": old}, "successors")
        if not old.is_member_on(day_before):
            raise Refused(
                _("%(unit)s was not a member until %(day)s.") % {"unit": old, "day": date(on)}, "predecessors"
            )
    for new in successors:
        if not new.is_member_on(on):
            raise Refused(_("%(unit)s is not a member on %(day)s.") % {"unit": new, "day": date(on)}, "successors")
    known = UnitSuccession.objects.filter(predecessor__in=predecessors, successor__in=successors, on=on)
    for pair in known.select_related("predecessor", "successor"):
        sentence = _("%(new)s is already recorded as a successor of %(old)s on that day.")
        raise Refused(sentence % {"new": pair.successor, "old": pair.predecessor}, "successors")
