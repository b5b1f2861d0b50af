"""Who is invited, the invitations, and the replies."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from meetings.actions.ordering import next_order
from meetings.actions.planning import require_open
from meetings.models import Attendance, Meeting
from members.audit import record
from members.editing import change


@transaction.atomic
def add_guest(*, meeting: Meeting, values: dict[str, Any], by, now: dt.datetime) -> Attendance:
    require_open(meeting)
    guest = Attendance.objects.create(meeting=meeting, order=next_order(meeting.attendances), **values)
    record(verb="guest.added", target=guest, by=by, now=now, changes={"meeting": (None, meeting)})
    return guest


@transaction.atomic
def edit_attendance(*, attendance: Attendance, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    """Correct a row; at a new address the invitation counts as unsent, so that it can be sent there."""
    require_open(attendance.meeting)
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
        attendance.invitation_sent_at = None
        attendance.save(update_fields=["invitation_sent_at"])


@transaction.atomic
def remove_invitee(*, attendance: Attendance, by, now: dt.datetime) -> None:
    """Take a guest or a unit off the list of invitees."""
    require_open(attendance.meeting)
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
def announce_meeting(*, meeting: Meeting, by, now: dt.datetime) -> None:
    """Open the meeting to the invited units: from now on they see it and can reply."""
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.invited_at is not None:
        return
    meeting.invited_at = now
    meeting.save(update_fields=["invited_at"])
    record(verb="meeting.announced", target=meeting, by=by, now=now)


@transaction.atomic
def reply_to_invitation(*, attendance: Attendance, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    """Say whether the unit comes and who; name and title count for this meeting only."""
    require_open(attendance.meeting)
    change(
        attendance,
        values=values,
        revision=revision,
        verb="invitation.answered",
        by=by,
        now=now,
        unit_id=attendance.unit_id,
    )
