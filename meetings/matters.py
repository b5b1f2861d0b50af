"""What of the meetings the next lead unit goes on with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from cluster_portal.formatting import date
from meetings.models import Meeting, Task
from members.infrastructure.capabilities import Can
from members.infrastructure.open_matters import Matter, hands_over


@hands_over
def tasks_and_meetings(today: dt.date) -> Iterator[Matter]:
    """Tasks that are not done, and meetings that are planned or whose record isn't closed."""
    tasks = [f"{task.text.rstrip(' .;')} ({_about(task)})" for task in Task.objects.outstanding().in_order()]
    yield Matter("Nhiệm vụ chưa hoàn thành", tuple(tasks), reverse("meetings:task-list"), Can.SEE_MEETINGS)
    under_way = Meeting.objects.filter(status__in=(Meeting.Status.PLANNED, Meeting.Status.HELD))
    meetings = [
        f"{meeting.title}, ngày {date(meeting.held_on)}: {_STATES[Meeting.Status(meeting.status)]}"
        for meeting in under_way.order_by("held_on", "pk")
    ]
    url = reverse("meetings:meeting-list")
    yield Matter("Hội nghị chưa khóa hồ sơ", tuple(meetings), url, Can.SEE_MEETINGS)


_STATES = {Meeting.Status.PLANNED: "đang chuẩn bị", Meeting.Status.HELD: "đã họp, chưa khóa hồ sơ"}


def _about(task: Task) -> str:
    due = f", thời hạn {date(task.due_on)}" if task.due_on else ""
    return f"{task.responsible}{due}"
