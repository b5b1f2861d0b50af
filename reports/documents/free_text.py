"""Documents of the office's own words: plan, regulation, submission, programme, letter.

Their text is written in the draft, one paragraph a line; a line that begins with “I.”, “1.”,
“Chương I” or “Điều 1.” is a heading of that kind, and a line “Phụ lục” begins an annex, whose
title stands below. PDF and Word file lay out the same paragraphs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date

from cluster_portal.files import word_styles
from cluster_portal.files.document_head import END, DocumentHead, addressee_lines
from cluster_portal.files.pdf import document_html
from cluster_portal.files.word import WordDocument
from meetings.papers.paragraphs import Paragraph, ranked
from meetings.papers.word_files import write_paragraphs

#: Where a draft keeps the text, and its address in comments; and who of another party signs beside, name last.
BODY, COUNTERPART = "body", "counterpart"
#: Where it keeps the last day whose letterhead it may bear, though it is issued later; nobody is asked for it.
HEAD_UNTIL = "head_until"
TEMPLATE, LETTER_TEMPLATE = "documents/free_text.html", "documents/letter.html"
_PART = re.compile(r"[IVXLC]{1,7}\. \S")
_SECTION = re.compile(r"[0-9]{1,2}\. \S")
_ANNEX = re.compile(r"phụ lục(?: ([IVXLC]{1,7}|[0-9]{1,2}))?", re.IGNORECASE)
#: A numbered line as long as this is a paragraph, not a heading.
_LONGEST_HEADING = 150
_CHAPTER = re.compile(r"(?P<kind>Phần|Chương|Mục) (?P<number>[IVXLC]+|[0-9]+)(?:[.:]? (?P<title>\S.*))?", re.IGNORECASE)
_ARTICLE = re.compile(r"(Điều [0-9]+[a-zđ]?\.) \S")


@dataclass(frozen=True)
class Annex:
    """What begins on a page of its own; `number` is empty of the only one."""

    number: str
    subject: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def heading(self) -> str:
        return f"Phụ lục {self.number}".strip()


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
        told = {"addressee_lines": self.addressee_lines, "paragraphs": ranked((*opening, *self.paragraphs))}
        around = {"annexes": self.annexes, "is_dated": self.is_dated, "counterpart": self.counterpart}
        return document_html(template, {"head": self.head, **told, **around})

    def docx(self, *, base: bytes | None = None) -> bytes:
        """On the office's own `base`, or on the standard one."""
        document = WordDocument(self.head, base=base)
        document.letterhead(is_dated=self.is_dated)
        document.addressees(self.addressee_lines)
        if self.opening:
            document.paragraph(self.opening)
        write_paragraphs(document, self.paragraphs)
        if self.counterpart:
            self._sign_both(document)
        else:
            document.signatures()
        document.verification()
        for annex in self.annexes:
            document.annex(annex.number, annex.subject)
            write_paragraphs(document, annex.paragraphs)
        return document.bytes()

    def _sign_both(self, document: WordDocument) -> None:
        """The other party left, the cluster's signer right, the recipients below both."""
        letterhead = self.head.letterhead
        own = [*letterhead.capacity_lines, *([letterhead.signer_post] if letterhead.signer_post else [])]
        with document.ending():
            document.paragraph("", word_styles.TABLE_TEXT)
            *posts, name = self.counterpart
            other = [*((line, word_styles.CAPACITY) for line in posts), (name, word_styles.SIGNER)]
            ours = [*((line, word_styles.CAPACITY) for line in own), (letterhead.signer_name, word_styles.SIGNER)]
            document.side_by_side((other, ours), widths=(82, 83))
            document.paragraph("Nơi nhận:", word_styles.RECIPIENTS_TITLE)
            for line in letterhead.recipient_lines:
                document.paragraph(line, word_styles.RECIPIENT)


def free_document(text: Mapping[str, str], **around: Any) -> FreeDocument:
    """What a draft's `text` says, with head and what else stands `around` it."""
    body, annexes = split_annexes(text.get(BODY, ""))
    signs = tuple(line for line in (line.strip() for line in text.get(COUNTERPART, "").splitlines()) if line)
    return FreeDocument(paragraphs=paragraphs_of(body), annexes=annexes, counterpart=signs, **around)


def day_of_head(text: Mapping[str, str], date: dt.date | None) -> dt.date | None:
    """Of which day a document issued on `date` bears letterhead and signer."""
    last = parse_date(text.get(HEAD_UNTIL, ""))
    return last if last and (date is None or date > last) else date


def split_annexes(text: str) -> tuple[str, tuple[Annex, ...]]:
    """The text before the first line “Phụ lục”, and what follows each such line: its title, then what it says."""
    body, annexes = list[str](), list[tuple[str, list[str]]]()
    for line in (line.strip() for line in text.splitlines()):
        if found := _ANNEX.fullmatch(line):
            annexes.append(((found[1] or "").upper(), []))
        elif line:
            (annexes[-1][1] if annexes else body).append(line)
    told = ((number, lines[0], "\n".join(lines[1:])) for number, lines in annexes if lines)
    return "\n".join(body), tuple(Annex(number, subject, ranked(paragraphs_of(said))) for number, subject, said in told)


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
