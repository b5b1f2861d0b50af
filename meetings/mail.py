"""What invitees are sent by e-mail: the invitation with its calendar entry, and that a meeting is off."""

from __future__ import annotations

import datetime as dt
from copy import copy

from django.template.loader import render_to_string
from django.utils import timezone, translation

from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from meetings.models import Attendance, Meeting
from meetings.papers import pdf_files
from meetings.papers.calendar_entry import calendar_entry, method
from meetings.papers.issuable import INVITATION
from meetings.papers.paper import MeetingPaper
from members.infrastructure.outbox.posting import Draft, File


def invitation_letter(
    meeting: Meeting, paper: MeetingPaper, invitee: Attendance, *, key: str, address: str, link: str, now: dt.datetime
) -> Draft:
    """The letter to one invitee; `link` leads a unit to the page it replies on.

    An invitation that takes the place of another says so at once, in its subject.
    """
    line = paper.invitee_line(invitee.pk)
    with translation.override(DOCUMENT_LANGUAGE):
        body = render_to_string("meetings/mail_invitation.txt", {"paper": paper, "invitee": line, "link": link})
    kind = f"{INVITATION.name} (thay đổi thời gian, địa điểm)" if line.replaces else INVITATION.name
    return Draft(
        kind="invitation",
        key=key,
        address=address,
        name=str(invitee),
        unit_id=invitee.unit_id,
        subject=f"{kind}: {paper.title}",
        body=body,
        until=_over(meeting, now=now),
        files=(
            File("Giay moi.pdf", pdf_files.invitations(paper, [line]), "application/pdf"),
            _calendar_file(meeting, invitee, address=address),
        ),
    )


def calling_off_letter(
    meeting: Meeting, paper: MeetingPaper, invitee: Attendance, *, key: str, address: str, link: str, now: dt.datetime
) -> Draft:
    """Tells one invitee that the meeting won't take place, and why."""
    line = paper.invitee_line(invitee.pk)
    context = {"paper": paper, "invitee": line, "told": meeting.announcements.last(), "reason": meeting.call_off_reason}
    with translation.override(DOCUMENT_LANGUAGE):
        body = render_to_string("meetings/mail_called_off.txt", context)
    return Draft(
        kind="calling_off",
        key=key,
        address=address,
        name=str(invitee),
        unit_id=invitee.unit_id,
        subject=f"Hủy họp: {paper.title}",
        body=body,
        until=_over(meeting, now=now),
        files=(_calendar_file(meeting, invitee, address=address),),
    )


def _over(meeting: Meeting, *, now: dt.datetime) -> dt.datetime:
    """When nobody needs to be told any more: the meeting's day is past, and so are two since the telling."""
    day_after = dt.datetime.combine(meeting.held_on + dt.timedelta(days=1), dt.time.min)
    return max(timezone.make_aware(day_after), now + dt.timedelta(days=2))


def _calendar_file(meeting: Meeting, invitee: Attendance, *, address: str) -> File:
    """Outlook and Google act on an entry only if the attachment's type names the method as well."""
    attendee = copy(invitee)
    attendee.email = address
    entry = calendar_entry(meeting, attendee=attendee)
    return File("hoi-nghi.ics", entry, f"text/calendar; method={method(meeting, attendee=attendee)}")


def invitation_to_pass_on(paper: MeetingPaper, invitee: Attendance, *, link: str) -> str:
    """The invitation in a few lines, to be sent by Zalo."""
    line = paper.invitee_line(invitee.pk)
    with translation.override(DOCUMENT_LANGUAGE):
        return render_to_string("meetings/zalo_invitation.txt", {"paper": paper, "invitee": line, "link": link}).strip()
