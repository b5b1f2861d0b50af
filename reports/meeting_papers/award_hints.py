"""What the half-year reports say about the awards proposed for a meeting."""

from __future__ import annotations

from meetings.models import Award, Meeting
from members.models import Unit
from reports.models import Submission


def recipients_without_report(meeting: Meeting) -> list[Unit]:
    """The units to be awarded, or whose people are, that lack an accepted report for the period reviewed."""
    proposed = meeting.awards.exclude(status=Award.Status.REFUSED).values("unit")
    units = list(Unit.objects.filter(pk__in=proposed).in_order())
    reported = set(
        Submission.objects.accepted()
        .filter(unit__in=units, round__period__in=meeting.period.halves)
        .values_list("unit", "round__period")
    )
    return [unit for unit in units if any((unit.pk, half) not in reported for half in meeting.period.halves)]
