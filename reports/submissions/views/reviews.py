"""A unit's half-year report as it is read: printed by the unit, returned, accepted or reopened by the secretariat."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.files.sending import send_file, sends_file, show_pdf
from cluster_portal.files.word import CONTENT_TYPE
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.models import Unit
from reports.models import Submission, SubmissionNote, SubmissionVersion
from reports.submissions import actions, pdf_file, readable, reading, word_file
from reports.submissions.catalogue import Catalogue
from reports.submissions.due_dates import Deadline
from reports.submissions.forms.rounds import CommentForm
from reports.submissions.last_half import LastHalf
from reports.submissions.oddities import OwnRange
from reports.submissions.printed import PrintedReport
from reports.submissions.receipts import Receipt
from reports.submissions.register import Register
from reports.submissions.talk import Talk, may_be_talked_about, talks_on, way_in
from reports.submissions.views._asked_submission import (
    AskedSubmission,
    asked_submission,
    may_withdraw,
    revision_in,
    shown_version,
)
from reports.submissions.views._printing import as_printed
from reports.submissions.views.comments import may_talk


@requires(Can.SEE_REPORTS)
def submission_detail(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The newest version, or the one `?version=` names, with what changed since the one before."""
    asked = asked_submission(request, period, unit_id)
    return render(request, "reports/submissions/submission_detail.html", _detail(request, asked))


def _read(
    asked: AskedSubmission,
    shown: SubmissionVersion,
    versions: list[SubmissionVersion],
    talks: tuple[Talk, ...] = (),
) -> readable.ReadSubmission:
    """The version laid out beside last year's report and against the version before it."""
    content = shown.content()
    talked_about = {talk.place.code for talk in talks}
    earlier = next((version for version in versions if version.number == shown.number - 1), None)
    return reading.read(
        content,
        base=reading.base_content(unit_id=asked.unit.pk, period=asked.round.period),
        previous=earlier.content() if earlier else None,
        catalogue=Catalogue.load(
            period=asked.round.period, including=frozenset({*content.categories, *content.indicators, *talked_about})
        ),
        last_half=LastHalf.of(asked.unit.pk, asked.round.period),
        own_range=OwnRange.of(asked.unit.pk, asked.round.period),
        talks=talks,
    )


def _detail(request: SignedInRequest, asked: AskedSubmission, **extra: Any) -> dict[str, Any]:
    versions, shown = shown_version(request, asked)
    submission, talks = asked.submission, talks_on(asked.submission)
    is_newest = not versions or shown is versions[-1]
    return {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "submission": submission,
        "versions": versions,
        "shown": shown,
        "is_newest": is_newest,
        "report": _read(asked, shown, versions, talks) if shown else None,
        "attachments": shown.attachments.all() if shown else (),
        "shortfalls": Register.of(asked.unit, asked.round).shortfalls(shown.content()) if shown else [],
        "receipt": Receipt.of(shown) if shown else None,
        "may_withdraw": may_withdraw(request, submission) and asked.issued is None,
        "may_comment": allowed(request.user, Can.REVIEW_REPORTS) and is_newest and _takes_comments(asked),
        "may_talk": may_talk(request) and may_be_talked_about(submission, asked.issued) if submission else False,
        "open_talks": [talk for talk in talks if talk.is_open],
        "way_in": way_in(submission, talks) if submission else "",
        "may_fill": allowed(request.user, Can.FILL_REPORTS) and asked.is_open,
        "deadline": Deadline.of(asked.round, asked.unit, today=timezone.localdate()) if asked.is_open else None,
        "notes": _notes(request, asked),
        "comment_form": _comment_form(submission, talks) if submission else None,
        **extra,
    }


def _notes(request: SignedInRequest, asked: AskedSubmission) -> QuerySet[SubmissionNote]:
    """What was typed too late, for the unit and the secretariat: it was never part of what was sent."""
    notes = asked.round.notes.filter(unit=asked.unit).select_related("left_by")
    return notes if allowed(request.user, Can.FILL_REPORTS) else notes.none()


def _comment_form(submission: Submission, talks: tuple[Talk, ...], data: QueryDict | None = None) -> CommentForm:
    """Why the report goes back; where comments at its places say it, a report that waits needs no more words."""
    is_said = submission.status == Submission.Status.SUBMITTED and any(talk.is_open for talk in talks)
    return CommentForm(data, initial={"revision": submission.revision}, is_optional=is_said)


def _takes_comments(asked: AskedSubmission) -> bool:
    if asked.submission is None or asked.issued:
        return False
    return asked.submission.status in (Submission.Status.SUBMITTED, Submission.Status.RETURNED)


@requires(Can.SEE_REPORTS)
@sends_file
def submission_pdf(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """A submitted version on the unit's own letterhead, for its leader to sign."""
    asked = asked_submission(request, period, unit_id)
    return show_pdf(pdf_file.write(_printed(request, asked)), name=_file_name(asked, "pdf"))


@requires(Can.SEE_REPORTS)
@sends_file
def submission_docx(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The same to go on writing in."""
    asked = asked_submission(request, period, unit_id)
    content = word_file.write(_printed(request, asked))
    return send_file(content, name=_file_name(asked, "docx"), content_type=CONTENT_TYPE)


def _printed(request: SignedInRequest, asked: AskedSubmission) -> PrintedReport:
    versions, shown = shown_version(request, asked)
    if shown is None:
        raise Http404
    base = reading.base_content(unit_id=asked.unit.pk, period=asked.round.period)
    report, is_withdrawn = _read(asked, shown, versions), shown.withdrawn_at is not None
    return as_printed(asked, report, content=shown.content(), base=base, is_withdrawn=is_withdrawn)


def _file_name(asked: AskedSubmission, suffix: str) -> str:
    return f"bao-cao-{slugify(fold(asked.unit.short_name))}-{asked.round.period}.{suffix}"


def _hand_back(
    request: SignedInRequest, asked: AskedSubmission, act: Callable[..., Submission], done: str
) -> HttpResponse:
    """Carry out an act that gives the report back to the unit, which wants a comment."""
    submission = _begun(asked)
    form = _comment_form(submission, talks_on(submission), request.POST)
    if form.is_valid():
        with show_refusals(form):
            origin = mailed_url(request, "/")
            act(submission=submission, **form.cleaned_data, by=request.user, now=timezone.now(), origin=origin)
            messages.success(request, done)
            return redirect("reports:submission-detail", *asked.url_args)
        asked = asked_submission(request, *asked.url_args)
    page = _detail(request, asked, comment_form=form)
    return render(request, "reports/submissions/submission_detail.html", page, status=422)


def _begun(asked: AskedSubmission) -> Submission:
    if asked.submission is None:
        raise Http404
    return asked.submission


@requires(Can.REVIEW_REPORTS)
@require_POST
@page_is("reports:submission-detail")
def submission_begin_check(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Say that the report is being checked: from now on the unit can't take it back."""
    asked = asked_submission(request, period, unit_id)
    actions.begin_check(submission=_begun(asked), revision=revision_in(request), by=request.user, now=timezone.now())
    messages.success(request, _("The check has begun; the unit can no longer withdraw the report."))
    return redirect("reports:submission-detail", *asked.url_args)


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_accept(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Accept the report, and go on to the next that waits."""
    asked = asked_submission(request, period, unit_id)
    actions.accept(
        submission=_begun(asked),
        revision=revision_in(request),
        by=request.user,
        now=timezone.now(),
        origin=mailed_url(request, "/"),
    )
    after = Submission.objects.next_after(_begun(asked))
    if after is None:
        messages.success(request, _("The report has been accepted; its figures count."))
        return redirect("reports:submission-detail", *asked.url_args)
    told = _("The report of %(unit)s has been accepted; its figures count. This is the next one that waits.")
    messages.success(request, told % {"unit": asked.unit})
    return redirect(after)


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_return(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    return _hand_back(request, asked, actions.return_report, _("The report has been returned to the unit."))


@requires(Can.REVIEW_REPORTS)
@require_POST
def submission_reopen(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    asked = asked_submission(request, period, unit_id)
    done = _("The report is open again; its figures don't count until it is accepted.")
    return _hand_back(request, asked, actions.reopen, done)


@requires(Can.SEE_REPORTS)
def unit_reports(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """A unit's reports over time, newest first: a part of the unit's page."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit_id)
    submissions = unit.submissions.with_total_cases().select_related("round", "unit").order_by("-round__period")
    template = "reports/submissions/_unit_reports.html" if request.htmx else "reports/submissions/unit_reports.html"
    return render(request, template, {"unit": unit, "submissions": submissions})
