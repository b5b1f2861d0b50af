"""Telling the invitees: the invitations, a change of them, that the meeting is off; and the e-mails that do."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from meetings.actions import inviting, planning
from meetings.actions.mailing import Mailing, mail_invitees
from meetings.forms.planning import CallOffForm
from meetings.models import Meeting
from meetings.views._common import get_meeting, get_open_meeting
from members.forms.revision import show_refusals
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_announce(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Issue the invitations: the units see the meeting, and those with an address get an e-mail."""
    meeting = get_open_meeting(request, meeting_id)
    inviting.announce_meeting(meeting=meeting, by=request.user, now=timezone.now())
    messages.success(request, _("The invitations are issued: the units see the meeting and can reply."))
    return _mailed(request, meeting)


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_announce_change(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Issue the invitations anew, with the day, the hours and the place as they are planned now."""
    meeting = get_open_meeting(request, meeting_id)
    if inviting.announce_change(meeting=meeting, by=request.user, now=timezone.now()):
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
            planning.call_off_meeting(meeting=meeting, reason=reason, by=request.user, now=timezone.now())
            messages.success(request, _("The meeting is called off."))
            return _mailed(request, meeting)
    return render(request, "meetings/meeting_call_off.html", {"form": form, "meeting": meeting})


@requires(Can.MANAGE_MEETINGS)
@require_POST
def meeting_mail(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """Send the e-mails that still wait."""
    return _mailed(request, get_meeting(request, meeting_id))


def _mailed(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    """Send what waits, and say how far that came."""
    link = request.build_absolute_uri(meeting.get_absolute_url())
    _tell(request, mail_invitees(meeting=meeting, link=link, by=request.user, now=timezone.now()))
    return redirect("meetings:invitee-list", meeting.pk)


def _tell(request: SignedInRequest, mailing: Mailing) -> None:
    if mailing == Mailing():
        messages.info(request, _("No e-mail was to be sent."))
    if mailing.sent:
        told = ngettext("%(count)d e-mail was sent.", "%(count)d e-mails were sent.", mailing.sent)
        messages.success(request, told % {"count": mailing.sent})
    for invitee in mailing.refused:
        refused = _("The mail server did not take the e-mail to %(name)s (%(email)s).")
        messages.error(request, refused % {"name": invitee, "email": invitee.email})
    if mailing.is_server_away:
        messages.error(request, _("The mail server does not answer. Who was not reached waits on the list below."))
    elif mailing.waiting:
        waiting = ngettext(
            "%(count)d e-mail still waits, as the mail server is slow: send the rest.",
            "%(count)d e-mails still wait, as the mail server is slow: send the rest.",
            mailing.waiting,
        )
        messages.warning(request, waiting % {"count": mailing.waiting})
