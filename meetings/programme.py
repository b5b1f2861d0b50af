"""The programme of a meeting: its agenda, line by line, with the hour and the person where a line tells them.

A line is ``8:00–8:30 Khai mạc | Bà Lê Thị A``; hours and person may both be left out. What
isn't written like that is what is done, as typed: no word of a line is dropped.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from meetings.models.appointment import clock

_CLOCK = r"(?:[01]?\d|2[0-3])[:hH][0-5]\d"
#: An hour, or from one to another, at the beginning of a line and followed by a space or a colon.
_HOURS = re.compile(
    rf"(?P<begins>{_CLOCK})(?:\s*(?:-|–|—|đến)\s*(?P<ends>{_CLOCK}))?(?:\s*[:–—-]\s*|\s+)(?P<rest>(?!{_CLOCK}$)\S.*)"
)


@dataclass(frozen=True)
class Item:
    """One item of a programme; `who` does it."""

    what: str
    begins: dt.time | None = None
    ends: dt.time | None = None
    who: str = ""

    @property
    def hours(self) -> str:
        """``08:00 – 08:30`` for a page; empty where no hour is told."""
        return " – ".join(f"{hour:%H:%M}" for hour in (self.begins, self.ends) if hour)

    @property
    def printed_hours(self) -> str:
        """``Từ 08 giờ đến 08 giờ 30 phút`` for a document; empty where no hour is told."""
        if self.begins is None:
            return ""
        begins, ends = clock(self.begins), clock(self.ends)
        return f"Từ {begins} đến {ends}" if ends else begins

    @property
    def printed(self) -> str:
        """The item in one line of a document, without a full stop."""
        what = f"{self.what} ({self.who})" if self.who else self.what
        return f"{self.printed_hours}: {what}" if self.begins else what

    @property
    def ends_before_it_begins(self) -> bool:
        return self.begins is not None and self.ends is not None and self.ends <= self.begins


def read_item(line: str) -> Item:
    """What a line tells; one with nothing beside the hours or the person is taken as it is."""
    what, _bar, who = (part.strip() for part in line.partition("|"))
    if not what or "|" in who:
        return Item(line.strip())
    hours = _HOURS.fullmatch(what)
    if hours is None:
        return Item(what, who=who)
    return Item(hours["rest"], _hour(hours["begins"]), _hour(hours["ends"]), who)


def _hour(typed: str | None) -> dt.time | None:
    if typed is None:
        return None
    hour, minute = re.split("[:hH]", typed)
    return dt.time(int(hour), int(minute))
