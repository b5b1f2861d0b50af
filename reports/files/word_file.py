"""The report as a Word file that can be edited: the same text and tables as the PDF."""

from __future__ import annotations

from collections.abc import Sequence

from cluster_portal.files import word
from cluster_portal.files.word import TableCell, WordDocument
from reports.files.summary_report import SummaryReport
from reports.layout.table import Table, TableLine

CONTENT_TYPE = word.CONTENT_TYPE
#: The widths of the text upright and across, in millimetres.
PORTRAIT, LANDSCAPE = 165.0, 252.0
#: Of what is written in 12 points: a character's width, the room at a cell's sides.
CHARACTER, SIDES = 2.2, 3.0
LONGEST_NAME = 26


def write(report: SummaryReport, *, base: bytes | None = None) -> bytes:
    """The report on the office's own `base`, or on the standard one."""
    document = WordDocument(report.head, base=base)
    document.letterhead()
    if report.opening:
        document.paragraph(report.opening)
    for part in report.parts:
        document.paragraph(f"{part.number}. {part.heading}", word.HEADING_1)
        for paragraph in part.paragraphs:
            document.paragraph(paragraph)
        for numbered in part.tables:
            document.paragraph(numbered.caption, word.CAPTION)
            _add_table(document, numbered.table, width=PORTRAIT)
            if numbered.note:
                document.paragraph(numbered.note)
    document.paragraph(report.closing)
    document.signatures()
    for annex in report.annexes:
        document.annex(annex.number, annex.subject, is_across=True)
        _add_table(document, annex.table, width=LANDSCAPE)
        document.end_of_annex()
    return document.bytes()


def _add_table(document: WordDocument, table: Table, *, width: float) -> None:
    document.table(_head(table), [_cells(line) for line in table.lines], widths=_widths(table, width))


def _widths(table: Table, whole: float) -> list[float]:
    """Each column as wide as its longest figure wants, the rest shared out alike."""
    texts = [[line.cells[place].text for line in table.lines] for place in range(len(table.columns))]
    longest = [max(map(len, column), default=0) for column in texts]
    wanted = [
        (min(length, LONGEST_NAME) if column.kind == "text" else max(length, _heading_width(column.heading)))
        * CHARACTER
        + SIDES
        for column, length in zip(table.columns, longest, strict=True)
    ]
    spare = (whole - sum(wanted)) / len(wanted)
    return [width + spare for width in wanted] if spare > 0 else [width * whole / sum(wanted) for width in wanted]


def _heading_width(heading: str) -> int:
    """What a heading needs: its longest word, and no more than about three lines."""
    return max(len(heading) // 3, *map(len, heading.split()))


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
