"""Documents of the office's own words: plan, regulation, submission, programme, letter.

Their text is written in the draft, one paragraph a line; a line that begins with “I.”, “1.”,
“Chương I” or “Điều 1.” is a heading of that kind. PDF and Word file lay out the same paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cluster_portal.files.document_head import END, DocumentHead, addressee_lines
from cluster_portal.files.pdf import document_html
from cluster_portal.files.word import WordDocument
from meetings.papers.paragraphs import Paragraph, ranked
from meetings.papers.word_files import write_paragraphs

#: Where a draft keeps the text, and its address in comments.
BODY = "body"
TEMPLATE, LETTER_TEMPLATE = "documents/free_text.html", "documents/letter.html"
_PART = re.compile(r"[IVXLC]{1,7}\. \S")
_SECTION = re.compile(r"[0-9]{1,2}\. \S")
#: A numbered line as long as this is a paragraph, not a heading.
_LONGEST_HEADING = 150
_CHAPTER = re.compile(r"(?P<kind>Phần|Chương|Mục) (?P<number>[IVXLC]+|[0-9]+)(?:[.:]? (?P<title>\S.*))?", re.IGNORECASE)
_ARTICLE = re.compile(r"(Điều [0-9]+[a-zđ]?\.) \S")


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
    def signature_lines(self) -> tuple[str, ...]:
        return self.head.letterhead.signature_lines

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Below “Nơi nhận”, as whoever approves it reads it."""
        return self.head.letterhead.recipient_lines

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        return addressee_lines(self.addressees)

    @property
    def facts(self) -> dict[str, Any]:
        """What it says, whatever its number, date and letterhead."""
        told = [[paragraph.level, paragraph.text] for paragraph in self.paragraphs]
        return {"subject": self.head.subject, "addressees": list(self.addressees), "paragraphs": told}

    def html(self) -> str:
        template = LETTER_TEMPLATE if self.head.is_letter else TEMPLATE
        opening = (Paragraph(self.opening),) if self.opening else ()
        told = {"addressee_lines": self.addressee_lines, "paragraphs": ranked((*opening, *self.paragraphs))}
        return document_html(template, {"head": self.head, **told})

    def docx(self, *, base: bytes | None = None) -> bytes:
        """On the office's own `base`, or on the standard one."""
        document = WordDocument(self.head, base=base)
        document.letterhead()
        document.addressees(self.addressee_lines)
        if self.opening:
            document.paragraph(self.opening)
        write_paragraphs(document, self.paragraphs)
        document.signatures()
        document.verification()
        return document.bytes()


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """The lines of the text with their rank; the last ends as a document does."""
    lines = _with_titles(line for line in (line.strip() for line in text.splitlines()) if line)
    return tuple(_told(_ended(lines)))


def _ended(lines: Sequence[str]) -> Sequence[str]:
    if not lines or lines[-1].endswith(END):
        return lines
    return [*lines[:-1], f"{lines[-1].rstrip(' .;:/')}{END}"]


def _told(lines: Sequence[str]) -> Iterator[Paragraph]:
    """Each line as what it is; the last is never a heading."""
    for place, line in enumerate(lines, start=1):
        is_heading = place < len(lines) and len(line) <= _LONGEST_HEADING and not line.endswith((".", ";", ":"))
        article, chapter = _ARTICLE.match(line), _CHAPTER.fullmatch(line)
        if chapter and is_heading:
            yield _chapter(chapter)
        elif article:
            yield Paragraph(line, "article") if is_heading else Paragraph(line, strong=article[1])
        elif is_heading and (_PART.match(line) or _SECTION.match(line)):
            yield Paragraph(line, "part" if _PART.match(line) else "section")
        else:
            yield Paragraph(line)


def _chapter(found: re.Match[str]) -> Paragraph:
    """``Chương I. Quy định chung``, also where it was typed in capitals or with a colon."""
    kind, number = found["kind"].capitalize(), found["number"].upper()
    title = f". {found['title']}" if found["title"] else ""
    return Paragraph(f"{kind} {number}{title}", "division" if kind == "Mục" else "chapter")


def _with_titles(lines: Iterable[str]) -> list[str]:
    """The lines, the title of a chapter that stands below it in capitals beside it."""
    joined: list[str] = []
    for line in lines:
        above = _CHAPTER.fullmatch(joined[-1]) if joined else None
        if above and not above["title"] and line.isupper() and not _CHAPTER.fullmatch(line):
            joined[-1] += f". {line}"
        else:
            joined.append(line)
    return joined
