"""The archive of issued documents: found again, read, downloaded as they were sent out."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from cluster_portal.files.sending import sends_file
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents.dispatching import dispatch_log
from reports.documents.files import send_issued
from reports.documents.forms.documents import ArchiveFilter, SignedCopyForm
from reports.documents.kinds import kind_of
from reports.documents.signing.copies import kept_copies
from reports.documents.standing import check_standing, outdated_numbers
from reports.documents.views.pages import pages_of_issued
from reports.models import DocumentDraft, IssuedDocument, IssuedFile, SignedCopy, SignedCopyWithdrawal

DOCUMENTS_A_PAGE = 25


@requires(Can.READ_ARCHIVE)
def document_list(request: SignedInRequest) -> HttpResponse:
    """All issued documents, newest first, and what is on its way."""
    documents = IssuedDocument.objects.defer("summary", "search_text").select_related("corrected_by", "corrects")
    documents = documents.annotate(has_signed_copy=SignedCopy.objects.of_each_document())
    form = ArchiveFilter(request.GET, documents=documents)
    page = Paginator(form.found(), DOCUMENTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "drafts": DocumentDraft.objects.visible_to(request.user).being_written().select_related("corrects", "approver"),
    }
    return render(request, "reports/documents/document_list.html", context)


@requires(Can.READ_ARCHIVE)
def document_detail(request: SignedInRequest, document_id: int) -> HttpResponse:
    return document_page(request, document_id, SignedCopyForm())


def document_page(request: SignedInRequest, document_id: int, copy_form: SignedCopyForm) -> HttpResponse:
    """The document with everything that belongs to it; `copy_form` may tell what was wrong with a file."""
    document = get_object_or_404(
        IssuedDocument.objects.select_related(
            "corrects", "corrected_by", "issued_by", "signed_off_by", "prepared_by", "changed_by", "meeting__host"
        ),
        pk=document_id,
    )
    standing = check_standing(document)
    context = {
        "document": document,
        "standing": standing,
        "kind": kind_of(document),
        "outdated": outdated_numbers(document) if standing.is_outdated else None,
        "files": document.files.defer("content"),
        "paper": pages_of_issued(document),
        "correction": document.corrections.visible_to(request.user).being_written().first(),
        "copies": kept_copies(document),
        "withdrawals": SignedCopyWithdrawal.objects.of_document(document),
        "form": copy_form,
        "log": dispatch_log(document),
    }
    return render(request, "reports/documents/document_detail.html", context)


@requires(Can.READ_ARCHIVE)
@sends_file
def document_file(request: SignedInRequest, document_id: int, form: str) -> HttpResponseBase:
    """One file of the document, byte for byte as it was issued."""
    file = get_object_or_404(IssuedFile, document_id=document_id, form=form)
    return send_issued(file)
