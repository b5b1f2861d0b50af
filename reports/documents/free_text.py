"""Documents of the office's own words: plan, regulation, submission, programme, letter.

Their text is written in the draft, one paragraph a line; a line that begins with “I.” or
“1.” is a heading of that rank. PDF and Word file lay out the same paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cluster_portal.files import word
from cluster_portal.files.document_head import END, DocumentHead, addressee_lines
from cluster_portal.files.pdf import document_html
from cluster_portal.files.word import WordDocument
from meetings.papers.paragraphs import Paragraph

#: Where a draft keeps the text, and its address in comments.
BODY = "body"
TEMPLATE, LETTER_TEMPLATE = "documents/free_text.html", "documents/letter.html"
_PART = re.compile(r"[IVXLC]{1,7}\. \S")
_SECTION = re.compile(r"[0-9]{1,2}\. \S")
#: A numbered line as long as this is a paragraph, not a heading.
_LONGEST_HEADING = 150
_STYLES = {"part": word.HEADING_1, "section": word.HEADING_2, "text": word.BODY}


@dataclass(frozen=True)
class FreeDocument:
    """A document ready to be printed; `opening` says what it replaces, where it corrects another."""

    head: DocumentHead
    paragraphs: tuple[Paragraph, ...]
    addressees: tuple[str, ...] = ()
    opening: str = ""

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
        return next((each.level for each in self.paragraphs if each.level != "text"), "") == "section"

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, whatever its number, date and letterhead."""
        told = [[paragraph.level, paragraph.text] for paragraph in self.paragraphs]
        return {"subject": self.head.subject, "addressees": list(self.addressees), "paragraphs": told}

    def html(self) -> str:
        template = LETTER_TEMPLATE if self.head.is_letter else TEMPLATE
        opening = (Paragraph(self.opening),) if self.opening else ()
        told = {"addressee_lines": self.addressee_lines, "paragraphs": (*opening, *self.paragraphs)}
        return document_html(template, {"head": self.head, "sections_lead": self.sections_lead, **told})

    def docx(self, *, base: bytes | None = None) -> bytes:
        """On the office's own `base`, or on the standard one."""
        document = WordDocument(self.head, base=base)
        document.letterhead()
        document.addressees(self.addressee_lines)
        if self.opening:
            document.paragraph(self.opening)
        for paragraph in self.paragraphs:
            document.paragraph(paragraph.text, _STYLES[paragraph.level])
        document.signatures()
        document.verification()
        return document.bytes()


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
