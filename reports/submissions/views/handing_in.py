"""A report looked through before it is sent, sent, its receipt, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cluster_portal.files.sending import send_file
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import Cluster
from reports.submissions import actions, reading
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.forms.window import was_of
from reports.submissions.letterhead import unit_report_head
from reports.submissions.pdf_file import write_receipt_pdf, write_submission_pdf
from reports.submissions.receipts import Receipt
from reports.submissions.views._asked_submission import (
    AskedSubmission,
    asked_submission,
    revision_in,
    shown_version,
)
from reports.submissions.views._report_form import form_of, form_page, merge_window, show_joined
from reports.submissions.views.late_texts import closed_page


@requires(Can.FILL_REPORTS)
@never_cache
def submission_check(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The whole report as it will print, with what is wrong and what is to be explained, before it is sent."""
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    return _check_page(request, asked, _stored_form(asked))


def _stored_form(asked: AskedSubmission) -> SubmissionForm:
    """The draft as it is stored, judged as if it were sent; the declaration is asked for when it is."""
    data = QueryDict(mutable=True)
    data["partial"] = "1"
    if asked.submission:
        data.update({"revision": str(asked.submission.revision), "was": was_of(asked.submission.typed)})
    form = form_of(asked, data, complete=True)
    form.fields["declared"].required = False
    form.full_clean()
    return form


def _check_page(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, *, status: int = 200
) -> HttpResponse:
    faults = [(message, fields) for message, fields in form.error_summary if fields != [form["declared"]]]
    cluster = Cluster.get()
    context = {
        "asked": asked,
        "round": asked.round,
        "unit": asked.unit,
        "form": form,
        "head": unit_report_head(unit=asked.unit, cluster=cluster, period=asked.round.period, is_draft=True),
        "faults": faults,
        "warnings": form.warnings,
        "report": _as_it_prints(asked, form),
        "cluster": cluster,
    }
    return render(request, "reports/submissions/submission_check.html", context, status=status)


def _as_it_prints(asked: AskedSubmission, form: SubmissionForm) -> reading.ReadSubmission:
    return reading.read(
        form.content(), base=form.base, previous=None, catalogue=form.catalogue, last_half=form.last_half
    )


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_submit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Send the report if it is whole; otherwise keep it as a draft and show what is missing."""
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST, complete=True)
    try:
        if not form.is_valid():
            return _kept_unsent(request, asked, form)
        revision = revision_in(request)
        if asked.submission and asked.submission.is_open and asked.submission.revision != revision:
            joined = merge_window(asked, form, request)
            if joined.conflicts or form.differing(joined.submission.typed) or _is_checked_in(request):
                return _joined_unsent(request, asked, joined)
            revision = joined.submission.revision
        actions.submit(
            round_=asked.round,
            unit=asked.unit,
            typed={**form.stored, **form.typed},
            content=form.content(),
            declaration=form.declaration,
            revision=revision,
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        if not stale.current.is_open:
            if not form.differing(stale.current.typed):  # the second click of a double click
                return redirect("reports:submission-detail", *asked.url_args)
            return closed_page(request, asked, form, actions.no_longer_open(stale.current))
        form = form_of(asked, request.POST)
        form.show_conflict(stale.current)
        return form_page(request, asked, form, status=409)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    messages.success(request, _submitted_notice(request))
    return redirect("reports:submission-detail", *asked.url_args)


def _is_checked_in(request: SignedInRequest) -> bool:
    """Whether the report comes from the page on which it is looked through, and not from the form itself."""
    return "partial" in request.POST


def _kept_unsent(request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm) -> HttpResponse:
    """The report isn't whole: it is kept, and what is missing is told."""
    show_joined(form, merge_window(asked, form, request))
    page = _check_page if _is_checked_in(request) else form_page
    return page(request, asked, form, status=422)


def _joined_unsent(request: SignedInRequest, asked: AskedSubmission, joined: actions.Joined) -> HttpResponse:
    """Something was saved elsewhere meanwhile: the joined report is looked at before it is sent."""
    form = form_of(asked, request.POST)
    form.take_in(joined.submission, joined.conflicts)
    form.show_conflict(joined.submission, joined.conflicts)
    page = _check_page if _is_checked_in(request) else form_page
    return page(request, asked, form, status=409)


def _submitted_notice(request: SignedInRequest) -> str:
    if allowed(request.user, Can.REVIEW_REPORTS):
        return _("The report has been entered on behalf of the unit. Look it through, then accept it.")
    return _("The report has been submitted. The secretariat will accept or return it.")


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-detail")
def submission_withdraw(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Take a report back that nobody has begun to check, and go on writing in it."""
    asked = asked_submission(request, period, unit_id)
    if asked.submission is None:
        raise Http404
    actions.withdraw(submission=asked.submission, revision=revision_in(request), by=request.user, now=timezone.now())
    messages.success(request, _("The report has been withdrawn. Change it, then submit it again."))
    return redirect("reports:submission-edit", *asked.url_args)


@requires(Can.SEE_REPORTS)
def submission_receipt(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The receipt of the version `?version=` names, without it of the newest, to print."""
    asked = asked_submission(request, period, unit_id)
    _versions, shown = shown_version(request, asked)
    receipt = Receipt.of(shown) if shown else None
    if receipt is None:
        raise Http404
    head = unit_report_head(unit=asked.unit, cluster=Cluster.get(), period=period)
    pdf = write_receipt_pdf(receipt, letterhead=head.letterhead)
    return send_file(pdf, name=f"bien-nhan-{receipt.number}.pdf")


@requires(Can.FILL_REPORTS)
def submission_preview(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The draft as it will print, marked as one."""
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        raise Http404
    cluster = Cluster.get()
    pdf = write_submission_pdf(
        head=unit_report_head(unit=asked.unit, cluster=cluster, period=period, is_draft=True),
        cluster_name=cluster.name,
        report=_as_it_prints(asked, _stored_form(asked)),
    )
    return send_file(pdf, name=f"du-thao-bao-cao-{slugify(fold(asked.unit.short_name))}-{period}.pdf")
