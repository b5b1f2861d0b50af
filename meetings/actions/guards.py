"""What a meeting's stage allows, asked by actions and pages alike."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from meetings.models import Meeting


class MeetingClosed(PermissionDenied):
    """The record of a closed meeting is changed only after reopening it, which is an act of its own."""

    def __init__(self) -> None:
        super().__init__(_("This meeting is closed. Reopen it first to change its record."))


def require_open(meeting: Meeting) -> None:
    """For a page; an action, which must be sure, uses `locked_open`."""
    _require_on(meeting)
    if meeting.is_closed:
        raise MeetingClosed


def require_planned(meeting: Meeting, refusal: str) -> None:
    """For what ends when the meeting begins; `refusal` says so."""
    _require_on(meeting)
    if not meeting.is_planned:
        raise PermissionDenied(refusal)


def _require_on(meeting: Meeting) -> None:
    if meeting.is_called_off:
        raise PermissionDenied(_("This meeting was called off."))


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, which nobody else changes before the transaction ends."""
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)


def locked_open(meeting: Meeting) -> Meeting:
    """The same for an action that changes something of it: nobody closes it or calls it off meanwhile."""
    current = locked(meeting)
    require_open(current)
    return current
