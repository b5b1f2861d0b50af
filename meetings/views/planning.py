"""Meetings: the list, the page of one, planning it, and its way from planned to closed."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cluster_portal.formatting import date
from cluster_portal.identifiers import ReasonForm
from meetings.actions import planning
from meetings.actions.agenda import agenda_items
from meetings.forms.planning import MeetingForm, proposed_plan
from meetings.models import Meeting, Task
from meetings.programme import read_item
from meetings.readiness import next_step, readiness
from meetings.views._common import confirm_page, done, get_meeting, get_open_meeting, open_questions
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, allowed, requires, sees_own_unit
from members.models import Unit

MEETINGS_A_PAGE = 20


@requires(Can.SEE_MEETINGS)
def meeting_list(request: SignedInRequest) -> HttpResponse:
    meetings = Meeting.objects.visible_to(request.user).select_related("host").latest_first()
    page = Paginator(meetings, MEETINGS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "meetings/meeting_list.html", {"page": page})


@requires(Can.SEE_MEETINGS)
def meeting_detail(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Everything about one meeting, as far as it concerns the reader: plan, reply, readiness, papers."""
    meeting = get_meeting(request, meeting_id)
    today = timezone.localdate()
    carried = Task.objects.visible_to(request.user).carried_to(meeting)
    context: dict[str, Any] = {
        "meeting": meeting,
        "announcement": meeting.announcements.last(),
        "former": meeting.announcements.former(),
        "carried": [{"task": task, "is_overdue": task.is_overdue_on(today)} for task in carried],
        "questions": open_questions(request, meeting),
    }
    if sees_own_unit(request.user):
        context["invitation"] = meeting.attendances.select_related("unit").get(unit=request.user.unit_id)
    elif allowed(request.user, Can.READ_MEETING_RECORDS):
        context["readiness"] = facts = readiness(meeting)
        if allowed(request.user, Can.MANAGE_MEETINGS) and not meeting.is_locked:
            context["next_step"] = next_step(meeting, facts, today=today)
        context["may_unhold"] = meeting.status == Meeting.Status.HELD and not meeting.has_record()
    context["programme"] = [read_item(line) for line in agenda_items(meeting)]
    context["may_order"] = allowed(request.user, Can.MANAGE_MEETINGS) and not meeting.is_locked
    return render(request, "meetings/meeting_detail.html", context)


@requires(Can.MANAGE_MEETINGS)
def meeting_plan(request: SignedInRequest) -> HttpResponse:
    """Plan a meeting, starting from a copy of the last; it needs units to be held at and to invite."""
    if not Unit.objects.exists():
        messages.info(request, _("Enter or import the units of the cluster first; one of them hosts the meeting."))
        return redirect("members:unit-list")
    today = timezone.localdate()
    form = MeetingForm(request.POST or None, initial=proposed_plan(today), today=today)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            meeting = planning.plan_meeting(**form.plan, by=request.user, now=timezone.now())
            return done(request, _("The meeting is planned. Its invitees are the units and the last guests."), meeting)
    return render(request, "meetings/meeting_form.html", {"form": form})


@requires(Can.MANAGE_MEETINGS)
def meeting_edit(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_open_meeting(request, meeting_id)
    shown = copy(meeting)  # a form that is refused has changed its own instance
    form = MeetingForm(request.POST or None, instance=meeting, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            planning.edit_meeting(meeting=meeting, **form.edit, by=request.user, now=timezone.now())
            return done(request, _("The plan has been changed."), meeting)
    return render(request, "meetings/meeting_form.html", {"form": form, "meeting": shown})


@requires(Can.MANAGE_MEETINGS)
def meeting_discard(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    if request.method != "POST":
        sentence = _("The plan disappears with its invitees, speeches and proposed awards.")
        heading, back = _("Discard the plan"), meeting.get_absolute_url()
        return confirm_page(request, meeting=meeting, heading=heading, sentence=sentence, back=back)
    planning.discard_plan(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The plan has been discarded."), "meetings:meeting-list")


@requires(Can.MANAGE_MEETINGS)
def meeting_hold(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Begin the meeting; before its day, after asking why."""
    meeting = get_meeting(request, meeting_id)
    form = _early_form(request, meeting)
    if request.method == "POST" and _may_go_on(form):
        reason = _reason_in(form)
        planning.hold_meeting(meeting=meeting, by=request.user, now=timezone.now(), reason=reason)
        return done(request, _("The meeting is on: attendance and record are open."), meeting)
    sentence = _("Attendance and record are opened; the units can no longer reply or register speeches.")
    heading, back = _("Begin the meeting"), meeting.get_absolute_url()
    return confirm_page(request, meeting=meeting, heading=heading, sentence=sentence, back=back, form=form)


def _early_form(request: SignedInRequest, meeting: Meeting) -> ReasonForm | None:
    """Before the day of a meeting nobody begins or closes it without a reason; a button alone asks for it."""
    if timezone.localdate() >= meeting.held_on:
        return None
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    form.fields["reason"].label = _("Why before the day of the meeting, %(day)s") % {"day": date(meeting.held_on)}
    return form


def _may_go_on(form: ReasonForm | None) -> bool:
    return form is None or form.is_valid()


def _reason_in(form: ReasonForm | None) -> str:
    return form.cleaned_data["reason"] if form else ""


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_unhold(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Take back that the meeting has begun."""
    meeting = get_meeting(request, meeting_id)
    planning.unhold_meeting(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The meeting is planned again; units can reply and register speeches."), meeting)


@requires(Can.MANAGE_MEETINGS)
def meeting_close(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Close the record, after saying what is still missing in it."""
    meeting = get_meeting(request, meeting_id)
    form = _early_form(request, meeting)
    if request.method != "POST" or not _may_go_on(form):
        if meeting.status != Meeting.Status.HELD:
            return redirect(meeting)
        sentence = _("The record is locked then. It can be reopened for corrections.")
        missing = [fact for fact in readiness(meeting) if not fact.is_done]
        heading, back = _("Close the meeting"), meeting.get_absolute_url()
        more = {"missing": missing, "form": form}
        return confirm_page(request, meeting=meeting, heading=heading, sentence=sentence, back=back, **more)
    planning.close_meeting(meeting=meeting, by=request.user, now=timezone.now(), reason=_reason_in(form))
    return done(request, _("The meeting is closed; its record is locked."), meeting)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_reopen(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    planning.reopen_meeting(meeting=meeting, by=request.user, now=timezone.now())
    return done(request, _("The meeting is open again for corrections."), meeting)
