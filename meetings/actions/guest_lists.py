"""Guests that come in a list: put on it together, corrected, and taken off it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.inviting import add_guest, edit_attendance, remove_invitee
from meetings.models import Attendance, Meeting
from members.infrastructure.refusals import Refused
from members.models import User


@dataclass(frozen=True)
class ListedGuest:
    """A guest as a list has them; `known` is their row where they are invited already."""

    values: dict[str, str]
    known: Attendance | None = None


@transaction.atomic
def import_guests(*, meeting: Meeting, guests: Iterable[ListedGuest], by: User, now: dt.datetime) -> list[list[Any]]:
    """Put guests on the list or correct their rows; returns what `undo_guests` needs of each."""
    return [_import(meeting, guest, by, now) for guest in guests]


def _import(meeting: Meeting, guest: ListedGuest, by: User, now: dt.datetime) -> list[Any]:
    if guest.known is None:
        added = add_guest(meeting=meeting, values=guest.values, by=by, now=now)
        return [added.pk, added.revision, None]
    old = {name: getattr(guest.known, name) for name in guest.values}
    edit_attendance(attendance=guest.known, values=guest.values, revision=guest.known.revision, by=by, now=now)
    return [guest.known.pk, guest.known.revision, old]


@transaction.atomic
def undo_guests(*, created: Iterable[Sequence[Any]], by: User, now: dt.datetime) -> None:
    """Take guests off the list, or give their rows back what stood there.

    Raises `Refused` where somebody has changed a row since, or a new guest was invited.
    """
    for pk, revision, old in created:
        guest = Attendance.objects.select_related("meeting").filter(pk=pk).first()
        if guest is None:
            continue
        if guest.revision != revision:
            raise Refused(_("%(guest)s was changed since the import.") % {"guest": guest})
        if old is not None:
            edit_attendance(attendance=guest, values=old, revision=revision, by=by, now=now)
            continue
        if guest.invited_at or guest.questions.exists():
            raise Refused(_("%(guest)s was invited since the import, or is asked about.") % {"guest": guest})
        remove_invitee(attendance=guest, by=by, now=now)
