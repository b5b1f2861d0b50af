"""Who is invited, the invitations, and the replies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from meetings.actions.guards import locked_open, require_planned
from meetings.actions.mailing import mail_invitees, withdraw_letters
from meetings.actions.ordering import next_order
from meetings.actions.repeats import twin_of
from meetings.models import Announcement, Attendance, Meeting
from members.infrastructure.audit import record
from members.infrastructure.editing import change, changes_between
from members.infrastructure.refusals import Refused, locked
from members.models import User


@transaction.atomic
def add_guest(*, meeting: Meeting, values: dict[str, Any], by: User, now: dt.datetime) -> Attendance:
    """Put a guest on the list, once."""
    locked_open(meeting)
    if twin := twin_of(meeting.attendances.guests(), values):
        return twin
    guest = Attendance.objects.create(meeting=meeting, order=next_order(meeting.attendances), **values)
    record(verb="guest.added", target=guest, by=by, now=now, changes={"meeting": (None, meeting)})
    return guest


@transaction.atomic
def edit_attendance(
    *, attendance: Attendance, values: dict[str, Any], revision: int, by: User, now: dt.datetime
) -> None:
    """Correct a row; at a new address the invitation counts as unsent, so that it can be sent there."""
    locked_open(attendance.meeting)
    changes = change(
        attendance,
        values=values,
        revision=revision,
        verb="attendance.edited",
        by=by,
        now=now,
        unit_id=attendance.unit_id,
    )
    if "email" in changes:
        attendance.mailed_at = None
        attendance.save(update_fields=["mailed_at"])
        withdraw_letters(attendance.meeting, attendance, now=now)


@transaction.atomic
def remove_invitee(*, attendance: Attendance, by: User, now: dt.datetime) -> None:
    """Take a guest or a unit off the list of invitees."""
    locked_open(attendance.meeting)
    locked(attendance)
    withdraw_letters(attendance.meeting, attendance, now=now)
    record(
        verb="invitee.removed",
        target=attendance,
        by=by,
        now=now,
        unit_id=attendance.unit_id,
        changes={"meeting": (attendance.meeting, None)},
    )
    attendance.delete()


@transaction.atomic
def announce_meeting(*, meeting: Meeting, by: User, now: dt.datetime, link: str = "") -> None:
    """Open the meeting to the invited units: from now on they see it and can reply.

    They are written to where the `link` to that page is given.
    """
    current = locked(meeting)
    _require_planned(current)
    if current.invited_at is None:
        _require_invitable(current, now=now)
        meeting.invited_at = now
        meeting.save(update_fields=["invited_at"])
        _issue(current, now=now)
        record(verb="meeting.announced", target=meeting, by=by, now=now)
    if link:
        mail_invitees(meeting=meeting, link=link, by=by, now=now)


@transaction.atomic
def number_invitations(*, meeting: Meeting, number: int, date: dt.date, says: dict[str, Any]) -> None:
    """Let each giấy mời to the same appointment, as `says` has it, carry the number and date it was issued with."""
    locked(meeting)
    meeting.invitation_number, meeting.invitation_date, meeting.invitation_says = number, date, says
    meeting.save(update_fields=["invitation_number", "invitation_date", "invitation_says"])


@transaction.atomic
def announce_change(*, meeting: Meeting, by: User, now: dt.datetime, link: str = "") -> bool:
    """Issue the invitations anew because day, hours or place are no longer those announced; whether they were."""
    current = locked(meeting)
    _require_planned(current)
    told = current.announcements.last()
    changes = changes_between(told, current.appointment) if told else {}
    if changes:
        _require_invitable(current, now=now)
        withdraw_letters(current, now=now)
        _issue(current, now=now)
        record(verb="meeting.change_announced", target=meeting, by=by, now=now, changes=changes)
    if link:
        mail_invitees(meeting=meeting, link=link, by=by, now=now)
    return bool(changes)


def _require_planned(meeting: Meeting) -> None:
    require_planned(meeting, _("The meeting has begun; nobody is invited any more."))


def _require_invitable(meeting: Meeting, *, now: dt.datetime) -> None:
    """Whatever goes out tells of a day that comes yet, and of the hour."""
    if obstacle := meeting.invitation_obstacle(localdate(now)):
        raise Refused(obstacle, about=meeting)


def _issue(meeting: Meeting, *, now: dt.datetime) -> None:
    Announcement.objects.create(meeting=meeting, issued_at=now, **meeting.appointment)
    meeting.attendances.filter(invited_at=None).update(invited_at=now)


def require_replies_open(meeting: Meeting) -> None:
    require_planned(meeting, _("The meeting has begun; replies are closed."))


@transaction.atomic
def reply_to_invitation(
    *, attendance: Attendance, values: dict[str, Any], revision: int, by: User, now: dt.datetime
) -> None:
    """Say whether the unit comes and who; name and title count for this meeting only."""
    require_replies_open(locked(attendance.meeting))
    change(
        attendance,
        values=values,
        revision=revision,
        verb="invitation.answered",
        by=by,
        now=now,
        unit_id=attendance.unit_id,
    )
