"""A unit's half-year report as a Word file: the same text and tables as the PDF."""

from __future__ import annotations

from cluster_portal.files import word
from cluster_portal.files.word import TableCell, WordDocument
from reports.submissions.printed import PrintedReport, PrintedRow, PrintedTable

#: Of the text's 165 mm the first column's share; the others share the rest.
FIRST_COLUMN, WHOLE = 33.0, 165.0


def write(report: PrintedReport, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`, or on the standard one."""
    document = WordDocument(report.head, base=base)
    document.letterhead()
    document.paragraph(f"Kính gửi: {report.addressee}", word.ADDRESSEE)
    document.paragraph(report.opening)
    for part in report.parts:
        document.paragraph(part.heading, word.HEADING_1)
        for section in part.sections:
            if section.heading:
                document.paragraph(section.heading, word.HEADING_2)
            for paragraph in section.paragraphs:
                document.paragraph(paragraph)
            for table in section.tables:
                _add_table(document, table)
            if section.tables:
                document.paragraph(report.legend, word.NOTE)
    document.paragraph(report.closing)
    document.signatures()
    return document.bytes()


def _add_table(document: WordDocument, table: PrintedTable) -> None:
    document.paragraph(table.caption, word.CAPTION)
    others = len(table.head) - 1
    head = [TableCell(text, word.TABLE_HEAD_SMALL if others > 6 else word.TABLE_HEAD) for text in table.head]
    rows = [_cells(row, is_small=others > 6) for row in table.rows]
    document.table([head], rows, widths=[FIRST_COLUMN, *[(WHOLE - FIRST_COLUMN) / others] * others])


def _cells(row: PrintedRow, *, is_small: bool) -> list[TableCell]:
    text, number = (word.SMALL_TEXT, word.SMALL_NUMBER) if is_small else (word.TABLE_TEXT, word.TABLE_NUMBER)
    is_bold = row.level != "row"
    if row.level == "group":
        return [TableCell(row.cells[0], text, bold=is_bold, columns=len(row.cells))]
    name, *figures = row.cells
    return [TableCell(name, text, bold=is_bold), *(TableCell(figure, number, bold=is_bold) for figure in figures)]
