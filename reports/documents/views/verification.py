"""Checking an issued document, for anybody who holds it: the only pages that tell strangers something."""

from __future__ import annotations

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from reports.documents.forms.documents import CheckForm, CodeForm
from reports.documents.signing.copies import check_file
from reports.documents.verification import tidied
from reports.models import IssuedDocument, IssuedFile


@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a document."""
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid() and (code := tidied(form.cleaned_data["code"])):
        return redirect("reports:document-verify", code)
    return render(request, "reports/documents/verify.html", {"form": form})


@login_not_required
def document_verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell number, date, subject, issuer and digest of the document, and compare a file with it; keeps nothing."""
    too_often: HttpResponse | None = consume_or_429(request, action="verify")
    if too_often:
        return too_often
    document = IssuedDocument.objects.filter(code=tidied(code)).defer("summary", "search_text").first()
    if document is None:
        context = {"form": CodeForm(initial={"code": code}), "unknown_code": code}
        return render(request, "reports/documents/verify.html", context, status=404)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    upload = form.cleaned_data["file"] if request.method == "POST" and form.is_valid() else None
    check = check_file(document, upload, now=timezone.now()) if upload else None
    context = {
        "document": document,
        "digest": document.files.filter(form=IssuedFile.Form.PDF).values_list("sha256", flat=True).first(),
        "form": form,
        "check": check,
        "found": check and check.file,
        "file_name": upload.name if upload else "",
    }
    return render(request, "reports/documents/document_verify.html", context)
