"""A lost second factor is taken away by two people, neither of them the one who lost it."""

from __future__ import annotations

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from members.actions.people import end_sessions
from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.second_factor_resets import SecondFactorReset
from members.models import User
from members.notices_of_access import tell

#: So long whoever lost it may work with the password alone, to set a new one up.
TIME_AFTER = dt.timedelta(days=1)


@transaction.atomic
def ask_for_reset(person: User, *, by: User, now: dt.datetime) -> SecondFactorReset:
    """Vouch for somebody who can't sign in any more. Raises `Refused` where there is nothing to take away."""
    held = locked(person)
    if held.pk == by.pk:
        raise Refused(_("Somebody else must ask for that."), "person")
    if not held.is_active or not Authenticator.objects.filter(user=held).exists():
        raise Refused(_("This account has no second factor."), "person")
    if SecondFactorReset.objects.open(now).filter(person=held).exists():
        raise Refused(_("This has been asked for already; a colleague must confirm it."), "person")
    reset = SecondFactorReset.objects.create(person=held, asked_by=by, asked_at=now)
    record(verb="second_factor.reset_asked", target=held, by=by, now=now)
    tell(held, "reset_asked", request=None, now=now)
    return reset


@transaction.atomic
def carry_out_reset(reset: SecondFactorReset, *, by: User, now: dt.datetime) -> None:
    """Take every factor of the person away, and end their sessions; the password remains."""
    held = _open(reset, now)
    if by.pk in (held.asked_by_id, held.person_id):
        raise Refused(_("Somebody else than who asked for it must confirm it."))
    person = locked(held.person)
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person, now)
    User.objects.filter(pk=person.pk).update(second_factor_due=now + TIME_AFTER)
    _settle(held, by=by, now=now, is_carried_out=True)
    record(verb="second_factor.reset", target=person, by=by, now=now)
    tell(person, "factor_removed", request=None, now=now)


@transaction.atomic
def turn_reset_down(reset: SecondFactorReset, *, by: User, now: dt.datetime) -> None:
    """Also by who asked for it: the telephone was found."""
    held = _open(reset, now)
    _settle(held, by=by, now=now, is_carried_out=False)
    record(verb="second_factor.reset_turned_down", target=held.person, by=by, now=now)


def _open(reset: SecondFactorReset, now: dt.datetime) -> SecondFactorReset:
    held = locked(reset)
    if not SecondFactorReset.objects.open(now).filter(pk=held.pk).exists():
        raise Refused(_("This has been settled meanwhile, or its time is over."))
    return held


def _settle(reset: SecondFactorReset, *, by: User, now: dt.datetime, is_carried_out: bool) -> None:
    reset.settled_by, reset.settled_at, reset.is_carried_out = by, now, is_carried_out
    reset.save(update_fields=["settled_by", "settled_at", "is_carried_out"])
