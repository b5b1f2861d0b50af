"""The units as tiles, side by side: which way the cases of each went, by shade, sign and word."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from reports.comparison.pair import Compared
from reports.comparison.values import Summary, UnitRow
from reports.content import Measure
from reports.layout.compared_cells import change_cell, recorded_cell
from reports.layout.summary_tables import unit_state

#: From which change on, in percent of the base, a tile is shaded more strongly.
STRONG = 25


@dataclass(frozen=True)
class UnitTile:
    """`href` leads to the comparison of the unit alone.

    `shade` is good-1, good-2, bad-1 or bad-2 where the cases are compared and changed, else nothing.
    """

    name: str
    href: str
    cases: str
    change: str
    arrow: str
    tone_label: str
    shade: str
    state: str


def build_unit_grid(summary: Summary) -> tuple[UnitTile, ...]:
    """A tile a unit, in the order of the table; none where one unit alone would repeat the total."""
    return tuple(_tile(summary, unit) for unit in summary.units) if len(summary.units) > 1 else ()


def _tile(summary: Summary, unit: UnitRow) -> UnitTile:
    pair, tone = unit.figures[Measure.CASES], unit.tone(Measure.CASES)
    cases = recorded_cell(summary, pair, "recorded", measure=Measure.CASES.value, row_unit=unit.id)
    change = change_cell(pair, tone)
    is_compared = summary.has_base and pair.is_compared
    return UnitTile(
        name=unit.name,
        href=_page_of(summary, unit),
        cases=cases.text,
        change=change.text if is_compared else "",
        arrow=change.arrow if is_compared else "",
        tone_label=change.tone_label if is_compared else "",
        shade=_shade(pair, change.tone) if is_compared and change.tone_label else "",
        state="" if is_compared else unit_state(summary, unit),
    )


def _page_of(summary: Summary, unit: UnitRow) -> str:
    choices = {name: value for name, value in summary.choices.items() if name != "kind"} | {"unit": str(unit.id)}
    return f"{reverse('reports:comparison-detail', args=[summary.period])}?{urlencode(choices)}"


def _shade(pair: Compared, tone: str) -> str:
    """How strongly, by the change in percent; of a base of nought any change is strong."""
    is_strong = pair.percent is None or abs(pair.percent) >= STRONG
    return f"{tone}-{2 if is_strong else 1}"
