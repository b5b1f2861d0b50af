"""What kinds of letters there are; each floor names its own when it starts."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import Error, transaction

from members.infrastructure.audit import record

log = logging.getLogger(__name__)

#: Takes the letter, and when it was taken.
Follow = Callable[[Any, dt.datetime], None]


def _put_on_record(letter: Any, now: dt.datetime) -> None:
    record(verb="letter.sent", target=letter, by=letter.posted_by, now=now, unit_id=letter.unit_id)


def leave_no_trace(_letter: Any, _now: dt.datetime) -> None:
    """For letters that are nobody else's business, as who asked for a new password."""


@dataclass(frozen=True)
class Kind:
    """`follow` is done in the transaction that marks a letter as sent; by default the trail tells of it."""

    label: Any
    follow: Follow = _put_on_record


_KINDS: dict[str, Kind] = {}


def add_kinds(kinds: dict[str, Kind]) -> None:
    """Called in an app's `ready`."""
    _KINDS.update(kinds)


def label_of(code: str) -> str:
    return str(_KINDS[code].label) if code in _KINDS else code


def follow_up(letter: Any, *, now: dt.datetime, is_on_record: bool = False) -> None:
    """Do what its kind wants done once the mail server has taken it, except what the trail tells already.

    What fails here must not make a letter that went look as if it hadn't.
    """
    follow = _KINDS.get(letter.kind, Kind(letter.kind)).follow
    if is_on_record and follow is _put_on_record:
        return
    try:
        with transaction.atomic():
            follow(letter, now)
    except Error:
        raise
    except Exception:
        log.exception("What was to follow the sending of letter %s failed.", letter.pk)
