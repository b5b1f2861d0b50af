"""The summary for programs; its keys are documented in the README."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from reports.comparison.pair import Comparison, sentence
from reports.comparison.scope import KIND_NAMES, Scope
from reports.comparison.values import Figures, Summary, UnitRow
from reports.content import Measure
from reports.prose import narrative, phrases
from reports.prose.narrative import Passage

FORMAT_VERSION = 1


def write(summary: Summary, text: Sequence[Passage] | None = None) -> bytes:
    """The summary as JSON, UTF-8; the same summary and text give the same bytes."""
    return (json.dumps(as_values(summary, text), ensure_ascii=False, indent=2) + "\n").encode()


def as_values(summary: Summary, text: Sequence[Passage] | None = None) -> dict[str, Any]:
    """The summary's keys, that of the whole cluster without a scope; `text` is the narrative where it is edited."""
    baseline = phrases.baseline_name(summary)
    return {
        "version": FORMAT_VERSION,
        "period": str(summary.period),
        "baseline": str(summary.baseline),
        "like_for_like": summary.like_for_like,
        **_scope(summary.scope),
        "headline": narrative.headline(summary),
        "coverage": {
            "expected": summary.coverage.expected,
            "current": summary.coverage.current,
            "baseline": summary.coverage.baseline,
            "both": summary.coverage.both,
            "incomplete_because": summary.incomplete_because,
        },
        "warnings": list(phrases.warnings(summary)),
        "total": _figures(summary.total.figures, baseline),
        "groups": [
            {
                "code": group.code,
                "name": group.name,
                "share": _decimal(group.share),
                **_figures(group.figures, baseline),
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
                **_figures(row.figures, baseline),
            }
            for row in summary.categories
        ],
        "kinds": [
            {
                "code": kind.name,
                "name": KIND_NAMES.get(kind.name, kind.name),
                "expected": kind.expected,
                "reported": kind.reported,
                **_figures(kind.figures, baseline),
            }
            for kind in summary.kinds
        ],
        "units": [_unit(unit, baseline) for unit in summary.units],
        "indicators": [
            {
                "code": row.code,
                "name": row.name,
                "noun": row.noun,
                "polarity": row.polarity,
                **_comparison(row.figure),
                "sentence": phrases.indicator_phrase(row, baseline),
            }
            for row in summary.indicators
        ],
        "history": [
            {"period": str(point.period), "cases": point.cases, "units": point.units} for point in summary.history
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


def _unit(unit: UnitRow, baseline: str) -> dict[str, Any]:
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "took_over": list(unit.took_over),
        "state": str(unit.state),
        "counted": unit.is_counted,
        **_figures(unit.figures, baseline),
    }


def _figures(figures: Figures, baseline: str) -> dict[str, Any]:
    """The row's phrase, then one object for each measure."""
    row: dict[str, Any] = {"sentence": sentence(figures.cases, Measure.CASES, baseline)}
    for measure, pair in figures:
        row[measure.value] = {**_comparison(pair), "sentence": sentence(pair, measure, baseline)}
    return row


def _comparison(pair: Comparison) -> dict[str, Any]:
    percent = pair.percent
    return {
        "current": pair.current,
        "base": pair.base,
        "change": pair.change,
        "percent": None if percent is None else f"{percent:+.2f}" if percent else "0.00",
    }


def _decimal(value: Any) -> str | None:
    return None if value is None else f"{value:.2f}"
