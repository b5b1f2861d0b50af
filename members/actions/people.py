"""Accounts: invited, moved, deactivated, brought back. Nobody is ever deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from members.infrastructure.audit import Changes, given, record
from members.infrastructure.editing import change
from members.infrastructure.outbox.posting import withdraw, withdraw_from
from members.infrastructure.refusals import Refused, locked
from members.invitations import lack_of_letter, password_link, post_invitation
from members.models import User
from members.notices_of_access import tell
from members.own_email import write_confirmation
from members.signing_in import PRINTED


@dataclass(frozen=True)
class Invitation:
    """A person and the link by which they set their password."""

    person: User
    link: str


@transaction.atomic
def create_person(*, values: dict[str, Any], by: User | None, now: dt.datetime) -> User:
    """An account nobody can sign in to yet: it has no password."""
    person = User.objects.create_user(**values)
    record(verb="person.created", target=person, by=by, now=now, unit_id=person.unit_id, changes=given(values))
    return person


@transaction.atomic
def invite_person(*, values: dict[str, Any], by: User | None, now: dt.datetime, origin: str) -> Invitation:
    """Create an account and post the letter with the link to set a password.

    `origin` is the portal's own address, such as ``https://portal.example.vn``.
    """
    return renew_invitation(create_person(values=values, by=by, now=now), by=by, now=now, origin=origin)


@transaction.atomic
def renew_invitation(person: User, *, by: User | None, now: dt.datetime, origin: str) -> Invitation:
    """Post a fresh link, to somebody whose first one has run out or got lost; it can be passed on by telephone, too."""
    if not person.is_active:
        raise Refused(_("This account is deactivated; reactivate it first."), about=person)
    _end_links(person)
    withdraw(about=person, kinds=("account", "password"), now=now)
    link = password_link(person, origin=origin)
    record(verb="person.invited", target=person, by=by, now=now, unit_id=person.unit_id)
    post_invitation(person, link=link, by=by, now=now)
    return Invitation(person, link)


@transaction.atomic
def print_access_letter(person: User, *, by: User, now: dt.datetime, origin: str) -> str:
    """The link for a letter to somebody no e-mail reaches, the only one that is good from now on.

    The trail keeps who held it in hand. Letters that failed stay failed: they are why another may be printed.
    Raises `Refused` where e-mail reaches them, or the account is closed or one's own.
    """
    if not person.is_active:
        raise Refused(_("This account is deactivated; reactivate it first."), about=person)
    if person.pk == by.pk:
        raise Refused(_("Change your own password in your account."), about=person)
    if lack := lack_of_letter(person):
        raise Refused(lack, about=person)
    _end_links(person)
    record(verb=PRINTED, target=person, by=by, now=now, unit_id=person.unit_id)
    return password_link(person, origin=origin)


@transaction.atomic
def change_person(person: User, *, values: dict[str, Any], revision: int, by: User | None, now: dt.datetime) -> Changes:
    """Change a person's particulars, role or unit."""
    values = {**values, "email": values.get("email", person.email).strip().lower()}
    if values.get("role", person.role) != User.Role.SECRETARIAT:
        _keep_one_secretary(person, "role")
    unit = values.get("unit", person.unit)
    changes = change(
        person,
        values=values,
        revision=revision,
        verb="person.changed",
        by=by,
        now=now,
        unit_id=unit.pk if unit else None,
    )
    if "email" in changes:
        # allauth keeps addresses of its own, and would go on letting the old one sign in.
        EmailAddress.objects.filter(user=person).delete()
        withdraw_from(person, now=now)
        if person.has_usable_password():  # what was mistyped in an invitation is told nobody
            tell(person, "email_changed", request=None, now=now, address=str(changes["email"][0]))
    return changes


@transaction.atomic
def ask_for_own_email(person: User, *, email: str, now: dt.datetime, origin: str) -> None:
    """Have the new address sent a link that makes it the person's; the only link that is good from now on.

    The trail tells that it was asked for, not which address: it may be somebody else's.
    """
    _end_links(person)
    withdraw(about=person, kinds=("email",), now=now)
    record(verb="person.email_asked", target=person, by=person, now=now, unit_id=person.unit_id)
    write_confirmation.enqueue(person.pk, email.strip().lower(), person.link_turn, origin, now.isoformat())


@transaction.atomic
def change_own_email(person: User, *, email: str, now: dt.datetime) -> None:
    """The address was confirmed by its link. Raises `Refused` where an account has it by now."""
    revision = locked(person).revision
    change_person(person, values={"email": email}, revision=revision, by=person, now=now)
    _end_links(person)


@transaction.atomic
def deactivate_person(person: User, *, by: User | None, now: dt.datetime) -> None:
    """Close an account; whoever is signed in with it is signed out at once."""
    _keep_one_secretary(person)
    if _set_active(person, False):
        end_sessions(person, now)
        _end_links(person)
        withdraw_from(person, now=now)
        record(verb="person.deactivated", target=person, by=by, now=now, unit_id=person.unit_id)


@transaction.atomic
def reactivate_person(person: User, *, by: User | None, now: dt.datetime) -> None:
    if _set_active(person, True):
        record(verb="person.reactivated", target=person, by=by, now=now, unit_id=person.unit_id)


@transaction.atomic
def choose_notices(person: User, *, wanted: bool, now: dt.datetime) -> None:
    """Whether a person is told of due dates by e-mail; only they themselves say so."""
    current = locked(person)
    if current.wants_notices == wanted:
        return
    User.objects.filter(pk=person.pk).update(wants_notices=wanted)
    changes: Changes = {"wants_notices": (current.wants_notices, wanted)}
    record(verb="person.notices_chosen", target=person, by=person, now=now, unit_id=person.unit_id, changes=changes)


def _keep_one_secretary(person: User, *fields: str) -> None:
    """Refuse to take away the last account that can manage the others.

    All of them are locked, so that two people can't remove each other at once.
    """
    secretaries = User.objects.active().secretariat().select_for_update(of=("self",)).order_by("pk")
    if [secretary.pk for secretary in secretaries] == [person.pk]:
        message = _("This is the last active account of the secretariat; name another one first.")
        raise Refused(message, *fields, about=person)


def _set_active(person: User, is_active: bool) -> bool:
    """Whether that changed anything."""
    current = locked(person)
    if current.is_active == is_active:
        return False
    person.is_active, person.revision = is_active, current.revision + 1
    person.save(update_fields=["is_active", "revision"])
    return True


def _end_links(person: User) -> None:
    """Links to set a password that are out already open nothing any more."""
    User.objects.filter(pk=person.pk).update(link_turn=F("link_turn") + 1)
    person.refresh_from_db(fields=["link_turn"])


def end_sessions(person: User, now: dt.datetime) -> None:
    """Delete the person's sessions: a mere flag would let them revive on reactivation."""
    for session in Session.objects.filter(expire_date__gt=now):
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()
