"""What the arguments of URLs stand for in the tests that walk every URL.

A new argument needs a line in `values_for`, filled from rows of the given unit. An
argument that names a row of one unit stands in `OF_ONE_UNIT` as well: a liaison must
get 404 for it when the row is another unit's.
"""

from __future__ import annotations

from typing import Any

from meetings.actions import recording
from meetings.actions.inviting import announce_meeting
from members.models import LeadTerm, Unit
from tests.factories import NOW, IncidentFactory, UserFactory, category
from tests.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.reporting import accepted_report

OF_A_MEETING = {"meeting_id", "invitee_id", "speech_id", "award_id", "task_id", "question_id", "photo_id"}
OF_ONE_UNIT = {"unit_id", "incidents:incident.pk"} | OF_A_MEETING


def values_for(unit: Unit) -> dict[str, Any]:
    """A value for each argument by its name, or as ``beginning of the URL's name.argument``."""
    report = accepted_report(unit, "2022-H1", {"ma-tuy": 3})
    return {
        "period": report.round.period,
        "unit_id": unit.pk,
        "person_id": UserFactory(unit=unit).pk,
        "term_id": LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=unit.joined_on).pk,
        "reports:catalogue.kind": "categories",
        "reports:catalogue.pk": category().pk,
        "incidents:incident.pk": IncidentFactory(unit=unit).pk,
        **meeting_values(unit),
    }


def meeting_values(unit: Unit) -> dict[str, int]:
    """A meeting that only this unit is invited to, and one row of each kind that belongs to it."""
    meeting = planned_meeting(unit, by=None)
    meeting.attendances.exclude(unit=unit).delete()
    announce_meeting(meeting=meeting, by=None, now=NOW)
    by_no_one = {"by": None, "now": NOW}
    return {
        "meeting_id": meeting.pk,
        "invitee_id": meeting.attendances.get().pk,
        "speech_id": speech_of(unit, meeting).pk,
        "award_id": award_of(unit, meeting).pk,
        "task_id": recording.set_task(meeting=meeting, values={"text": "Nhiệm vụ thử"}, units=[], **by_no_one).pk,
        "question_id": recording.note_question(
            meeting=meeting, values={"field": "place", "note": "Chưa rõ"}, **by_no_one
        ).pk,
        "photo_id": photo_of(meeting).pk,
    }
