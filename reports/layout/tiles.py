"""The figures that matter most, as large numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from reports.comparison.pair import Compared
from reports.comparison.values import Summary
from reports.content import Measure
from reports.layout.compared_cells import change_cell, counted_units, recorded_cell
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
    arrow: str = ""


TILE_MEASURES = (Measure.CASES, Measure.SOLVED, Measure.DEATHS, Measure.INJURIES)


def build_tiles(summary: Summary) -> tuple[Tile, ...]:
    """The figures that matter most, and how many units they come from."""
    coverage = summary.coverage
    if not summary.has_base:
        known = Tile(_("Units with all reports"), f"{coverage.current}/{coverage.expected}", "")
        return (*(_tile(summary, measure) for measure in TILE_MEASURES), known)
    units = Tile(
        _("Units with all reports of both periods"),
        f"{coverage.both}/{coverage.expected}",
        _("%(current)d of %(expected)d units have all reports of this period")
        % {"current": coverage.current, "expected": coverage.expected},
    )
    return (*(_tile(summary, measure) for measure in TILE_MEASURES), units)


def _tile(summary: Summary, measure: Measure) -> Tile:
    pair, tone = summary.total.figures[measure], summary.total.tone(measure)
    is_partial = _is_partial(summary, pair)
    side = "recorded" if is_partial else "current"
    cell = recorded_cell(summary, pair, side, is_partial, measure=measure.value)
    if not pair.is_compared:
        return Tile(measure_title(measure), cell.text, _without_change(summary, pair), cell.href)
    change = change_cell(pair, tone)
    text = change.text if pair.percent is None else f"{change.text} ({formatting.signed_percent(pair.percent)})"
    note = f"{text}; {period_label(summary.baseline)}: {formatting.number(pair.base)}"
    if is_partial:
        told = _("%(all)s; of %(units)d comparable units: %(current)s, %(note)s")
        if pair.fewer_categories:
            told = _("%(all)s; of %(units)d comparable units and categories: %(current)s, %(note)s")
        note = told % {
            "all": counted_units(pair),
            "units": pair.units,
            "current": formatting.number(pair.current),
            "note": note,
        }
    return Tile(measure_title(measure), cell.text, note, cell.href, change.tone, change.tone_label, change.arrow)


def _is_partial(summary: Summary, pair: Compared) -> bool:
    return not summary.has_base or not pair.is_whole


def _without_change(summary: Summary, pair: Compared) -> str:
    if not pair.asked:
        return _("not asked")
    told = [] if pair.complete or not pair.is_told else [counted_units(pair)]
    if summary.has_base:
        told.append(_why_not(pair) % {"period": summary.baseline.label})
    return "; ".join(told)


def _why_not(pair: Compared) -> str:
    if pair.recorded_base is not None:
        return _("not comparable with the %(period)s")
    if pair.is_nought_so_far_base:
        return _("not all figures of the %(period)s")
    return _("no figures of the %(period)s") if pair.asked_base else _("not asked in the %(period)s")
