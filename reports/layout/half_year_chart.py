"""The geometry of the chart of the last periods, drawn on the server as inline SVG.

Lengths are in the units of the view box. Nothing is told by colour alone: every bar
carries its number and its period, and the table of the same figures stands below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.charts import Column, upright
from reports.comparison.sources import HalfYear
from reports.comparison.values import Summary
from reports.layout.titles import period_label, scoped

WIDTH, HEIGHT = 640, 290
TOP, BOTTOM = 36, 62
BAR = 0.56
LINE_HEIGHT = 18


@dataclass(frozen=True)
class PeriodBar:
    """A half-year: `height` 0 with a dash above the line where nothing was reported."""

    place: Column
    value: str
    value_y: float
    label: tuple[tuple[str, float], ...]
    is_current: bool


@dataclass(frozen=True)
class Chart:
    title: str
    description: str
    bars: tuple[PeriodBar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = HEIGHT - BOTTOM

    @property
    def alternative(self) -> str:
        """What the picture says, for those who don't see it."""
        return f"{self.title}. {self.description}"


def draw_half_year_chart(summary: Summary) -> Chart:
    """The cases of the last half-years as bars, in the language that is active."""
    points = summary.history
    return Chart(
        title=_title(summary),
        description="; ".join(f"{period_label(point.period)}: {_told(point)}" for point in points) + ".",
        bars=_bars(points, summary),
    )


def _title(summary: Summary) -> str:
    if summary.scope.is_whole:
        return _("Cases in the last half-years, all units")
    return scoped(_("Cases in the last half-years"), summary.scope)


def _told(point: HalfYear) -> str:
    return _("no figures") if point.cases is None else formatting.number(point.cases)


def _bars(points: Sequence[HalfYear], summary: Summary) -> tuple[PeriodBar, ...]:
    floor = HEIGHT - BOTTOM
    places = upright([point.cases for point in points], width=WIDTH, top=TOP, floor=floor, share=BAR)
    return tuple(
        PeriodBar(
            place=place,
            value=formatting.number(point.cases),
            value_y=round(floor - place.height - 8, 1),
            label=_label_lines(point, floor),
            is_current=point.period in summary.period.halves,
        )
        for point, place in zip(points, places, strict=True)
    )


def _label_lines(point: HalfYear, floor: int) -> tuple[tuple[str, float], ...]:
    """The period in two short lines below the bar, and the number of reports behind it."""
    half = _("1st half") if point.period.half == 1 else _("2nd half")
    units = _("%(count)d units") % {"count": point.units}
    lines = (half, str(point.period.year), units)
    return tuple((text, floor + LINE_HEIGHT * (number + 1)) for number, text in enumerate(lines))
