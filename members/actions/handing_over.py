"""The lead of the cluster handed over: terms, accounts that begin and end on the day; and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from members.actions.account_changes import cancel_account_change, plan_account_change
from members.actions.lead_terms import hand_over_lead, remove_lead_term
from members.actions.people import create_person
from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused, locked
from members.models import AccountChange, Cluster, Handover, LeadTerm, Unit, User

Role, Act = LeadTerm.Role, AccountChange.Act


@transaction.atomic
def begin_handover(*, on: dt.date, lead: Unit, deputy: Unit | None, by: User | None, now: dt.datetime) -> Handover:
    """From the day on `lead` leads and `deputy`, where one is named, assists; the terms before end the day before.

    Raises `Refused` with the field: lead, deputy or on.
    """
    Cluster.lock()
    if deputy == lead:
        raise Refused(_("Choose another unit than the one that leads."), "deputy")
    if deputy is None and LeadTerm.objects.current_on(on).filter(role=Role.DEPUTY, unit=lead).exists():
        told = _("%(unit)s is the deputy unit until now; choose the next deputy.")
        raise Refused(told % {"unit": lead}, "deputy")
    with _told_beside("lead"):
        leads = hand_over_lead(unit=lead, role=Role.LEAD, starts_on=on, by=by, now=now)
    assists = None
    if deputy and not LeadTerm.objects.filter(role=Role.DEPUTY, unit=deputy, ends_on=None).exists():
        with _told_beside("deputy"):
            assists = hand_over_lead(unit=deputy, role=Role.DEPUTY, starts_on=on, by=by, now=now)
    handover = Handover.objects.create(on=on, lead=leads, deputy=assists, recorded_at=now, recorded_by=by)
    record(verb="handover.begun", target=handover, by=by, now=now, unit_id=lead.pk, changes={"on": (None, on)})
    return handover


@contextmanager
def _told_beside(field: str) -> Iterator[None]:
    """What the action of one role refuses, beside the field of the form that asks for both."""
    try:
        yield
    except Refused as refused:
        names = {"unit": field, "starts_on": "on"}
        raise Refused(refused.sentence, *(names.get(name, name) for name in refused.fields)) from None


@transaction.atomic
def choose_who_leaves(*, handover: Handover, people: Collection[User], by: User | None, now: dt.datetime) -> None:
    """The accounts that close on the day are these and no others."""
    handover = locked(handover)
    chosen = {person.pk for person in people}
    planned = handover.planned.filter(act=Act.CLOSE)
    for change in planned.planned().exclude(person__in=chosen).order_by("pk"):
        cancel_account_change(change, by=by, now=now)
    known = set(planned.values_list("person", flat=True))
    for person in sorted(people, key=lambda each: each.pk):
        if person.pk not in known:
            plan_account_change(person=person, act=Act.CLOSE, on=handover.on, handover=handover, by=by, now=now)


@transaction.atomic
def prepare_person(*, handover: Handover, values: dict[str, Any], by: User | None, now: dt.datetime) -> User:
    """An account that opens on the day of the handover; the link to set a password is sent then."""
    handover = locked(handover)
    person = create_person(values={**values, "is_active": False}, by=by, now=now)
    plan_account_change(person=person, act=Act.OPEN, on=handover.on, handover=handover, by=by, now=now)
    return person


@transaction.atomic
def take_back_handover(handover: Handover, *, by: User | None, now: dt.datetime) -> None:
    """The lead stays with the unit that has it; planned changes of accounts are given up.

    Raises `Refused` once accounts were opened or closed for it. A letterhead stays, to be taken back by itself.
    """
    Cluster.lock()
    held = locked(handover)
    if held.planned.exclude(done_at=None).exists():
        raise Refused(_("Accounts have been opened or closed for this handover already."), about=held)
    for change in held.planned.order_by("pk"):
        cancel_account_change(change, by=by, now=now)
    record(verb="handover.taken_back", target=held, by=by, now=now, changes={"on": (held.on, None)})
    terms = [term for term in (held.deputy, held.lead) if term]
    held.delete()
    for term in terms:
        remove_lead_term(term, by=by, now=now)
