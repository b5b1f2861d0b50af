"""A document on its way out: prepared, put forward, issued or given up."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url, public_url
from cluster_portal.files.sending import sends_file, show_pdf
from cluster_portal.periods import Period
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.comparison.asked import asked_summary
from reports.documents import actions
from reports.documents.approving import approvers_for, one_hand_fault, reason_not_to_decide, submit_for_approval
from reports.documents.content import (
    compose_content,
    list_gaps,
    preview,
    reason_not_ready,
    sign_off_fault,
)
from reports.documents.forms.approvals import ApproverForm
from reports.documents.forms.documents import IssueForm, SubjectForm
from reports.documents.kinds import kind_of
from reports.documents.views.approvals import find_draft, revision_seen
from reports.models import DocumentDraft, IssuedDocument, NumberSeries


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_prepare(request: SignedInRequest, period: Period) -> HttpResponse:
    """Begin the report on the comparison the URL names, or go on with the one that was begun.

    Only the comparison of the whole cluster is issued: 404 for any other.
    """
    summary = asked_summary(request, period)
    if not summary.scope.is_whole:
        raise Http404
    return redirect(actions.prepare(summary=summary, by=request.user, now=timezone.now()))


@requires(Can.READ_DRAFTS)
def draft_detail(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    if draft.issued:
        return redirect(draft.issued)
    return _page(request, draft)


def _page(
    request: SignedInRequest,
    draft: DocumentDraft,
    *,
    subject_form: SubjectForm | None = None,
    approver_form: ApproverForm | None = None,
) -> HttpResponse:
    content = compose_content(draft)
    today = timezone.localdate()
    approvers = approvers_for(draft, by=request.user, today=today)
    context = {
        "draft": draft,
        "lack": reason_not_ready(content, draft),
        "gaps": list_gaps(content, draft),
        "check": kind_of(draft).check_text(draft, content),
        "sign_off_fault": sign_off_fault(content, draft) or one_hand_fault(draft),
        "may_decide": not reason_not_to_decide(draft, request.user, today=today),
        "last_request": draft.requests.latest_first().select_related("decided_by").first(),
        "approver_form": approver_form or ApproverForm(approvers=approvers, initial={"revision": draft.revision}),
        "has_approvers": bool(approvers),
        "subject_form": subject_form or SubjectForm(instance=draft),
        "kind": kind_of(draft),
        "query": _query(draft),
    }
    status = 422 if subject_form or approver_form else 200
    return render(request, "reports/documents/draft_detail.html", context, status=status)


def _query(draft: DocumentDraft) -> str:
    """What the draft's comparison is called in the addresses of the summary."""
    return f"?baseline={draft.baseline}"


@requires(Can.READ_DRAFTS)
@sends_file
def draft_preview(request: SignedInRequest, draft_id: int) -> HttpResponseBase:
    """The document as it will look, number and date still open."""
    return show_pdf(preview(compose_content(find_draft(request, draft_id))), name="du-thao.pdf")


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_edit(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    form = SubjectForm(request.POST, instance=get_object_or_404(DocumentDraft, pk=draft_id))
    if not form.is_valid():
        return _page(request, draft, subject_form=form)
    with show_refusals(form):
        actions.change_subject(
            draft=draft,
            **{name: form.cleaned_data[name] for name in ("subject", *actions.MARKS)},
            revision=form.cleaned_data["revision"] or 0,
            by=request.user,
            now=timezone.now(),
        )
        return redirect(draft)
    return _page(request, draft, subject_form=form)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_submit(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Put the document before somebody who didn't write it."""
    draft, today = find_draft(request, draft_id), timezone.localdate()
    form = ApproverForm(request.POST, approvers=approvers_for(draft, by=request.user, today=today))
    if not form.is_valid():
        return _page(request, draft, approver_form=form)
    with show_refusals(form):
        asked = submit_for_approval(
            draft=draft, **form.cleaned_data, by=request.user, now=timezone.now(), origin=mailed_url(request, "/")
        )
        messages.success(request, _("The document lies before %(person)s.") % {"person": asked.approver})
        return redirect(draft)
    return _page(request, draft, approver_form=form)


@requires(Can.ISSUE_DOCUMENTS)
def draft_issue(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Say what issuing means, then give the document its number and date, and write its files."""
    draft = find_draft(request, draft_id)
    if draft.issued:
        return redirect(draft.issued)
    if request.method != "POST":
        return _issue_page(request, draft) if draft.is_signed_off else redirect(draft)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _issue_page(request, draft, form)
    with show_refusals(form):
        document = actions.issue(
            draft=draft,
            revision=form.cleaned_data["revision"],
            issued_on=form.cleaned_data["issued_on"],
            verify_at=lambda code: public_url(reverse("reports:document-verify", args=[code])),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Issued as %(number)s.") % {"number": document.notation})
        return redirect(document)
    return _issue_page(request, draft, form)


def _issue_page(request: SignedInRequest, draft: DocumentDraft, form: IssueForm | None = None) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "draft": draft,
        "kind": kind_of(draft),
        "gaps": list_gaps(compose_content(draft), draft),
        "next_number": f"{NumberSeries.next_number(draft.kind, today.year):02d}",
        "issue_form": form or IssueForm(initial={"issued_on": today, "revision": draft.revision}),
    }
    return render(request, "reports/documents/draft_issue.html", context, status=422 if form else 200)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_discard(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    actions.discard(draft=draft, revision=revision_seen(request), by=request.user, now=timezone.now())
    messages.success(request, _("The draft has been given up."))
    return redirect("reports:document-list")


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def document_correct(request: SignedInRequest, document_id: int) -> HttpResponse:
    """Begin the document that is to replace an issued one."""
    document = get_object_or_404(IssuedDocument, pk=document_id)
    return redirect(actions.begin_correction(document=document, by=request.user, now=timezone.now()))
