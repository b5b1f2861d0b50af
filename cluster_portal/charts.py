"""The geometry of small bar charts, drawn on the server as inline SVG.

Lengths are in the units of the view box. Nothing is told by colour or length alone:
every bar carries its number, and a table of the same figures stands beside the chart.
A value of None is "not reported": a gap with a dash, not a bar of no height.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal.formatting import at_least, number

#: A chart that stands alone, and one of several beside each other.
WIDTH, SMALL = 640, 400
COLUMNS_HEIGHT, TOP, BOTTOM = 200, 30, 28
#: Sizes of the numbers, and how many of its own heights a digit is wide.
LARGEST, SMALLEST, DIGIT = 17.0, 8.0, 0.62
#: Sizes of the labels, with the height of their lines and how many of its own heights a letter is wide.
LABELS, LETTER = ((14.5, 18), (13.0, 15), (11.0, 15)), 0.55
ROW_HEIGHT, LABEL_WIDTH, SHORT_LABEL, VALUE_WIDTH = 30, 250, 96, 60
BAR = 0.62


@dataclass(frozen=True)
class Point:
    """What a bar stands for; `said` is its label where the words below the bar are too short to be read alone.

    One that `stands_back` is drawn pale, beside those the chart is about. Of one that
    `is_at_least` there is more than is known.
    """

    label: str
    value: int | None
    said: str = ""
    stands_back: bool = False
    is_at_least: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar with the places of its label, which may have several lines, and its number."""

    x: float
    y: float
    width: float
    height: float
    lines: tuple[tuple[str, float], ...]
    label_x: float
    value: str
    value_x: float
    value_y: float
    told: str
    is_gap: bool = False
    is_pale: bool = False


@dataclass(frozen=True)
class BarChart:
    """`anchor` is how the labels stand to their places: in the middle, or ending there; `floor` bears upright bars."""

    title: str
    bars: tuple[Bar, ...]
    height: float
    anchor: str
    width: float = WIDTH
    value_size: float = 14.0
    label_size: float = 13.0
    floor: float | None = None

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
    title: str, points: Sequence[Point], *, width: int = WIDTH, written: Callable[[int | None], str] = number
) -> BarChart:
    """Upright bars side by side, for a course of time; `written` is how their values are."""
    floor = COLUMNS_HEIGHT - BOTTOM
    room = width / max(len(points), 1)
    label_size, line_height = _label_size(points, room)
    places = upright([point.value for point in points], width=width, top=TOP, floor=floor, share=BAR)
    bars = [
        Bar(
            x=place.x,
            y=place.y,
            width=place.width,
            height=place.height,
            lines=_lines(point.label, floor + 18, line_height),
            label_x=place.middle,
            value=_written(point, written),
            value_x=place.middle,
            value_y=round(place.y - 7, 1),
            told=_told(point, written),
            is_gap=point.value is None,
            is_pale=point.stands_back,
        )
        for point, place in zip(points, places, strict=True)
    ]
    more_lines = max((len(bar.lines) for bar in bars), default=1) - 1
    longest = max((len(bar.value) for bar in bars), default=1)
    return BarChart(
        title=title,
        bars=tuple(bars),
        height=COLUMNS_HEIGHT + line_height * more_lines,
        anchor="middle",
        width=width,
        value_size=round(min(LARGEST, max(SMALLEST, room / longest / DIGIT)), 1),
        label_size=label_size,
        floor=floor,
    )


def rows(title: str, points: Sequence[Point], *, width: int = WIDTH, label_width: int = LABEL_WIDTH) -> BarChart:
    """Level bars one below the other, for things with names."""
    highest = max((point.value or 0 for point in points), default=0) or 1
    longest = width - label_width - VALUE_WIDTH
    bars = []
    for place, point in enumerate(points):
        top = place * ROW_HEIGHT
        length = round((point.value or 0) / highest * longest, 1)
        baseline = top + ROW_HEIGHT * 0.68
        bars.append(
            Bar(
                x=label_width,
                y=top + ROW_HEIGHT * (1 - BAR) / 2,
                width=length,
                height=ROW_HEIGHT * BAR,
                lines=_lines(point.label if len(point.label) <= 34 else f"{point.label[:33]}…", baseline),
                label_x=label_width - 8,
                value=_written(point, number),
                value_x=round(label_width + length + 8, 1),
                value_y=baseline,
                told=_told(point, number),
                is_gap=point.value is None,
            )
        )
    return BarChart(title, tuple(bars), max(len(points), 1) * ROW_HEIGHT, "end", width=width)


@dataclass(frozen=True)
class Pair:
    """Two level bars one below the other, in hundredths of the longest; None where there is no figure."""

    now: float | None
    then: float | None


def pairs(values: Sequence[tuple[int | None, int | None]]) -> list[Pair | None]:
    """The bars of rows of a table, on one scale; none for a row without any figure.

    The figures stand beside them, so that they say nothing alone.
    """
    longest = max((value for pair in values for value in pair if value is not None), default=0) or 1

    def length(value: int | None) -> float | None:
        return None if value is None else round(value / longest * 100, 1)

    return [None if now is None and then is None else Pair(length(now), length(then)) for now, then in values]


@dataclass(frozen=True)
class Share:
    """A part of one bar: what it is of, how many, where it stands in hundredths of the bar."""

    code: str
    count: int
    x: float
    width: float


def stacked(counts: Mapping[str, int]) -> list[Share]:
    """One bar of things by their state, in the order given; a state without any takes no place."""
    whole, shares, x = sum(counts.values()), [], 0.0
    for code, count in counts.items():
        if count:
            width = count / whole * 100
            shares.append(Share(code, count, round(x, 2), round(width, 2)))
            x += width
    return shares


@dataclass(frozen=True)
class Sparkline:
    """A course of time beside a large number: bars without numbers, for a chart with numbers follows."""

    bars: tuple[tuple[Column, bool], ...]
    width: int
    height: int


def sparkline(points: Sequence[Point], *, width: int = 220, height: int = 48) -> Sparkline:
    places = upright([point.value for point in points], width=width, top=2, floor=height, share=0.72)
    return Sparkline(
        tuple((place, point.stands_back) for place, point in zip(places, points, strict=True)), width, height
    )


def _label_size(points: Sequence[Point], room: float) -> tuple[float, int]:
    """The largest size in which the labels stand side by side, and the height of a line."""
    longest = max((len(line) for point in points for line in point.label.split("\n")), default=0)
    fitting = [(size, height) for size, height in LABELS if longest * size * LETTER <= room]
    return fitting[0] if fitting else LABELS[-1]


def _lines(label: str, first: float, height: int = 15) -> tuple[tuple[str, float], ...]:
    """The lines of a label with their places."""
    return tuple((text, first + height * down) for down, text in enumerate(label.split("\n")))


def _written(point: Point, written: Callable[[int | None], str]) -> str:
    return at_least(point.value, written) if point.is_at_least else written(point.value)


def _told(point: Point, written: Callable[[int | None], str]) -> str:
    value = _("no figures") if point.value is None else _written(point, written)
    return f"{point.said or ' '.join(point.label.split())}: {value}"
