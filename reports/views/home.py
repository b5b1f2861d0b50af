"""The first page: what needs me now, for each role."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cluster_portal.periods import Period
from incidents.models import Alert
from meetings.home import MeetingBlock, meeting_block
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import Cluster, Unit
from reports.comparison.summarise import summarise
from reports.models import DocumentDraft, IssuedDocument, ReportingRound
from reports.prose import narrative, phrases
from reports.submissions import reading
from reports.submissions.board import NOT_STARTED, build_board
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm


@requires(Can.SEE_HOME)
def home(request: SignedInRequest) -> HttpResponse:
    meetings = meeting_block(user=request.user, today=timezone.localdate())
    if request.user.is_liaison:
        return _liaison(request, meetings)
    return _chair(request, meetings) if request.user.is_chair else _secretariat(request, meetings)


def _liaison(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """One thing: the newest report that is expected of the unit."""
    unit = cast(Unit, request.user.unit)  # the database keeps no liaison without one
    opened = ReportingRound.objects.expecting(unit).first()
    context: dict = {
        "unit": unit,
        "round": opened,
        "accepted": unit.submissions.accepted().select_related("round").order_by("-round__period").first(),
        "meetings": meetings,
    }
    if opened:
        submission = opened.submissions.filter(unit=unit).first()
        context |= {
            "submission": submission,
            "status": submission.status if submission else NOT_STARTED,
            "days_left": (opened.due_on - timezone.localdate()).days,
        }
        context["issued"] = IssuedDocument.objects.locking(opened.period).first()
        if not context["issued"] and (submission is None or submission.is_open):
            form = SubmissionForm(
                initial=submission.typed if submission else {},
                catalogue=Catalogue.load(period=opened.period),
                base=reading.base_content(unit_id=unit.pk, period=opened.period),
            )
            context["missing"] = form.missing()
    return render(request, "reports/home_liaison.html", context)


def _secretariat(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """Reports to look at, units to call, and the round to open next."""
    today = timezone.localdate()
    opened = ReportingRound.objects.first()
    ended = Period.half_containing(today, Cluster.get().cut_off_rule).previous
    context = {
        "meetings": meetings,
        "alerts": Alert.objects.open_for(request.user),
        "drafts": DocumentDraft.objects.being_written(),
        "round": opened,
        "board": build_board(opened, today=today) if opened else None,
        "round_to_open": ended if opened is None or opened.period < ended else None,
    }
    return render(request, "reports/home_secretariat.html", context)


def _chair(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """The state of the reports and the comparison, ready to take to the meeting."""
    opened = ReportingRound.objects.first()
    context: dict = {
        "meetings": meetings,
        "alerts": Alert.objects.open_for(request.user),
        "drafts": DocumentDraft.objects.being_written(),
        "round": opened,
    }
    if opened:
        summary = summarise(current=opened.period)
        context |= {
            "board": build_board(opened, today=timezone.localdate()),
            "summary": summary,
            "issued": IssuedDocument.objects.summary_reports_on(opened.period).in_force().in_order().defer("summary"),
            "headline": narrative.headline(summary),
            "coverage": phrases.coverage(summary),
        }
    return render(request, "reports/home_chair.html", context)
