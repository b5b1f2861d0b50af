"""The minutes of a handover of the lead unit, begun from what is recorded."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.models import Handover
from reports.documents import actions
from reports.documents.handover_minutes import handover_subject, handover_text
from reports.models import Kind


@requires(Can.ISSUE_DOCUMENTS)
@require_POST
def handover_minutes(request: SignedInRequest, handover_id: int) -> HttpResponse:
    """Begun once; sent again it leads to the ones being written."""
    handover = get_object_or_404(Handover.objects.latest_first(), pk=handover_id)
    now = timezone.now()
    text = handover_text(handover, today=timezone.localdate(now))
    subject = handover_subject(handover)
    draft = actions.prepare_free_text(kind=Kind.OTHER_MINUTES, subject=subject, text=text, by=request.user, now=now)
    return redirect("reports:free-write", draft.pk)
