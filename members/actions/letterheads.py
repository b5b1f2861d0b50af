"""Letterheads that hold from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from members.infrastructure.audit import Changes, given, record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import change
from members.infrastructure.refusals import locked
from members.models import DatedLetterhead, User


@transaction.atomic
def begin_letterhead(*, values: dict[str, Any], by: User | None, now: dt.datetime) -> DatedLetterhead:
    """Let papers of a day and those after it bear another letterhead. Raises `Refused` where one begins that day."""
    letterhead = DatedLetterhead(**values)
    with refuse_twin(letterhead):
        letterhead.save()
    record(verb="letterhead.begun", target=letterhead, by=by, now=now, changes=given(values))
    return letterhead


def change_letterhead(
    letterhead: DatedLetterhead, *, values: dict[str, Any], revision: int, by: User | None, now: dt.datetime
) -> Changes:
    """Change it for papers still to come; documents already issued keep theirs. Raises `StaleEdit`, and `Refused`."""
    return change(letterhead, values=values, revision=revision, verb="letterhead.changed", by=by, now=now)


@transaction.atomic
def remove_letterhead(letterhead: DatedLetterhead, *, by: User | None, now: dt.datetime) -> None:
    """Take it back: papers of its days bear the one before it."""
    held = locked(letterhead)
    record(verb="letterhead.removed", target=held, by=by, now=now)
    held.delete()
