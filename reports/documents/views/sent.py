"""Issued documents sent to their recipients; and, for a unit, those it was sent and those all units may read."""

from __future__ import annotations

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.addresses import mailed_url
from cluster_portal.files.sending import send_file, sends_file
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import dispatching
from reports.documents.files import send_issued
from reports.documents.forms.sending import SendForm
from reports.documents.views.pages import pages_of_issued
from reports.models import DocumentReading, IssuedDocument, IssuedFile, SignedCopy

DOCUMENTS_A_PAGE = 25


@requires(Can.ISSUE_DOCUMENTS)
def document_send(request: SignedInRequest, document_id: int) -> HttpResponse:
    """Say what sending means and to whom it goes; then send."""
    document = get_object_or_404(IssuedDocument.objects.select_related("corrected_by"), pk=document_id)
    units = dispatching.units_to_send(document, today=timezone.localdate())
    form = SendForm(request.POST or None, units=units)
    if form.is_valid():
        with show_refusals(form):
            sent = dispatching.send_document(
                document=document,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
                origin=mailed_url(request, "/"),
            )
            _tell(request, sent)
            return redirect(f"{document.get_absolute_url()}#dispatches")
    context = {"document": document, "form": form, "reason": dispatching.reason_not_to_send(document)}
    return render(request, "reports/documents/document_send.html", context, status=422 if form.errors else 200)


def _tell(request: SignedInRequest, sent: dispatching.Sent) -> None:
    told = ngettext("Sent to %(n)d recipient.", "Sent to %(n)d recipients.", sent.recipients)
    messages.success(request, told % {"n": sent.recipients})
    if sent.unreachable:
        messages.warning(
            request,
            _("No liaison to write to: %(units)s. They find it in the portal once they have an account.")
            % {"units": "; ".join(sent.unreachable)},
        )


@requires(Can.READ_SENT_DOCUMENTS)
def sent_list(request: SignedInRequest) -> HttpResponse:
    """What the unit was sent, and what all units may read; the newest first."""
    read = DocumentReading.objects.filter(document=OuterRef("pk"), person=request.user)
    documents = IssuedDocument.objects.visible_to(request.user).annotate(is_read=Exists(read))
    documents = documents.select_related("corrected_by").defer("summary", "search_text", "text").in_order()
    page = Paginator(documents, DOCUMENTS_A_PAGE).get_page(request.GET.get("page"))
    unread = set(IssuedDocument.objects.unread_by(request.user).values_list("pk", flat=True))
    return render(request, "reports/documents/sent_list.html", {"page": page, "unread": unread})


@requires(Can.READ_SENT_DOCUMENTS)
def sent_detail(request: SignedInRequest, document_id: int) -> HttpResponse:
    """The document with its files; opening it is kept as “đã xem”."""
    visible = IssuedDocument.objects.visible_to(request.user).select_related("corrected_by", "corrects")
    document = get_object_or_404(visible, pk=document_id)
    dispatching.note_reading(document, request.user, now=timezone.now())
    context = {
        "document": document,
        "files": document.files.defer("content"),
        "paper": pages_of_issued(document, sent=True),
        "copies": SignedCopy.objects.kept().filter(document=document).defer("content"),
    }
    return render(request, "reports/documents/sent_detail.html", context)


@requires(Can.READ_SENT_DOCUMENTS)
@sends_file
def sent_file(request: SignedInRequest, document_id: int, form: str) -> HttpResponseBase:
    """One file of the document, byte for byte as it was issued."""
    document = get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=document_id)
    file = get_object_or_404(IssuedFile, document=document, form=form)
    dispatching.note_reading(document, request.user, now=timezone.now())
    return send_issued(file)


@requires(Can.READ_SENT_DOCUMENTS)
@sends_file
def sent_copy(request: SignedInRequest, document_id: int, copy_id: int) -> HttpResponseBase:
    """The signed copy as it was uploaded, always as a download."""
    document = get_object_or_404(IssuedDocument.objects.visible_to(request.user), pk=document_id)
    copy = get_object_or_404(SignedCopy.objects.kept(), document=document, pk=copy_id)
    dispatching.note_reading(document, request.user, now=timezone.now())
    return send_file(io.BytesIO(copy.content), name=copy.name)
