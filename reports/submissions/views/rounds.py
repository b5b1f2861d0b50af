"""Rounds of reports: opened by the secretariat, watched on the board."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.door import number_in
from cluster_portal.periods import Period
from incidents.lookups import cases_url
from members.actions.passing_on import note_copied
from members.asking import ask_first
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.outbox.result import post_about
from members.models import Cluster, Unit, User
from reports.comparison.period_states import PeriodState, state_of
from reports.models import DocumentDraft, IssuedDocument, ReportingRound
from reports.submissions import actions, mail, reminders
from reports.submissions.board import build_board, looked_through
from reports.submissions.due_dates import proposed_dates
from reports.submissions.forms.rounds import CloseForm, DueDateForm, RoundForm
from reports.submissions.views._asked_submission import asked_submission, revision_in
from reports.submissions.waiting import look_through


@requires(Can.WATCH_ROUNDS)
def round_list(request: SignedInRequest) -> HttpResponse:
    rounds = ReportingRound.objects.with_counts()
    return render(request, "reports/submissions/round_list.html", {"rounds": rounds})


@requires(Can.REVIEW_REPORTS)
def round_open(request: SignedInRequest) -> HttpResponse:
    """Open a round; the cut-off rule proposes the dates for the half-year asked for, or the one that ended last."""
    rule = Cluster.get().cut_off_rule
    current, *earlier = Period.latest_halves(timezone.localdate(), rule)
    known = set(ReportingRound.objects.values_list("period", flat=True))
    offered = [half for half in (current, *earlier) if half not in known]
    period = _first_of(offered, wanted=(request.GET.get("period"), str(earlier[0])))
    proposed = {"period": period, **proposed_dates(period, rule, today=timezone.localdate())} if period else {}
    form = RoundForm(request.POST or None, initial=proposed, offered=offered, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            opened = actions.open_round(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _("The round for the %(period)s is open.") % {"period": opened.period.label})
            return redirect(opened)
    return render(request, "reports/submissions/round_form.html", {"form": form})


def _first_of(offered: Iterable[Period], *, wanted: Iterable[str | None]) -> Period | None:
    """The first half-year wanted that is offered, else whatever is offered first."""
    by_name = {str(half): half for half in offered}
    return next((by_name[name] for name in (*wanted, *by_name) if name in by_name), None)


@requires(Can.REVIEW_REPORTS)
def round_due_date(request: SignedInRequest, period: Period) -> HttpResponse:
    opened = get_object_or_404(ReportingRound, period=period)
    form = DueDateForm(request.POST or None, instance=opened, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.change_due_date(
                round_=get_object_or_404(ReportingRound, period=period),
                due_on=form.cleaned_data["due_on"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The due date has been changed."))
            return redirect(opened)
    return render(request, "reports/submissions/round_due_date.html", {"form": form, "round": opened})


@requires(Can.REVIEW_REPORTS)
def round_close(request: SignedInRequest, period: Period) -> HttpResponse:
    """Use the figures although reports are missing, after asking why."""
    opened = get_object_or_404(ReportingRound, period=period)
    state = state_of(period)
    form = CloseForm(request.POST or None, instance=get_object_or_404(ReportingRound, period=period), state=state)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            actions.close_round(
                round_=opened,
                reason=form.cleaned_data["close_reason"],
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The round is closed: its figures are used, and the reason is printed."))
            return redirect(opened)
    context = {"form": form, "round": opened, "state": state}
    return render(request, "reports/submissions/round_close.html", context)


@requires(Can.REVIEW_REPORTS)
@require_POST
def round_collect_on(request: SignedInRequest, period: Period) -> HttpResponse:
    """Take back that the round was closed."""
    opened = get_object_or_404(ReportingRound, period=period)
    actions.collect_on(round_=opened, revision=revision_in(request), by=request.user, now=timezone.now())
    messages.success(request, _("The reports are being collected again."))
    return redirect(opened)


@requires(Can.REVIEW_REPORTS)
def round_remove(request: SignedInRequest, period: Period) -> HttpResponse:
    """Take back a round opened by mistake, after asking."""
    opened = get_object_or_404(ReportingRound, period=period)
    if request.method == "POST":
        actions.remove_round(round_=opened, by=request.user, now=timezone.now())
        messages.success(request, _("The round was taken back."))
        return redirect("reports:round-list")
    return render(request, "reports/submissions/round_remove.html", {"round": opened})


@requires(Can.WATCH_ROUNDS)
def round_board(request: SignedInRequest, period: Period) -> HttpResponse:
    opened = get_object_or_404(ReportingRound, period=period)
    issued = IssuedDocument.objects.locking(period).first()
    board = looked_through(build_board(opened, today=timezone.localdate(), is_issued=issued is not None), opened)
    status = request.GET.get("status", "")
    accepted, expected = len(board.accepted), len(board.rows)
    context = {
        "round": opened,
        "letters": post_about(opened),
        "issued": issued,
        "draft": DocumentDraft.objects.resting_on(period).first(),
        "state": PeriodState(period, True, accepted, expected, opened.close_reason, board.is_imported),
        "board": board,
        "rows": board.shown(status),
        "status": status,
        "cases_url": cases_url(opened.starts_on, opened.ends_on),
    }
    return render(request, "reports/submissions/round_board.html", context)


@requires(Can.REVIEW_REPORTS)
def round_accept(request: SignedInRequest, period: Period) -> HttpResponse:
    """Accept several reports at once: those in which nothing is left to look at."""
    opened = get_object_or_404(ReportingRound, period=period)
    if request.method == "POST":
        actions.require_not_issued(opened)
        chosen = {unit: number_in(request.POST.get(f"revision-{unit}"), otherwise=-1) for unit in _units_in(request)}
        outcome = actions.accept_together(
            round_=opened, chosen=chosen, by=request.user, now=timezone.now(), origin=mailed_url(request, "/")
        )
        _tell_outcome(request, outcome)
        return redirect("reports:round-accept", period)
    waiting = list(opened.submissions.waiting().select_related("unit"))
    looked = look_through(opened, waiting)
    pairs = [(submission, looked[submission.unit_id]) for submission in waiting]
    can_choose = any(not found.open for _submission, found in pairs)
    context = {"round": opened, "waiting": pairs, "can_choose": can_choose}
    return render(request, "reports/submissions/round_accept.html", context)


def _units_in(request: SignedInRequest) -> list[int]:
    return [unit for sent in request.POST.getlist("unit") if (unit := number_in(sent, otherwise=0))]


def _tell_outcome(request: SignedInRequest, outcome: list[tuple[Unit, str]]) -> None:
    """How many reports were accepted, and of each that wasn't why."""
    accepted = sum(not refusal for _unit, refusal in outcome)
    if accepted:
        told = ngettext("%(n)d report has been accepted.", "%(n)d reports have been accepted.", accepted)
        messages.success(request, told % {"n": accepted})
    for unit, refusal in outcome:
        if refusal:
            sentence = _("Not accepted: %(unit)s. %(reason)s")
            messages.warning(request, sentence % {"unit": unit, "reason": refusal})
    if not outcome:
        messages.info(request, _("No report was chosen."))


@requires(Can.REVIEW_REPORTS)
def round_remind(request: SignedInRequest, period: Period) -> HttpResponse:
    """Write to the liaisons of all units whose report is still with them, once a day."""
    opened = get_object_or_404(ReportingRound, period=period)
    actions.require_waiting(opened)
    units = [row.unit_id for row in build_board(opened, today=timezone.localdate()).with_the_units]
    people = list(User.objects.active().liaisons().filter(unit__in=units).select_related("unit").in_order())
    if people and request.method != "POST":
        return ask_first(
            request,
            heading=_("Remind all"),
            sentence=_("An e-mail goes to each of these liaisons, at most one a day: %(names)s.")
            % {"names": "; ".join(f"{person} ({person.unit})" for person in people)},
            back=opened.get_absolute_url(),
            about=opened.period.label,
        )
    origin = mailed_url(request, "/")
    count = reminders.remind(round_=opened, people=people, origin=origin, by=request.user, now=timezone.now())
    if not people:
        messages.info(request, _("There is nobody to remind."))
    elif not count:
        messages.info(request, _("Everybody concerned has been reminded today already."))
    else:
        told = ngettext("%(count)d reminder is on its way.", "%(count)d reminders are on their way.", count)
        messages.success(request, told % {"count": count})
    return redirect(opened)


@requires(Can.REVIEW_REPORTS)
@require_POST
def round_reminder_copy(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The text of a reminder, to be sent to one unit by Zalo."""
    asked = asked_submission(request, period, unit_id)
    actions.require_waiting(asked.round)
    note_copied(verb="reminder.copied", target=asked.round, unit_id=asked.unit.pk, by=request.user, now=timezone.now())
    context = {
        "text": mail.reminder_to_pass_on(asked.unit, asked.round, origin=mailed_url(request, "/")),
        "name": asked.unit.name,
        "back": asked.round.get_absolute_url(),
        "back_to": asked.round.period.label,
    }
    return render(request, "members/pass_on.html", context)
