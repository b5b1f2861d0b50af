"""The figures that matter most, as large numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.comparison.values import Summary
from reports.content import Measure
from reports.layout.summary_tables import _compared_cells
from reports.layout.titles import measure_title, period_label


@dataclass(frozen=True)
class Tile:
    """A large number, with what it is compared with below it."""

    label: str
    value: str
    note: str
    href: str = ""
    tone: str = ""
    tone_label: str = ""


TILE_MEASURES = (Measure.CASES, Measure.SOLVED, Measure.DEATHS, Measure.INJURIES)


def build_tiles(summary: Summary) -> tuple[Tile, ...]:
    """The figures that matter most, and how many units they come from."""
    coverage = summary.coverage
    units = Tile(
        _("Units with figures for both periods"),
        f"{coverage.both}/{coverage.expected}",
        _("%(current)d of %(expected)d units have reported")
        % {"current": coverage.current, "expected": coverage.expected},
    )
    return (*(_tile(summary, measure) for measure in TILE_MEASURES), units)


def _tile(summary: Summary, measure: Measure) -> Tile:
    current, base, change, percent = _compared_cells(summary, summary.total, measure)
    if percent.value is not None:
        note = f"{change.text} ({percent.text}); {period_label(summary.baseline)}: {base.text}"
    elif change.value is not None:
        note = f"{change.text}; {period_label(summary.baseline)}: {base.text}"
    else:
        note = f"{period_label(summary.baseline)}: {base.text}"
    return Tile(measure_title(measure), current.text, note, current.href, change.tone, change.tone_label)
