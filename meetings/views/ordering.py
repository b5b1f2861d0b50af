"""The order of what a meeting lists: dragged or moved by the arrow keys, and without scripts by buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from cluster_portal.door import number_in
from meetings.actions.agenda import agenda_items, arrange_agenda
from meetings.actions.ordering import arrange, moved
from meetings.models import Meeting
from meetings.views._common import get_meeting
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@dataclass(frozen=True)
class Ordered:
    """The rows in their order, and the page that lists them."""

    rows: Callable[[Meeting], QuerySet[Any]]
    page: str


LISTS = {
    "speeches": Ordered(lambda meeting: meeting.speeches.in_order(), "meetings:speech-list"),
    "awards": Ordered(lambda meeting: meeting.awards.in_order(), "meetings:award-list"),
    "photos": Ordered(lambda meeting: meeting.photos.in_order(), "meetings:photo-list"),
    "tasks": Ordered(lambda meeting: meeting.tasks.in_order(), "meetings:record"),
}
AGENDA = "agenda"


@requires(Can.MANAGE_MEETINGS)
@require_POST
def list_order(request: SignedInRequest, meeting_id: int, what: str) -> HttpResponse:
    """`order` are all keys as a script sends them; without it `row` goes `to` up or down."""
    meeting = get_meeting(request, meeting_id)
    if what == AGENDA:
        keys = _asked(request, list(range(1, len(agenda_items(meeting)) + 1)))
        revision = number_in(request.POST.get("revision"), 0)
        arrange_agenda(meeting=meeting, keys=keys, revision=revision, by=request.user, now=timezone.now())
        page = "meetings:meeting-detail"
    elif what in LISTS:
        rows = LISTS[what].rows(meeting)
        arrange(meeting=meeting, rows=rows, keys=_asked(request, [row.pk for row in rows]))
        page = LISTS[what].page
    else:
        raise Http404
    return HttpResponse(status=204) if request.htmx else redirect(page, meeting_id)


def _asked(request: SignedInRequest, keys: list[int]) -> list[int]:
    """The keys in the order that was asked for."""
    if sent := request.POST.get("order"):
        return [number_in(key, 0) for key in sent.split(",")]
    return moved(keys, number_in(request.POST.get("row"), 0), up=request.POST.get("to") == "up")
