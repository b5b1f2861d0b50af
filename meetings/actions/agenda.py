"""The order of the agenda's items, which are lines of one text of the plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from meetings.actions.planning import edit_meeting
from meetings.models import Meeting
from members.models import User


def arrange_agenda(*, meeting: Meeting, keys: Sequence[int], revision: int, by: User, now: dt.datetime) -> None:
    """Put the items of the agenda, by their places from 1, in the order of `keys`. Raises `StaleEdit`."""
    left = dict(enumerate(agenda_items(meeting), start=1))
    named = [left.pop(key) for key in dict.fromkeys(keys) if key in left]
    agenda = "\n".join([*named, *left.values()])
    edit_meeting(meeting=meeting, values={"agenda": agenda}, revision=revision, by=by, now=now)


def agenda_items(meeting: Meeting) -> list[str]:
    return [line for line in (line.strip() for line in meeting.agenda.splitlines()) if line]
