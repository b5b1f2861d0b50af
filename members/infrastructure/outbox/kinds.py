"""What kinds of letters there are; each floor names its own when it starts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.infrastructure.audit import record

#: Takes the letter, and when it was taken.
Follow = Callable[[Any, dt.datetime], None]


def _put_on_record(letter: Any, now: dt.datetime) -> None:
    record(verb="letter.sent", target=letter, by=letter.posted_by, now=now, unit_id=letter.unit_id)


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


def follow_up(letter: Any, *, now: dt.datetime) -> None:
    """What its kind wants done once the mail server has taken it."""
    _KINDS.get(letter.kind, Kind(letter.kind)).follow(letter, now)
