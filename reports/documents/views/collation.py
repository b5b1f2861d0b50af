"""What all units wrote, beside each other, to be taken into the report of all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.door import number_in
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.documents.forms.collation import CollationForm
from reports.documents.taking import sources_of, take_text, taken_from
from reports.documents.views.approvals import revision_seen
from reports.models import DocumentDraft, SubmissionVersion
from reports.prose.collation import PASSAGE_OF, collate
from reports.prose.outline import HEADINGS, outline_of, told_of


@requires(Can.ISSUE_DOCUMENTS)
def draft_collation(request: SignedInRequest, draft_id: int) -> HttpResponse:
    draft = get_object_or_404(DocumentDraft.objects.visible_to(request.user).summary_reports(), pk=draft_id)
    if draft.issued:
        return redirect(draft.issued)
    form = CollationForm(request.GET or None)
    section, words = form.asked
    texts = collate(sources_of(draft, section), taken=taken_from(draft, section), looked_for=words)
    context = {
        "draft": draft,
        "form": form,
        "section": section,
        "words": words,
        "passage": _heading(draft, section),
        "texts": texts,
        "filtered": bool(words),
    }
    return render(request, "reports/documents/draft_collation.html", context)


def _heading(draft: DocumentDraft, section: str) -> str:
    """What the part of the report is called that the section's sentences are put in."""
    part = told_of(outline_of(draft.outline)).get(PASSAGE_OF[section])
    return part.heading if part else HEADINGS[PASSAGE_OF[section]]


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def draft_take(request: SignedInRequest, draft_id: int) -> HttpResponse:
    """Take one sentence or paragraph over; then the same page again, at the same unit."""
    draft = get_object_or_404(DocumentDraft.objects.visible_to(request.user).summary_reports(), pk=draft_id)
    section, words = CollationForm(request.POST).asked
    version = get_object_or_404(SubmissionVersion, pk=number_in(request.POST.get("version"), otherwise=0))
    take_text(
        draft=draft,
        version=version,
        section=section,
        place=request.POST.get("place", ""),
        revision=revision_seen(request),
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, _("Taken into “%(passage)s”.") % {"passage": _heading(draft, section)})
    query = urlencode({"section": section, "q": words})
    return redirect(f"{reverse('reports:draft-collation', args=[draft.pk])}?{query}#version-{version.pk}")
