"""What the home page tells of meetings, for each reader: the next one, and tasks that are late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from meetings.models import Attendance, Meeting, Task
from meetings.readiness import Fact, readiness
from members.infrastructure.capabilities import Can, allowed, sees_own_unit
from members.models import User


@dataclass(frozen=True)
class MeetingBlock:
    """The meeting ahead, or the last one; a liaison's `invitation` to it; the reader's overdue tasks."""

    meeting: Meeting | None
    is_ahead: bool
    readiness: tuple[Fact, ...]
    invitation: Attendance | None
    overdue: tuple[Task, ...]

    @property
    def awaits_reply(self) -> bool:
        return (
            self.invitation is not None
            and self.invitation.meeting.is_planned
            and self.invitation.reply == Attendance.Reply.PENDING
        )


def meeting_block(*, user: User, today: dt.date) -> MeetingBlock:
    """The meeting `user` looks towards on `today`; when none is ahead, the last one with its papers."""
    meeting = Meeting.objects.visible_to(user).select_related("host").looked_towards(today).first()
    tasks = Task.objects.visible_to(user).overdue_on(today)
    if sees_own_unit(user):
        tasks = tasks.of_unit(user.unit_id)
    invitation = None
    if meeting is not None and sees_own_unit(user):
        invitation = meeting.attendances.select_related("unit", "meeting").get(unit=user.unit_id)
    return MeetingBlock(
        meeting=meeting,
        is_ahead=meeting is not None and meeting.is_ahead_on(today),
        readiness=readiness(meeting) if meeting is not None and allowed(user, Can.READ_MEETING_RECORDS) else (),
        invitation=invitation,
        overdue=tuple(tasks.in_order()),
    )
