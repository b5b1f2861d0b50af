"""The report as a Word file that can be edited: the same text and tables as the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from cluster_portal.files import word
from cluster_portal.files.drawings import chart_png
from cluster_portal.files.word import TableCell, WordDocument, column_widths
from reports.files.summary_report import SummaryReport
from reports.layout.table import Table, TableLine

CONTENT_TYPE = word.CONTENT_TYPE
#: The widths of the text upright and across, in millimetres.
PORTRAIT, LANDSCAPE = 165.0, 252.0
#: How wide a chart is printed, in millimetres.
CHART = 150.0
#: In which tables are written, in points.
TABLE_SIZE = word.TABLE_TEXT.size


def write(report: SummaryReport, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`, or on the standard one."""
    document = WordDocument(report.head, base=base)
    document.letterhead()
    for line in report.addressee_lines:
        document.paragraph(line, word.ADDRESSEE)
    if report.opening:
        document.paragraph(report.opening)
    for part in report.parts:
        if part.title:
            document.paragraph(part.title, word.HEADINGS[part.rank - 1])
        for paragraph in part.paragraphs:
            document.paragraph(paragraph)
        if part.chart:
            document.picture(chart_png(part.chart), part.chart.title, width=CHART, told=part.chart.description)
        for numbered in part.tables:
            document.paragraph(numbered.caption, word.CAPTION)
            add_table(document, numbered.table)
            if numbered.note:
                document.paragraph(numbered.note)
    document.paragraph(report.closing)
    document.signatures()
    document.verification()
    for annex in report.annexes:
        document.annex(annex.number, annex.subject, is_across=True)
        add_table(document, annex.table, width=LANDSCAPE)
        document.end_of_annex()
    return document.bytes()


def add_table(document: WordDocument, table: Table, *, width: float = PORTRAIT) -> None:
    document.table(_head(table), [_cells(line) for line in table.lines], widths=_widths(table, width))


def _widths(table: Table, whole: float) -> list[float]:
    """Wide enough that no figure is broken, the rest shared out."""
    columns = [
        [column.heading, *(line.cells[place].text for line in table.lines)]
        for place, column in enumerate(table.columns)
    ]
    return column_widths(columns, whole, size=TABLE_SIZE)


def _head(table: Table) -> list[list[TableCell | None]]:
    rows: list[dict[int, TableCell | None]] = [{} for _row in table.head]
    for placed in table.placed_head:
        heading = placed.heading
        cell = TableCell(heading.text, word.TABLE_HEAD, columns=heading.columns, rows=heading.rows)
        rows[placed.row][placed.column] = cell
        for below in range(placed.row + 1, placed.row + heading.rows):
            rows[below][placed.column] = None
    return [[row[column] for column in sorted(row)] for row in rows]


def _cells(line: TableLine) -> Sequence[TableCell]:
    bold = line.level != "row"
    return [
        TableCell(cell.text, word.TABLE_NUMBER if column.is_numeric else word.TABLE_TEXT, bold=bold)
        for column, cell in line.with_columns
    ]
