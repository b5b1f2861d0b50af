"""The text of a report on its way out: edited with its figures in place, and checked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from meetings.models import Meeting
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents import actions
from reports.documents.forms.draft_text import FigureRowForm, TextForm
from reports.documents.kinds import summarise_now
from reports.documents.views.approvals import last_returned
from reports.models import DocumentDraft
from reports.prose.reference_labels import offers
from reports.prose.references import References


@requires(Can.ISSUE_DOCUMENTS)
def draft_text(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = get_object_or_404(DocumentDraft.objects.visible_to(request.user).summary_reports(), pk=draft_id)
    if draft.issued and request.method != "POST":
        return redirect(draft.issued)
    summary = summarise_now(draft)
    form = TextForm(request.POST or None, instance=draft, summary=summary)
    if form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        with show_refusals(form):
            actions.edit_text(draft=draft, text=form.text, revision=revision, by=request.user, now=timezone.now())
            messages.success(request, _("The text has been saved."))
            return redirect("reports:draft-text", draft_id)
    context = {
        "draft": draft,
        "form": form,
        "figure_form": FigureRowForm(references=References(summary)),
        "meetings": Meeting.objects.visible_to(request.user).reviewing(draft.period),
        "returned": last_returned(draft) if draft.status == DocumentDraft.Status.DRAFT else None,
    }
    return render(request, "reports/documents/draft_text.html", context, status=422 if form.errors else 200)


@requires(Can.ISSUE_DOCUMENTS)
def draft_figures(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """The figures of one row that a text can refer to: a page, or the options of the editor's list."""
    draft = get_object_or_404(DocumentDraft.objects.visible_to(request.user).summary_reports(), pk=draft_id)
    references = References(summarise_now(draft))
    form = FigureRowForm(request.GET or {"row": "total"}, references=references)
    groups = list(offers(references, form.cleaned_data["row"])) if form.is_valid() else []
    template = "reports/documents/_figure_options.html" if request.htmx else "reports/documents/draft_figures.html"
    return render(request, template, {"draft": draft, "form": form, "groups": groups})
