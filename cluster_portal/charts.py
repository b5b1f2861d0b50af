"""The geometry of small bar charts, drawn on the server as inline SVG.

Lengths are in the units of the view box. Nothing is told by colour or length alone:
every bar carries its number, and a table of the same figures stands beside the chart.
A value of None is "not reported": a gap with a dash, not a bar of no height.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal.formatting import number

#: A chart that stands alone, and one of several beside each other.
WIDTH, SMALL = 640, 400
COLUMNS_HEIGHT, TOP, BOTTOM, LINE_HEIGHT = 200, 26, 28, 15
#: Sizes of the numbers, and how many of its own heights a digit is wide.
LARGEST, SMALLEST, DIGIT = 14.0, 8.0, 0.62
ROW_HEIGHT, LABEL_WIDTH, VALUE_WIDTH = 30, 250, 60
BAR = 0.62


@dataclass(frozen=True)
class Bar:
    """A bar with the places of its label, which may have several lines, and its number."""

    x: float
    y: float
    width: float
    height: float
    label: str
    label_x: float
    label_y: float
    value: str
    value_x: float
    value_y: float
    is_gap: bool = False

    @property
    def lines(self) -> list[tuple[str, float]]:
        """The lines of the label with their places."""
        return [(text, self.label_y + LINE_HEIGHT * down) for down, text in enumerate(self.label.split("\n"))]

    @property
    def told(self) -> str:
        value = _("no figures") if self.is_gap else self.value
        return f"{' '.join(self.label.split())}: {value}"


@dataclass(frozen=True)
class BarChart:
    """`anchor` is how the labels stand to their places: in the middle, or ending there."""

    title: str
    bars: tuple[Bar, ...]
    height: float
    anchor: str
    width: float = WIDTH
    value_size: float = LARGEST

    @property
    def is_small(self) -> bool:
        return self.width < WIDTH

    @property
    def description(self) -> str:
        """What the picture says, for those who don't see it."""
        return "; ".join(bar.told for bar in self.bars) + "."


@dataclass(frozen=True)
class Column:
    """Where an upright bar stands; `middle` is half-way across its place."""

    x: float
    y: float
    width: float
    height: float
    middle: float


def upright(values: Sequence[int | None], *, width: float, top: float, floor: float, share: float) -> list[Column]:
    """Bars side by side on `floor`, the highest reaching up to `top`; each takes `share` of its place's width."""
    highest = max((value or 0 for value in values), default=0) or 1
    step = width / max(len(values), 1)
    found = []
    for place, value in enumerate(values):
        height = round((value or 0) / highest * (floor - top), 1)
        middle = round((place + 0.5) * step, 1)
        found.append(
            Column(
                x=round(middle - step * share / 2, 1),
                y=round(floor - height, 1),
                width=round(step * share, 1),
                height=height,
                middle=middle,
            )
        )
    return found


def columns(
    title: str,
    points: Sequence[tuple[str, int | None]],
    *,
    width: int = WIDTH,
    written: Callable[[int | None], str] = number,
    at_least: Sequence[bool] = (),
) -> BarChart:
    """Upright bars side by side, for a course of time; `written` is how their values are.

    `at_least` says of which there is more than is known.
    """
    floor = COLUMNS_HEIGHT - BOTTOM
    places = upright([value for _label, value in points], width=width, top=TOP, floor=floor, share=BAR)
    bars = [
        Bar(
            x=place.x,
            y=place.y,
            width=place.width,
            height=place.height,
            label=label,
            label_x=place.middle,
            label_y=floor + 18,
            value=f"≥ {written(value)}" if is_part and value is not None else written(value),
            value_x=place.middle,
            value_y=round(floor - place.height - 6, 1),
            is_gap=value is None,
        )
        for (label, value), place, is_part in zip(points, places, at_least or [False] * len(points), strict=True)
    ]
    step = width / max(len(points), 1)
    more_lines = max((len(bar.lines) for bar in bars), default=1) - 1
    longest = max((len(bar.value) for bar in bars), default=1)
    size = round(min(LARGEST, max(SMALLEST, step / longest / DIGIT)), 1)
    return BarChart(title, tuple(bars), COLUMNS_HEIGHT + LINE_HEIGHT * more_lines, "middle", width, size)


def rows(title: str, points: Sequence[tuple[str, int]]) -> BarChart:
    """Level bars one below the other, for things with names."""
    highest = max((value for _label, value in points), default=0) or 1
    longest = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    bars = []
    for place, (label, value) in enumerate(points):
        top = place * ROW_HEIGHT
        width = round(value / highest * longest, 1)
        baseline = top + ROW_HEIGHT * 0.68
        bars.append(
            Bar(
                x=LABEL_WIDTH,
                y=top + ROW_HEIGHT * (1 - BAR) / 2,
                width=width,
                height=ROW_HEIGHT * BAR,
                label=label if len(label) <= 34 else f"{label[:33]}…",
                label_x=LABEL_WIDTH - 8,
                label_y=baseline,
                value=number(value),
                value_x=round(LABEL_WIDTH + width + 8, 1),
                value_y=baseline,
            )
        )
    return BarChart(title, tuple(bars), max(len(points), 1) * ROW_HEIGHT, "end")
