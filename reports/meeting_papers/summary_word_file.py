"""The report on a meeting as a Word file: the same text, tables and photos as the PDF."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cluster_portal.files import word_styles
from cluster_portal.files.column_widths import column_widths
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from cluster_portal.files.word_grid import TableCell
from reports.layout.word_tables import PORTRAIT, add_table
from reports.meeting_papers.summary import MeetingSummary, head_of


@kept
def write(summary: MeetingSummary, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`; number and date stay open for the hand."""
    document, paper = WordDocument(head_of(summary), base=base), summary.paper
    document.letterhead()
    for section in summary.sections:
        document.paragraph(f"{section.number}. {section.heading}", word_styles.HEADING_1)
        for paragraph in section.paragraphs:
            document.paragraph(paragraph)
        for number, table in enumerate(section.tables, start=1):
            document.paragraph(f"Bảng {number}. {table.title}", word_styles.CAPTION)
            add_table(document, table)
        if section.has_awards:
            rows = [(str(a.number), a.recipient, a.form, a.achievement, a.decided) for a in paper.awards]
            _add_texts(document, AWARDS, rows)
    document.paragraph(summary.closing)
    document.signatures()
    document.annex("I", summary.attendance_heading)
    listed = enumerate(paper.units, start=1)
    _add_texts(document, UNITS, [(str(n), row.unit, row.person, row.presence_printed) for n, row in listed])
    if summary.lists_guests:
        document.paragraph(summary.guests_heading, word_styles.CAPTION)
        guests = enumerate(paper.guests_who_came, start=1)
        _add_texts(document, GUESTS, [(str(n), row.name, row.post) for n, row in guests])
    document.end_of_annex()
    if paper.photos:
        document.annex("II", summary.photos_heading)
        for photo in paper.photos:
            if photo.jpeg:
                document.picture(photo.jpeg, photo.numbered, width=120, told=photo.told)
            else:
                document.paragraph(f"{photo.numbered} {photo.lack}")
        document.end_of_annex()
    return document.bytes()


AWARDS = ("TT", "Tập thể, cá nhân", "Hình thức", "Thành tích", "Người quyết định; số, ngày quyết định")
UNITS = ("TT", "Đơn vị", "Người dự, chức vụ", "Dự họp")
GUESTS = ("TT", "Họ và tên", "Chức vụ, cơ quan")


def _add_texts(document: WordDocument, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts below their headings, the first a number."""
    filled = list(rows)
    widths = column_widths([list(column) for column in zip(head, *filled, strict=True)], PORTRAIT, size=12)
    headings = [TableCell(text, word_styles.TABLE_HEAD) for text in head]
    lines = [[TableCell(ordinal, word_styles.TABLE_ORDINAL), *map(TableCell, texts)] for ordinal, *texts in filled]
    document.table([headings], lines, widths=widths)
