"""The dates of a round: as the cut-off rule proposes them, and what a due date must keep."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.periods import CutOffRule, Period, next_working_day

#: Working days a unit is given after the cut-off, as proposed; the secretariat may choose others.
DAYS_TO_REPORT = 5
#: Who is given longer is given the wrong year.
LONGEST = dt.timedelta(days=366)


def proposed_dates(period: Period, rule: CutOffRule | str, *, today: dt.date | None = None) -> dict[str, dt.date]:
    """The dates the cut-off rule gives, and a due date a working week later – or after `today`, where that is later."""
    ends_on = period.last_day(rule)
    due_on = max(ends_on, today or ends_on)
    for _day in range(DAYS_TO_REPORT):
        due_on = next_working_day(due_on)
    return {"starts_on": period.first_day(rule), "ends_on": ends_on, "due_on": due_on}


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
