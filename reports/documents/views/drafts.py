"""A document on its way out: prepared, signed off, issued or given up."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.periods import Period
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.editing import StaleEdit
from reports.comparison.asked import asked_summary
from reports.documents import actions
from reports.documents.content import compose_content, content_fingerprint, list_gaps, reason_not_ready
from reports.documents.files import preview
from reports.documents.forms.documents import IssueForm, SubjectForm
from reports.files import pdf_file
from reports.files.summary_report import SummaryReport
from reports.models import DocumentDraft, IssuedDocument, NumberSeries
from reports.prose.checked_text import checked


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_prepare(request: SignedInRequest, period: Period) -> HttpResponse:
    """Begin the report on the comparison the URL names, or go on with the one that was begun.

    Only the comparison of the whole cluster is issued: 404 for any other.
    """
    summary = asked_summary(request, period)
    if not summary.scope.is_whole:
        raise Http404
    begun = (
        DocumentDraft.objects.being_written().summary_reports().filter(period=summary.period, baseline=summary.baseline)
    )
    return redirect(begun.first() or actions.prepare(summary=summary, by=request.user, now=timezone.now()))


@requires(Can.READ_ARCHIVE)
def draft_detail(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = _draft(draft_id)
    if draft.issued:
        return redirect(draft.issued)
    return _page(request, draft)


def _draft(draft_id: int) -> DocumentDraft:
    found = DocumentDraft.objects.select_related("corrects", "meeting__host", "created_by", "signed_off_by")
    return get_object_or_404(found, pk=draft_id)


def _page(
    request: SignedInRequest,
    draft: DocumentDraft,
    *,
    subject_form: SubjectForm | None = None,
    issue_form: IssueForm | None = None,
) -> HttpResponse:
    content = compose_content(draft)
    today = timezone.localdate()
    context = {
        "draft": draft,
        "lack": reason_not_ready(content, draft.meeting),
        "gaps": list_gaps(content, draft.meeting),
        "check": checked(draft.text, content.summary) if isinstance(content, SummaryReport) else None,
        "has_changed": draft.is_signed_off and content_fingerprint(content) != draft.signed_off_fingerprint,
        "next_number": f"{NumberSeries.next_number(draft.kind, today.year):02d}",
        "subject_form": subject_form or SubjectForm(instance=draft),
        "issue_form": issue_form or IssueForm(initial={"issued_on": today, "revision": draft.revision}),
        "query": "" if draft.meeting else _query(draft),
    }
    status = 200 if subject_form is None and issue_form is None else 422
    return render(request, "reports/documents/draft_detail.html", context, status=status)


def _query(draft: DocumentDraft) -> str:
    """What the draft's comparison is called in the addresses of the summary."""
    return f"?baseline={draft.baseline}"


@requires(Can.READ_ARCHIVE)
def draft_preview(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The document as it will look, number and date still open."""
    return HttpResponse(
        preview(compose_content(_draft(draft_id))),
        content_type=pdf_file.CONTENT_TYPE,
        headers={"Content-Disposition": 'attachment; filename="du-thao.pdf"'},
    )


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_edit(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = _draft(draft_id)
    form = SubjectForm(request.POST, instance=get_object_or_404(DocumentDraft, pk=draft_id))
    if not form.is_valid():
        return _page(request, draft, subject_form=form)
    try:
        actions.change_subject(
            draft=draft,
            subject=form.cleaned_data["subject"],
            revision=form.cleaned_data["revision"] or 0,
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit as stale:
        form.show_conflict(stale.current)
        return _page(request, draft, subject_form=form)
    except actions.CannotIssue as refusal:
        messages.error(request, str(refusal))
    return redirect(draft)


def _act(request: SignedInRequest, draft: DocumentDraft, act: Callable[[int], object]) -> bool:
    """Do it if the draft still stands as it was seen; otherwise say why not."""
    seen = request.POST.get("revision", "")
    try:
        act(int(seen) if seen.isdecimal() else 0)
    except StaleEdit:
        messages.error(request, _("Somebody else has changed this document meanwhile. Look at it again."))
    except actions.CannotIssue as refusal:
        messages.error(request, str(refusal))
    else:
        return True
    return False


@requires(Can.SIGN_OFF_DOCUMENTS)
@require_POST
def draft_sign_off(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = _draft(draft_id)
    now, numbers = timezone.now(), request.POST.get("numbers_checked", "")

    def act(seen: int) -> None:
        actions.sign_off(draft=draft, revision=seen, by=request.user, now=now, numbers_checked=numbers)

    if _act(request, draft, act):
        messages.success(request, _("The document is signed off as it stands now."))
    return redirect(draft)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_issue(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Give the document its number and date, and write its files."""
    draft = _draft(draft_id)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, issue_form=form)
    try:
        document = actions.issue(
            draft=draft,
            revision=form.cleaned_data["revision"],
            issued_on=form.cleaned_data["issued_on"],
            verify_at=lambda code: request.build_absolute_uri(reverse("reports:document-verify", args=[code])),
            by=request.user,
            now=timezone.now(),
        )
    except StaleEdit:
        form.add_error(None, _("Somebody else has changed this document meanwhile. Look at it again."))
        return _page(request, draft, issue_form=form)
    except actions.CannotIssue as refusal:
        form.add_error(None, str(refusal))
        return _page(request, draft, issue_form=form)
    messages.success(request, _("Issued as %(number)s.") % {"number": document.notation})
    return redirect(document)


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_discard(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = _draft(draft_id)
    now = timezone.now()
    if not _act(request, draft, lambda seen: actions.discard(draft=draft, revision=seen, by=request.user, now=now)):
        return redirect(draft)
    messages.success(request, _("The draft has been given up."))
    return redirect("reports:document-list")


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def document_correct(request: SignedInRequest, document_id: int) -> HttpResponse:
    """Begin the document that is to replace an issued one."""
    document = get_object_or_404(IssuedDocument, pk=document_id)
    try:
        draft = actions.begin_correction(document=document, by=request.user, now=timezone.now())
    except actions.CannotIssue as refusal:
        messages.error(request, str(refusal))
        return redirect(document)
    return redirect(draft)
