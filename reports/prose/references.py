"""Text whose figures are references, and what each reference reads as.

A reference is the address of a value in the summary, with the names of the JSON export:
``total.cases.sentence``, ``group.<code>.share``, ``unit.<id>.deaths.current``. A text
holds it as ``[[total.cases.sentence]]``. Whatever is printed is such a text filled in,
so that a figure – with its “tăng” or “giảm” – always is what the summary says now.

A figure nobody reported has no text: a reference to it is one that the author must
take out or put differently, not a gap in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cluster_portal import formatting
from reports.comparison.pair import Compared
from reports.comparison.values import CategoryRow, Clearance, ComparedRow, GroupRow, IndicatorRow, KindRow, Summary
from reports.content import MEASURES, Measure
from reports.prose import phrases
from reports.prose.telling import Base, Words, among, recorded, told

#: A reference; or what is left of one, which is no text either.
PLACEHOLDER = re.compile(r"\[\[(?P<address>[^\[\]\n]*)\]\]|\[\[|\]\]")
#: After these a sentence begins.
ENDINGS = (".", "!", "?", "\n")


@dataclass(frozen=True)
class Piece:
    """A stretch of a text as printed; `source` is the placeholder it stands for, empty where it was typed."""

    text: str
    source: str = ""
    address: str = ""
    is_known: bool = True


@dataclass(frozen=True, kw_only=True)
class Told:
    """A figure beside its base in words: a property for each form a reference can ask for."""

    pair: Compared
    words: Words
    baseline: str
    short_baseline: str
    #: Whose units a paragraph names, None where it need not.
    among: Compared | None = None
    clearance: Clearance | None = None

    @property
    def sentence(self) -> str:
        return told(self.pair, self.words, Base(self.baseline))

    @property
    def statement(self) -> str:
        """The same as a sentence of its own can say it."""
        return re.sub(r"^không xảy ra(?=,|$)", "không xảy ra vụ nào", self.sentence)

    @property
    def brief(self) -> str:
        """The sentence where the base has been named before."""
        return told(self.pair, self.words, Base(self.short_baseline if self.baseline else ""))

    @property
    def terse(self) -> str:
        """The sentence where base and units compared have just been named."""
        return told(self.pair, self.words, self._named)

    @property
    def moved(self) -> str:
        """The movement, named alike."""
        return self._named.movement(self.pair, self.words)

    @property
    def _named(self) -> Base:
        return Base(self.short_baseline if self.baseline else "", is_named=True, among=self.among)

    @property
    def happened(self) -> str | None:
        """What happened, not compared: ``làm chết 02 người``."""
        return None if self.pair.recorded is None else recorded(self.pair, self.words)

    @property
    def current(self) -> str | None:
        """What was recorded; where some lack, with who did: ``ít nhất 41 vụ (25/28 đơn vị)``."""
        return self._recorded(self.pair.recorded, self.pair.complete, self.pair.of_whom)

    @property
    def base(self) -> str | None:
        return self._recorded(self.pair.recorded_base, self.pair.complete_base, self.pair.of_whom_base)

    def _recorded(self, value: int | None, complete: bool, of_whom: str) -> str | None:
        written = _written(self.words.amount, value)
        return written if complete or written is None else f"ít nhất {written} ({of_whom})"

    @property
    def movement(self) -> str:
        pair, words = self.pair, self.words
        moved = Base(self.short_baseline).movement(pair, words)
        if pair.is_whole or not pair.is_compared or pair.current is None:
            return moved
        return f"{among(pair)}: {words.amount(pair.current) if pair.current else words.none_happened}, {moved}"

    @property
    def difference(self) -> str:
        moved = self.pair.difference(self.words.moved)
        return moved if self.pair.is_whole or not self.pair.is_compared else f"{moved} {among(self.pair)}"

    @property
    def change(self) -> str | None:
        """Without its direction, which the author's words must tell."""
        return self._of_whom(_written(self.words.amount, self.pair.change))

    @property
    def percent(self) -> str | None:
        return self._of_whom(None if self.pair.percent is None else formatting.percent(abs(self.pair.percent)))

    def _of_whom(self, text: str | None) -> str | None:
        return text if text is None or self.pair.is_whole else f"{text} {among(self.pair)}"

    @property
    def rate(self) -> str | None:
        rate = self.clearance.percent if self.clearance else None
        return None if rate is None else formatting.percent(rate)

    @property
    def rate_of(self) -> str | None:
        """What the rate is of: ``398/435 vụ thuộc diện điều tra, đã có số liệu làm rõ``."""
        if self.clearance is None:
            return None
        solved, cases = formatting.number(self.clearance.solved), formatting.number(self.clearance.cases)
        return f"{solved}/{cases} vụ thuộc diện điều tra, đã có số liệu làm rõ"


def _written(amount: Callable[[int], str], value: int | None) -> str | None:
    return None if value is None else amount(abs(value))


#: The forms of a figure, in the order they are offered.
PHRASES = ("sentence", "brief", "terse")
FIGURES = ("current", "base", "movement", "moved", "difference", "change", "percent")
INDICATOR_FORMS = (*PHRASES, *FIGURES)
MEASURE_FORMS = (*PHRASES, "statement", "happened", *FIGURES, "rate", "rate_of")


class References:
    """What every reference reads as in one summary; the names of figures are addresses without their form."""

    def __init__(self, summary: Summary) -> None:
        self.summary = summary
        self.baseline = phrases.baseline_name(summary) if summary.has_base else ""
        self.short_baseline = phrases.short_baseline_name(summary)
        self.among = phrases.compared_in_part(summary)

    def fill(self, text: str) -> str:
        """The text as printed; a reference that has no text stays as it is typed, for all to see."""
        return "".join(piece.text for piece in self.pieces(text))

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text cut at its references; one that begins a sentence begins with a capital."""
        end, before = 0, "\n"
        for found in PLACEHOLDER.finditer(text):
            if typed := text[end : found.start()]:
                yield Piece(typed)
                before = typed
            piece = self._piece(found, begins_sentence=before.rstrip(" ").endswith(ENDINGS))
            yield piece
            end, before = found.end(), piece.text
        if end < len(text):
            yield Piece(text[end:])

    def _piece(self, found: re.Match[str], *, begins_sentence: bool) -> Piece:
        address = (found["address"] or "").strip()
        text = self.text(address)
        if text is None:
            return Piece(found[0], found[0], address, is_known=False)
        return Piece(phrases.capitalised(text) if begins_sentence else text, found[0], address)

    def text(self, address: str) -> str | None:
        """What the reference reads as, None where nothing can be said."""
        if address in self.statements:
            return self.statements[address]
        name, _dot, form = address.rpartition(".")
        if name in self.rows:
            return _of_row(self.rows[name], form)
        if name in self.indicators:
            return _in_form(self._told_indicator(self.indicators[name]), form) if form in INDICATOR_FORMS else None
        row, _dot, measure = name.rpartition(".")
        if row in self.rows and measure in MEASURE_NAMES and form in MEASURE_FORMS:
            return _in_form(self._told(self.rows[row], Measure(measure)), form)
        return None

    @cached_property
    def rows(self) -> dict[str, ComparedRow]:
        """What has figures for all measures, by address."""
        summary = self.summary
        return {
            "total": summary.total,
            **{f"group.{row.code}": row for row in summary.groups},
            **{f"category.{row.code}": row for row in summary.categories},
            **{f"kind.{row.name}": row for row in summary.kinds},
            **{f"unit.{row.id}": row for row in summary.units},
        }

    @cached_property
    def indicators(self) -> dict[str, IndicatorRow]:
        return {f"indicator.{row.code}": row for row in self.summary.indicators}

    @cached_property
    def statements(self) -> dict[str, str]:
        """What is said of the summary as a whole, by address."""
        counts = self.summary.coverage
        found = {
            "coverage.sentence": phrases.coverage(self.summary),
            "coverage.expected": f"{formatting.count(counts.expected)} đơn vị",
            "coverage.current": f"{counts.current}/{counts.expected} đơn vị",
            "coverage.baseline": f"{formatting.count(counts.baseline)} đơn vị",
            "coverage.both": f"{counts.both}/{counts.expected} đơn vị",
            "coverage.compared": phrases.compared_units(self.summary),
            "coverage.reason": "".join(phrases.incomplete_because(self.summary)),
            "registered.sentence": "".join(phrases.described(self.summary)),
            **{f"warning.{code}": text for code, text in phrases.coded_warnings(self.summary)},
        }
        return {address: text for address, text in found.items() if text}

    def _told(self, row: ComparedRow, measure: Measure) -> Told:
        return Told(
            pair=row.figures[measure],
            words=phrases.words_of(row, measure),
            among=self.among,
            clearance=row.clearance if measure is Measure.SOLVED else None,
            baseline=self.baseline,
            short_baseline=self.short_baseline,
        )

    def _told_indicator(self, row: IndicatorRow) -> Told:
        return Told(
            pair=row.figure,
            words=phrases.indicator_words(row),
            among=self.among,
            baseline=self.baseline,
            short_baseline=self.short_baseline,
        )


MEASURE_NAMES = {measure.value for measure in MEASURES}
#: What a row says of itself, beside its figures.
ROW_FORMS = ("share", "coverage", "criteria")


def _in_form(told: object, form: str) -> str | None:
    """A figure that is told, in one of the forms that were looked up by name."""
    text: str | None = getattr(told, form)
    return text


def _of_row(row: ComparedRow, form: str) -> str | None:
    if form == "share" and isinstance(row, GroupRow | CategoryRow) and row.share is not None:
        return formatting.percent(row.share)
    if form == "coverage" and isinstance(row, KindRow):
        return phrases.kind_coverage(row)
    if form == "criteria" and isinstance(row, CategoryRow) and row.code == phrases.TRAFFIC_ACCIDENTS:
        return phrases.criteria(row)
    return None
