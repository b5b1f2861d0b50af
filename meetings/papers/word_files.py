"""A meeting's papers as Word files, to go on writing in: the same paragraphs as the PDFs, and the news item."""

from __future__ import annotations

from collections.abc import Iterable

from cluster_portal.files import word
from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from meetings.papers.issuable import IssuablePaper
from meetings.papers.news import NewsItem
from meetings.papers.paper import MeetingPaper
from meetings.papers.paragraphs import Paragraph, write_agenda
from meetings.papers.pdf_files import agenda_head

STYLES = {"part": word.HEADING_1, "section": word.HEADING_2, "text": word.BODY}


@kept
def write(issuable: IssuablePaper, *, base: bytes | None = None) -> bytes:
    """The paper on the office's own `base`; minutes have no place-and-date line and signatures of their own."""
    document = WordDocument(issuable.head, base=base)
    if issuable.kind.is_addressed:
        _write_letters(document, issuable)
        return document.bytes()
    document.letterhead(is_dated=issuable.kind.is_dated)
    _write(document, issuable.paragraphs)
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
        _write(document, letter)
        document.signatures(issuable.kind.recipients)
        document.verification()


def _write(document: WordDocument, paragraphs: Iterable[Paragraph]) -> None:
    for paragraph in paragraphs:
        document.paragraph(paragraph.text, STYLES[paragraph.level], strong=paragraph.strong)


@kept
def agenda(paper: MeetingPaper, *, base: bytes | None = None) -> bytes:
    """Chương trình, which has no number."""
    document = WordDocument(agenda_head(paper), base=base)
    document.letterhead()
    _write(document, write_agenda(paper))
    document.signatures()
    return document.bytes()


@kept
def news(item: NewsItem) -> bytes:
    """The news item, which is no official document: title, text, captioned photos, byline."""
    letterhead = Letterhead(issuer=item.issuer, is_sample=bool(item.sample_mark))
    document = WordDocument(DocumentHead(letterhead, kind="", kind_code="", subject=item.title))
    document.paragraph(item.title, word.NEWS_TITLE)
    for block in item.blocks:
        if block.photo is None:
            document.paragraph(block.text)
        elif block.photo.jpeg:
            document.picture(block.photo.jpeg, block.photo.caption, told=block.photo.told)
        else:
            document.paragraph(f"{block.photo.lack} {block.photo.caption}".strip())
    if item.byline:
        document.paragraph(item.byline, word.BYLINE)
    return document.bytes()


def _sign_minutes(document: WordDocument, issuable: IssuablePaper) -> None:
    """The secretary signs left, the chair right."""
    secretary, chair = issuable.paper.secretary_name, issuable.paper.chair_name
    with document.ending():
        document.paragraph("", word.TABLE_TEXT)
        document.side_by_side(
            (
                [("Thư ký", word.CAPACITY), (secretary, word.SIGNER)],
                [("Chủ tọa", word.CAPACITY), (chair, word.SIGNER)],
            ),
            widths=(82, 83),
        )
        document.paragraph("", word.TABLE_TEXT)
        document.paragraph("Nơi nhận:", word.RECIPIENTS_TITLE)
        for line in issuable.kind.recipients:
            document.paragraph(line, word.RECIPIENT)
