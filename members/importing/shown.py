"""The rows of a reading as the preview shows them: what will be stored, and what stands there now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cluster_portal import formatting
from cluster_portal.formatting import written
from cluster_portal.tables.reading import Read, Reading
from cluster_portal.tables.values import shown


@dataclass(frozen=True)
class ShownCell:
    """`text` as it will be stored; `old` where something else stands there now, a faulty one's as typed."""

    head: str
    text: str
    old: str = ""
    is_faulty: bool = False


@dataclass(frozen=True)
class ShownRow:
    number: int
    cells: tuple[ShownCell, ...]
    is_faulty: bool
    is_new: bool
    sheet: str = ""


@dataclass(frozen=True)
class ShownTable:
    """Rows of one sheet under their heads; it is named where several are read."""

    sheet: str
    heads: tuple[str, ...]
    rows: tuple[ShownRow, ...]


def shown_rows(reading: Reading[Any]) -> list[ShownRow]:
    """The rows under the heads of the template; of several sheets each has its own words."""
    table = reading.table
    columns = {
        part.told_sheet: [
            (column.field, (table.parts and part.heads[column.field]) or column.head)
            for column in part.kind.columns
            if column.field in part.heads
        ]
        for part in table.whole
    }
    return [_row(read, columns[read.row.sheet], reading) for read in reading.rows]


def by_sheet(rows: Iterable[ShownRow], reading: Reading[Any]) -> list[ShownTable]:
    is_one = not reading.table.parts
    return [
        ShownTable("" if is_one else sheet, tuple(cell.head for cell in found[0].cells), found)
        for sheet, group in groupby(rows, lambda row: row.sheet)
        for found in [tuple(group)]
    ]


def _row(read: Read[Any], columns: list[tuple[str, str]], reading: Reading[Any]) -> ShownRow:
    cells = []
    row = read.row
    for field, head in columns:
        is_wrong = (row.sheet, row.number, field) in reading.faulty_cells
        new = written(read.values.get(field))
        old = written(read.old[field]) if field in read.old else ""
        text = as_typed(read, field) if is_wrong else new
        cells.append(ShownCell(head, text, "" if old == new else old, is_wrong))
    is_faulty = (row.sheet, row.number) in reading.faulty_rows
    return ShownRow(row.number, tuple(cells), is_faulty, not read.old, row.sheet)


def as_typed(read: Read[Any], field: str) -> str:
    """What stands in a faulty cell."""
    return shown(read.row.cells.get(field)) or formatting.NOT_REPORTED
