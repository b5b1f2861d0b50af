"""Documents of the office's own words: begun by kind and subject, written as one text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import actions
from reports.documents.forms.free_text import BeginForm, BodyForm
from reports.documents.kinds import FREE_TEXTS
from reports.documents.views.approvals import last_returned
from reports.models import DocumentDraft, Kind


@requires(Can.ISSUE_DOCUMENTS)
def free_begin(request: SignedInRequest) -> HttpResponse:
    form = BeginForm(request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data
        draft = actions.prepare_free_text(
            kind=Kind(chosen["kind"]), subject=chosen["subject"], by=request.user, now=timezone.now()
        )
        return redirect("reports:free-write", draft.pk)
    return render(request, "reports/documents/free_begin.html", {"form": form}, status=422 if form.errors else 200)


@requires(Can.ISSUE_DOCUMENTS)
def free_write(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The text in one box; saving it leads to the draft's page."""
    kinds = [entry.code for entry in FREE_TEXTS]
    visible = DocumentDraft.objects.visible_to(request.user).filter(kind__in=kinds)
    draft = get_object_or_404(visible, pk=draft_id)
    if draft.issued and request.method != "POST":
        return redirect(draft.issued)
    form = BodyForm(request.POST or None, instance=get_object_or_404(visible, pk=draft_id))
    if form.is_valid():
        with show_refusals(form):
            actions.write_free_text(
                draft=draft,
                text=form.text,
                addressees=form.cleaned_data.get("addressees", draft.addressees),
                revision=form.cleaned_data["revision"] or 0,
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The text has been saved."))
            return redirect(draft)
    is_draft = draft.status == DocumentDraft.Status.DRAFT
    context = {"draft": draft, "form": form, "returned": last_returned(draft) if is_draft else None}
    return render(request, "reports/documents/free_write.html", context, status=422 if form.errors else 200)
