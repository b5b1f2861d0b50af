"""What a meeting's stage allows, asked by actions and pages alike."""

from __future__ import annotations

from django.utils.translation import gettext as _

from meetings.models import Meeting
from members.infrastructure.capabilities import Can, allowed
from members.infrastructure.refusals import Refused, locked
from members.models import User


def require_open(meeting: Meeting) -> None:
    """For a page; an action, which must be sure, uses `locked_open`.

    The record of a closed meeting is changed only after reopening it, which is an act of its own.
    """
    _require_on(meeting)
    if meeting.is_closed:
        raise Refused(_("This meeting is closed. Reopen it first to change its record."), about=meeting)


def require_planned(meeting: Meeting, refusal: str) -> None:
    """For what ends when the meeting begins; `refusal` says so."""
    _require_on(meeting)
    if not meeting.is_planned:
        raise Refused(refusal, about=meeting)


def require_contributions_open(meeting: Meeting, *, by: User) -> None:
    """Units contribute until the meeting begins, the secretariat until it is closed."""
    require_open(meeting)
    if by is not None and not meeting.is_planned and not allowed(by, Can.MANAGE_MEETINGS):
        raise Refused(_("The meeting has begun; changes are made by the secretariat."), about=meeting)


def require_held(meeting: Meeting) -> None:
    """For what tells of a meeting in the past: minutes, conclusion, summary, news."""
    _require_on(meeting)
    if not meeting.took_place:
        raise Refused(_("The meeting has not been held yet; this paper tells of what happened there."), about=meeting)


def _require_on(meeting: Meeting) -> None:
    if meeting.is_called_off:
        raise Refused(_("This meeting was called off."), about=meeting)


def locked_open(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, locked: nobody closes it or calls it off until the action is done."""
    current = locked(meeting)
    require_open(current)
    return current


def locked_for_contributions(meeting: Meeting, *, by: User) -> Meeting:
    """The same for what units contribute: none is taken from them once the meeting has begun."""
    current = locked(meeting)
    require_contributions_open(current, by=by)
    return current
