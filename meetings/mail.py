"""What invitees are sent by e-mail: the invitation with its calendar entry, and that a meeting is off."""

from __future__ import annotations

import datetime as dt

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from meetings.models import Attendance, Meeting
from meetings.papers import pdf_files
from meetings.papers.calendar_entry import calendar_entry, method
from meetings.papers.issuable import INVITATION
from meetings.papers.paper import MeetingPaper


def invitation_message(
    meeting: Meeting, paper: MeetingPaper, invitee: Attendance, *, link: str, now: dt.datetime
) -> EmailMessage:
    """The message to one invitee; `link` leads a unit to the page it replies on.

    An invitation that takes the place of another says so at once, in its subject.
    """
    line = paper.invitee_line(invitee.pk)
    with translation.override(DOCUMENT_LANGUAGE):
        body = render_to_string("meetings/mail_invitation.txt", {"paper": paper, "invitee": line, "link": link})
    kind = f"{INVITATION.name} (thay đổi thời gian, địa điểm)" if line.replaces else INVITATION.name
    message = EmailMessage(subject=f"{kind}: {paper.title}", body=body, to=[invitee.email])
    message.attach("Giay moi.pdf", pdf_files.invitations(paper, [line]), "application/pdf")
    return _with_calendar_entry(message, meeting, invitee, now=now)


def calling_off_message(
    meeting: Meeting, paper: MeetingPaper, invitee: Attendance, *, now: dt.datetime
) -> EmailMessage:
    """Tells one invitee that the meeting won't take place, and why."""
    line = paper.invitee_line(invitee.pk)
    context = {"paper": paper, "invitee": line, "told": meeting.announcements.last(), "reason": meeting.call_off_reason}
    with translation.override(DOCUMENT_LANGUAGE):
        body = render_to_string("meetings/mail_called_off.txt", context)
    message = EmailMessage(subject=f"Hủy họp: {paper.title}", body=body, to=[invitee.email])
    return _with_calendar_entry(message, meeting, invitee, now=now)


def _with_calendar_entry(
    message: EmailMessage, meeting: Meeting, invitee: Attendance, *, now: dt.datetime
) -> EmailMessage:
    """Outlook and Google act on an entry only if the attachment's type names the method as well."""
    entry = calendar_entry(meeting, now=now, attendee=invitee).decode()
    message.attach("hoi-nghi.ics", entry, f"text/calendar; method={method(meeting, attendee=invitee)}")
    return message
