"""The papers of a meeting that are issued with a number: how far each is, and beginning one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.files.sending import sends_file
from meetings.views._common import get_held_meeting, get_meeting
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import actions
from reports.documents.files import send_issued
from reports.documents.kinds import PAPERS
from reports.documents.standing import paper_progress
from reports.meeting_papers.own_report import report_text, subject_of
from reports.meeting_papers.summary import meeting_summary
from reports.models import IssuedDocument, IssuedFile, Kind


@requires(Can.READ_MEETING_RECORDS)
def paper_list(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    return render(
        request, "reports/meeting_papers/paper_list.html", {"meeting": meeting, "papers": paper_progress(meeting)}
    )


@requires(Can.SEE_MEETINGS)
@sends_file
def notice(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    """The conclusion notice as it was issued, for every unit that was invited."""
    meeting = get_meeting(request, meeting_id)
    issued = IssuedDocument.objects.for_units_of(meeting).first()
    if issued is None:
        messages.info(request, _("The conclusion notice has not been issued yet."))
        return redirect(meeting)
    file = issued.files.get(form=IssuedFile.Form.PDF)
    return send_issued(file)


@requires(Can.SEE_MEETINGS)
def notice_link(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A part of the meeting's page, which stands a floor below and knows no issued documents."""
    meeting = get_meeting(request, meeting_id)
    issued = IssuedDocument.objects.for_units_of(meeting).defer("summary").first()
    return render(request, "reports/meeting_papers/_notice_link.html", {"meeting": meeting, "document": issued})


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def meeting_report_begin(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The report on a meeting that was held, to be gone on with in own words."""
    found = meeting_summary(get_held_meeting(request, meeting_id))
    draft = actions.prepare_free_text(
        kind=Kind.OTHER_REPORT,
        subject=subject_of(found),
        text=report_text(found),
        by=request.user,
        now=timezone.now(),
    )
    return redirect("reports:free-write", draft.pk)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def paper_prepare(request: SignedInRequest, meeting_id: int, kind: str) -> HttpResponse:
    """Begin the paper, or go on with the one that was begun."""
    meeting = get_meeting(request, meeting_id)
    if kind not in PAPERS:
        raise Http404
    return redirect(actions.prepare_paper(meeting=meeting, kind=Kind(kind), by=request.user, now=timezone.now()))
