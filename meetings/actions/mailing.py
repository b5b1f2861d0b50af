"""The invitations as e-mails: sent one by one, each noted as soon as the mail server has taken it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.mail import EmailMessage
from django.db import transaction

from cluster_portal.mail import MailServerAway, send_each
from meetings.mail import calling_off_message, invitation_message
from meetings.models import Attendance, Meeting
from meetings.papers.paper import MeetingPaper, meeting_paper
from members.infrastructure.audit import record
from members.models import User


@dataclass(frozen=True)
class Mailing:
    """How far the sending came; `waiting` got nothing yet, for want of time or of a mail server."""

    sent: int = 0
    refused: tuple[Attendance, ...] = ()
    waiting: int = 0
    is_server_away: bool = False


def mail_invitees(*, meeting: Meeting, link: str, by: User, now: dt.datetime) -> Mailing:
    """E-mail the invitation, its change, or that the meeting is off, to those who have an address and wait for it.

    Nothing is locked while the mail server is waited for; called again, it goes on with the rest.
    """
    waiting = list(Attendance.objects.waiting_for_mail(meeting).in_order())
    if not waiting:
        return Mailing()
    paper = meeting_paper(meeting)
    letters = ((row, _message(meeting, paper, row, link=link, now=now)) for row in waiting)
    verb = "calling_off.sent" if meeting.is_called_off else "invitation.sent"
    sent, refused, is_server_away = 0, [], False
    try:
        for row, is_taken in send_each(letters):
            if is_taken:
                _note_sent(row, verb=verb, by=by, now=now)
                sent += 1
            else:
                refused.append(row)
    except MailServerAway:
        is_server_away = True
    return Mailing(sent, tuple(refused), len(waiting) - sent - len(refused), is_server_away)


def _message(meeting: Meeting, paper: MeetingPaper, row: Attendance, *, link: str, now: dt.datetime) -> EmailMessage:
    if meeting.is_called_off:
        return calling_off_message(meeting, paper, row, now=now)
    return invitation_message(meeting, paper, row, link=link, now=now)


@transaction.atomic
def _note_sent(row: Attendance, *, verb: str, by: User, now: dt.datetime) -> None:
    """Unless the row went, or got another address, while the mail was on its way."""
    values = {"mailed_at": now, "invited_at": row.invited_at or now}
    if Attendance.objects.filter(pk=row.pk, email=row.email).update(**values):
        record(verb=verb, target=row, by=by, now=now, unit_id=row.unit_id)
