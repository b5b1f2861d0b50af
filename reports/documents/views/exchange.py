"""A meeting's record and the report on its period, beside each other: written once, taken over by a click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.door import number_in
from meetings.models import Meeting
from meetings.views._common import get_meeting
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from reports.documents.exchange import report_on, side_by_side, take_into_record, take_into_report
from reports.documents.views.approvals import revision_seen
from reports.models import DocumentDraft
from reports.models.document_drafts import DocumentDraftQuerySet


@requires(Can.MANAGE_MEETINGS)
def record_and_report(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    draft = report_on(meeting, _reports(request, meeting))
    takes = {
        "record": not (meeting.is_locked or meeting.is_called_off),
        "report": draft is not None and not draft.is_issued and allowed(request.user, Can.ISSUE_DOCUMENTS),
    }
    context = {"meeting": meeting, "draft": draft, "matters": side_by_side(meeting, draft), "takes": takes}
    return render(request, "reports/documents/record_and_report.html", context)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def record_take(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Take a line of the report into the record; then the same page again."""
    meeting = get_meeting(request, meeting_id)
    take_into_record(**_asked(request, meeting))
    messages.success(request, _("Taken into the meeting record."))
    return redirect("reports:record-and-report", meeting_id)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def report_take(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Take a line of the record into the report; then the same page again."""
    meeting = get_meeting(request, meeting_id)
    take_into_report(**_asked(request, meeting))
    messages.success(request, _("Taken into the report."))
    return redirect("reports:record-and-report", meeting_id)


def _reports(request: SignedInRequest, meeting: Meeting) -> DocumentDraftQuerySet:
    found = DocumentDraft.objects.visible_to(request.user).summary_reports().filter(period=meeting.period)
    return found.select_related("issued", "corrects")


def _asked(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    """What the button says; the draft is the one the page showed, whichever came meanwhile."""
    draft = get_object_or_404(_reports(request, meeting), pk=number_in(request.POST.get("draft"), otherwise=0))
    matter, _colon, key = request.POST.get("line", "").partition(":")
    seen = {"matter": matter, "key": key, "revision": revision_seen(request)}
    return {"meeting": meeting, "draft": draft, **seen, "by": request.user, "now": timezone.now()}
