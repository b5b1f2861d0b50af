"""Prose that can't drift from its figures: which numbers of a text the summary does not hold.

The secretariat edits the generated text, and figures change after it was written.
`stray_numbers(text, summary)` is asked whenever a text is shown or signed off
(`reports/edited_text.py`): what it returns is shown place by place; nothing returned
means that every number of the text is one of the summary's.

A number counts as a figure where it stands, with its sign aside, in the summary as
what it is written as. “14,58%” must be a percentage, “219,18 tỷ đồng” an amount of
money (rounded to the decimals it is written with), “26/28” a pair of unit counts, and
a number before a noun (“vụ”, “đối tượng”, “đơn vị”, “buổi”) a figure of that noun.
Whose figure it is, is not known: 41 cases of one unit still stand behind “41 vụ” when
the total has moved on; a text that must not do so is generated anew.

Left aside are, and only these:
- names of units, categories, groups and indicators (“Trường THPT mẫu 1”), and numbers within a word (“Z117”);
- dates (“16/8/2022”, “ngày 05 tháng 01”, “tháng 6”), clock times and spans (“6 tháng đầu năm”, “8 giờ 30”);
- years, after “năm”, “kỳ”, “giai đoạn” or a year and a dash;
- numbers of documents (“05/BC-CĐBAT”, “30/2020/NĐ-CP”, “Quyết định số 12”) and places in them (“Điều 12”, “Bảng 3”);
- numerals of sections at the beginning of a line (“2.1.”, “3)”) and ordinals (“thứ 2”, “quý 1”, “lần 3”).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.comparison.lineage import Comparability
from reports.comparison.pair import Compared
from reports.comparison.values import ComparedRow, Figures, Summary
from reports.content import Measure
from reports.prose.phrases import THREE_CRITERIA, TRAFFIC_ACCIDENTS, falls_and_rises

MONEY_UNITS = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3, "": 1}
UNITS = "đơn vị"
#: From one place of a text up to another.
Span = tuple[int, int]
#: Where something stands that is neither a number nor a word nor a gap.
SOMETHING = "\N{OBJECT REPLACEMENT CHARACTER}"
#: How much of the text is shown on each side of a number.
AROUND = 30

DOCUMENTS = "nghị định|nghị quyết|quyết định|chỉ thị|thông tư|kế hoạch|công văn|công điện".replace(" ", r"\s+")
NOT_FIGURES = re.compile(
    r"""
      \b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b
    | \bngày\s+\d{1,2}(?:[/-]\d{1,2})?(?:\s+tháng\s+\d{1,2})?\b(?!\s*[./-]?\d)
    | \btháng\s+\d{1,2}(?:/\d{4})?\b
    | \b\d{1,2}\s+tháng\b
    | \b\d{1,2}\s*(?:giờ|h)(?:\s*\d{1,2}(?:\s*phút)?)?\b
    | \b(?:năm|kỳ|giai\s+đoạn)\s+\d{4}(?:\s*[-–]\s*\d{4})?\b(?![.,]\d)
    | \b\d+/(?:\d{4}/)?[A-ZĐ][\wĐ-]*
    | \b\d+-[A-ZĐ]{2,}[\wĐ/-]*
    | \bsố\s*:\s*\d+
    | \b(?:DOCUMENTS)\s+(?:số\s*:?\s*)?\d+\b(?![.,]\d)(?!\s*(?:vụ|buổi|đơn\s+vị|người|đối\s+tượng))
    | \b(?:điều|khoản|phụ\s+lục|bảng|mục|phần|chương|biểu)\s+\d+(?:\.\d+)*\b
    | ^[ \t]*\d+(?:\.\d+)*[.)](?=\s)
    | \b(?:thứ|quý|lần|đợt)\s+\d+\b
    """.replace("DOCUMENTS", DOCUMENTS),
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
NUMBER = re.compile(
    r"(?<![\w])(?P<number>\d+(?:[.,]\d+)*)(?:/(?P<whole>\d+(?:\.\d{3})*))?"
    r"(?:\s*(?P<percent>%|phần\s+trăm\b)|\s*(?P<unit>tỷ|triệu|nghìn|ngàn|)\s*(?P<money>đồng\b))?(?!\w)",
    re.IGNORECASE,
)
MOVED = re.compile(r"\b(tăng|giảm)\s+$", re.IGNORECASE)
WRITTEN = re.compile(r"(?P<whole>0*[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<fraction>[0-9]+))?")


@dataclass(frozen=True)
class StrayNumber:
    """A number no figure stands behind: as written, its line (from 1), its place in the text, and what is around it."""

    text: str
    line: int
    start: int
    end: int
    excerpt: str


def stray_numbers(text: str, summary: Summary, bound: Collection[Span] = ()) -> tuple[StrayNumber, ...]:
    """The numbers of `text` that match no current figure of the summary, in their order.

    At `bound` the text is filled in from the figures and needs no looking at – unless a
    number is typed right against it: “1” before “41 vụ” reads as one that nobody counted.
    """
    known = KnownNumbers.of(summary)
    readable = _without_what_is_no_figure(_without_what_is_bound(text, bound), known.names)
    touching = {place for span in bound for place in span}
    return tuple(
        _stray(text, found)
        for found in NUMBER.finditer(readable)
        if touching.intersection(found.span()) or not known.holds(found, readable)
    )


@dataclass(frozen=True)
class KnownNumbers:
    """All figures a text may state, by what they are written as; `counts` by their noun."""

    counts: dict[str, Set[int]]
    moves: dict[str, Set[int]]
    percents: Set[Decimal]
    money: Set[int]
    fractions: Set[tuple[int, int]]
    names: tuple[str, ...]

    @classmethod
    def of(cls, summary: Summary) -> KnownNumbers:
        counts: dict[str, set[int]] = defaultdict(set)
        moves: dict[str, set[int]] = defaultdict(set)
        money: set[int] = set()
        for measure, pair in _pairs(summary):
            (money if measure.facts.is_money else counts[measure.counted_in]).update(_values(pair))
            moves[measure.counted_in] |= _changes(pair)
        for row in summary.indicators:
            counts[row.noun.casefold()].update(_values(row.figure))
            moves[row.noun.casefold()] |= _changes(row.figure)
        counts[UNITS].update(_unit_counts(summary))
        counts["vụ"].update([summary.registered.cases, *(point.cases or 0 for point in summary.history)])
        return cls(
            dict(counts),
            dict(moves),
            frozenset(_percents(summary)),
            money,
            frozenset(_fractions(summary)),
            _names(summary),
        )

    def holds(self, found: re.Match[str], text: str) -> bool:
        """Whether a figure stands behind the number found."""
        value = _read(found["number"])
        if value is None:
            return False
        if found["percent"]:
            return value in self.percents
        if found["money"]:
            return self._holds_money(value, MONEY_UNITS[(found["unit"] or "").casefold()])
        if found["whole"]:
            return (int(value), int(found["whole"].replace(".", ""))) in self.fractions
        if direction := MOVED.search(text, 0, found.start()):
            signed = -value if direction[1].casefold() == "giảm" else value
            return signed in self._told_of(text[found.end() :], self.moves)
        return value in self._told_of(text[found.end() :], self.counts)

    def _holds_money(self, value: Decimal, unit: int) -> bool:
        return any((Decimal(dong) / unit).quantize(_step(value), ROUND_HALF_UP) == value for dong in self.money)

    def _told_of(self, rest: str, figures: dict[str, Set[int]]) -> Set[int]:
        """The figures of the noun that follows; those of all nouns where no known one does."""
        rest = " ".join(rest[:80].casefold().split())
        following = [noun for noun in self.counts if re.match(rf"{re.escape(noun)}\b", rest)]
        nouns = {max(following, key=len)} if following else set(figures)
        return frozenset().union(*(figures.get(noun, frozenset()) for noun in nouns))


def _without_what_is_no_figure(text: str, names: Iterable[str]) -> str:
    """The text with those places blanked, so that every other keeps its position."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _blank, text, flags=re.IGNORECASE)
    return NOT_FIGURES.sub(_blank, text)


def _without_what_is_bound(text: str, spans: Iterable[Span]) -> str:
    for start, end in spans:
        text = f"{text[:start]}{SOMETHING * (end - start)}{text[end:]}"
    return text


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _stray(text: str, found: re.Match[str]) -> StrayNumber:
    start, end = found.span()
    written = text[start:end].rstrip()
    before, after = max(0, start - AROUND), min(len(text), end + AROUND)
    excerpt = f"{'…' if before else ''}{text[before:after]}{'…' if after < len(text) else ''}"
    return StrayNumber(written, text.count("\n", 0, start) + 1, start, start + len(written), " ".join(excerpt.split()))


def _read(written: str) -> Decimal | None:
    """``1.234`` and ``14,58`` as numbers; None for what no office writes, such as ``14.58``."""
    found = WRITTEN.fullmatch(written)
    if not found:
        return None
    whole, fraction = found["whole"].replace(".", ""), found["fraction"]
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _step(value: Decimal) -> Decimal:
    """The last decimal the value is written with."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def _rows(summary: Summary) -> Iterator[Figures]:
    return (row.figures for row in _all_rows(summary))


def _all_rows(summary: Summary) -> Iterator[ComparedRow]:
    yield from (summary.total, *summary.groups, *summary.categories, *summary.kinds, *summary.units)


def _pairs(summary: Summary) -> Iterator[tuple[Measure, Compared]]:
    return (entry for figures in _rows(summary) for entry in figures)


def _values(pair: Compared) -> Iterator[int]:
    told = (pair.current, pair.base, pair.change, pair.recorded, pair.recorded_base)
    return (abs(value) for value in told if value is not None)


def _changes(pair: Compared) -> set[int]:
    """The change with its sign, where there is one."""
    return set() if pair.change is None else {pair.change}


def _unit_counts(summary: Summary) -> Iterator[int]:
    yield from vars(summary.coverage).values()
    yield sum(unit.is_counted for unit in summary.units)
    for state in Comparability:
        yield len(summary.units_that_are(state))
    for kind in summary.kinds:
        yield from (kind.expected, kind.reported)
    yield from (point.units for point in summary.history)
    yield from (len(left.units) for left in summary.left_out)
    for _measure, pair in _pairs(summary):
        yield from (pair.units, pair.expected, pair.reported)
    for row in summary.indicators:
        yield from (row.figure.units, row.figure.expected, row.figure.reported)


def _percents(summary: Summary) -> Iterator[Decimal]:
    rates = (row.clearance.percent for row in _all_rows(summary) if row.clearance)
    moved = (pair.percent for _measure, pair in _pairs(summary))
    active = (row.figure.percent for row in summary.indicators)
    shares = (*(group.share for group in summary.groups), *(category.share for category in summary.categories))
    found = (*moved, *active, *shares, *rates)
    return (abs(value) for value in found if value is not None)


def _fractions(summary: Summary) -> Iterator[tuple[int, int]]:
    counts = summary.coverage
    yield from ((part, counts.expected) for part in (counts.both, counts.current))
    yield (counts.baseline, counts.expected_base)
    yield from ((kind.reported, kind.expected) for kind in summary.kinds)
    for pair in (*(pair for _measure, pair in _pairs(summary)), *(row.figure for row in summary.indicators)):
        if pair.asked:
            yield (pair.reported, pair.expected)
        if pair.recorded_base is not None:
            yield (pair.expected_base - len(pair.missing_base), pair.expected_base)
    yield from ((row.clearance.solved, row.clearance.cases) for row in _all_rows(summary) if row.clearance)
    for row in summary.categories:
        if row.code == TRAFFIC_ACCIDENTS:
            yield from ((moved, len(THREE_CRITERIA)) for moved in falls_and_rises(row) or ())


def _names(summary: Summary) -> tuple[str, ...]:
    catalogue = {row.name for row in (*summary.groups, *summary.categories)} | {row.name for row in summary.indicators}
    units = (name for unit in summary.units for name in (unit.name, unit.short_name, *unit.took_over))
    return tuple(name for name in {*catalogue, *units} if re.search(r"\d", name))
