"""Minutes and conclusion notice as Word files, to go on writing in: the same paragraphs as the PDFs."""

from __future__ import annotations

from docx.shared import Mm

from cluster_portal.files import word
from cluster_portal.files.word import WordDocument
from meetings.papers.issuable import IssuablePaper

STYLES = {"part": word.HEADING_1, "section": word.HEADING_2, "text": word.BODY}


def write(issuable: IssuablePaper, *, base: bytes | None = None) -> bytes:
    """The paper on the office's own `base`; minutes have no place-and-date line and signatures of their own."""
    document = WordDocument(issuable.head, base=base)
    document.letterhead(is_dated=issuable.kind.is_dated)
    for paragraph in issuable.paragraphs:
        document.paragraph(paragraph.text, STYLES[paragraph.level])
    if issuable.kind.is_signed_by_secretary:
        _sign_minutes(document, secretary=issuable.paper.secretary_name, chair=issuable.paper.chair_name)
    else:
        document.signatures()
    return document.bytes()


def _sign_minutes(document: WordDocument, *, secretary: str, chair: str) -> None:
    """The secretary signs left, the chair right."""
    document.paragraph("", word.TABLE_TEXT)
    document.side_by_side(
        [("Thư ký", word.CAPACITY), (secretary, word.SIGNER)],
        [("Chủ tọa", word.CAPACITY), (chair, word.SIGNER)],
        widths=(Mm(82), Mm(83)),
    )
