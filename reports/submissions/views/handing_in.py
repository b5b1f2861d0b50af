"""A report looked through before it is sent, sent, its receipt, and taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.files.document_head import Letterhead
from cluster_portal.files.sending import sends_file, show_pdf
from cluster_portal.keeping import page_is
from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import Cluster
from reports.models import Submission
from reports.submissions import actions, pdf_file
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.receipts import Receipt
from reports.submissions.views._asked_submission import (
    AskedSubmission,
    asked_submission,
    may_withdraw,
    revision_in,
    shown_version,
)
from reports.submissions.views._check_page import as_it_prints, check_joined, check_page, is_checked_in, stored_form
from reports.submissions.views._report_form import form_of, form_page, merge_window, show_joined
from reports.submissions.views.late_texts import closed_page


@requires(Can.FILL_REPORTS)
@never_cache
def submission_check(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """The whole report as it will print, with what is wrong and what is to be explained, before it is sent."""
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    return check_page(request, asked, stored_form(asked))


@requires(Can.FILL_REPORTS)
@require_POST
@page_is("reports:submission-edit")
def submission_submit(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponse:
    """Send the report if it is whole; otherwise keep what was typed and show what is missing."""
    asked = asked_submission(request, period, unit_id)
    form = form_of(asked, request.POST, complete=True)
    form.mask(request.POST.get("mask", ""))
    try:
        if "mask" in request.POST or "confirm" in request.POST:  # an answer about numbers sends nothing
            return _kept_unsent(request, asked, form, status=200)
        if not form.is_valid():
            return _kept_unsent(request, asked, form)
        revision = revision_in(request)
        if asked.submission and asked.submission.is_open and asked.submission.revision != revision:
            joined = merge_window(asked, form, request)
            if joined.conflicts or form.differing(joined.submission.typed) or is_checked_in(request):
                return _joined_unsent(request, asked, joined)
            revision = joined.submission.revision
        actions.submit(
            round_=asked.round,
            unit=asked.unit,
            typed=form.typed_to_send,
            content=form.content(),
            beside=actions.Beside(form.declaration, form.talk_answers, mailed_url(request, "/")),
            revision=revision,
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        return _overtaken(request, asked, form, stale.current)
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)
    messages.success(request, _submitted_notice(request))
    return redirect("reports:submission-detail", *asked.url_args)


def _overtaken(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, current: Submission
) -> HttpResponse:
    """Somebody saved or sent in the very moment of sending."""
    if not current.is_open:
        if not form.differing(current.typed):  # the second click of a double click
            return redirect("reports:submission-detail", *asked.url_args)
        return closed_page(request, asked, form, actions.no_longer_open(current))
    try:
        return _joined_unsent(request, asked, merge_window(asked, form, request))
    except Refused as refusal:
        return closed_page(request, asked, form, refusal)


def _kept_unsent(
    request: SignedInRequest, asked: AskedSubmission, form: SubmissionForm, *, status: int = 422
) -> HttpResponse:
    """The report isn't whole, or isn't sent yet: it is kept, and what is missing is told."""
    joined = merge_window(asked, form, request)
    if status == 200 and is_checked_in(request):
        return check_joined(request, asked, joined)
    show_joined(form, joined)
    if is_checked_in(request):
        return check_page(request, asked, form, status=status)
    return form_page(request, asked, form, status=status, joined=joined)


def _joined_unsent(request: SignedInRequest, asked: AskedSubmission, joined: actions.Joined) -> HttpResponse:
    """Something was saved elsewhere meanwhile: the joined report is looked at before it is sent."""
    if is_checked_in(request):
        return check_joined(request, asked, joined, status=409)
    form = form_of(asked, request.POST)
    form.take_in(joined.submission, joined.conflicts)
    form.show_conflict(joined.submission, joined.conflicts)
    return form_page(request, asked, form, status=409)


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
    if asked.submission.can_be_withdrawn and not may_withdraw(request, asked.submission):
        raise Refused(_("Only the unit withdraws its report; return it instead."), about=asked.submission)
    actions.withdraw(submission=asked.submission, revision=revision_in(request), by=request.user, now=timezone.now())
    messages.success(request, _("The report has been withdrawn. Change it, then submit it again."))
    return redirect("reports:submission-edit", *asked.url_args)


@requires(Can.SEE_REPORTS)
@sends_file
def submission_receipt(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """The receipt of the version `?version=` names, without it of the newest, to print."""
    asked = asked_submission(request, period, unit_id)
    _versions, shown = shown_version(request, asked)
    receipt = Receipt.of(shown) if shown else None
    if receipt is None:  # imported, or not sent yet
        return redirect("reports:submission-detail", *asked.url_args)
    cluster = Cluster.get()
    pdf = pdf_file.write_receipt_pdf(receipt, letterhead=Letterhead(issuer=cluster.name, is_sample=cluster.is_sample))
    return show_pdf(pdf, name=f"bien-nhan-{receipt.number}.pdf")


@requires(Can.FILL_REPORTS)
@sends_file
def submission_preview(request: SignedInRequest, period: Period, unit_id: int) -> HttpResponseBase:
    """What was typed as it will print, marked as a draft."""
    asked = asked_submission(request, period, unit_id)
    if not asked.is_open:
        return redirect("reports:submission-detail", *asked.url_args)
    pdf = pdf_file.write(as_it_prints(asked, stored_form(asked)))
    return show_pdf(pdf, name=f"du-thao-bao-cao-{slugify(fold(asked.unit.short_name))}-{period}.pdf")
