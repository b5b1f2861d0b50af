"""Meetings: the list, the page of one, planning it, and its way from planned to closed."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings.actions import planning
from meetings.forms.planning import MeetingForm, proposed_plan
from meetings.models import Meeting
from meetings.views._common import done, meeting_of, open_meeting_of, saved
from members.capabilities import Can, requires

MEETINGS_A_PAGE = 20


@requires(Can.SEE_MEETINGS)
def meeting_list(request: HttpRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related("host").latest_first()
    page = Paginator(meetings, MEETINGS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/meeting_list.html", {"page": page})


@requires(Can.SEE_MEETINGS)
def meeting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    return render(request, "meetings/meeting_detail.html", {"meeting": meeting})


@requires(Can.MANAGE_MEETINGS)
def meeting_plan(request: HttpRequest) -> HttpResponse:
    """Plan a meeting, starting from a copy of the last."""
    form = MeetingForm(request.POST or None, initial=proposed_plan(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        meeting = planning.plan_meeting(values=form.values, by=request.user, now=timezone.now())
        return done(request, _("The meeting is planned. Its invitees are the units and the last guests."), meeting)
    return render(request, "meetings/meeting_form.html", {"form": form})


@requires(Can.MANAGE_MEETINGS)
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = open_meeting_of(request, pk)
    form = MeetingForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        if saved(
            form,
            lambda: planning.edit_meeting(
                meeting=meeting, values=form.values, revision=revision, by=request.user, now=timezone.now()
            ),
        ):
            return done(request, _("The plan has been changed."), meeting)
    return render(request, "meetings/meeting_form.html", {"form": form, "meeting": meeting_of(request, pk)})


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_hold(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    planning.hold_meeting(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The meeting is on: attendance and record are open."), meeting)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_close(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    planning.close_meeting(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The meeting is closed; its record is locked."), meeting)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    planning.reopen_meeting(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The meeting is open again for corrections."), meeting)
