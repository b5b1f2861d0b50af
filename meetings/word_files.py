"""Minutes and conclusion notice as Word files, to go on writing in: the same passages as the PDFs."""

from __future__ import annotations

from collections.abc import Iterable

from docx.shared import Mm

from cluster_portal import word
from cluster_portal.documents import DocumentHead
from cluster_portal.word import WordDocument
from meetings.paper import MeetingPaper
from meetings.passages import Passage

STYLES = {"part": word.HEADING_1, "section": word.HEADING_2, "text": word.BODY}


def minutes(paper: MeetingPaper, *, head: DocumentHead, base: bytes | None = None) -> bytes:
    """Biên bản: no place-and-date line; the secretary signs left, the chair right."""
    document = WordDocument(head, base=base)
    document.letterhead(is_dated=False)
    _write(document, paper.minutes)
    document.paragraph("", word.TABLE_TEXT)
    document.side_by_side(
        [("Thư ký", word.CAPACITY), (paper.secretary_name, word.SIGNER)],
        [("Chủ tọa", word.CAPACITY), (paper.chair_name, word.SIGNER)],
        widths=(Mm(82), Mm(83)),
    )
    return document.bytes()


def conclusion_notice(paper: MeetingPaper, *, head: DocumentHead, base: bytes | None = None) -> bytes:
    """Thông báo kết luận, signed as any document of the cluster."""
    document = WordDocument(head, base=base)
    document.letterhead()
    _write(document, paper.conclusion_notice)
    document.signatures()
    return document.bytes()


def _write(document: WordDocument, passages: Iterable[Passage]) -> None:
    for passage in passages:
        document.paragraph(passage.text, STYLES[passage.level])
