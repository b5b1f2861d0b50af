"""A unit's half-year report: filled in, sent, read, returned, accepted, reopened, printed."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.capabilities import Can, SignedInRequest, allowed, requires
from members.editing import StaleEdit
from members.models import Cluster, Unit
from reports import actions, mail, review
from reports.catalogue import Catalogue
from reports.exports.unit_report import unit_report_head, unit_report_pdf
from reports.forms.report import ReportForm
from reports.forms.rounds import CommentForm
from reports.models import ReportingRound, Submission, SubmissionVersion
from reports.register import Register


@dataclass(frozen=True)
class Place:
    """The report a URL names: a unit's in a round, begun (`submission`) or not."""

    round: ReportingRound
    unit: Unit
    submission: Submission | None

    @property
    def is_open(self) -> bool:
        return self.submission is None or self.submission.is_open

    @property
    def url_args(self) -> tuple[Period, int]:
        return self.round.period, self.unit.pk


def _place(request: SignedInRequest, period: Period, unit_id: int) -> Place:
    """The report the user asks for; 404 for a unit that isn't theirs or is not expected to report."""
    opened = get_object_or_404(ReportingRound, period=period)
    unit = get_object_or_404(opened.expected_units().visible_to(request.user), pk=unit_id)
    submission = opened.submissions.filter(unit=unit).select_related("unit", "saved_by").first()
    if submission:
        submission.round = opened
    return Place(opened, unit, submission)


def _form(place: Place, *args, complete: bool = False, **kwargs) -> ReportForm:
    base = review.base_content(unit_id=place.unit.pk, period=place.round.period)
    register = Register.of(place.unit, place.round)
    return ReportForm(*args, catalogue=Catalogue.load(), base=base, register=register, complete=complete, **kwargs)


def _form_page(request: SignedInRequest, place: Place, form: ReportForm, *, status: int = 200) -> HttpResponse:
    context = {
        "place": place,
        "round": place.round,
        "unit": place.unit,
        "submission": place.submission,
        "form": form,
        "days_left": (place.round.due_on - timezone.localdate()).days,
    }
    return render(request, "reports/submission_form.html", context, status=status)


@requires(Can.FILL_REPORTS)
def submission_edit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    place = _place(request, period, unit_id)
    if not place.is_open:
        return redirect("reports:submission-detail", *place.url_args)
    initial: dict = {"revision": 0, "tab": uuid.uuid4().hex}
    if place.submission:
        initial |= {**place.submission.draft, "revision": place.submission.revision}
    return _form_page(request, place, _form(place, initial=initial))


@requires(Can.FILL_REPORTS)
@require_POST
def submission_save(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Keep a draft. What can't be read is kept as well, and pointed out; the browser saves by itself while typing."""
    place = _place(request, period, unit_id)
    return _keep(request, place, _form(place, request.POST))


@requires(Can.FILL_REPORTS)
@require_POST
def submission_take_over(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Raise the figures typed so far to what the register holds, of one category or of all, and keep the draft."""
    place = _place(request, period, unit_id)
    form = _form(place, request.POST)
    form.take_over(request.POST.get("category", ""))
    return _keep(request, place, form)


def _keep(request: SignedInRequest, place: Place, form: ReportForm) -> HttpResponse:
    form.is_valid()
    conflict = None
    try:
        submission = _save(place, form, request)
        form.stand_at(submission.revision)
    except StaleEdit as stale:
        conflict = stale.current
        form.show_conflict(conflict)
    except actions.WrongStatus as refusal:
        messages.error(request, str(refusal))
        return _leave(request, place)
    if request.htmx:
        context = {"place": place, "form": form, "conflict": conflict, "saved_at": timezone.now()}
        return render(request, "reports/_submission_saved.html", context)
    if conflict or form.errors:
        return _form_page(request, place, form, status=409 if conflict else 200)
    messages.success(request, _("The draft has been saved. It can be continued at any time."))
    return redirect("reports:submission-edit", *place.url_args)


def _save(place: Place, form: ReportForm, request: SignedInRequest) -> Submission:
    return actions.save_draft(
        round=place.round,
        unit=place.unit,
        typed=form.storable(place.submission.draft if place.submission else {}),
        revision=_revision(request),
        tab=request.POST.get("tab", "")[:32],
        by=request.user,
        now=timezone.now(),
    )


def _revision(request: SignedInRequest) -> int:
    """The revision the form was opened at; -1, which no report has, where it was tampered with."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else -1


def _leave(request: SignedInRequest, place: Place) -> HttpResponse:
    response = redirect("reports:submission-detail", *place.url_args)
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": response.url})
    return response


@requires(Can.FILL_REPORTS)
@require_POST
def submission_submit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Send the report if it is whole; otherwise keep it as a draft and show what is missing."""
    place = _place(request, period, unit_id)
    form = _form(place, request.POST, complete=True)
    try:
        if not form.is_valid():
            form.stand_at(_save(place, form, request).revision)
            return _form_page(request, place, form, status=422)
        actions.submit(
            round=place.round,
            unit=place.unit,
            typed=form.typed,
            content=form.content(),
            revision=_revision(request),
            tab=request.POST.get("tab", "")[:32],
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        form = _form(place, request.POST)
        form.show_conflict(stale.current)
        return _form_page(request, place, form, status=409)
    except actions.WrongStatus as refusal:
        messages.error(request, str(refusal))
        return _leave(request, place)
    messages.success(request, _("The report has been submitted. The secretariat will accept or return it."))
    return redirect("reports:submission-detail", *place.url_args)


@requires(Can.SEE_REPORTS)
def submission_detail(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The newest version, or the one `?version=` names, with what changed since the one before."""
    place = _place(request, period, unit_id)
    return render(request, "reports/submission_detail.html", _detail(request, place))


def _versions(request: SignedInRequest, place: Place) -> tuple[list[SubmissionVersion], SubmissionVersion | None]:
    """Every submitted version, and the one `?version=` asks for: without it the newest."""
    if place.submission is None:
        return [], None
    versions = list(place.submission.versions.select_related("submitted_by"))
    asked = request.GET.get("version", "")
    newest = versions[-1] if versions else None
    return versions, next((version for version in versions if str(version.number) == asked), newest)


def _read(place: Place, shown: SubmissionVersion, versions: list[SubmissionVersion]) -> review.ReadReport:
    """The version laid out beside last year's report and against the version before it."""
    content = shown.content()
    earlier = next((version for version in versions if version.number == shown.number - 1), None)
    return review.read(
        content,
        base=review.base_content(unit_id=place.unit.pk, period=place.round.period),
        previous=earlier.content() if earlier else None,
        catalogue=Catalogue.load(including=frozenset({*content.categories, *content.indicators})),
    )


def _detail(request: SignedInRequest, place: Place, **extra) -> dict:
    versions, shown = _versions(request, place)
    submission = place.submission
    return {
        "place": place,
        "round": place.round,
        "unit": place.unit,
        "submission": submission,
        "versions": versions,
        "shown": shown,
        "report": _read(place, shown, versions) if shown else None,
        "may_fill": allowed(request.user, Can.FILL_REPORTS) and place.is_open,
        "comment_form": CommentForm(initial={"revision": submission.revision}) if submission else None,
        **extra,
    }


@requires(Can.SEE_REPORTS)
def submission_pdf(request: SignedInRequest, period: Period, unit_id: int) -> FileResponse:
    """A submitted version on the unit's own letterhead, for its leader to sign."""
    place = _place(request, period, unit_id)
    versions, shown = _versions(request, place)
    if shown is None:
        raise Http404
    cluster = Cluster.get()
    pdf = unit_report_pdf(
        head=unit_report_head(unit=place.unit, cluster=cluster, period=period),
        cluster_name=cluster.name,
        report=_read(place, shown, versions),
    )
    name = f"bao-cao-{slugify(fold(place.unit.short_name))}-{period}.pdf"
    return FileResponse(io.BytesIO(pdf), as_attachment=True, filename=name, content_type="application/pdf")


def _review(
    request: SignedInRequest, period: Period, unit_id: int, act: Callable, done: str, *, tell_the_unit: bool = True
) -> HttpResponse:
    """Carry out an act of the secretariat on the report as they saw it."""
    place = _place(request, period, unit_id)
    if place.submission is None:
        raise Http404
    try:
        act(submission=place.submission, revision=_revision(request), by=request.user, now=timezone.now())
    except StaleEdit:
        messages.error(request, _("The report has changed since this page was opened. Look at it again."))
    except actions.WrongStatus as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
        if tell_the_unit:
            _tell_the_unit(request, place)
    return redirect("reports:submission-detail", *place.url_args)


def _tell_the_unit(request: SignedInRequest, place: Place) -> None:
    """Write to the unit's liaisons that their report is back."""
    origin = request.build_absolute_uri("/")
    liaisons = place.unit.people.active().liaisons().select_related("unit")
    if not mail.deliver(mail.returned(person, place.round, origin=origin) for person in liaisons):
        messages.warning(request, _("The e-mails could not be sent. Reach the liaisons by telephone."))


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_accept(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    return _review(
        request,
        period,
        unit_id,
        actions.accept,
        _("The report has been accepted; its figures count."),
        tell_the_unit=False,
    )


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_return(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _comment_missing(request, period, unit_id, form)

    def act(**kwargs) -> Submission:
        return actions.return_report(comment=form.cleaned_data["comment"], **kwargs)

    return _review(request, period, unit_id, act, _("The report has been returned to the unit."))


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_reopen(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _comment_missing(request, period, unit_id, form)

    def act(**kwargs) -> Submission:
        return actions.reopen(reason=form.cleaned_data["comment"], **kwargs)

    done = _("The report is open again; its figures don't count until it is accepted.")
    return _review(request, period, unit_id, act, done)


def _comment_missing(request: SignedInRequest, period: Period, unit_id: int, form: CommentForm) -> HttpResponse:
    place = _place(request, period, unit_id)
    return render(request, "reports/submission_detail.html", _detail(request, place, comment_form=form), status=422)


@requires(Can.SEE_REPORTS)
def unit_reports(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """A unit's reports over time, newest first: a part of the unit's page."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    submissions = unit.submissions.with_total_cases().select_related("round", "unit").order_by("-round__period")
    template = "reports/_unit_reports.html" if request.htmx else "reports/unit_reports.html"
    return render(request, template, {"unit": unit, "submissions": submissions})
