"""The dates of a round: as the cut-off rule proposes them, and what a due date must keep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.periods import CutOffRule, Period, next_working_day
from members.models import Unit
from reports.models import Extension, ReportingRound

#: Working days a unit is given after the cut-off, as proposed; the secretariat may choose others.
DAYS_TO_REPORT = 5
#: Who is given longer is given the wrong year.
LONGEST = dt.timedelta(days=366)
#: So many days later than all others, or than today, one unit may hand in; the next half-year is not far then.
LONGEST_EXTENSION = 60


@dataclass(frozen=True)
class Deadline:
    """When one unit's report is due: on that day, so many days from today; `extension` made it later than others'."""

    on: dt.date
    days_left: int
    extension: Extension | None = None

    @classmethod
    def of(cls, opened: ReportingRound, unit: Unit, *, today: dt.date) -> Deadline:
        given = opened.extensions.filter(unit=unit, due_on__gt=opened.due_on).first()
        on = given.due_on if given else opened.due_on
        return cls(on, (on - today).days, given)


def proposed_dates(period: Period, rule: CutOffRule | str, *, today: dt.date | None = None) -> dict[str, dt.date]:
    """The dates the cut-off rule gives, and a due date a working week later – or after `today`, where that is later."""
    ends_on = period.last_day(rule)
    due_on = max(ends_on, today or ends_on)
    for _day in range(DAYS_TO_REPORT):
        due_on = next_working_day(due_on)
    return {"starts_on": period.first_day(rule), "ends_on": ends_on, "due_on": due_on}


def not_begun_fault(period: Period, *, today: dt.date) -> str | None:
    """Nobody reports on a half-year that has not begun under either cut-off rule."""
    begins_on = min(period.first_day(rule) for rule in CutOffRule)
    if begins_on <= today:
        return None
    told = _("The %(period)s has not begun: it begins on %(day)s.")
    return told % {"period": period.label, "day": formatting.date(begins_on)}


def span_faults(period: Period, starts_on: dt.date | None, ends_on: dt.date | None) -> dict[str, str]:
    """By field, which day is none of the half-year's: membership, cases and figures are read on these.

    An office may depart from the cut-off rules by a month; a first day may be later, where a cluster begins.
    """
    slack = dt.timedelta(days=31)
    first = min(period.first_day(rule) for rule in CutOffRule)
    cut_offs = [period.last_day(rule) for rule in CutOffRule]
    earliest, latest = min(cut_offs) - slack, max(cut_offs) + slack
    faults = {}
    if starts_on and not first - slack <= starts_on <= latest:
        faults["starts_on"] = _outside(first - slack, latest)
    if ends_on and not earliest <= ends_on <= latest:
        faults["ends_on"] = _outside(earliest, latest)
    return faults


def _outside(first: dt.date, last: dt.date) -> str:
    told = _("This day doesn't belong to the half-year: choose one from %(first)s to %(last)s.")
    return told % {"first": formatting.date(first), "last": formatting.date(last)}


def due_date_fault(ends_on: dt.date, due_on: dt.date, *, today: dt.date) -> str | None:
    """Not past, nor years ahead, and at least one working day after the cut-off (Nghị định 09/2019/NĐ-CP, Điều 12)."""
    if due_on < today:
        return _("This day is past already; choose today or later.")
    if due_on > (latest := max(ends_on, today) + LONGEST):
        return _("A report is due within a year: %(day)s or earlier.") % {"day": formatting.date(latest)}
    earliest = next_working_day(ends_on)
    if due_on >= earliest:
        return None
    return _("The due date must be at least one working day after the cut-off: %(day)s or later.") % {
        "day": formatting.date(earliest)
    }


def extension_fault(opened: ReportingRound, due_on: dt.date, *, today: dt.date) -> str | None:
    """Not past, later than the round's own day, and no other year by a slip of the finger."""
    if due_on < today:
        return _("This day is past already; choose today or later.")
    if due_on <= opened.due_on:
        return _("All units have until %(day)s; choose a later day.") % {"day": formatting.date(opened.due_on)}
    latest = max(opened.due_on, today) + dt.timedelta(days=LONGEST_EXTENSION)
    if due_on > latest:
        return _("Choose a day up to %(day)s.") % {"day": formatting.date(latest)}
    return None
