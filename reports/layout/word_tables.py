"""A table of the layout in a Word file."""

from __future__ import annotations

from collections.abc import Sequence

from cluster_portal.files import word_styles
from cluster_portal.files.column_widths import column_widths
from cluster_portal.files.word import WordDocument
from cluster_portal.files.word_grid import TableCell
from reports.layout.table import LANDSCAPE, PORTRAIT, TABLE_SIZE, Table, TableLine

__all__ = ["LANDSCAPE", "PORTRAIT", "add_table"]


def add_table(document: WordDocument, table: Table, *, width: float = PORTRAIT) -> None:
    """As wide as a page upright, or `width` millimetres, with columns that break no figure."""
    widths = column_widths(table.texts, width, size=TABLE_SIZE)
    document.table(_head(table), [_cells(line) for line in table.lines], widths=widths)


def _head(table: Table) -> list[list[TableCell | None]]:
    rows: list[dict[int, TableCell | None]] = [{} for _row in table.head]
    for placed in table.placed_head:
        heading = placed.heading
        cell = TableCell(heading.text, word_styles.TABLE_HEAD, columns=heading.columns, rows=heading.rows)
        rows[placed.row][placed.column] = cell
        for below in range(placed.row + 1, placed.row + heading.rows):
            rows[below][placed.column] = None
    return [[row[column] for column in sorted(row)] for row in rows]


def _cells(line: TableLine) -> Sequence[TableCell]:
    bold = line.level != "row"
    return [
        TableCell(cell.text, word_styles.TABLE_NUMBER if column.is_numeric else word_styles.TABLE_TEXT, bold=bold)
        for column, cell in line.with_columns
    ]
