"""The summary in words: Vietnamese prose as an office writes it, from the figures and nothing else.

What is generated is text whose figures are references (`reports/references.py`); an
office may edit it. Generated or edited, it is printed in the same way: filled in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from types import MappingProxyType

from cluster_portal.formatting import within_sentence
from reports.comparison.pair import Compared
from reports.comparison.values import CategoryRow, GroupRow, KindRow, Summary
from reports.content import Measure
from reports.prose.outline import FLAT, SCOPE, Outline
from reports.prose.phrases import (
    THREE_CRITERIA,
    TRAFFIC_ACCIDENTS,
    as_sentence,
    baseline_name,
    coded_warnings,
    compared_in_part,
    compared_units,
    criteria,
    incomplete_because,
    kind_name,
    no_base,
    period_name,
)
from reports.prose.references import References
from reports.prose.telling import of_same_units

NOTHING_EDITED: Mapping[str, str] = MappingProxyType({})
MOST_CASES = 3
#: What the cases were, and the harm they did.
OF_CASES = (Measure.SERIOUS, Measure.SOLVED, Measure.PERSONS)
HARM = (Measure.DEATHS, Measure.INJURIES, Measure.DAMAGE)


@dataclass(frozen=True)
class Passage:
    """A headed part of the report; `code` tells which tables belong to it."""

    code: str
    heading: str
    paragraphs: tuple[str, ...]


def headline(summary: Summary) -> str:
    """The one sentence that tells the period."""
    return References(summary).fill(_headline(summary))


def narrative(summary: Summary) -> tuple[Passage, ...]:
    """The generated text, passage by passage; what nobody reported is left out."""
    return tuple(passage for passage in passages(summary) if passage.paragraphs)


def passages(
    summary: Summary, edited: Mapping[str, str] = NOTHING_EDITED, outline: Outline = FLAT, *, issuer: str = ""
) -> tuple[Passage, ...]:
    """Every passage, some of them empty; `edited` holds the text of those that an office put differently."""
    references, generated = References(summary), templates(summary, outline, issuer=issuer)
    texts = {code: text if code == SCOPE else edited.get(code, text) for code, text in generated.items()}
    return tuple(Passage(part.code, part.heading, _paragraphs(references.fill(texts[part.code]))) for part in outline)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line for line in map(str.strip, text.split("\n")) if line)


def templates(summary: Summary, outline: Outline = FLAT, *, issuer: str = "") -> dict[str, str]:
    """The generated text of each part, its figures as references; what nobody reported is left out.

    Nothing is generated of the history, which is a table, and of what an office puts into words
    itself or takes from the units' reports. `issuer` is who reports, where the report says so.
    """
    written = _written(summary) | {"beginning": _beginning(summary, issuer)}
    return {part.code: "\n".join(written.get(part.code, ())) for part in outline}


def _beginning(summary: Summary, issuer: str) -> tuple[str, ...]:
    told = f"báo cáo tình hình, kết quả xây dựng cụm địa bàn an toàn {period_name(summary.period)} như sau:"
    return (f"{issuer} {told}",) if issuer else ()


def _written(summary: Summary) -> dict[str, tuple[str, ...]]:
    if not summary.has_figures:  # half a year is no year: it is said what lacks, and no figure
        return {"general": (_headline(summary),), SCOPE: _coverage(summary)}
    return {
        "general": (_headline(summary), *_consequences(summary)),
        "groups": _groups(summary),
        "traffic": _traffic(summary),
        "units": _kinds(summary),
        "activities": _activities(summary),
        SCOPE: _coverage(summary),
    }


def _headline(summary: Summary) -> str:
    period, lacking = period_name(summary.period), summary.lacking
    if lacking and len(lacking) < len(summary.period.halves):
        return f"Chưa đủ số liệu {period}: chưa có số liệu {', '.join(map(period_name, lacking))}."
    cases = summary.total.figures.cases
    if cases.recorded is None and not cases.is_nought_so_far:
        return f"Chưa có số liệu {period}."
    without_base = "" if summary.has_base else f"; {no_base(summary)}"
    return as_sentence(f"{period}, {_whom(summary)} [[total.cases.statement]]{without_base}")


def _whom(summary: Summary) -> str:
    if summary.scope.unit is not None:
        return f"tại {summary.scope.printed}"
    return f"các đơn vị khối {summary.scope.printed}" if summary.scope.kind else "trên địa bàn cụm"


def _consequences(summary: Summary) -> tuple[str, ...]:
    """What the cases were, then the harm they did; what is compared with is named once."""
    parts = {"Trong đó": _measures_told(summary, OF_CASES), "Hậu quả": _measures_told(summary, HARM)}
    standing = {name: told for name, told in parts.items() if told}
    names = dict(zip(standing, (_beside(summary),), strict=False))
    told = [as_sentence(f"{name}{names.get(name, '')}: {'; '.join(standing[name])}") for name in standing]
    return (" ".join(told),) if told else ()


def _measures_told(summary: Summary, measures: Iterable[Measure]) -> list[str]:
    return [
        f"[[total.{measure.value}.terse]]{_rate_solved(summary) if measure is Measure.SOLVED else ''}"
        for measure in measures
        if summary.total.figures[measure].recorded is not None
    ]


def _beside(summary: Summary) -> str:
    """What all figures that follow are compared with, and of whom."""
    if not summary.has_base:
        return ""
    among = ", [[coverage.compared]]" if compared_units(summary) else ""
    return f" (so với {baseline_name(summary)}{among})"


def _forms(summary: Summary, pairs: Sequence[Compared]) -> Iterator[str]:
    """How each sentence of a passage is told: the first names base and units, the others lean on it if they can."""
    named = compared_in_part(summary)
    leans = named is None or (bool(pairs) and not pairs[0].is_whole and of_same_units(pairs[0], named))
    return chain(["sentence"], repeat("terse" if leans else "brief"))


def _rate_solved(summary: Summary) -> str:
    """The clearance rate, with what it is of."""
    rate = summary.total.clearance
    return "; tỷ lệ làm rõ đạt [[total.solved.rate]] ([[total.solved.rate_of]])" if rate and rate.cases else ""


def _groups(summary: Summary) -> tuple[str, ...]:
    told = [group for group in summary.groups if group.figures.cases.recorded is not None]
    forms = _forms(summary, [group.figures.cases for group in told])
    return tuple(_group(group, form, summary) for group, form in zip(told, forms, strict=False))


def _group(group: GroupRow, form: str, summary: Summary) -> str:
    address = f"group.{group.code}"
    text = f"{group.name}: [[{address}.cases.{form}]]"
    if group.share:
        portion = f"chiếm [[{address}.share]] tổng số vụ"
        text += f", {portion}" if group.figures.cases.is_whole else f"; {portion} ghi nhận"
    told = [_category(category, has_base=summary.has_base) for category in notable(group)]
    return as_sentence(f"{text}. Trong đó: {'; '.join(told)}" if told else text)


def notable(group: GroupRow) -> tuple[CategoryRow, ...]:
    """The categories worth naming: the most frequent, and those that rose and fell most; by frequency."""
    happened = [row for row in group.categories if row.figures.cases.recorded or row.figures.cases.recorded_base]
    if len(group.categories) < 2:
        return ()
    by_cases = sorted(happened, key=lambda row: -(row.figures.cases.recorded or 0))
    moved = sorted((row for row in happened if row.figures.cases.change), key=lambda row: row.figures.cases.change or 0)
    named = {row.code for row in (*by_cases[:MOST_CASES], *moved[:1], *moved[-1:])}
    return tuple(row for row in by_cases if row.code in named)


def _category(row: CategoryRow, *, has_base: bool) -> str:
    name, address = within_sentence(row.name), f"category.{row.code}"
    pair = row.figures.cases
    if not pair.current or not (pair.is_whole or (pair.complete and not pair.is_compared)):
        return f"{name} [[{address}.cases.terse]]"
    portion = f" (chiếm [[{address}.share]])" if row.share else ""
    moved = f", [[{address}.cases.moved]]" if has_base else ""
    return f"{name} [[{address}.cases.current]]{portion}{moved}"


def _traffic(summary: Summary) -> tuple[str, ...]:
    """Cases, deaths and injuries of traffic accidents, and how many of the three fell."""
    row = next((row for row in summary.categories if row.code == TRAFFIC_ACCIDENTS), None)
    if row is None or row.figures.cases.recorded is None:
        return ()
    address = f"category.{row.code}"
    told = [(measure, name) for measure, name in THREE_CRITERIA if row.figures[measure].recorded is not None]
    is_all = [pair.is_whole if summary.has_base else pair.complete for pair in (row.figures[m] for m, _name in told)]
    if not all(is_all):
        forms = _forms(summary, [row.figures[measure] for measure, _name in told])
        phrases = [f"[[{address}.{measure.value}.{form}]]" for (measure, _n), form in zip(told, forms, strict=False)]
        return (as_sentence("; ".join(phrases)),)
    happened = ", ".join(f"[[{address}.{measure.value}.happened]]" for measure, _name in told)
    moved = [
        f"{name} [[{address}.{measure.value}.difference]]"
        for measure, name in told
        if row.figures[measure].change is not None
    ]
    if not moved:
        return (as_sentence(happened),)
    counted = f"; [[{address}.criteria]]" if criteria(row) else ""
    return (as_sentence(f"{happened}. So với {baseline_name(summary)}: {', '.join(moved)}{counted}"),)


def _kinds(summary: Summary) -> tuple[str, ...]:
    told = [kind for kind in summary.kinds if kind.figures.cases.recorded is not None]
    forms = chain(["sentence"], repeat("terse"))  # each names its own units
    return tuple(
        as_sentence(f"{kind_name(kind)}{_kind_coverage(kind)}: [[kind.{kind.name}.cases.{form}]]")
        for kind, form in zip(told, forms, strict=False)
    )


def _kind_coverage(kind: KindRow) -> str:
    """Who has reported, unless the figure itself says it of the same units."""
    cases = kind.figures.cases
    is_told_of_units = not cases.complete or (cases.is_compared and cases.current != cases.recorded)
    says_it = is_told_of_units and cases.expected > 1 and cases.reported == kind.reported
    return "" if says_it else f" ([[kind.{kind.name}.coverage]])"


def _activities(summary: Summary) -> tuple[str, ...]:
    told = [row for row in summary.indicators if row.figure.recorded is not None]
    forms = _forms(summary, [row.figure for row in told])
    return tuple(
        as_sentence(f"{row.name}: [[indicator.{row.code}.{form}]]") for row, form in zip(told, forms, strict=False)
    )


def _coverage(summary: Summary) -> tuple[str, ...]:
    return (
        "[[coverage.sentence]]",
        *("[[coverage.reason]]" for _sentence in incomplete_because(summary)),
        *(f"[[warning.{code}]]" for code, _text in coded_warnings(summary)),
    )
