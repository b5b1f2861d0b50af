"""The register counted by month, weekday, hour, category and unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Max
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay, ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from cluster_portal.charts import SHORT_LABEL, SMALL, BarChart, Point, rows
from incidents.models import Category
from incidents.models.register import IncidentQuerySet
from members.models import Unit

#: Twelve months, with the day they end on.
YEAR = dt.timedelta(days=364)
#: Cases to a bar, on average, from which on a course over weekdays or hours is more than chance.
ENOUGH = 3
#: Letters of the longest label that stands beside the bars of a narrow chart.
SHORT = 10


@dataclass(frozen=True)
class ChartLine:
    """A line of the table behind a chart; `url` leads to its cases, where the list can be narrowed down so."""

    label: str
    cases: int
    url: str = ""


@dataclass(frozen=True)
class Breakdown:
    """One way to look at the cases: a chart and its table; the table alone where a handful of cases says nothing."""

    id: str
    title: str
    chart: BarChart | None
    head: str
    lines: tuple[ChartLine, ...]
    note: str = ""


@dataclass(frozen=True)
class Span:
    """The cases looked at: those of these days that the reader may see, as the URL chose them."""

    cases: IncidentQuerySet
    first_day: dt.date
    last_day: dt.date
    chosen: dict[str, str]

    def url(self, **narrowed: str) -> str:
        days = {"first_day": self.first_day.isoformat(), "last_day": self.last_day.isoformat()}
        return f"{reverse('incidents:incident-list')}?{urlencode({**self.chosen, **days, **narrowed})}"


def newest_day(cases: IncidentQuerySet, *, today: dt.date) -> dt.date:
    """The day up to which twelve months are looked at: today, or that of the last case where those hold none."""
    newest = cases.filter(happened_on__lte=today).aggregate(day=Max("happened_on"))["day"]
    return today if newest is None or newest > today - YEAR else newest


def breakdowns(span: Span, *, with_units: bool) -> list[Breakdown]:
    """All ways to look, each counted by one query."""
    views = [_by_month(span), _by_weekday(span), _by_hour(span), _by_category(span)]
    return [*views, _by_unit(span)] if with_units else views


def _by_month(span: Span) -> Breakdown:
    counted = (
        span.cases.order_by()
        .annotate(year=ExtractYear("happened_on"), month=ExtractMonth("happened_on"))
        .values_list("year", "month")
        .annotate(Count("pk"))
    )
    found = {(year, month): cases for year, month, cases in counted}
    lines = [
        ChartLine(f"{first:%m/%Y}", found.get((first.year, first.month), 0), _month_url(span, first))
        for first in _months(span.first_day, span.last_day)
    ]
    return _breakdown("month", _("By month"), _("Month"), lines[::-1])  # the newest is what is looked for


def _months(first_day: dt.date, last_day: dt.date) -> Iterable[dt.date]:
    month = first_day.replace(day=1)
    while month <= last_day:
        yield month
        month = (month + dt.timedelta(days=31)).replace(day=1)


def _month_url(span: Span, first: dt.date) -> str:
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    days = (max(first, span.first_day), min(last, span.last_day))
    return span.url(first_day=days[0].isoformat(), last_day=days[1].isoformat())


def _by_weekday(span: Span) -> Breakdown:
    weekdays = span.cases.order_by().annotate(weekday=ExtractIsoWeekDay("happened_on"))
    found = dict(weekdays.values_list("weekday").annotate(Count("pk")))
    lines = [ChartLine(str(WEEKDAYS[day]).capitalize(), found.get(day + 1, 0)) for day in range(7)]
    return _breakdown("weekday", _("By weekday"), _("Weekday"), lines, fewest=ENOUGH * 7)


def _by_hour(span: Span) -> Breakdown:
    hours = span.cases.order_by().annotate(hour=ExtractHour("happened_at"))
    found = dict(hours.values_list("hour").annotate(Count("pk")))
    lines = [ChartLine(_("%(hour)dh") % {"hour": hour}, found.get(hour, 0)) for hour in range(24)]
    note = _("Cases without a stated time: %(number)d.") % {"number": found.get(None, 0)}
    return _breakdown("hour", _("By hour of the day"), _("Hour"), lines, fewest=ENOUGH * 24, note=note)


def _by_category(span: Span) -> Breakdown:
    found = dict(span.cases.order_by().values_list("category_id").annotate(Count("pk")))
    categories = [category for category in Category.objects.in_order() if found.get(category.pk)]
    lines = [
        ChartLine(category.name, found[category.pk], span.url(category=category.code))
        for category in sorted(categories, key=lambda category: -found[category.pk])
    ]
    return _breakdown("category", _("By category"), _("Category"), lines)


def _by_unit(span: Span) -> Breakdown:
    found = dict(span.cases.order_by().values_list("unit_id").annotate(Count("pk")))
    units = [unit for unit in Unit.objects.in_order() if found.get(unit.pk)]
    lines = [
        ChartLine(unit.short_name, found[unit.pk], span.url(unit=str(unit.pk)))
        for unit in sorted(units, key=lambda unit: -found[unit.pk])
    ]
    return _breakdown("unit", _("By unit"), _("Unit"), lines)


def _breakdown(
    code: str, title: str, head: str, lines: Sequence[ChartLine], *, fewest: int = 0, note: str = ""
) -> Breakdown:
    """The chart is left out where there are fewer than `fewest` cases."""
    is_telling = sum(line.cases for line in lines) >= fewest
    points = [Point(line.label, line.cases) for line in lines]
    is_short = all(len(line.label) <= SHORT for line in lines)  # then it fits a telephone
    sizes = {"width": SMALL, "label_width": SHORT_LABEL} if is_short else {}
    chart = rows(title, points, **sizes) if is_telling else None
    return Breakdown(code, title, chart, head, tuple(lines), note)
