"""The parts of a report: arranged in a draft, and so in those of later periods."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents.arranging import arrange_parts
from reports.documents.forms.parts import PartsForm
from reports.models import DocumentDraft


@requires(Can.ISSUE_DOCUMENTS)
def draft_parts(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Name, order, rank, leave out and add parts; each button saves all that is typed."""
    draft = get_object_or_404(DocumentDraft.objects.visible_to(request.user).summary_reports(), pk=draft_id)
    if draft.issued and request.method != "POST":
        return redirect(draft.issued)
    form = PartsForm(request.POST or None, instance=draft)
    if form.is_valid():
        with show_refusals(form):
            arrange_parts(
                draft=draft,
                outline=form.outline,
                addressees=form.cleaned_data["addressees"],
                revision=form.cleaned_data["revision"] or 0,
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, _("The parts have been saved."))
            moved = request.POST.get("move", "").partition(":")[2]
            return redirect(reverse("reports:draft-parts", args=[draft_id]) + (f"#part-{moved}" if moved else ""))
    context = {"draft": draft, "form": form}
    return render(request, "reports/documents/draft_parts.html", context, status=422 if form.errors else 200)
