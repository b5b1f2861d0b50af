"""A document before its approver: put there, read part by part, approved or returned; and who stands in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.door import number_in
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import approving
from reports.documents.content import compose_content, content_fingerprint
from reports.documents.forms.approvals import DecisionForm, DeputyForm
from reports.documents.kinds import kind_of
from reports.documents.parts import compare
from reports.models import ApprovalDeputy, ApprovalRequest, DocumentDraft


def find_draft(request: SignedInRequest, draft_id: int) -> DocumentDraft:
    found = DocumentDraft.objects.visible_to(request.user).select_related(
        "corrects", "meeting__host", "created_by", "changed_by", "signed_off_by", "approver"
    )
    return get_object_or_404(found, pk=draft_id)


def revision_seen(request: SignedInRequest) -> int:
    """The revision the page showed; 0, which no draft has, where that was tampered with."""
    return number_in(request.POST.get("revision"), otherwise=0)


@requires(Can.READ_DRAFTS)
def draft_read(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The document part by part, as it will print, with what is new in it since it was returned."""
    draft = find_draft(request, draft_id)
    return redirect(draft.issued) if draft.issued else _page(request, draft)


def _page(request: SignedInRequest, draft: DocumentDraft, form: DecisionForm | None = None) -> HttpResponse:
    content = compose_content(draft)
    current, earlier = draft.requests.open().first(), last_returned(draft)
    kind = kind_of(draft)
    reason = approving.reason_not_to_decide(draft, request.user, today=timezone.localdate())
    if current and not reason and current.fingerprint != content_fingerprint(content):
        reason = approving.changed_since_submitted()
    parts = compare(kind.parts(content), earlier.shown if earlier else None)
    context = {
        "draft": draft,
        "content": content,
        "kind": kind,
        "current": current,
        "earlier": earlier,
        "reason": reason,
        "check": kind.check_text(draft, content),
        "form": form or DecisionForm(parts=parts, initial={"revision": draft.revision}),
    }
    return render(request, "reports/documents/draft_read.html", context, status=422 if form else 200)


def last_returned(draft: DocumentDraft) -> ApprovalRequest | None:
    """The last time it was returned: what the approver has read of it."""
    return draft.requests.filter(outcome=ApprovalRequest.Outcome.RETURNED).latest_first().first()


def _decision(request: SignedInRequest, draft: DocumentDraft) -> DecisionForm:
    """What the approver typed. Raises `PermissionDenied` for who approves nothing."""
    if not approving.is_approver(request.user, today=timezone.localdate()):
        raise PermissionDenied
    earlier = last_returned(draft)
    parts = compare(kind_of(draft).parts(compose_content(draft)), earlier.shown if earlier else None)
    return DecisionForm(request.POST, parts=parts)


@requires(Can.READ_DRAFTS)
@require_POST
def draft_sign_off(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    form = _decision(request, draft)
    if form.is_valid() and not form.comments:
        approving.sign_off(
            draft=draft,
            revision=revision_seen(request),
            by=request.user,
            now=timezone.now(),
            numbers_checked=request.POST.get("numbers_checked", ""),
            origin=mailed_url(request, "/"),
        )
        messages.success(request, _("The document is signed off as it stands now."))
        return redirect(draft)
    if form.is_valid():
        form.add_error(None, _("There are comments: return the document with them, or delete them and approve it."))
    return _page(request, draft, form)


@requires(Can.READ_DRAFTS)
@require_POST
def draft_return(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    form = _decision(request, draft)
    if not form.is_valid():
        return _page(request, draft, form)
    with show_refusals(form):
        approving.return_draft(
            draft=draft,
            revision=form.cleaned_data["revision"],
            comments=form.comments,
            by=request.user,
            now=timezone.now(),
            origin=mailed_url(request, "/"),
        )
        messages.success(request, _("The document has been returned with your comments."))
        return redirect(draft)
    return _page(request, draft, form)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_take_back(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = find_draft(request, draft_id)
    approving.take_back(draft=draft, revision=revision_seen(request), by=request.user, now=timezone.now())
    messages.success(request, _("The document has been taken back; it can be worked on."))
    return redirect(draft)


@requires(Can.NAME_DEPUTIES)
def deputy_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    form = DeputyForm(request.POST or None, by=request.user, today=today)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            deputy = approving.name_deputy(**form.cleaned_data, by=request.user, now=timezone.now())
            messages.success(request, _("%(person)s may approve documents on these days.") % {"person": deputy.person})
            return redirect(reverse("reports:deputy-list"))
    context = {"form": form, "deputies": ApprovalDeputy.objects.not_over(today)}
    return render(request, "reports/documents/deputy_list.html", context, status=422 if form.errors else 200)


@requires(Can.NAME_DEPUTIES)
@require_POST
def deputy_end(request: SignedInRequest, deputy_id: int) -> HttpResponse:
    deputy = get_object_or_404(ApprovalDeputy, pk=deputy_id)
    approving.end_deputyship(deputy=deputy, by=request.user, now=timezone.now())
    messages.success(request, _("%(person)s no longer approves documents.") % {"person": deputy.person})
    return redirect("reports:deputy-list")
