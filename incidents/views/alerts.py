"""Taking note of a grave case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from incidents import actions
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.RECEIVE_ALERTS)
@require_POST
def alert_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """Once; a second click finds nothing left to do."""
    alert = get_object_or_404(request.user.alerts.select_related("incident"), incident=pk)
    if alert.noted_at is None:
        actions.take_note(alert=alert, by=request.user, now=timezone.now())
    return redirect(alert.incident)
