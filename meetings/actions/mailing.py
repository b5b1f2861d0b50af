"""The invitations as e-mails: written by the worker, as each carries a PDF, and put into the outbox."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import Error, transaction
from django_tasks import task

from meetings.addressees import addressees
from meetings.mail import calling_off_letter, invitation_letter
from meetings.models import Attendance, Meeting
from meetings.papers.paper import MeetingPaper, meeting_paper
from members.infrastructure.audit import record
from members.infrastructure.outbox.letters import Letter, key_part
from members.infrastructure.outbox.posting import Draft, note_unwritten, post, withdraw
from members.models import User

log = logging.getLogger(__name__)

INVITATION, CALLING_OFF = "invitation", "calling_off"
#: Letters, each with a PDF, that are written in one task: seconds, not minutes.
SLICE = 20


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
def write_to_invitees(meeting_id: int, link: str, by_id: int, at: str, after: int = 0) -> None:
    """Letter by letter, so that one that was begun again goes on with the rest; `after` is the last row that is done.

    A slice, then the rest is asked for: between two tasks a worker sends, and shows that it lives.
    """
    meeting, by, now = Meeting.objects.filter(pk=meeting_id).first(), User.objects.get(pk=by_id), _moment(at)
    if meeting is None:
        return
    occasion = _occasion(meeting)
    writing = _Writing(meeting, occasion, meeting_paper(meeting), link, by, now)
    rows = list(Attendance.objects.waiting_for_mail(meeting).filter(pk__gt=after).select_related("unit").order_by("pk"))
    reached, written = addressees(rows), 0
    for row in rows:
        if written >= SLICE:
            write_to_invitees.enqueue(meeting_id, link, by_id, at, after)
            return
        try:
            written += sum(writing.write(row, address) for address in reached[row.pk])
        except _Changed:
            return
        after = row.pk


class _Changed(Exception):
    """Something else is to be told by now, by who caused that."""


@dataclass(frozen=True)
class _Writing:
    """Letters about one occasion, as `paper` tells it."""

    meeting: Meeting
    occasion: str
    paper: MeetingPaper
    link: str
    by: User
    now: dt.datetime

    def write(self, row: Attendance, address: str) -> bool:
        """Whether a letter was written. One that can't be keeps no other from it, and is shown as missing.

        Raises `_Changed`, and `django.db.Error` where the database is away.
        """
        key = f"{self._kind}:{row.pk}:{self.occasion}:{key_part(address)}"
        about_it = Letter.objects.filter(key=key)
        if sent := about_it.filter(state=Letter.State.SENT).first():
            Attendance.objects.filter(pk=row.pk, email=row.email).update(mailed_at=sent.sent_at)
        if about_it.standing(self.now).exists():
            return False
        try:
            draft = self._draft(row, key, address)
        except Error:
            raise
        except Exception:
            log.exception("No letter about meeting %s can be written to row %s.", self.meeting.pk, row.pk)
            draft = Draft(self._kind, key, address, self.paper.title, "", str(row), row.unit_id)
            self._post(draft, row, post_it=note_unwritten)
        else:
            self._post(draft, row, post_it=partial(post, again=True))
        return True

    @property
    def _kind(self) -> str:
        return CALLING_OFF if self.meeting.is_called_off else INVITATION

    def _draft(self, row: Attendance, key: str, address: str) -> Draft:
        letter_to = calling_off_letter if self.meeting.is_called_off else invitation_letter
        return letter_to(self.meeting, self.paper, row, key=key, address=address, link=self.link, now=self.now)

    @transaction.atomic
    def _post(self, draft: Draft, row: Attendance, *, post_it: Callable[..., object]) -> None:
        """Unless it isn't true any more: writing took its time, and nobody was kept from the meeting meanwhile."""
        current = Meeting.objects.select_for_update(of=("self",)).filter(pk=self.meeting.pk).first()
        if current is None or _occasion(current) != self.occasion:
            raise _Changed
        fresh = Attendance.objects.waiting_for_mail(current).filter(pk=row.pk)
        if draft.address in addressees(fresh).get(row.pk, ()):
            draft.data.update(attendance=row.pk, occasion=self.occasion)
            post_it(draft, about=self.meeting, by=self.by, now=self.now)


def _moment(at: str) -> dt.datetime:
    return dt.datetime.fromisoformat(at)


def _occasion(meeting: Meeting) -> str:
    """What is to be told: the announcement that was issued last, or that the meeting is off."""
    told = meeting.announcements.last()
    return "off" if meeting.is_called_off else f"{told.pk if told else 0}"


def withdraw_letters(meeting: Meeting, invitee: Attendance | None = None, *, now: dt.datetime) -> None:
    """Take back what waits for its sending, for all or one of the invitees, as it isn't true any more."""
    data = {"attendance": invitee.pk} if invitee else {}
    withdraw(about=meeting, kinds=(INVITATION, CALLING_OFF), data=data, now=now)


@transaction.atomic
def note_sent(letter: Letter, now: dt.datetime) -> None:
    """Unless the row went, got another address, or something newer was announced while the letter was on its way."""
    row = Attendance.objects.select_related("meeting").filter(pk=letter.data["attendance"]).first()
    if row is None or row.email not in ("", letter.address) or letter.data["occasion"] != _occasion(row.meeting):
        return
    Attendance.objects.filter(pk=row.pk).update(mailed_at=now, invited_at=row.invited_at or now)
    record(verb=f"{letter.kind}.sent", target=row, by=letter.posted_by, now=now, unit_id=row.unit_id)
