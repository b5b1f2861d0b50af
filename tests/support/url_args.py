"""What the arguments of URLs stand for in the tests that walk every URL.

A new argument needs a line in `values_for`, filled from rows of the given unit. An
argument that names a row of one unit stands in `OF_ONE_UNIT` as well: a liaison must
get 404 for it when the row is another unit's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from meetings.actions.inviting import announce_meeting
from meetings.models import Meeting, OpenQuestion, Task
from members.actions.account_changes import plan_account_change
from members.actions.handing_over import begin_handover
from members.models import (
    AccountChange,
    DatedLetterhead,
    LeadTerm,
    SecondFactorReset,
    TableImport,
    Unit,
    UnitMerger,
    UnitSuccession,
)
from tests.support.documents import deputy, issued_report, one_page, own_words, page_of, paper_sent_to, signed_off_draft
from tests.support.factories import NOW, IncidentFactory, UnitFactory, UserFactory, category
from tests.support.letters import letter_to
from tests.support.library import library_paper
from tests.support.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.support.reporting import accepted_report, attachment_of, close_early, comment_on, proposal_of
from tests.support.signing import signed_copy_of
from tests.support.superior_forms import superior_form

IMPORTS = {
    "members:unit-import": "units",
    "incidents:incident-import": "cases",
    "reports:figure-import": "figures",
    "members:person-import": "people",
}

OF_ONE_UNIT = {
    "unit_id",
    "incidents:incident.pk",
    "meeting_id",
    "invitee_id",
    "comment_id",
    "proposal_id",
    "reports:sent.document_id",
    "attachment_id",
    "speech_id",
    "award_id",
    "task_id",
    "photo_id",
    "incidents:incident-import.import_id",
}


def values_for(unit: Unit) -> dict[str, Any]:
    """A value for each argument by its name, or as ``beginning of the URL's name.argument``."""
    report = accepted_report(unit, "2022-H1", {"ma-tuy": 3})
    close_early("2022-H1")
    meeting = _meeting_of(unit)
    paper = paper_sent_to(unit, meeting)
    return {
        "period": report.round.period,
        "unit_id": unit.pk,
        "person_id": UserFactory(unit=unit).pk,
        "reset_id": SecondFactorReset.objects.create(
            person=UserFactory(unit=unit), asked_by=UserFactory(unit=unit), asked_at=NOW
        ).pk,
        "letter_id": letter_to(unit).pk,
        "attachment_id": attachment_of(report).pk,
        "comment_id": comment_on(report).pk,
        "proposal_id": proposal_of(report).pk,
        "term_id": LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=unit.joined_on).pk,
        "succession_id": UnitSuccession.objects.create(predecessor=unit, successor=UnitFactory(), on=unit.joined_on).pk,
        **_of_handover(unit),
        "merger_id": UnitMerger.objects.create(on=unit.joined_on, recorded_at=NOW).pk,
        "letterhead_id": DatedLetterhead.objects.create(starts_on=unit.joined_on, issuer_line="CỤM").pk,
        "library_id": library_paper().pk,
        **_of_documents(),
        "reports:catalogue.kind": "categories",
        "reports:paper.kind": "GM",
        "reports:catalogue.pk": category().pk,
        "incidents:incident.pk": IncidentFactory(unit=unit).pk,
        **{f"{page}.import_id": _import_of(unit, kind) for page, kind in IMPORTS.items()},
        "reports:submission-workbook.import_id": _import_of(unit, f"report:{report.round.period}:{unit.pk}"),
        **_of_meeting(meeting, unit),
        "reports:sent.document_id": paper.pk,
        "reports:sent.copy_id": signed_copy_of(paper).pk,
    }


def _of_handover(unit: Unit) -> dict[str, int]:
    """A handover to another unit, with an account that closes."""
    on = NOW.date() + dt.timedelta(days=180)
    handover = begin_handover(on=on, lead=UnitFactory(), deputy=None, by=None, now=NOW)
    about = {"person": UserFactory(unit=unit), "handover": handover}
    change = plan_account_change(act=AccountChange.Act.CLOSE, on=on, by=None, now=NOW, **about)
    return {"handover_id": handover.pk, "change_id": change.pk}


def _import_of(unit: Unit, kind: str) -> int:
    by = UserFactory(unit=unit, role="liaison")
    return TableImport.objects.create(kind=kind, rows=1, stored_at=NOW, stored_by=by).pk


def _of_documents() -> dict[str, Any]:
    """An issued document with a signed copy, and a draft that is not."""
    document = issued_report("2022-H1", write=lambda _report: {"pdf": one_page(), "json": b"{}"})
    draft = signed_off_draft("2022-H1", baseline="2021-H2")
    return {
        "document_id": document.pk,
        "form": "pdf",
        "code": document.code,
        "copy_id": signed_copy_of(document).pk,
        "draft_id": draft.pk,
        "of": page_of(draft),
        "number": 1,
        "reports:free.draft_id": own_words().pk,
        "superior_form_id": superior_form().pk,
        "deputy_id": deputy().pk,
    }


def _meeting_of(unit: Unit) -> Meeting:
    """A meeting that only this unit is invited to, and knows of."""
    meeting = planned_meeting(unit, by=None)
    meeting.attendances.exclude(unit=unit).delete()
    announce_meeting(meeting=meeting, by=None, now=NOW)
    return meeting


def _of_meeting(meeting: Meeting, unit: Unit) -> dict[str, int]:
    return {
        "meeting_id": meeting.pk,
        "what": "speeches",
        "meetings:guest-import.import_id": _import_of(unit, f"guests:{meeting.pk}"),
        "invitee_id": meeting.attendances.get().pk,
        "speech_id": speech_of(unit, meeting).pk,
        "award_id": award_of(unit, meeting).pk,
        "task_id": Task.objects.create(meeting=meeting, text="Việc thử").pk,
        "question_id": OpenQuestion.objects.create(meeting=meeting, field="place", note="Chưa rõ").pk,
        "photo_id": photo_of(meeting).pk,
    }
