"""A document's pages within a page: pictures of the very PDF, each with its text, under the guard of the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cluster_portal.files.finished import looking_on
from cluster_portal.files.finished_files import KeptOnShelf, finished, progress_of
from cluster_portal.files.page_pictures import Page, Pages, pages_of, picture_of
from cluster_portal.files.sending import show_page
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents.content import compose_content, preview
from reports.documents.views.approvals import find_draft
from reports.models import DocumentDraft, IssuedDocument, IssuedFile

#: What a page that waits for the worker asks about: the file as the shelf calls it.
KEY = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class ShownPages:
    """What `_pages.html` shows: the pages, each with the address of its picture, and the file they are of."""

    pages: Pages
    pdf: str
    address_of: Callable[[int], str]

    @property
    def lines(self) -> list[tuple[Page, str]]:
        return [(page, self.address_of(page.number)) for page in self.pages.shown]


def pages_of_issued(document: IssuedDocument, *, sent: bool = False) -> ShownPages | None:
    """Those of the PDF as it was issued; `sent` where it is read by whom it was sent to."""
    file = document.files.filter(form=IssuedFile.Form.PDF).defer("content").first()
    if file is None:
        return None
    page, of_file = ("sent-page", "sent-file") if sent else ("document-page", "document-file")
    return ShownPages(
        pages=pages_of(file.sha256, lambda: bytes(file.content), shelf=KeptOnShelf(now=timezone.now())),
        pdf=reverse(f"reports:{of_file}", args=[document.pk, file.form]),
        address_of=lambda number: reverse(f"reports:{page}", args=[document.pk, number]),
    )


@requires(Can.READ_ARCHIVE)
def document_page(request: SignedInRequest, document_id: int, number: int) -> HttpResponseBase:
    """One page of the document as it was issued."""
    return _issued_page(get_object_or_404(IssuedDocument, pk=document_id), number)


@requires(Can.READ_SENT_DOCUMENTS)
def sent_page(request: SignedInRequest, document_id: int, number: int) -> HttpResponseBase:
    """The same for whom it was sent to."""
    return _issued_page(get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=document_id), number)


def _issued_page(document: IssuedDocument, number: int) -> HttpResponseBase:
    file = get_object_or_404(document.files.defer("content"), form=IssuedFile.Form.PDF)
    shelf = KeptOnShelf(now=timezone.now())
    return show_page(picture_of(file.sha256, number, lambda: bytes(file.content), shelf=shelf))


@requires(Can.READ_DRAFTS)
def draft_pages(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The draft's pages as they would print now, once its PDF is made; `?of=` is the one that is waited for.

    A part of the draft's page, which asks for it by itself; a page of its own without scripts.
    """
    draft = find_draft(request, draft_id)
    if draft.issued:
        return redirect(draft.issued)
    waited_for = request.GET.get("of", "")
    if KEY.fullmatch(waited_for):
        progress = progress_of([waited_for], now=timezone.now())
        if progress.has_failed or not progress.is_done:
            return _pages_page(request, draft, {"of": waited_for, "progress": progress})
    shelf = KeptOnShelf(now=timezone.now())
    with looking_on(shelf):
        pdf = preview(compose_content(draft))
    if shelf.being_made:
        key = shelf.being_made[-1]
        return _pages_page(request, draft, {"of": key, "progress": progress_of([key], now=timezone.now())})
    return _pages_page(request, draft, {"paper": _pages_of_draft(draft, shelf.handed_out[-1], pdf)})


def _pages_page(request: SignedInRequest, draft: DocumentDraft, context: dict[str, object]) -> HttpResponse:
    template = "reports/documents/_draft_pages.html" if request.htmx else "reports/documents/draft_pages.html"
    return render(request, template, {"draft": draft, **context})


def _pages_of_draft(draft: DocumentDraft, key: str, pdf: bytes) -> ShownPages:
    of = _signer(draft).sign(key)
    return ShownPages(
        pages=pages_of(key, lambda: pdf, shelf=KeptOnShelf(now=timezone.now())),
        pdf=reverse("reports:draft-preview", args=[draft.pk]),
        address_of=lambda number: reverse("reports:draft-page", args=[draft.pk, of, number]),
    )


@requires(Can.READ_DRAFTS)
def draft_page(request: SignedInRequest, draft_id: int, of: str, number: int) -> HttpResponseBase:
    """One page of the draft as it was when its pages were shown: `of` names that PDF, and is signed for this draft.

    404 once the shelf has let go of it: the page that shows it is days old.
    """
    draft = find_draft(request, draft_id)
    try:
        key = _signer(draft).unsign(of)
    except BadSignature as fault:
        raise Http404(str(fault)) from fault
    return show_page(picture_of(key, number, lambda: _finished(key), shelf=KeptOnShelf(now=timezone.now())))


def _finished(key: str) -> bytes:
    content = finished(key)
    if content is None:
        raise Http404(key)
    return content


def _signer(draft: DocumentDraft) -> Signer:
    return Signer(salt=f"pages of draft {draft.pk}", sep="~")
