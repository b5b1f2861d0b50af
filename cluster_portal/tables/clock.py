"""A time of day in the words of people: ``14h30``, ``2h30 chiều``, ``12:05 AM``, ``8 giờ rưỡi``.

A part of the day that the hour can't lie in makes it none: nobody knows which of the two was meant.
"""

from __future__ import annotations

import datetime as dt
import re

_CLOCK = re.compile(
    r"(?:khoang |luc |tam |vao |~ ?)*(\d{1,2})\s?"
    r"(?:(?:[:.,hg]|gio)\s?(?:(\d{2})(?:[:.]\d{2}(?:\.\d+)?)?\s?(?:'|p|phut)?|(ruoi))?)"
    r"\s?(am|pm|sa|ch|sang|trua|chieu|toi|dem)?"
)
#: For each part of the day the hours it can have, as they are said, and which of the 24 they are.
_PARTS = {
    "am": {hour: hour for hour in range(12)} | {12: 0},
    "pm": {hour: hour % 12 + 12 for hour in range(1, 13)} | {hour: hour for hour in range(13, 24)},
    "sang": {hour: hour for hour in range(12)},
    "trua": {10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 1: 13, 2: 14},
    "chieu": {hour: hour % 12 + 12 for hour in (12, 1, 2, 3, 4, 5, 6, 7)} | {hour: hour for hour in range(13, 20)},
    "toi": {hour: hour + 12 for hour in range(5, 12)} | {hour: hour for hour in range(17, 24)},
    "dem": {hour: hour + 12 for hour in range(7, 12)} | {hour: hour for hour in (*range(6), *range(19, 24))} | {12: 0},
}
_SAME = {"sa": "am", "ch": "pm"}


def read_clock(folded: str) -> dt.time | None:
    """The time that a text without diacritics says; None where it says none, or two."""
    found = _CLOCK.fullmatch(folded)
    if not found:
        return None
    hour, minutes, part = int(found[1]), 30 if found[3] else int(found[2] or 0), found[4]
    if part:
        hour = _PARTS[_SAME.get(part, part)].get(hour, 24)
    return dt.time(hour, minutes) if hour < 24 and minutes < 60 else None
