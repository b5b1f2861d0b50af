"""The list of invitees: who is on it, and how they are addressed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from meetings.actions import guards, inviting, planning
from meetings.addressees import addressees
from meetings.forms.inviting import GuestForm, InviteeForm
from meetings.models import Attendance, Meeting
from meetings.views._common import ask_then_remove, done, form_page, get_meeting, get_open_meeting, page_asks
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.outbox.result import post_about
from members.models import User


@requires(Can.MANAGE_MEETINGS)
def invitee_list(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_meeting(request, meeting_id)
    invitees = list(meeting.attendances.in_order())
    announcement = meeting.announcements.last()
    is_ahead = meeting.is_planned and timezone.localdate() <= meeting.held_on
    reached = addressees(invitees)
    context = {
        "meeting": meeting,
        "addresses": reached,
        "letters": post_about(meeting),
        "may_announce": is_ahead and announcement is None,
        "announcement": announcement,
        "invitees": invitees,
        "unaddressed": [row for row in invitees if not reached[row.pk]],
        "waiting": list(Attendance.objects.waiting_for_mail(meeting).in_order()),
        "to_call": list(Attendance.objects.waiting_for_call(meeting).in_order()),
        "questions": questions_by_invitee(meeting, request.user),
    }
    return render(request, "meetings/invitee_list.html", context)


def questions_by_invitee(meeting: Meeting, user: User) -> dict[int | None, list[Any]]:
    """The open questions about each invitee's name or title."""
    found: dict[int | None, list[Any]] = {}
    for question in meeting.questions.visible_to(user).unsettled().filter(attendance__isnull=False):
        found.setdefault(question.attendance_id, []).append(question)
    return found


def _invitee(request: SignedInRequest, invitee_id: int) -> Attendance:
    return get_object_or_404(Attendance.objects.select_related("meeting", "unit"), pk=invitee_id)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def invitee_add_units(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Add the units that are members on the meeting's day and not on the list yet."""
    meeting = get_open_meeting(request, meeting_id)
    added = planning.invite_member_units(meeting=meeting, by=request.user, now=timezone.now())
    if added:
        names = ", ".join(unit.short_name for unit in added)
        messages.success(request, _("Added: %(names)s") % {"names": names})
    else:
        messages.info(request, _("Every unit that is a member on that day is on the list."))
    return redirect("meetings:invitee-list", meeting_id)


@requires(Can.MANAGE_MEETINGS)
def guest_add(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    meeting = get_open_meeting(request, meeting_id)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            guest = inviting.add_guest(meeting=meeting, values=form.values, by=request.user, now=timezone.now())
            return done(request, _("%(name)s is on the list.") % {"name": guest}, "meetings:invitee-list", meeting_id)
    back = reverse("meetings:invitee-list", args=[meeting_id])
    return form_page(request, form, meeting=meeting, heading=_("Add a guest"), back=back)


@requires(Can.MANAGE_MEETINGS)
def invitee_edit(request: SignedInRequest, invitee_id: int) -> HttpResponse:
    invitee = _invitee(request, invitee_id)
    page_asks(request, guards.require_open, invitee.meeting)
    heading = str(invitee)
    form = (GuestForm if invitee.is_guest else InviteeForm)(request.POST or None, instance=invitee)
    if request.method == "POST" and form.is_valid():
        with show_refusals(form):
            inviting.edit_attendance(
                attendance=invitee,
                **form.edit,
                by=request.user,
                now=timezone.now(),
            )
            return done(request, _("The invitee has been changed."), "meetings:invitee-list", invitee.meeting_id)
    back = reverse("meetings:invitee-list", args=[invitee.meeting_id])
    return form_page(request, form, meeting=invitee.meeting, heading=heading, back=back)


@requires(Can.MANAGE_MEETINGS)
def invitee_remove(request: SignedInRequest, invitee_id: int) -> HttpResponse:
    invitee = _invitee(request, invitee_id)
    page_asks(request, guards.require_open, invitee.meeting)
    return ask_then_remove(
        request,
        lambda: inviting.remove_invitee(attendance=invitee, by=request.user, now=timezone.now()),
        meeting=invitee.meeting,
        heading=_("Remove the invitee"),
        sentence=_("%(name)s goes off the list, with the reply and the attendance noted there.") % {"name": invitee},
        told=_("%(name)s is off the list.") % {"name": invitee},
        back="meetings:invitee-list",
    )
