"""Accounts that open, move or close on a day; at once where the day has come."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal.addresses import public_url
from members.actions.people import change_person, deactivate_person, reactivate_person, renew_invitation
from members.infrastructure.audit import Changes, record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.refusals import Refused, locked, refusal_of
from members.models import AccountChange, User

Act = AccountChange.Act


@transaction.atomic
def plan_account_change(
    *, person: User, act: int, on: dt.date, by: User | None, now: dt.datetime, **about: Any
) -> AccountChange:
    """Plan what becomes of an account on a day: `about` names unit, merger or handover.

    Where the day has come it is done at once. Raises `Refused` where the same is planned already.
    """
    planned = AccountChange(person=person, act=act, on=on, **about)
    with refuse_twin(planned):
        planned.save()
    if on <= localdate(now):
        carry_out(planned, by=by, now=now)
        return planned
    changes: Changes = {"act": (None, act), "on": (None, on)}
    if planned.unit:
        changes["unit"] = (planned.left, planned.unit)
    record(verb="person.change_planned", target=person, by=by, now=now, unit_id=person.unit_id, changes=changes)
    return planned


@transaction.atomic
def cancel_account_change(planned: AccountChange, *, by: User | None, now: dt.datetime) -> None:
    """Leave the account as it is on that day. Raises `Refused` once it was carried out."""
    held = locked(planned)
    if held.done_at:
        raise Refused(_("This has been carried out already."), about=held.person)
    changes: Changes = {"act": (held.act, None), "on": (held.on, None)}
    person = held.person
    record(verb="person.change_cancelled", target=person, by=by, now=now, unit_id=person.unit_id, changes=changes)
    held.delete()


@transaction.atomic
def carry_out(planned: AccountChange, *, by: User | None, now: dt.datetime) -> None:
    """Open, move or close the account; nothing where that is as it stands, or somebody moved it elsewhere since."""
    held = locked(planned)
    if held.done_at:
        return
    person = locked(held.person)
    if held.act == Act.OPEN:
        _open(person, by=by, now=now)
    elif held.act == Act.CLOSE:
        deactivate_person(person, by=by, now=now)
    elif person.unit_id == held.left_id:
        change_person(person, values={"unit": held.unit}, revision=person.revision, by=by, now=now)
    AccountChange.objects.filter(pk=held.pk).update(done_at=now, tried_at=now, hindrance="")


def carry_out_due(*, now: dt.datetime) -> int:
    """What has come due, each by itself, and how many were done; why one could not be is kept with it.

    An error of the portal keeps nobody else waiting: it is raised when all had their turn.
    """
    done, errors = 0, []
    for planned in AccountChange.objects.due(localdate(now), now=now):
        try:
            carry_out(planned, by=None, now=now)
            done += 1
        except Exception as fault:
            refused = refusal_of(fault)
            if refused is None:
                errors.append(fault)
            told = refused.sentence if refused else _("An unexpected error stopped this; it is tried again by itself.")
            AccountChange.objects.filter(pk=planned.pk).update(tried_at=now, hindrance=told)
    if errors:
        raise errors[0]
    return done


def _open(person: User, *, by: User | None, now: dt.datetime) -> None:
    """Let the person in, and send the link by which they set a password where they have none."""
    reactivate_person(person, by=by, now=now)
    person = locked(person)
    if not person.has_usable_password():
        renew_invitation(person, by=by, now=now, origin=public_url("/"))
