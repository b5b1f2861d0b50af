"""The invitation as an e-mail, with the giấy mời and the calendar entry."""

from __future__ import annotations

import datetime as dt

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from cluster_portal.pdf import DOCUMENT_LANGUAGE
from meetings import documents
from meetings.calendar import calendar_entry
from meetings.models import Attendance, Meeting
from meetings.paper import MeetingPaper


def invitation_message(
    meeting: Meeting, paper: MeetingPaper, invitee: Attendance, *, link: str, now: dt.datetime
) -> EmailMessage:
    """The message to one invitee; `link` leads a unit to the page it replies on.

    An invitation that takes the place of another says so at once, in its subject.
    """
    line = next(line for line in (*paper.units, *paper.guests) if line.pk == invitee.pk)
    with translation.override(DOCUMENT_LANGUAGE):
        body = render_to_string("meetings/mail_invitation.txt", {"paper": paper, "invitee": line, "link": link})
    kind = "Giấy mời (thay đổi thời gian, địa điểm)" if line.replaces else "Giấy mời"
    message = EmailMessage(subject=f"{kind}: {paper.title}", body=body, to=[invitee.email])
    message.attach("Giay moi.pdf", documents.invitations(paper, [line]), "application/pdf")
    message.attach("hoi-nghi.ics", calendar_entry(meeting, now=now).decode(), "text/calendar")
    return message
