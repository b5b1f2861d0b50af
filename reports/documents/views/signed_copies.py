"""Signed copies of issued documents: added, downloaded, withdrawn."""

from __future__ import annotations

import io

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.files.sending import send_file, sends_file
from cluster_portal.identifiers import ReasonForm
from cluster_portal.text import file_stem
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents.forms.documents import SignedCopyForm
from reports.documents.signing.copies import keep_signed_copy, withdraw_signed_copy
from reports.documents.views.archive import document_page
from reports.models import IssuedDocument, SignedCopy


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def copy_add(request: SignedInRequest, document_id: int) -> HttpResponse:
    """Keep the uploaded file; the document's page then tells what was found in it."""
    document = get_object_or_404(IssuedDocument, pk=document_id)
    form = SignedCopyForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        name = f"{file_stem(file.name, 'ban-da-ky')}.pdf"
        with show_refusals(form):
            keep_signed_copy(document=document, content=file.read(), name=name, by=request.user, now=timezone.now())
            messages.success(request, _("The signed copy has been added. Below it stands what was found in it."))
            return redirect(f"{document.get_absolute_url()}#signed-copies-title")
    return document_page(request, document_id, form)


@requires(Can.READ_ARCHIVE)
@sends_file
def copy_file(request: SignedInRequest, document_id: int, copy_id: int) -> HttpResponseBase:
    """The copy as it was uploaded, always as a download."""
    copy = get_object_or_404(SignedCopy.objects.kept(), document_id=document_id, pk=copy_id)
    return send_file(io.BytesIO(copy.content), name=copy.name)


@requires(Can.ISSUE_DOCUMENTS)
def copy_withdraw(request: SignedInRequest, document_id: int, copy_id: int) -> HttpResponse:
    """Take away a copy added by mistake, after asking why."""
    kept = SignedCopy.objects.kept().defer("content").select_related("document")
    copy = get_object_or_404(kept, document_id=document_id, pk=copy_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with show_refusals(form):
            withdraw_signed_copy(copy=copy, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now())
            messages.success(request, _("The signed copy has been withdrawn."))
            return redirect(copy.document)
    return render(request, "reports/documents/signed_copy_withdraw.html", {"form": form, "copy": copy})
