"""Telling whether figures have changed, whatever became of names and wording."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from reports.comparison.pair import Compared
from reports.comparison.values import Summary
from reports.content import MEASURES

#: What may be put differently without any figure being another.
WORDS = {"name", "short_name", "noun", "took_over", "group_name", "polarity"}
#: What was counted when documents were first fingerprinted; it is told of every row, asked or not.
#: A measure that came later is told where it is asked, so that it changes no fingerprint of before.
FIRST_MEASURES = {"cases", "serious", "solved", "persons", "deaths", "injuries", "damage"}


def fingerprint(summary: Summary) -> str:
    """SHA-256 over all figures of the summary; the same for the same figures, in whatever order they are listed."""
    content = asdict(summary)
    if summary.scope.is_whole:
        del content["scope"]  # as the documents were fingerprinted before there were other scopes
    if not summary.incomplete_because:
        del content["incomplete_because"]  # as before there were reasons
    return _digest(_figures(content))


def fingerprint_of_values(values: dict[str, Any]) -> str:
    """SHA-256 over everything that is said, in its order: names and wording count as well."""
    return _digest(values)


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()


def _figures(value: Any) -> Any:
    if isinstance(value, dict):
        if value.keys() == {"pairs"}:  # a row's figures, by measure
            return {
                measure.value: _figures(pair)
                for measure, pair in value["pairs"].items()
                if measure.value in FIRST_MEASURES or pair["asked"] or pair["asked_base"]
            }
        return {key: _figures(item) for key, item in value.items() if key not in WORDS}
    if isinstance(value, list | tuple):
        return sorted((_figures(item) for item in value), key=_text)
    return value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=_plain)


def _plain(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else str(value)


def holds_figures_of_version_1(stored: Mapping[str, Any], now: Summary) -> bool:
    """Whether a summary kept in version 1 of the JSON file tells the figures of now.

    Version 1 added up all that was reported, without knowing what a category asks; its
    documents have a fingerprint that no summary has any more.
    """
    compared = stored["like_for_like"]
    rows = {
        "total": [(stored["total"], now.total)],
        "groups": _paired(stored["groups"], {row.code: row for row in now.groups}),
        "categories": _paired(stored["categories"], {row.code: row for row in now.categories}),
        "kinds": _paired(stored["kinds"], {row.name: row for row in now.kinds}),
    }
    return all(
        _same(then[measure.value], row.figures[measure] if row else None, compared=compared)
        for paired in rows.values()
        for then, row in paired
        for measure in MEASURES
        if measure.value in then
    )


def _paired(stored: Iterable[Mapping[str, Any]], rows: Mapping[str, Any]) -> list[tuple[Mapping[str, Any], Any]]:
    return [(then, rows.get(then["code"])) for then in stored]


def _same(then: Mapping[str, Any], pair: Compared | None, *, compared: bool) -> bool:
    """Whether the figures are those of now; of a row that is gone, whether there were none."""
    if pair is None:
        return not then["current"] and not then["base"]
    sides = (
        (then["current"], pair.current if compared else pair.recorded, pair.asked),
        (then["base"], pair.base if compared else pair.recorded_base, pair.asked_base),
    )
    return all((old or 0) == (new or 0) or not asked for old, new, asked in sides)
