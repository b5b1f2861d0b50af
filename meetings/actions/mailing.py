"""The invitations as e-mails: written by the worker, as each carries a PDF, and put into the outbox."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django_tasks import task

from meetings.addressees import addressees
from meetings.mail import calling_off_letter, invitation_letter
from meetings.models import Attendance, Meeting
from meetings.papers.paper import meeting_paper
from members.infrastructure.audit import record
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.outbox.posting import post, withdraw
from members.models import User

INVITATION, CALLING_OFF = "invitation", "calling_off"


def mail_invitees(*, meeting: Meeting, link: str, by: User, now: dt.datetime) -> int:
    """Have the worker write to those who have an address and were told nothing yet; how many these are.

    Asked for in the transaction of the act. `link` leads a unit to the page it replies on.
    Asked again, nobody is written to twice; what the mail server refused is tried once more.
    """
    waiting = Attendance.objects.waiting_for_mail(meeting).count()
    if waiting:
        write_to_invitees.enqueue(meeting.pk, link, by.pk, now.isoformat())
    return waiting


@task
def write_to_invitees(meeting_id: int, link: str, by_id: int, at: str) -> None:
    """Letter by letter, so that one that was begun again goes on with the rest."""
    meeting, by, now = Meeting.objects.filter(pk=meeting_id).first(), User.objects.get(pk=by_id), _moment(at)
    if meeting is None:
        return
    rows = list(Attendance.objects.waiting_for_mail(meeting).in_order())
    paper, occasion, reached = meeting_paper(meeting), _occasion(meeting), addressees(rows)
    kind, letter_to = (CALLING_OFF, calling_off_letter) if meeting.is_called_off else (INVITATION, invitation_letter)
    for row in rows:
        for address in reached[row.pk]:
            key = f"{kind}:{row.pk}:{occasion}:{address}"
            if Letter.objects.filter(key=key).exclude(state=Letter.State.FAILED).exists():
                continue
            draft = letter_to(meeting, paper, row, key=key, address=address, link=link, now=now)
            draft.data.update(attendance=row.pk, occasion=occasion)
            post(draft, about=meeting, by=by, now=now, again=True)


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


def _occasion(meeting: Meeting) -> str:
    """What is to be told: the announcement that was issued last, or that the meeting is off."""
    told = meeting.announcements.last()
    return "off" if meeting.is_called_off else f"{told.pk if told else 0}"


def withdraw_letters(meeting: Meeting, invitee: Attendance | None = None) -> None:
    """Take back what waits for its sending, for all or one of the invitees, as it isn't true any more."""
    data = {"attendance": invitee.pk} if invitee else {}
    withdraw(about=meeting, kinds=(INVITATION, CALLING_OFF), data=data)


@transaction.atomic
def note_sent(letter: Letter, now: dt.datetime) -> None:
    """Unless the row went, got another address, or something newer was announced while the letter was on its way."""
    row = Attendance.objects.select_related("meeting").filter(pk=letter.data["attendance"]).first()
    if row is None or row.email not in ("", letter.address) or letter.data["occasion"] != _occasion(row.meeting):
        return
    Attendance.objects.filter(pk=row.pk).update(mailed_at=now, invited_at=row.invited_at or now)
    record(verb=f"{letter.kind}.sent", target=row, by=letter.posted_by, now=now, unit_id=row.unit_id)
