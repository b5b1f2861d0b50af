"""What the views of this app share: fetching a meeting, and the page of a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from meetings.actions.guards import require_held, require_open
from meetings.models import Meeting, OpenQuestion
from members.infrastructure.capabilities import Can, SignedInRequest, allowed


def get_meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The meeting the URL names, if the user may know of it."""
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related("host"), pk=meeting_id)


def is_manager(request: SignedInRequest) -> bool:
    """Whether what is contributed to a meeting is entered for any unit, not for the user's own alone."""
    return allowed(request.user, Can.MANAGE_MEETINGS)


def get_open_meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The same, for a page that changes it."""
    meeting = get_meeting(request, meeting_id)
    page_asks(request, require_open, meeting)
    return meeting


def get_held_meeting(request: SignedInRequest, meeting_id: int) -> Meeting:
    """The same, for a paper that tells of what happened there."""
    meeting = get_meeting(request, meeting_id)
    require_held(meeting)
    return meeting


def page_asks(request: SignedInRequest, guard: Callable[..., None], row: Any, **who: Any) -> None:
    """Refuse a page whose form would be refused. What was typed in one is for the action to refuse, beside it."""
    if request.method != "POST":
        guard(row, **who)


def open_questions(request: SignedInRequest, meeting: Meeting) -> dict[str, list[OpenQuestion]]:
    """What the sources leave open, by field; nothing for anybody but the secretariat."""
    return meeting.questions.visible_to(request.user).unsettled().by_field()


def form_page(
    request: SignedInRequest, form: Any, *, meeting: Meeting | None, heading: str, back: str, about: str = ""
) -> HttpResponse:
    """A page with one form, `about` what it concerns; `back` is where it leads if nothing is saved.

    Without a `meeting` it belongs to the tasks between meetings.
    """
    context = {"form": form, "meeting": meeting, "heading": heading, "back": back, "about": about}
    return render(request, "meetings/form.html", context)


def confirm_page(
    request: SignedInRequest, *, meeting: Meeting, heading: str, sentence: str, back: str, **context: Any
) -> HttpResponse:
    """Ask before something is done that a wrong tap must not do; the button posts to the same address."""
    context |= {"meeting": meeting, "heading": heading, "sentence": sentence, "back": back}
    return render(request, "meetings/confirm.html", context)


def ask_then_remove(
    request: SignedInRequest, remove: Callable[[], None], *, meeting: Meeting, heading: str, sentence: str, told: str,
    back: str, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Ask before `remove` takes something off the list `back`, by its URL name; then say `told` there."""
    if request.method != "POST":
        address = reverse(back, args=[meeting.pk])
        return confirm_page(request, meeting=meeting, heading=heading, sentence=sentence, back=address, **context)
    remove()
    return done(request, told, back, meeting.pk)


def done(request: SignedInRequest, sentence: str, to: Any, *args: Any) -> HttpResponse:
    """Say what has been done, and go on."""
    messages.success(request, sentence)
    return redirect(to, *args)
