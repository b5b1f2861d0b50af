"""A meeting's papers as Word files, to go on writing in: the same paragraphs as the PDFs, and the news item."""

from __future__ import annotations

from collections.abc import Iterable

from cluster_portal.files import word_styles
from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from meetings.papers.issuable import IssuablePaper
from meetings.papers.news import NewsItem
from meetings.papers.paper import MeetingPaper
from meetings.papers.paragraphs import Paragraph, ranked, write_agenda
from meetings.papers.pdf_files import agenda_head

#: The styles of headings: those that Word knows, by kind and rank, and those that only look like their kind.
RANKED = {("part", 1): word_styles.HEADING_1, ("section", 2): word_styles.HEADING_2}
LOOKS = {
    "part": word_styles.PART,
    "section": word_styles.SECTION,
    "article": word_styles.ARTICLE,
    "chapter": word_styles.CHAPTER,
    "division": word_styles.CHAPTER,
}


@kept
def write(issuable: IssuablePaper, *, base: bytes | None = None) -> bytes:
    """The paper on the office's own `base`; minutes have no place-and-date line and signatures of their own."""
    document = WordDocument(issuable.head, base=base)
    if issuable.kind.is_addressed:
        _write_letters(document, issuable)
        return document.bytes()
    document.letterhead(is_dated=issuable.kind.is_dated)
    write_paragraphs(document, issuable.paragraphs)
    if issuable.kind.is_signed_by_secretary:
        _sign_minutes(document, issuable)
    else:
        document.signatures()
    document.verification()
    return document.bytes()


def _write_letters(document: WordDocument, issuable: IssuablePaper) -> None:
    """A letter for each invitee, each with all that a paper has, on a page of its own."""
    for place, letter in enumerate(issuable.letters):
        if place:
            document.section_anew()
        document.letterhead()
        write_paragraphs(document, letter)
        document.signatures(issuable.recipient_lines)
        document.verification()


def write_paragraphs(document: WordDocument, paragraphs: Iterable[Paragraph]) -> None:
    """The paragraphs, their headings of the rank they have in the PDF."""
    for paragraph in ranked(paragraphs):
        if paragraph.rank:
            _write_heading(document, paragraph)
        else:
            document.paragraph(paragraph.text, strong=paragraph.strong)


def _write_heading(document: WordDocument, heading: Paragraph) -> None:
    usual = RANKED.get((heading.level, heading.rank))
    if usual:
        document.paragraph(heading.text, usual)
        return
    name, title = heading.name_and_title if LOOKS[heading.level] is word_styles.CHAPTER else (heading.text, "")
    document.heading(name, LOOKS[heading.level], rank=heading.rank)
    if title:
        document.paragraph(title, word_styles.CHAPTER_TITLE)


@kept
def agenda(paper: MeetingPaper, *, base: bytes | None = None) -> bytes:
    """Chương trình, which has no number."""
    document = WordDocument(agenda_head(paper), base=base)
    document.letterhead()
    write_paragraphs(document, write_agenda(paper))
    document.signatures()
    return document.bytes()


@kept
def news(item: NewsItem) -> bytes:
    """The news item, which is no official document: title, text, captioned photos, byline."""
    letterhead = Letterhead(issuer=item.issuer, is_sample=bool(item.sample_mark))
    document = WordDocument(DocumentHead(letterhead, kind="", kind_code="", subject=item.title))
    document.paragraph(item.title, word_styles.NEWS_TITLE)
    for block in item.blocks:
        if block.photo is None:
            document.paragraph(block.text)
        elif block.photo.jpeg:
            document.picture(block.photo.jpeg, block.photo.caption, told=block.photo.told)
        else:
            document.paragraph(f"{block.photo.lack} {block.photo.caption}".strip())
    if item.byline:
        document.paragraph(item.byline, word_styles.BYLINE)
    return document.bytes()


def _sign_minutes(document: WordDocument, issuable: IssuablePaper) -> None:
    """The secretary signs left, the chair right."""
    secretary, chair = issuable.paper.secretary_name, issuable.paper.chair_name
    with document.ending():
        document.paragraph("", word_styles.TABLE_TEXT)
        document.side_by_side(
            (
                [("Thư ký", word_styles.CAPACITY), (secretary, word_styles.SIGNER)],
                [("Chủ tọa", word_styles.CAPACITY), (chair, word_styles.SIGNER)],
            ),
            widths=(82, 83),
        )
        document.paragraph("", word_styles.TABLE_TEXT)
        document.paragraph("Nơi nhận:", word_styles.RECIPIENTS_TITLE)
        for line in issuable.recipient_lines:
            document.paragraph(line, word_styles.RECIPIENT)
