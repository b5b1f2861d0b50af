"""People that come in a list: their accounts made or corrected together, and taken back again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from members.actions.people import change_person, invite_person
from members.infrastructure.audit import record
from members.infrastructure.outbox.posting import withdraw_from
from members.infrastructure.refusals import Refused
from members.models import User


@dataclass(frozen=True)
class ListedPerson:
    """A person as a list has them; `known` is their account where they have one already."""

    values: dict[str, Any]
    known: User | None = None


@transaction.atomic
def import_people(*, people: Iterable[ListedPerson], by: User, now: dt.datetime, origin: str) -> list[list[Any]]:
    """Invite people or correct their accounts; returns what `undo_people` needs of each."""
    return [_import(person, by, now, origin) for person in people]


def _import(person: ListedPerson, by: User, now: dt.datetime, origin: str) -> list[Any]:
    if person.known is None:
        invited = invite_person(values=person.values, by=by, now=now, origin=origin).person
        return [invited.pk, invited.revision, None]
    old = {name: getattr(person.known, name) for name in person.values}
    change_person(person.known, values=person.values, revision=person.known.revision, by=by, now=now)
    return [person.known.pk, person.known.revision, old]


@transaction.atomic
def undo_people(*, created: Iterable[Sequence[Any]], by: User, now: dt.datetime) -> None:
    """Remove accounts that nobody has used yet, or give them back what stood there.

    An account in use is never deleted, only deactivated: for one whose person has set a
    password, and for one that was changed since, this raises `Refused`.
    """
    for pk, revision, old in created:
        person = User.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if person is None:
            continue
        if person.revision != revision:
            raise Refused(_("The account of %(person)s was changed since the import.") % {"person": person})
        if old is not None:
            change_person(person, values=old, revision=revision, by=by, now=now)
            continue
        _remove_unused(person, by=by, now=now)


def _remove_unused(person: User, *, by: User, now: dt.datetime) -> None:
    in_use = _("%(person)s has begun to use the account since the import.") % {"person": person}
    if person.has_usable_password() or person.last_login:
        raise Refused(in_use)
    withdraw_from(person, now=now)
    record(verb="person.removed", target=person, by=by, now=now, unit_id=person.unit_id)
    try:
        person.delete()
    except ProtectedError:
        raise Refused(in_use) from None
