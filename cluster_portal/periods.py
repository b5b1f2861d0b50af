"""The half-years and years the cluster reports on.

A `Period` is a value, not a row: the same object serves as URL converter, model
field and form field, and `str` and `parse` are inverses (``2022-H1``, ``2022``).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: What can be asked for; reckoning back and forth from there may go on for a while.
FIRST_YEAR, LAST_YEAR = 1975, 2999
_RECKONED_YEARS = range(FIRST_YEAR - 100, LAST_YEAR + 100)
PATTERN = r"[0-9]{4}(?:-H[12])?"


class CutOffRule(models.TextChoices):
    """Which days a half-year runs over; the cluster chooses one."""

    CALENDAR = "calendar", gettext_lazy("Calendar halves (1/1–30/6, 1/7–31/12)")
    #: Nghị định 09/2019/NĐ-CP, Điều 12.
    STATE_REPORTING = (
        "state_reporting",
        gettext_lazy("State reporting, Decree 09/2019 (15/12–14/6, 15/6–14/12)"),
    )


@dataclass(frozen=True, order=True)
class Period:
    """A half of a year (`half` 1 or 2) or a whole year (`half` 0)."""

    year: int
    half: int = 0

    def __post_init__(self) -> None:
        if self.year not in _RECKONED_YEARS or self.half not in (0, 1, 2):
            raise ValueError(f"no such period: year {self.year}, half {self.half}")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``2022-H1`` or ``2022``; a ValueError tells what is wrong."""
        if not re.fullmatch(PATTERN, text):
            raise ValueError(f"not a period: {text!r}")
        year, _dash, half = text.partition("-H")
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise ValueError(f"no such period: {text!r}")
        return cls(int(year), int(half or 0))

    @classmethod
    def half_containing(cls, day: dt.date, rule: CutOffRule | str) -> Period:
        """The half-year that `day` falls into under the cut-off `rule`."""
        for half in (cls(day.year, 1), cls(day.year, 2)):
            if half.first_day(rule) <= day <= half.last_day(rule):
                return half
        return cls(day.year + 1, 1)

    def __str__(self) -> str:
        return f"{self.year}-H{self.half}" if self.half else str(self.year)

    @property
    def is_full_year(self) -> bool:
        return self.half == 0

    @property
    def halves(self) -> tuple[Period, ...]:
        """The half-years that add up to this period."""
        return (Period(self.year, 1), Period(self.year, 2)) if self.is_full_year else (self,)

    @property
    def same_period_last_year(self) -> Period:
        """Cùng kỳ năm trước: what every figure is compared with."""
        return Period(self.year - 1, self.half)

    @property
    def previous(self) -> Period:
        if self.half == 2:
            return Period(self.year, 1)
        return Period(self.year - 1, 2 if self.half == 1 else 0)

    @property
    def next(self) -> Period:
        if self.half == 1:
            return Period(self.year, 2)
        return Period(self.year + 1, 1 if self.half == 2 else 0)

    @classmethod
    def latest_halves(cls, today: dt.date, rule: CutOffRule | str) -> list[Period]:
        """The half-year that `today` belongs to and the ten before it, newest first."""
        halves = [cls.half_containing(today, rule)]
        while len(halves) < 11:
            halves.append(halves[-1].previous)
        return halves

    @property
    def label(self) -> str:
        """The period as an office writes it, in the language of the page."""
        if self.half == 1:
            return _("first half of %(year)d") % {"year": self.year}
        if self.half == 2:
            return _("second half of %(year)d") % {"year": self.year}
        return _("year %(year)d") % {"year": self.year}

    @property
    def printed(self) -> str:
        """``6 tháng đầu năm 2022``: on official documents, whatever language the page is in."""
        return {1: "6 tháng đầu ", 2: "6 tháng cuối ", 0: ""}[self.half] + f"năm {self.year}"

    def first_day(self, rule: CutOffRule | str) -> dt.date:
        if self.half == 2:
            return dt.date(self.year, 7, 1) if rule == CutOffRule.CALENDAR else dt.date(self.year, 6, 15)
        if rule == CutOffRule.CALENDAR:
            return dt.date(self.year, 1, 1)
        return dt.date(self.year - 1, 12, 15)

    def last_day(self, rule: CutOffRule | str) -> dt.date:
        if self.half == 1:
            return dt.date(self.year, 6, 30) if rule == CutOffRule.CALENDAR else dt.date(self.year, 6, 14)
        return dt.date(self.year, 12, 31) if rule == CutOffRule.CALENDAR else dt.date(self.year, 12, 14)


def next_working_day(day: dt.date) -> dt.date:
    """The first day after `day` that is no Saturday or Sunday.

    The earliest due date of a report: at least one working day after the cut-off
    (Nghị định 09/2019/NĐ-CP, Điều 12). Public holidays are the secretariat's to skip.
    """
    following = day + dt.timedelta(days=1)
    while following.weekday() >= 5:
        following += dt.timedelta(days=1)
    return following
