"""Days and hours as people here write them: the day stands before the month."""

from __future__ import annotations

import datetime as dt
import re

#: What can be asked for; nothing the portal keeps is older than the state whose units it counts.
FIRST_DAY, LAST_DAY = dt.date(1945, 9, 2), dt.date(2999, 12, 31)

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(
    r"(?:ngày\s+)?(?P<day>\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+)"
    r"(?P<year>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_HOUR = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:[:.hg]|giờ)\s*(?:(?P<minute>\d{1,2})\s*(?:[:.]\s*(?P<second>\d{1,2})|[m'p]|phút)?)?",
    re.ASCII | re.IGNORECASE,
)


def parse_day(text: str) -> dt.date:
    """Read ``3/4/2022``, ``03-04-22``, ``3.4.2022``, ``2022-04-03``, ``ngày 03 tháng 4 năm 2022``.

    The third of April, each: never month first. A year of two digits is one of this
    century. Raises ValueError where it is no day.
    """
    text = text.strip()
    found = _YEAR_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        raise ValueError(f"not a day: {text[:40]!r}")
    year = int(found["year"])
    return dt.date(year if len(found["year"]) == 4 else 2000 + year, int(found["month"]), int(found["day"]))


def parse_hour(text: str) -> dt.time:
    """Read ``14:30``, ``14h30``, ``14.30``, ``14h``, ``14 giờ 30 phút``; ValueError where it is no hour."""
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"not an hour: {text[:40]!r}")
    return dt.time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
