"""A unit's half-year report as a Word file: the same text and tables as the PDF."""

from __future__ import annotations

from cluster_portal.files import word_styles
from cluster_portal.files.column_widths import column_widths
from cluster_portal.files.document_head import addressee_lines
from cluster_portal.files.finished import kept
from cluster_portal.files.word import WordDocument
from cluster_portal.files.word_grid import TableCell
from reports.submissions.printed import PrintedReport, PrintedRow, PrintedTable

#: The text's width in millimetres; from how many columns on a table is written small.
WHOLE, MANY = 165.0, 8


@kept
def write(report: PrintedReport, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`, or on the standard one."""
    document = WordDocument(report.head, base=base)
    document.letterhead()
    document.addressees(addressee_lines([report.addressee]))
    document.paragraph(report.opening)
    for part in report.parts:
        document.paragraph(part.heading, word_styles.HEADING_1)
        for section in part.sections:
            if section.heading:
                document.paragraph(section.heading, word_styles.HEADING_2)
            for paragraph in section.paragraphs:
                document.paragraph(paragraph)
            for table in section.tables:
                _add_table(document, table)
            if section.tables:
                document.paragraph(report.legend, word_styles.NOTE)
    document.paragraph(report.closing)
    document.signatures()
    return document.bytes()


def _add_table(document: WordDocument, table: PrintedTable) -> None:
    if not table.is_of_several:
        document.paragraph(table.sentence)
        return
    document.paragraph(table.caption, word_styles.CAPTION)
    is_small = len(table.head) >= MANY
    style = word_styles.TABLE_HEAD_SMALL if is_small else word_styles.TABLE_HEAD
    told = [row.cells for row in table.rows if row.level != "group"]
    columns = [[heading, *(cells[place] for cells in told)] for place, heading in enumerate(table.head)]
    text = word_styles.SMALL_TEXT if is_small else word_styles.TABLE_TEXT
    widths = column_widths(columns, WHOLE, size=text.size)
    head = [TableCell(text, style) for text in table.head]
    document.table([head], [_cells(row, is_small=is_small) for row in table.rows], widths=widths)


def _cells(row: PrintedRow, *, is_small: bool) -> list[TableCell]:
    text, number = (
        (word_styles.SMALL_TEXT, word_styles.SMALL_NUMBER)
        if is_small
        else (word_styles.TABLE_TEXT, word_styles.TABLE_NUMBER)
    )
    is_bold = row.level != "row"
    if row.level == "group":
        return [TableCell(row.cells[0], text, bold=is_bold, columns=len(row.cells))]
    name, *figures = row.cells
    return [TableCell(name, text, bold=is_bold), *(TableCell(figure, number, bold=is_bold) for figure in figures)]
