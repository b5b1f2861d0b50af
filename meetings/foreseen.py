"""What acts of the floor below mean for meetings and their tasks, told before they are done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.formatting import date
from meetings.models import Attendance, Meeting, Task
from members.infrastructure.foreseeing import foresees
from members.models import UnitMerger


@foresees(UnitMerger)
def merger_and_meetings(merger: UnitMerger) -> Iterator[str]:
    """Units on the list of a meeting that comes when they have left, and tasks left to units that end."""
    ended = list(merger.successions.values_list("predecessor", flat=True))
    ahead = Meeting.objects.filter(status=Meeting.Status.PLANNED, held_on__gte=merger.on)
    for meeting in ahead.order_by("held_on", "pk"):
        listed = Attendance.objects.filter(meeting=meeting, unit__in=ended).in_order()
        if names := "; ".join(str(row) for row in listed):
            told = _("%(meeting)s, %(day)s: its list still names %(units)s; adjust the list after the merger.")
            yield told % {"meeting": meeting, "day": date(meeting.held_on), "units": names}
    left = Task.objects.outstanding().filter(units__in=ended).distinct().count()
    if left:
        told = ngettext(
            "%(n)d open task is in the charge of a unit that ends; give it to the new one.",
            "%(n)d open tasks are in the charge of units that end; give them to the new ones.",
            left,
        )
        yield told % {"n": left}
