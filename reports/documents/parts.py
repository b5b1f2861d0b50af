"""A document part by part, as it is read on a screen before it is approved, and what is new in it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from meetings.papers.issuable import IssuablePaper
from meetings.papers.paragraphs import Paragraph
from reports.documents.free_text import FreeDocument
from reports.files.summary_report import NumberedTable, SummaryReport

SUBJECT = "subject"


@dataclass(frozen=True)
class Part:
    """`code` is what comments are kept by; it stays the same while the document is reworded."""

    code: str
    heading: str
    lines: tuple[str, ...]
    tables: tuple[NumberedTable, ...] = ()

    def as_values(self) -> dict[str, Any]:
        return {"code": self.code, "heading": self.heading, "lines": list(self.lines), "figures": self.figures}

    @property
    def figures(self) -> str:
        """Stands for what its tables show, where they come again."""
        shown = [[[cell.text for cell in line.cells] for line in numbered.table.lines] for numbered in self.tables]
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def parts_of_report(report: SummaryReport) -> tuple[Part, ...]:
    """Subject, parts and annexes."""
    before = (*report.addressee_lines, report.opening) if report.opening else report.addressee_lines
    opening = [Part("opening", "", before)] if before else []
    annexes = (
        Part(f"annex-{annex.number}", f"Phụ lục {annex.number}. {annex.subject}", (), (NumberedTable(0, annex.table),))
        for annex in report.annexes
    )
    told = (Part(part.passage.code, part.title or part.heading, part.paragraphs, part.tables) for part in report.parts)
    return (_subject(report.head.subject), *opening, *told, *annexes)


def parts_of_paper(paper: IssuablePaper) -> tuple[Part, ...]:
    """Subject and sections; of letters, each line once, and whom they address."""
    if not paper.kind.is_addressed:
        return (_subject(paper.head.subject), *_sections(paper))
    lines = [line for letter in paper.letters for line in letter]
    told = dict.fromkeys(line.text for line in lines if not line.strong)
    invited = tuple(line.text for line in lines if line.strong)
    return (_subject(paper.head.subject), Part("letter", "Nội dung", tuple(told)), Part("to", "Kính mời", invited))


def parts_of_free_text(document: FreeDocument) -> tuple[Part, ...]:
    """Subject, addressees and sections."""
    told = (*document.addressee_lines, document.opening) if document.opening else document.addressee_lines
    before = [Part("opening", "", told)] if told else []
    annexes = (
        Part(
            f"annex-{place}",
            f"{annex.heading}. {annex.subject}",
            tuple(line.text for line in annex.paragraphs),
        )
        for place, annex in enumerate(document.annexes, start=1)
    )
    signs = [Part("counterpart", "Bên cùng ký", document.counterpart)] if document.counterpart else []
    return (_subject(document.head.subject), *before, *_sections(document), *signs, *annexes)


def _sections(paper: IssuablePaper | FreeDocument) -> Iterator[Part]:
    """Each heading with what stands below it; two of the same words are two parts."""
    told = Counter[str]()
    for heading, lines in _below_headings(paper.paragraphs):
        code = _code(heading)
        told[code] += 1
        yield Part(code if told[code] == 1 else f"{code} ({told[code]})", heading, lines)


def _below_headings(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, tuple[str, ...]]]:
    heading, lines = "", list[str]()
    for paragraph in paragraphs:
        if paragraph.level == "text":
            lines.append(paragraph.text)
            continue
        if heading or lines:
            yield heading, tuple(lines)
        heading, lines = paragraph.text, []
    yield heading, tuple(lines)


def _code(heading: str) -> str:
    """Without its number, which another part before it would change."""
    return (heading.partition(". ")[2] or heading or "beginning")[:60]


def _subject(subject: str) -> Part:
    return Part(SUBJECT, "Trích yếu", (subject,))


@dataclass(frozen=True)
class ReadLine:
    """A paragraph as it stands, or one that stood there the last time and is gone."""

    text: str
    state: str = "same"


@dataclass(frozen=True)
class ReadPart:
    """A part with what has changed in it since it was last read."""

    part: Part
    lines: tuple[ReadLine, ...]
    has_other_figures: bool = False

    @property
    def has_changed(self) -> bool:
        return self.has_other_figures or any(line.state != "same" for line in self.lines)


def compare(parts: Sequence[Part], earlier: Sequence[Mapping[str, Any]] | None) -> tuple[ReadPart, ...]:
    """The parts, each line marked as new or gone against what was shown earlier; all alike without that.

    Of tables only whether they show the same figures.
    A part that is gone altogether stands at the end, with all its lines.
    """
    if earlier is None:
        return tuple(ReadPart(part, tuple(map(ReadLine, part.lines))) for part in parts)
    before = {row["code"]: row for row in earlier}
    codes = {part.code for part in parts}
    read = [_read(part, before.get(part.code, {})) for part in parts]
    gone = [Part(code, row["heading"], ()) for code, row in before.items() if code not in codes]
    return (*read, *(ReadPart(part, tuple(_marked(before[part.code]["lines"], ()))) for part in gone))


def _read(part: Part, before: Mapping[str, Any]) -> ReadPart:
    lines = tuple(_marked(before.get("lines", []), part.lines))
    return ReadPart(part, lines, bool(part.tables) and before.get("figures") != part.figures)


def _marked(then: Sequence[str], now: Sequence[str]) -> Iterator[ReadLine]:
    for tag, old, old_end, new, new_end in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from map(ReadLine, now[new:new_end])
            continue
        yield from (ReadLine(text, "gone") for text in then[old:old_end])
        yield from (ReadLine(text, "new") for text in now[new:new_end])
