"""Telling the invitees: the invitations, a change of them, that the meeting is off; and the e-mails that do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cluster_portal.addresses import mailed_url
from cluster_portal.formatting import date
from meetings.actions import inviting, planning
from meetings.actions.mailing import mail_invitees
from meetings.forms.planning import CallOffForm
from meetings.mail import invitation_to_pass_on
from meetings.models import Attendance, Meeting
from meetings.papers.paper import meeting_paper
from meetings.views._common import confirm_page, get_meeting, get_open_meeting
from members.actions.passing_on import note_copied
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from members.infrastructure.refusals import Refused


@requires(Can.MANAGE_MEETINGS)
def meeting_announce(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Ask, then issue the invitations: the units see the meeting, and those with an address get an e-mail."""
    meeting = get_open_meeting(request, meeting_id)
    if request.method != "POST":
        return _ask(request, meeting, _("Issue the invitations"))
    inviting.announce_meeting(meeting=meeting, by=request.user, now=timezone.now(), link=_link(request, meeting))
    messages.success(request, _("The invitations are issued: the units see the meeting and can reply."))
    return _mailed(request, meeting)


@requires(Can.MANAGE_MEETINGS)
def meeting_announce_change(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Ask, then issue the invitations anew, with the day, the hours and the place as they are planned now."""
    meeting = get_open_meeting(request, meeting_id)
    if request.method != "POST":
        return _ask(request, meeting, _("Send the changed invitations"))
    link = _link(request, meeting)
    if inviting.announce_change(meeting=meeting, by=request.user, now=timezone.now(), link=link):
        messages.success(request, _("The changed invitations are issued."))
    else:
        messages.info(request, _("There is no change to tell; no invitation was issued anew."))
    return _mailed(request, meeting)


@requires(Can.MANAGE_MEETINGS)
def meeting_call_off(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Call a meeting off, after asking why, and tell those who were invited."""
    meeting = get_open_meeting(request, meeting_id)
    form = CallOffForm(request.POST or None, instance=meeting)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["call_off_reason"]
        with show_refusals(form):
            link = _link(request, meeting)
            planning.call_off_meeting(meeting=meeting, reason=reason, by=request.user, now=timezone.now(), link=link)
            messages.success(request, _("The meeting is called off."))
            return _mailed(request, meeting)
    return render(request, "meetings/meeting_call_off.html", {"form": form, "meeting": meeting})


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_mail(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Write to those who were told nothing yet; where the mail server refused, once more."""
    meeting = get_meeting(request, meeting_id)
    mail_invitees(meeting=meeting, link=_link(request, meeting), by=request.user, now=timezone.now())
    return _mailed(request, meeting)


def _ask(request: SignedInRequest, meeting: Meeting, heading: str) -> HttpResponse:
    told = _(
        "%(number)d invitees are told, by e-mail where there is an address; it can't be unsaid: %(when)s, %(place)s."
    )
    values = {"number": meeting.attendances.count(), "when": date(meeting.held_on), "place": meeting.place or "–"}
    return confirm_page(
        request,
        meeting=meeting,
        heading=heading,
        sentence=told % values,
        back=reverse("meetings:invitee-list", args=[meeting.pk]),
    )


def _link(request: SignedInRequest, meeting: Meeting) -> str:
    return mailed_url(request, meeting.get_absolute_url())


def _mailed(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Lead to the list of invitees, which tells what became of the e-mails, and say how many go out."""
    waiting = Attendance.objects.waiting_for_mail(meeting).count()
    if waiting:
        told = ngettext(
            "%(count)d invitee is being written to; this page shows what became of it.",
            "%(count)d invitees are being written to; this page shows what became of it.",
            waiting,
        )
        messages.success(request, told % {"count": waiting})
    else:
        messages.info(request, _("No e-mail was to be sent."))
    return redirect("meetings:invitee-list", meeting.pk)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def invitation_copy(request: SignedInRequest, invitee_id: int) -> HttpResponse:
    """The text of an invitation that is issued, to be sent to one invitee by Zalo."""
    row = get_object_or_404(
        Attendance.objects.visible_to(request.user).select_related("meeting", "unit"), pk=invitee_id
    )
    told = row.meeting.announcements.last()
    if told is None or told.is_outdated or not row.meeting.is_planned:
        raise Refused(_("Issue the invitations first."), about=row.meeting)
    note_copied(verb="invitation.copied", target=row, unit_id=row.unit_id, by=request.user, now=timezone.now())
    context = {
        "text": invitation_to_pass_on(meeting_paper(row.meeting), row, link=_link(request, row.meeting)),
        "name": row,
        "back": reverse("meetings:invitee-list", args=[row.meeting_id]),
        "back_to": _("Invitees"),
    }
    return render(request, "members/pass_on.html", context)
