"""Letters are put into the outbox, taken back, and sent once more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from members.infrastructure.audit import record
from members.infrastructure.capabilities import Can, allowed
from members.infrastructure.outbox import letters
from members.infrastructure.outbox.kinds import follow_up
from members.infrastructure.outbox.letters import Letter, LetterFile, LetterQuerySet
from members.infrastructure.refusals import Refused, locked

if TYPE_CHECKING:
    from members.models import User

State = Letter.State


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    content_type: str


@dataclass(frozen=True)
class Draft:
    """An e-mail to one address; see `Letter` for what `key` and `data` are. After `until` it is of no use any more."""

    kind: str
    key: str
    address: str
    subject: str
    body: str
    name: str = ""
    unit_id: int | None = None
    data: dict[str, Any] = field(default_factory=dict)
    files: Sequence[File] = ()
    until: dt.datetime | None = None
    not_before: dt.datetime | None = None

    @classmethod
    def to(cls, person: User, kind: str, key: str, *, subject: str, body: str, **more: Any) -> Draft:
        """To somebody who has an account; of their unit, if they have one and nothing else is said."""
        about = {"name": person.full_name, "unit_id": person.unit_id, "data": {"person": person.pk}, **more}
        return cls(kind, key, person.email, subject, body, **about)


@transaction.atomic
def post(draft: Draft, *, about: models.Model | None, by: User | None, now: dt.datetime, again: bool = False) -> bool:
    """Put a letter into the outbox, in the transaction of the act that causes it; whether it will be sent for that.

    One of the same key that is there already stays as it is – unless it failed and is
    wanted `again`. One that was taken back, or whose time is over, is in nobody's way.
    """
    Letter.objects.filter(key=draft.key).void(now).delete()
    letter, is_new = Letter.objects.get_or_create(
        key=draft.key,
        defaults={
            "kind": draft.kind,
            "about": letters.about(about) if about else "",
            "data": draft.data,
            "unit_id": draft.unit_id,
            "name": draft.name[:250],
            "address": draft.address,
            "subject": " ".join(draft.subject.split())[:500],
            "body": draft.body,
            "reply_to": _reply_to(by),
            "message_id": letters.new_message_id(),
            "posted_at": now,
            "posted_by": by,
            "until": draft.until,
            "due_at": max(now, draft.not_before or now),
        },
    )
    if is_new:
        _enclose(letter, draft)
        return True
    if letter.may_have_gone and letter.until is not None and letter.until <= now:
        return _revive(letter, draft)
    return again and letter.state == State.FAILED and _put_back(letter, now=now)


def _enclose(letter: Letter, draft: Draft) -> None:
    LetterFile.objects.bulk_create(
        LetterFile(letter=letter, name=file.name, content=file.content, content_type=file.content_type)
        for file in draft.files
    )


def _revive(letter: Letter, draft: Draft) -> bool:
    """What was taken back is true again, and nobody knows whether it went meanwhile; whether that will be known."""
    current = locked(letter)
    if not current.may_have_gone:
        return False
    if current.state == State.SENDING:
        current.until = draft.until
        current.save(update_fields=["until"])
        return True
    current.files.all().delete()
    _enclose(current, draft)
    current.state, current.until, current.body = State.UNCLEAR, draft.until, draft.body
    current.save(update_fields=["state", "until", "body"])
    return False


@transaction.atomic
def note_unwritten(draft: Draft, *, about: models.Model | None, by: User | None, now: dt.datetime) -> None:
    """Show that a letter is missing, which couldn't be written; `draft` says to whom and what about."""
    if post(draft, about=about, by=by, now=now):
        Letter.objects.filter(key=draft.key).update(state=State.FAILED, fault=Letter.Fault.UNWRITTEN)


def _reply_to(by: User | None) -> str:
    """The office's address for answers; without one, the secretary who writes, else the sender's."""
    if settings.REPLY_TO_EMAIL:
        return str(settings.REPLY_TO_EMAIL)
    return by.email if by and allowed(by, Can.WATCH_MAIL) else ""


def _put_back(letter: Letter, *, now: dt.datetime) -> bool:
    """Whether it waits again; not where its time is over."""
    if letter.until is not None and letter.until <= now:
        return False
    return bool(
        Letter.objects.filter(pk=letter.pk, state=letter.state, claim=letter.claim).update(
            state=State.WAITING, due_at=now, attempts=0, fault="", said="", claim="", claimed_at=None
        )
    )


def withdraw(
    *,
    about: models.Model,
    kinds: Sequence[str],
    now: dt.datetime,
    unit_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> None:
    """Take back letters about something – to one unit, or with such `data` – as they aren't true any more."""
    found = Letter.objects.about(about).filter(kind__in=kinds)
    if unit_id is not None:
        found = found.filter(unit_id=unit_id)
    _take_back(found.filter(**{f"data__{name}": value for name, value in (data or {}).items()}), now=now)


def withdraw_from(person: User, *, now: dt.datetime) -> None:
    """Take back what is meant for somebody in person."""
    _take_back(Letter.objects.filter(Q(about=letters.about(person)) | Q(data__person=person.pk)), now=now)


@transaction.atomic
def _take_back(found: LetterQuerySet, *, now: dt.datetime) -> None:
    """What waits is withdrawn at once; what is being sent, or unclear, won't be sent again after that."""
    unsent = found.filter(state__in=(State.WAITING, State.FAILED, State.SENDING, State.UNCLEAR))
    states = dict(unsent.select_for_update().order_by("pk").values_list("pk", "state"))
    if not states:
        return
    withdrawn = [pk for pk, state in states.items() if state in (State.WAITING, State.FAILED)]
    LetterFile.objects.filter(letter__in=withdrawn).delete()
    Letter.objects.filter(pk__in=withdrawn).update(state=State.WITHDRAWN, body="")
    Letter.objects.filter(pk__in=states.keys() - set(withdrawn)).update(until=now)


@transaction.atomic
def send_again(letter: Letter, *, by: User, now: dt.datetime) -> None:
    """Try a letter now that failed, waits for its next try, or of which nobody knows whether it went.

    Raises `Refused` where it is sent already, or its time is over.
    """
    current = locked(letter)
    if not current.may_be_sent_again:
        raise Refused(_("This e-mail is %(state)s by now.") % {"state": current.get_state_display()})
    if not _put_back(current, now=now):
        raise Refused(_("The time of this e-mail is over; what it told must be sent anew."))
    record(verb="letter.sent_again", target=current, by=by, now=now, unit_id=current.unit_id)


@transaction.atomic
def note_arrival(letter: Letter, *, by: User, now: dt.datetime) -> None:
    """The recipient says that a letter arrived of which nobody knew whether it went."""
    current = locked(letter)
    if current.state != State.UNCLEAR:
        raise Refused(_("This e-mail is %(state)s by now.") % {"state": current.get_state_display()})
    current.state, current.sent_at, current.body = State.SENT, current.claimed_at or now, ""
    current.save(update_fields=["state", "sent_at", "body"])
    current.files.all().delete()
    record(verb="letter.arrived", target=current, by=by, now=now, unit_id=current.unit_id)
    follow_up(current, now=current.sent_at, is_on_record=True)
