"""Telling whether figures or a meeting's record have changed, whatever became of names and wording.

A fingerprint names the scheme it was made by (docs/decisions/0011). Whoever lets one cover
anything else gives the scheme another name: one of an earlier scheme then proves nothing
of today, and what was issued with it is judged by what was kept with it, or by the trail.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from reports.comparison.pair import Compared
from reports.comparison.values import Figures, Summary
from reports.content import MEASURES

#: What may be put differently without any figure being another.
WORDS = {"name", "short_name", "noun", "took_over", "group_name", "polarity"}
#: The same in the JSON file that a report keeps.
WORDS_OF_FILE = WORDS | {"version", "headline", "sentence", "warnings", "narrative", "like_for_like"}
#: What follows from the other figures, and was not told when documents were first fingerprinted.
FOLLOWING = {
    *("is_nought_so_far_base", "lacks_base", "unasked", "unasked_base", "owing", "is_a_part", "is_collecting"),
    *("of_all_with_both", "holds_others", "holds_others_base", "is_nought", "left_within"),
}
FIGURES, RECORD = "figures-1", "record-1"
#: What was counted when documents were first fingerprinted; it is told of every row, asked or not.
#: A measure that came later is told where it is asked, so that it changes no fingerprint of before.
FIRST_MEASURES = {"cases", "serious", "solved", "persons", "deaths", "injuries", "damage"}


def fingerprint(summary: Summary) -> str:
    """Of all figures of the summary; the same for the same figures, in whatever order they are listed."""
    return f"{FIGURES}:{_digest_of_figures(summary)}"


def fingerprint_of_record(facts: Mapping[str, Any]) -> str:
    """Of the facts that a paper of a meeting is made of, in their order."""
    return f"{RECORD}:{_digest(facts)}"


def is_of_earlier_scheme(kept: str) -> bool:
    return kept.partition(":")[0] not in (FIGURES, RECORD)


def is_fingerprint_of(kept: str, summary: Summary) -> bool:
    """Figures were fingerprinted in the same way before schemes had names."""
    return kept.rpartition(":")[2] == _digest_of_figures(summary)


def _digest_of_figures(summary: Summary) -> str:
    content = _by_name(summary)
    if summary.scope.is_whole:
        del content["scope"]  # as the documents were fingerprinted before there were other scopes
    if not summary.incomplete_because:
        del content["incomplete_because"]  # as before there were reasons
    return hashlib.sha256(_figures(content).encode()).hexdigest()


def _digest(value: Any) -> str:
    return hashlib.sha256(_text(value).encode()).hexdigest()


def _figures(value: Any) -> str:
    """The figures as JSON, lists in the order of their text: each part is written once, within its whole."""
    if isinstance(value, Figures):
        value = {
            measure.value: pair
            for measure, pair in value.pairs.items()
            if measure.value in FIRST_MEASURES or pair.asked or pair.asked_base
        }
    elif is_dataclass(value):
        value = _by_name(value)
    if isinstance(value, dict):
        told = (f"{_text(key)}: {_figures(value[key])}" for key in sorted(value.keys() - WORDS - FOLLOWING))
        return f"{{{', '.join(told)}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(sorted(map(_figures, value)))}]"
    return _text(value)


def _by_name(value: Any) -> dict[str, Any]:
    """What a dataclass holds (`asdict` would copy all that is within, to no purpose)."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _plain(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else str(value)


_text = json.JSONEncoder(sort_keys=True, default=_plain).encode


def holds_figures(stored: Mapping[str, Any], now: Summary, values: Mapping[str, Any]) -> bool:
    """Whether the summary a report keeps tells the figures of now; `values` are those of the JSON file.

    What only one of them knows of – a later portal tells more – doesn't count.
    """
    if stored.get("version") == 1:
        return _holds_figures_of_version_1(stored, now)
    return bool(stored) and _agree(stored, values)


def _agree(then: Any, now: Any) -> bool:
    """Whether both say the same in what both tell; rows in whatever order."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        return all(_agree(then[key], now[key]) for key in (then.keys() & now.keys()) - WORDS_OF_FILE)
    if isinstance(then, list) and isinstance(now, list):
        if all(isinstance(name, str) for name in (*then, *now)):  # of units, which may be renamed
            return len(then) == len(now)
        unmatched = list(now)
        for row in then:
            twin = next((place for place, other in enumerate(unmatched) if _agree(row, other)), None)
            if twin is None:
                return False
            del unmatched[twin]
        return not unmatched
    return bool(then == now)


def _holds_figures_of_version_1(stored: Mapping[str, Any], now: Summary) -> bool:
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
