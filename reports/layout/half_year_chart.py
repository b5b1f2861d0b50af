"""The chart of the cases of the last half-years; `cluster_portal.charts` draws it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cluster_portal.charts import BarChart, Point, Sparkline, columns, sparkline
from reports.comparison.values import HalfYear, Summary
from reports.layout.summary_tables import units_of
from reports.layout.titles import period_label, scoped


def draw_half_year_chart(summary: Summary) -> BarChart:
    """The cases of the last half-years as bars, in the language that is active; those of the period stand out."""
    return columns(_title(summary), _points(summary))


def draw_half_year_sparkline(summary: Summary) -> Sparkline:
    """The same bars without numbers, beside the number of this period."""
    return sparkline(_points(summary))


def _points(summary: Summary) -> list[Point]:
    return [
        Point(
            label=_label(point),
            value=point.so_far,
            said=period_label(point.period),
            is_at_least=not point.complete,
            stands_back=point.period not in summary.period.halves,
        )
        for point in summary.course
    ]


def _title(summary: Summary) -> str:
    if summary.scope.is_whole:
        return _("Cases in the last half-years, all units")
    return scoped(_("Cases in the last half-years"), summary.scope)


def _label(point: HalfYear) -> str:
    """The period in two short lines below the bar, and how many units told all of their cases."""
    half = _("1st half") if point.period.half == 1 else _("2nd half")
    units = _("%(count)s units") % {"count": units_of(point)}
    return f"{half}\n{point.period.year}\n{units}"
