"""Documents of the office's own words: plan, regulation, submission, programme, letter.

Their text is written in the draft, one paragraph a line; a line that begins with “I.” or
“1.” is a heading of that rank, and a line “Phụ lục” begins an annex, whose title stands below.
PDF and Word file lay out the same paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from docx.shared import Mm

from cluster_portal.files import word
from cluster_portal.files.document_head import END, DocumentHead, addressee_lines
from cluster_portal.files.pdf import document_html
from cluster_portal.files.word import WordDocument
from meetings.papers.paragraphs import Paragraph

#: Where a draft keeps the text, and its address in comments; and who of another party signs beside, name last.
BODY, COUNTERPART = "body", "counterpart"
TEMPLATE, LETTER_TEMPLATE = "documents/free_text.html", "documents/letter.html"
_PART = re.compile(r"[IVXLC]{1,7}\. \S")
_SECTION = re.compile(r"[0-9]{1,2}\. \S")
_ANNEX = re.compile(r"phụ lục(?: ([IVXLC]{1,7}|[0-9]{1,2}))?", re.IGNORECASE)
#: A numbered line as long as this is a paragraph, not a heading.
_LONGEST_HEADING = 150
_STYLES = {"part": word.HEADING_1, "section": word.HEADING_2, "text": word.BODY}


@dataclass(frozen=True)
class Annex:
    """What begins on a page of its own; `number` is empty of the only one."""

    number: str
    subject: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def heading(self) -> str:
        return f"Phụ lục {self.number}".strip()

    @property
    def sections_lead(self) -> bool:
        return _sections_lead(self.paragraphs)


@dataclass(frozen=True)
class FreeDocument:
    """A document ready to be printed; `opening` says what it replaces, where it corrects another.

    `code` is its kind's. `counterpart` are the lines of another party that signs beside, the name last.
    """

    code: str
    head: DocumentHead
    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...] = ()
    addressees: tuple[str, ...] = ()
    opening: str = ""
    is_dated: bool = True
    counterpart: tuple[str, ...] = ()

    @property
    def signer(self) -> tuple[str, str]:
        """Capacity and name of who answers for it."""
        return self.head.letterhead.signer_capacity, self.head.letterhead.signer_name

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Below “Nơi nhận”, as whoever approves it reads it."""
        return self.head.letterhead.recipient_lines

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        return addressee_lines(self.addressees)

    @property
    def sections_lead(self) -> bool:
        """Whether the text begins with a section that stands in no part: no rank of headings may be left out."""
        return _sections_lead(self.paragraphs)

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, whatever its number, date and letterhead."""
        told = [[paragraph.level, paragraph.text] for paragraph in self.paragraphs]
        facts: dict[str, Any] = {"subject": self.head.subject, "addressees": list(self.addressees), "paragraphs": told}
        if self.annexes:
            facts["annexes"] = [
                [each.number, each.subject, [[line.level, line.text] for line in each.paragraphs]]
                for each in self.annexes
            ]
        if self.counterpart:
            facts["counterpart"] = list(self.counterpart)
        return facts

    def html(self) -> str:
        template = LETTER_TEMPLATE if self.head.is_letter else TEMPLATE
        opening = (Paragraph(self.opening),) if self.opening else ()
        told = {"addressee_lines": self.addressee_lines, "paragraphs": (*opening, *self.paragraphs)}
        around = {"annexes": self.annexes, "is_dated": self.is_dated, "counterpart": self.counterpart}
        return document_html(template, {"head": self.head, "sections_lead": self.sections_lead, **told, **around})

    def docx(self, *, base: bytes | None = None) -> bytes:
        """On the office's own `base`, or on the standard one."""
        document = WordDocument(self.head, base=base)
        document.letterhead(is_dated=self.is_dated)
        for line in self.addressee_lines:
            document.paragraph(line, word.ADDRESSEE)
        if self.opening:
            document.paragraph(self.opening)
        for paragraph in self.paragraphs:
            document.paragraph(paragraph.text, _STYLES[paragraph.level])
        if self.counterpart:
            self._sign_both(document)
        else:
            document.signatures()
        document.verification()
        for annex in self.annexes:
            document.annex(annex.number, annex.subject)
            for paragraph in annex.paragraphs:
                document.paragraph(paragraph.text, _STYLES[paragraph.level])
        return document.bytes()

    def _sign_both(self, document: WordDocument) -> None:
        """The other party left, the cluster's signer right, the recipients below both."""
        letterhead = self.head.letterhead
        own = [*letterhead.capacity_lines, *([letterhead.signer_post] if letterhead.signer_post else [])]
        with document.ending():
            document.paragraph("", word.TABLE_TEXT)
            document.side_by_side(
                [*((line, word.CAPACITY) for line in self.counterpart[:-1]), (self.counterpart[-1], word.SIGNER)],
                [*((line, word.CAPACITY) for line in own), (letterhead.signer_name, word.SIGNER)],
                widths=(Mm(82), Mm(83)),
            )
            document.paragraph("Nơi nhận:", word.RECIPIENTS_TITLE)
            for line in letterhead.recipient_lines:
                document.paragraph(line, word.RECIPIENT)


def free_document(text: Mapping[str, str], **around: Any) -> FreeDocument:
    """What a draft's `text` says, with head and what else stands `around` it."""
    body, annexes = split_annexes(text.get(BODY, ""))
    signs = tuple(line for line in (line.strip() for line in text.get(COUNTERPART, "").splitlines()) if line)
    return FreeDocument(paragraphs=paragraphs_of(body), annexes=annexes, counterpart=signs, **around)


def split_annexes(text: str) -> tuple[str, tuple[Annex, ...]]:
    """The text before the first line “Phụ lục”, and what follows each such line: its title, then what it says."""
    body, annexes = list[str](), list[tuple[str, list[str]]]()
    for line in (line.strip() for line in text.splitlines()):
        if found := _ANNEX.fullmatch(line):
            annexes.append(((found[1] or "").upper(), []))
        elif line:
            (annexes[-1][1] if annexes else body).append(line)
    told = ((number, lines[0], "\n".join(lines[1:])) for number, lines in annexes if lines)
    return "\n".join(body), tuple(Annex(number, subject, paragraphs_of(said)) for number, subject, said in told)


def _sections_lead(paragraphs: Sequence[Paragraph]) -> bool:
    return next((each.level for each in paragraphs if each.level != "text"), "") == "section"


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The lines of the text with their rank; the last ends as a document does."""
    lines = [line for line in (line.strip() for line in text.splitlines()) if line]
    return tuple(_ranked(_ended(lines)))


def _ended(lines: Sequence[str]) -> Sequence[str]:
    if not lines or lines[-1].endswith(END):
        return lines
    return [*lines[:-1], f"{lines[-1].rstrip(' .;:/')}{END}"]


def _ranked(lines: Sequence[str]) -> Iterator[Paragraph]:
    for place, line in enumerate(lines):
        is_heading = place < len(lines) - 1 and len(line) <= _LONGEST_HEADING and not line.endswith((".", ";", ":"))
        if is_heading and _PART.match(line):
            yield Paragraph(line, "part")
        elif is_heading and _SECTION.match(line):
            yield Paragraph(line, "section")
        else:
            yield Paragraph(line)
