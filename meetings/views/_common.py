"""What the views of this app share: fetching a meeting, and the page of a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from meetings.actions.guards import require_open
from meetings.models import Meeting, OpenQuestion
from members.forms.revision import RevisionForm, show_refusals
from members.infrastructure.capabilities import SignedInRequest


def get_meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The meeting the URL names, if the user may know of it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("host"), pk=meeting_id)


def get_open_meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The same, for changing it: 403 with a sentence once it is closed."""
    meeting = get_meeting(request, meeting_id)
    require_open(meeting)
    return meeting


def open_questions(request: SignedInRequest, meeting: Meeting) -> dict[str, list[OpenQuestion]]:
    """What the sources leave open, by field; nothing for anybody but the secretariat."""
    return meeting.questions.visible_to(request.user).unsettled().by_field()


def form_page(
    request: SignedInRequest, form: Any, *, meeting: Meeting, heading: str, back: str, about: str = ""
) -> HttpResponse:
    """A page with one form, `about` what it concerns; `back` is where it leads if nothing is saved."""
    context = {"form": form, "meeting": meeting, "heading": heading, "back": back, "about": about}
    return render(request, "meetings/form.html", context)


def confirm_page(
    request: SignedInRequest, *, meeting: Meeting, heading: str, sentence: str, back: str, **context: Any
) -> HttpResponse:
    """Ask before something is done that a wrong tap must not do; the button posts to the same address."""
    context |= {"meeting": meeting, "heading": heading, "sentence": sentence, "back": back}
    return render(request, "meetings/confirm.html", context)


def saved(form: RevisionForm, act: Callable[[], Any]) -> bool:
    """Run the action; what it refuses is told in the form, and nothing is stored."""
    with show_refusals(form):
        act()
        return True
    return False


def done(request: SignedInRequest, sentence: str, to: Any, *args: Any) -> HttpResponse:
    """Say what has been done, and go on."""
    messages.success(request, sentence)
    return redirect(to, *args)
