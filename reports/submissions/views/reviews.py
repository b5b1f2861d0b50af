"""A unit's half-year report as it is read: printed by the unit, returned, accepted or reopened by the secretariat."""

from __future__ import annotations

import io
from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.editing import StaleEdit
from members.models import Cluster, Unit
from reports.models import SubmissionVersion
from reports.submissions import actions, mail, reading
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.rounds import CommentForm
from reports.submissions.pdf_file import unit_report_head, unit_report_pdf
from reports.submissions.register import Register
from reports.submissions.views._report_at import Place, place_of, revision_in


@requires(Can.SEE_REPORTS)
def submission_detail(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The newest version, or the one `?version=` names, with what changed since the one before."""
    place = place_of(request, period, unit_id)
    return render(request, "reports/submissions/submission_detail.html", _detail(request, place))


def _versions(request: SignedInRequest, place: Place) -> tuple[list[SubmissionVersion], SubmissionVersion | None]:
    """Every submitted version, and the one `?version=` asks for: without it the newest."""
    if place.submission is None:
        return [], None
    versions = list(place.submission.versions.select_related("submitted_by"))
    asked = request.GET.get("version", "")
    newest = versions[-1] if versions else None
    return versions, next((version for version in versions if str(version.number) == asked), newest)


def _read(place: Place, shown: SubmissionVersion, versions: list[SubmissionVersion]) -> reading.ReadReport:
    """The version laid out beside last year's report and against the version before it."""
    content = shown.content()
    earlier = next((version for version in versions if version.number == shown.number - 1), None)
    return reading.read(
        content,
        base=reading.base_content(unit_id=place.unit.pk, period=place.round.period),
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
        "is_newest": not versions or shown is versions[-1],
        "report": _read(place, shown, versions) if shown else None,
        "shortfalls": Register.of(place.unit, place.round).shortfalls(shown.content()) if shown else [],
        "may_fill": allowed(request.user, Can.FILL_REPORTS) and place.is_open,
        "notes": place.round.notes.filter(unit=place.unit).select_related("left_by"),
        "comment_form": CommentForm(initial={"revision": submission.revision}) if submission else None,
        **extra,
    }


@requires(Can.SEE_REPORTS)
def submission_pdf(request: SignedInRequest, period: Period, unit_id: int) -> FileResponse:
    """A submitted version on the unit's own letterhead, for its leader to sign."""
    place = place_of(request, period, unit_id)
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


def _carried_out(request: SignedInRequest, place: Place, act: Callable, done: str, **arguments) -> bool:
    """Whether an act of the secretariat on the report, as they saw it, went through; they are told either way."""
    if place.submission is None:
        raise Http404
    now, revision = timezone.now(), revision_in(request)
    try:
        act(submission=place.submission, revision=revision, by=request.user, now=now, **arguments)
    except StaleEdit:
        messages.error(request, _("The report has changed since this page was opened. Look at it again."))
    except actions.WrongStatus as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
        return True
    return False


def _hand_back(request: SignedInRequest, place: Place, act: Callable, done: str) -> HttpResponse:
    """Carry out an act that gives the report back to the unit, which wants a comment."""
    form = CommentForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "reports/submissions/submission_detail.html",
            _detail(request, place, comment_form=form),
            status=422,
        )
    if _carried_out(request, place, act, done, comment=form.cleaned_data["comment"]):
        _tell_the_unit(request, place)
    return redirect("reports:submission-detail", *place.url_args)


def _tell_the_unit(request: SignedInRequest, place: Place) -> None:
    """Write to the unit's liaisons that their report is back."""
    origin = request.build_absolute_uri("/")
    liaisons = place.unit.people.active().liaisons().select_related("unit")
    delivery = mail.deliver({person: mail.returned(person, place.round, origin=origin) for person in liaisons})
    # Nobody is asked to click again for one unit: whoever waits is called, too.
    if unreached := [*delivery.unreached, *delivery.waiting]:
        messages.warning(request, mail.unreached_notice(unreached))


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_accept(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    place = place_of(request, period, unit_id)
    _carried_out(request, place, actions.accept, _("The report has been accepted; its figures count."))
    return redirect("reports:submission-detail", *place.url_args)


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_return(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    place = place_of(request, period, unit_id)
    return _hand_back(request, place, actions.return_report, _("The report has been returned to the unit."))


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_reopen(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    place = place_of(request, period, unit_id)
    done = _("The report is open again; its figures don't count until it is accepted.")
    return _hand_back(request, place, actions.reopen, done)


@requires(Can.SEE_REPORTS)
def unit_reports(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """A unit's reports over time, newest first: a part of the unit's page."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    submissions = unit.submissions.with_total_cases().select_related("round", "unit").order_by("-round__period")
    template = "reports/submissions/_unit_reports.html" if request.htmx else "reports/submissions/unit_reports.html"
    return render(request, template, {"unit": unit, "submissions": submissions})
