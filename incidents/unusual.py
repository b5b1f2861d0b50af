"""A quiet hint where a category in a unit is unusual against its own past.

The counts are small, so the past is no certain rate: it is a small count itself. If
cases come about by chance at one rate (Poisson), then of all cases of both times
together the recent ones are binomially distributed, with the share of the recent days
as probability. The hint is given if so many or more recent cases would then happen in
fewer than `CHANCE` of all comparisons: the exact conditional test for two Poisson counts
(Przyborowski and Wilenski, 1940). Seasons are not considered.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from math import exp, lgamma, log

from django.db.models import Count, Q

from cluster_portal.periods import CutOffRule, Period
from incidents.models import Category
from incidents.models.register import IncidentQuerySet
from members.models import Unit

CHANCE = 0.001
FEWEST = 3
LONGEST_PAST, SHORTEST_PAST = 6, 2


@dataclass(frozen=True)
class Hint:
    """`cases` in the period so far, where `expected` would have been usual after the `past` cases before."""

    unit: Unit
    category: Category
    cases: int
    expected: float
    past: int


def chance_of(recent: int, past: int, *, share: float) -> float:
    """How likely `recent` or more of all cases are recent ones, if nothing but time decides; `share` is
    the part of all days that is recent."""
    total = recent + past
    terms = (
        lgamma(total + 1) - lgamma(k + 1) - lgamma(total - k + 1) + k * log(share) + (total - k) * log(1 - share)
        for k in range(recent, total + 1)
    )
    return min(sum(map(exp, terms)), 1.0)


def hints(cases: IncidentQuerySet, *, half: Period, rule: CutOffRule | str, today: dt.date) -> list[Hint]:
    """What is unusual in a half-year, or in its days until `today`; the most unusual first.

    A unit's past are the half-years before, up to six, from the first in which it
    recorded anything; with fewer than two there is nothing to compare with.
    """
    first, last = half.first_day(rule), min(half.last_day(rule), today)
    if last < first:
        return []
    before = [half.previous]
    while len(before) < LONGEST_PAST:
        before.append(before[-1].previous)
    rows = _counts(cases, (first, last), before, rule)
    lengths = [_days(each.first_day(rule), each.last_day(rule)) for each in before]
    found = []
    for (unit, category), (recent, *earlier) in rows.items():
        known = _halves_known(unit, rows)
        past, days = sum(earlier[:known]), sum(lengths[:known])
        if known < SHORTEST_PAST or recent < FEWEST:
            continue
        share = _days(first, last) / (_days(first, last) + days)
        chance = chance_of(recent, past, share=share)
        if chance < CHANCE:
            found.append((chance, unit, category, recent, past * share / (1 - share), past))
    units, categories = Unit.objects.in_bulk(), Category.objects.in_bulk()
    return [
        Hint(units[unit], categories[category], recent, round(expected, 1), past)
        for _chance, unit, category, recent, expected, past in sorted(found)
    ]


def _counts(
    cases: IncidentQuerySet, recent: tuple[dt.date, dt.date], before: list[Period], rule: CutOffRule | str
) -> dict[tuple[int, int], list[int]]:
    """The counts by unit and category: the recent one, then one for each half-year before, newest first."""
    spans = [recent, *((each.first_day(rule), each.last_day(rule)) for each in before)]
    columns = {f"span_{n}": Count("pk", filter=Q(happened_on__range=span)) for n, span in enumerate(spans)}
    since = cases.happened_between(spans[-1][0], recent[1])
    rows = since.order_by().values_list("unit_id", "category_id").annotate(**columns)
    return {(unit, category): counts for unit, category, *counts in rows}


def _halves_known(unit: int, rows: dict[tuple[int, int], list[int]]) -> int:
    """How many half-years back the unit's records reach."""
    columns = zip(*(counts[1:] for (each, _category), counts in rows.items() if each == unit), strict=True)
    return max((place for place, column in enumerate(columns, start=1) if any(column)), default=0)


def _days(first: dt.date, last: dt.date) -> int:
    return (last - first).days + 1
