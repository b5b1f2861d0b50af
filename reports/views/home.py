"""The first page: what needs me now, for each role."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, cast

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cluster_portal.periods import Period
from incidents.models import Alert
from meetings.home import MeetingBlock, meeting_block
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import Cluster, Unit
from reports.comparison.period_states import states_of
from reports.comparison.summarise import summarise
from reports.models import DocumentDraft, IssuedDocument, Proposal, ReportingRound, ReviewComment, Submission
from reports.prose import narrative, phrases
from reports.submissions import tasks
from reports.submissions.board import build_board, overdue_reports
from reports.views.first_start import first_steps


@requires(Can.SEE_HOME)
def home(request: SignedInRequest) -> HttpResponse:
    meetings = meeting_block(user=request.user, today=timezone.localdate())
    return HOMES.get(request.user.role, _plain)(request, meetings)


def _plain(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """For a role that no home page was made for: says so, and shows the meetings the person may see."""
    return render(request, "reports/home_plain.html", {"meetings": meetings})


def _liaison(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """Every report that is still the unit's to send, oldest first; without one, how the newest stands."""
    unit = cast(Unit, request.user.unit)  # the database keeps no liaison without one
    reports = tasks.reports_asked_of(unit, today=timezone.localdate())
    context = {
        "unit": unit,
        "reports": [report for report in reports if report.is_to_send] or reports[-1:],
        "sent": IssuedDocument.objects.unread_by(request.user).defer("summary", "search_text", "text").in_order(),
        "proposals": Proposal.objects.visible_to(request.user).open().with_sources().in_order(),
        "accepted": unit.submissions.accepted().select_related("round").order_by("-round__period").first(),
        "meetings": meetings,
    }
    return render(request, "reports/home_liaison.html", context)


def _secretariat(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """Reports to look at, units to call, and the round to open next; where figures are issued nothing is left to do."""
    today, issued = timezone.localdate(), IssuedDocument.objects.locked_halves()
    opened = ReportingRound.objects.first()
    board = build_board(opened, today=today, is_issued=opened.period in issued) if opened else None
    cluster = Cluster.get()
    ended = Period.half_containing(today, cluster.cut_off_rule).previous
    context = {
        "meetings": meetings,
        "alerts": Alert.objects.open_for(request.user),
        "drafts": DocumentDraft.objects.visible_to(request.user).being_written().select_related("approver"),
        "round": opened,
        "board": board,
        "steps": first_steps(board, cluster=cluster, today=today),
        "waiting": _waiting(issued),
        "answered": ReviewComment.objects.answered(issued=issued).select_related("version__submission__unit"),
        "proposals": Proposal.objects.visible_to(request.user).unanswered().count(),
        "overdue": overdue_reports(today=today, issued=issued),
        "round_to_open": ended if opened is None or opened.period < ended else None,
    }
    return render(request, "reports/home_secretariat.html", context)


def _waiting(issued: Set[Period]) -> list[Submission]:
    """The reports to be looked at, the longest waiting first, with when each came last and who checks it."""
    waiting = Submission.objects.waiting().exclude(round__period__in=issued)
    oldest_first = waiting.with_last_sending().order_by(F("last_sent_at"), "round__period", "unit__order", "unit")
    return list(oldest_first.select_related("round", "unit", "checked_by"))


def _chair(request: SignedInRequest, meetings: MeetingBlock) -> HttpResponse:
    """The state of the reports, and the comparison of the last complete period, ready to take to the meeting."""
    opened = ReportingRound.objects.first()
    context: dict[str, Any] = {
        "meetings": meetings,
        "alerts": Alert.objects.open_for(request.user),
        "drafts": DocumentDraft.objects.visible_to(request.user).being_written().select_related("approver"),
        "round": opened,
    }
    if opened:
        context["board"] = build_board(opened, today=timezone.localdate())
    if complete := states_of(ReportingRound.objects.values_list("period", flat=True)).newest_complete():
        summary = summarise(current=complete)
        context |= {
            "summary": summary,
            "issued": IssuedDocument.objects.summary_reports_on(complete).in_force().in_order().defer("summary"),
            "headline": narrative.headline(summary),
            "coverage": phrases.coverage(summary),
        }
    return render(request, "reports/home_chair.html", context)


Home = Callable[[SignedInRequest, MeetingBlock], HttpResponse]
HOMES: dict[str, Home] = {"liaison": _liaison, "chair": _chair, "secretariat": _secretariat}
