"""Who leads the cluster, and from when: terms of one role never overlap."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.formatting import date
from members.infrastructure.audit import AuditEntry, Changes, record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.undoing import require_nothing_built_on
from members.models import Cluster, LeadTerm, Unit, User


@transaction.atomic
def hand_over_lead(
    *,
    unit: Unit,
    role: str,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    by: User | None,
    now: dt.datetime,
) -> LeadTerm:
    """Start a unit's term; the open term of that role, if there is one, ends the day before.

    A term that lies wholly in the past may be added too, as long as it overlaps no other.
    """
    Cluster.lock()
    unit = locked(unit)
    if not unit.is_member_on(starts_on):
        raise Refused(_("This unit is not a member on %(day)s.") % {"day": date(starts_on)}, "unit")
    _keep_to_membership(unit, ends_on, "ends_on", "unit")
    terms = LeadTerm.objects.filter(role=role).select_related("unit")
    outgoing = terms.filter(ends_on=None, starts_on__lt=starts_on).first()
    if outgoing and outgoing.unit_id == unit.pk:
        raise Refused(_("This unit already holds the role, since %(day)s.") % _since(outgoing), "unit")
    if outgoing:
        _end(outgoing, ends_on=starts_on - dt.timedelta(days=1), by=by, now=now)
    clash = terms.overlapping(starts_on=starts_on, ends_on=ends_on).first()
    if clash:
        sentence = _("%(unit)s holds this role from %(start)s until %(end)s; terms must not overlap.")
        span = {"unit": clash.unit, "start": date(clash.starts_on), "end": date(clash.ends_on)}
        raise Refused(sentence % span, "starts_on")
    term = LeadTerm(unit=unit, role=role, starts_on=starts_on, ends_on=ends_on)
    with refuse_twin(term):
        term.save()
    given: Changes = {"role": (None, role), "starts_on": (None, starts_on)}
    if ends_on:
        given["ends_on"] = (None, ends_on)
    record(verb="lead_term.started", target=term, by=by, now=now, unit_id=unit.pk, changes=given)
    return term


@transaction.atomic
def end_lead_term(term: LeadTerm, *, ends_on: dt.date, by: User | None, now: dt.datetime) -> LeadTerm:
    """End an open term without a successor; both days belong to it."""
    Cluster.lock()
    term = locked(term)
    if term.ends_on is not None:
        raise Refused(_("This term has ended already, on %(day)s.") % {"day": date(term.ends_on)})
    if ends_on < term.starts_on:
        raise Refused(_("The term began only on %(day)s.") % _since(term), "ends_on")
    _keep_to_membership(term.unit, ends_on, "ends_on")
    return _end(term, ends_on=ends_on, by=by, now=now)


@transaction.atomic
def remove_lead_term(term: LeadTerm, *, by: User | None, now: dt.datetime) -> None:
    """Take back a term that was recorded by mistake; what it said stays in the trail.

    Raises `Refused` where something was built on it.
    """
    Cluster.lock()
    term = locked(term)
    require_nothing_built_on(term)
    told = {"starts_on": (term.starts_on, None), "ends_on": (term.ends_on, None)}
    record(verb="lead_term.removed", target=term, by=by, now=now, unit_id=term.unit_id, changes=told)
    outgoing = _ended_for(term)
    term.delete()
    if outgoing:
        changes: Changes = {"ends_on": (outgoing.ends_on, None)}
        outgoing.ends_on = None
        outgoing.save(update_fields=["ends_on"])
        record(verb="lead_term.end_undone", target=outgoing, by=by, now=now, unit_id=outgoing.unit_id, changes=changes)


def _ended_for(term: LeadTerm) -> LeadTerm | None:
    """The outgoing term that ended for this one, in the same act; None where it can't go on."""
    terms = LeadTerm.objects.filter(role=term.role)
    outgoing = terms.filter(ends_on=term.starts_on - dt.timedelta(days=1)).first()
    begun = AuditEntry.objects.about(term).filter(verb="lead_term.started").first()
    if outgoing is None or begun is None or terms.filter(starts_on__gt=term.starts_on).exists():
        return None
    if locked(outgoing.unit).left_on:
        return None
    ended = AuditEntry.objects.about(outgoing).filter(verb="lead_term.ended", at=begun.at)
    return outgoing if ended.exists() else None


def _keep_to_membership(unit: Unit, ends_on: dt.date | None, *fields: str) -> None:
    """A unit that leaves holds no role on the day it is no member any more, or later."""
    if unit.left_on and (ends_on is None or ends_on >= unit.left_on):
        sentence = _("This unit leaves the cluster on %(day)s; its term must end before.")
        raise Refused(sentence % {"day": date(unit.left_on)}, *fields)


def _end(term: LeadTerm, *, ends_on: dt.date, by: User | None, now: dt.datetime) -> LeadTerm:
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    ended = {"ends_on": (None, ends_on)}
    record(verb="lead_term.ended", target=term, by=by, now=now, unit_id=term.unit_id, changes=ended)
    return term


def _since(term: LeadTerm) -> dict[str, str]:
    return {"day": date(term.starts_on)}
