"""What is due is sent: a chore of the worker.

A letter is claimed by one conditional update before it is sent, so that of many workers
one sends it; what became of it is stored before the next one is begun. Where that can't
be stored, or the worker is killed between the two, nobody knows whether the letter went:
it is then "unclear", and only a person has it sent again (decision 13).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, connection, transaction

from members.infrastructure.outbox import server
from members.infrastructure.outbox.kinds import follow_up
from members.infrastructure.outbox.letters import Letter, LetterFile
from members.infrastructure.outbox.office import the_office

log = logging.getLogger(__name__)

State, Fault = Letter.State, Letter.Fault

#: Minutes until the next try, by how often it was tried; the last one holds for all further tries.
PAUSES = (1, 2, 5, 15, 30, 60)
#: So often a letter without a time of its own is tried: for five days.
TRIES = 125
#: No attempt takes so long: its worker is dead.
BROKEN_OFF_AFTER = dt.timedelta(minutes=10)
#: So many lines that break at once, or with the text of a letter out, before the server is taken to be away.
LINES = 2
#: Seconds after which a turn of the worker begins no further letter, and for which a mark is tried to be stored.
PATIENCE = 30


def send_due(*, now: dt.datetime) -> None:
    """Send what is due, as far as a turn of the worker goes; a dead mail server loses nothing."""
    _settle(now)
    until, broken = time.monotonic() + PATIENCE, 0
    try:
        while time.monotonic() < until and (due := list(Letter.objects.due(now).values_list("pk", flat=True)[:100])):
            with server.mail_server() as line:
                try:
                    broken = _send_over(line, due, until=until, now=now)
                except (server.Away, server.Unclear):
                    broken += 1
                    if broken >= LINES:
                        raise
    except (server.Away, server.Unclear) as away:
        _postpone_all(str(away), now=now)


def _settle(now: dt.datetime) -> None:
    """What is over, and what a dead worker left."""
    waiting, sending = (Letter.objects.filter(state=state) for state in (State.WAITING, State.SENDING))
    if Letter.objects.over(now).exists():
        _end_what_is_over(now)
    if keys := list(waiting.filter(until=None, attempts__gte=TRIES).values_list("pk", flat=True)):
        waiting.filter(pk__in=keys).update(state=State.FAILED, fault=Fault.EXPIRED)
    if keys := list(sending.filter(claimed_at__lte=now - BROKEN_OFF_AFTER).values_list("pk", flat=True)):
        sending.filter(pk__in=keys).update(state=State.UNCLEAR, fault=Fault.BROKEN_OFF)


@transaction.atomic
def _end_what_is_over(now: dt.datetime) -> None:
    """Their links open accounts, and nobody is to look after them: text and files go."""
    over = list(Letter.objects.over(now).select_for_update().order_by("pk").values_list("pk", flat=True))
    LetterFile.objects.filter(letter__in=over).delete()
    Letter.objects.filter(pk__in=over).update(state=State.OVER, body="")


def _send_over(line: BaseEmailBackend, due: list[int], *, until: float, now: dt.datetime) -> int:
    """Send letters over one line until it breaks; 1 where its last one is unclear.

    Raises `Away` or `Unclear` where the first of them breaks it.

    That one waits: should it be the letter that the server stumbles over, it keeps no other from going.
    """
    taken = 0
    for pk in due:
        if time.monotonic() >= until:
            return 0
        if (letter := _claimed(pk, now=now)) is None:
            continue
        try:
            outcome = _attempt(letter, line, now=now)
        except server.Away as away:
            if taken:  # servers hang up after so many letters
                _mark(letter, state=State.WAITING)
                return 0
            _mark(letter, **_later(letter.attempts, now=now), fault=Fault.AWAY, said=str(away))
            raise
        _mark(letter, **outcome)
        if outcome["state"] == State.UNCLEAR and not taken:
            raise server.Unclear(outcome["said"])
        if outcome["state"] == State.UNCLEAR:
            return 1
        taken += outcome["state"] == State.SENT
    return 0


def _attempt(letter: Letter, line: BaseEmailBackend, *, now: dt.datetime) -> dict[str, Any]:
    """What became of it. Raises `Away` where it certainly didn't go because the line broke."""
    try:
        server.hand_over(_message(letter), line)
    except Unwritable as unwritable:
        return {"state": State.FAILED, "fault": Fault.REFUSED, "said": str(unwritable)[:300]}
    except server.Unclear as unclear:
        return {"state": State.UNCLEAR, "fault": Fault.BROKEN_OFF, "said": str(unclear)[:300]}
    except server.Refused as refused:
        return {"state": State.FAILED, "fault": Fault.REFUSED, "said": str(refused)}
    except server.Later as later:
        return {**_later(letter.attempts, now=now), "fault": Fault.LATER, "said": str(later)}
    return {"state": State.SENT, "sent_at": now, "body": "", "fault": "", "said": ""}


@transaction.atomic
def _claimed(pk: int, *, now: dt.datetime) -> Letter | None:
    """The letter, if it is this worker's to send: of many who ask at once, one gets it."""
    claim = uuid.uuid4().hex
    mine = Letter.objects.due(now).filter(pk=pk).order_by()
    if not mine.update(state=State.SENDING, claim=claim, claimed_at=now):
        return None
    return Letter.objects.select_related("posted_by").get(pk=pk)


class Unwritable(Exception):
    """No message can be made of a letter; it must not keep those behind it from going."""


def _message(letter: Letter) -> EmailMessage:
    try:
        return _written(letter)
    except Error:
        raise
    except Exception as error:
        log.exception("Letter %s can't be written.", letter.pk)
        raise Unwritable(str(error)) from error


def _written(letter: Letter) -> EmailMessage:
    """`Auto-Submitted` keeps other machines from answering (RFC 3834)."""
    office = the_office()
    answers = letter.reply_to or office.address
    message = EmailMessage(
        letter.subject,
        f"{letter.body.rstrip()}\n\n{office.closing}\n" if office.closing else letter.body,
        to=[letter.address],
        reply_to=[answers] if answers else None,
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
    )
    for file in letter.files.order_by("pk"):
        message.attach(file.name, bytes(file.content), file.content_type)
    return message


def _later(attempts: int, *, now: dt.datetime) -> dict[str, Any]:
    pause = PAUSES[min(attempts, len(PAUSES) - 1)]
    return {"state": State.WAITING, "attempts": attempts + 1, "due_at": now + dt.timedelta(minutes=pause)}


def doubt_all_under_way() -> str:
    """In a restored copy: whether they went since the backup only recipients know. What was done, "" if nothing."""
    under_way = Letter.objects.waiting()
    count = under_way.update(state=State.UNCLEAR, fault=Fault.BROKEN_OFF, claim="")
    return f"{count} e-mails that waited in the backup are marked as unclear: see “Thư gửi đi”." if count else ""


def _postpone_all(said: str, *, now: dt.datetime) -> None:
    """Nobody answers: whatever is due waits for its next try, each kind of age for its own."""
    log.warning("The mail server does not answer: %s", said)
    due = Letter.objects.due(now).order_by()
    for attempts in sorted(set(due.values_list("attempts", flat=True)), reverse=True):
        due.filter(attempts=attempts).update(**_later(attempts, now=now), fault=Fault.AWAY, said=said)


def _mark(letter: Letter, **values: Any) -> None:
    """Store what became of the attempt, if it is still ours. A database that is away is waited for a while."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with transaction.atomic():
                is_ours = Letter.objects.filter(pk=letter.pk, claim=letter.claim).update(**values)
                if is_ours and values["state"] == State.SENT:
                    LetterFile.objects.filter(letter=letter).delete()
                    follow_up(letter, now=values["sent_at"])
        except Error:
            if connection.in_atomic_block or time.monotonic() >= until:
                raise
            connection.close()
            time.sleep(1)
        else:
            return
