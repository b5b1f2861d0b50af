"""The summary for programs; its keys are documented in the README."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.comparison.pair import Compared
from reports.comparison.scope import KIND_NAMES, Scope
from reports.comparison.values import Clearance, ComparedRow, Summary, UnitRow
from reports.content import Measure
from reports.prose import narrative, phrases
from reports.prose.narrative import Passage

FORMAT_VERSION = 2


@dataclass(frozen=True)
class Told:
    """What every figure is told with: the base's name, empty where there is none, and the units' names by id."""

    baseline: str
    units: Mapping[int, str]

    @classmethod
    def of(cls, summary: Summary) -> Told:
        baseline = phrases.baseline_name(summary) if summary.has_base else ""
        return cls(baseline, {unit.id: unit.name for unit in summary.units})

    def names(self, units: Iterable[int]) -> list[str]:
        return [self.units[unit] for unit in units]


def write(summary: Summary, text: Sequence[Passage] | None = None) -> bytes:
    """The summary as JSON, UTF-8; the same summary and text give the same bytes."""
    return (json.dumps(as_values(summary, text), ensure_ascii=False, indent=2) + "\n").encode()


def as_values(summary: Summary, text: Sequence[Passage] | None = None) -> dict[str, Any]:
    """The summary's keys, that of the whole cluster without a scope; `text` is the narrative where it is edited."""
    told = Told.of(summary)
    return {
        "version": FORMAT_VERSION,
        "period": str(summary.period),
        "baseline": str(summary.baseline),
        "like_for_like": True,
        **_scope(summary.scope),
        "headline": narrative.headline(summary),
        "coverage": {
            "expected": summary.coverage.expected,
            "current": summary.coverage.current,
            "baseline": summary.coverage.baseline,
            "both": summary.coverage.both,
            "expected_base": summary.coverage.expected_base,
            "incomplete_because": summary.incomplete_because,
        },
        "warnings": list(phrases.warnings(summary)),
        "complete": summary.is_whole,
        "left_out": _left_out(summary),
        "total": _figures(summary.total, told),
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "share": _decimal(group.share),
                **_figures(group, told),
            }
            for group in summary.groups
        ],
        "categories": [
            {
                "code": row.code,
                "name": row.name,
                "group": row.group,
                "polarity": row.polarity,
                "share": _decimal(row.share),
                **_figures(row, told),
            }
            for row in summary.categories
        ],
        "kinds": [
            {
                "code": kind.name,
                "name": KIND_NAMES.get(kind.name, kind.name),
                "expected": kind.expected,
                "reported": kind.reported,
                **_figures(kind, told),
            }
            for kind in summary.kinds
        ],
        "units": [_unit(unit, told) for unit in summary.units],
        "indicators": [
            {
                "code": row.code,
                "name": row.name,
                "noun": row.noun,
                "polarity": row.polarity,
                **_comparison(row.figure, told),
                "sentence": phrases.indicator_phrase(row, told.baseline),
            }
            for row in summary.indicators
        ],
        "history": [
            {
                "period": str(point.period),
                "cases": point.cases,
                "units": point.units,
                "expected": point.expected,
                "complete": point.complete,
                "missing": list(point.owing),
            }
            for point in summary.history
        ],
        "narrative": [
            {"code": passage.code, "heading": passage.heading, "paragraphs": list(passage.paragraphs)}
            for passage in (narrative.narrative(summary) if text is None else text)
        ],
    }


def _scope(scope: Scope) -> dict[str, Any]:
    if scope.is_whole:
        return {}
    return {"scope": {"kind": scope.kind or None, "unit": scope.unit, "name": scope.printed}}


def _unit(unit: UnitRow, told: Told) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "took_over": list(unit.took_over),
        "state": str(unit.state),
        "counted": unit.figures.cases.change is not None,
        **_figures(unit, told),
    }


def _figures(row: ComparedRow, told: Told) -> dict[str, Any]:
    """The row's phrase, then one object for each measure."""
    return {
        "sentence": phrases.measure_phrase(row, Measure.CASES, told.baseline),
        "clearance": _clearance(row.clearance),
        **{
            measure.value: {**_comparison(pair, told), "sentence": phrases.measure_phrase(row, measure, told.baseline)}
            for measure, pair in row.figures
        },
    }


def _clearance(clearance: Clearance | None) -> dict[str, Any] | None:
    if clearance is None:
        return None
    return {"solved": clearance.solved, "cases": clearance.cases, "percent": _decimal(clearance.percent)}


def _comparison(pair: Compared, told: Told) -> dict[str, Any]:
    percent = pair.percent
    return {
        "current": pair.current,
        "base": pair.base,
        "change": pair.change,
        "percent": None if percent is None else f"{percent:+.2f}" if percent else "0.00",
        "units": pair.units,
        "asked": pair.asked,
        "recorded": pair.recorded,
        "complete": pair.complete,
        "missing": told.names(pair.missing),
        "missing_halves": [str(half) for half in pair.unasked],
        "recorded_base": pair.recorded_base,
        "complete_base": pair.complete_base,
        "missing_base": told.names(pair.missing_base),
        "missing_halves_base": [str(half) for half in pair.unasked_base],
    }


def _left_out(summary: Summary) -> list[dict[str, Any]]:
    names = Told.of(summary).names
    return [
        {"measure": left.measure.value, "units": names(left.units), "categories": list(left.categories)}
        for left in summary.left_out
    ]


def _decimal(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"
