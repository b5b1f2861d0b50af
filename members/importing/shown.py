"""The rows of a reading as the preview shows them: what will be stored, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
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


def shown_rows(reading: Reading[Any]) -> list[ShownRow]:
    faulty = {(fault.row, fault.field) for fault in reading.faults}
    columns = [(column.field, column.head) for column in reading.table.kind.columns]
    columns = [pair for pair in columns if pair[0] in reading.table.heads]
    return [_row(read, columns, faulty, read.row.number in reading.faulty_rows) for read in reading.rows]


def _row(
    read: Read[Any], columns: list[tuple[str, str]], faulty: set[tuple[int | None, str]], is_faulty: bool
) -> ShownRow:
    cells = []
    for field, head in columns:
        is_wrong = (read.row.number, field) in faulty
        new = written(read.values.get(field))
        old = written(read.old[field]) if field in read.old else ""
        text = as_typed(read, field) if is_wrong else new
        cells.append(ShownCell(head, text, "" if old == new else old, is_wrong))
    return ShownRow(read.row.number, tuple(cells), is_faulty, not read.old)


def as_typed(read: Read[Any], field: str) -> str:
    """What stands in a faulty cell."""
    return shown(read.row.cells.get(field)) or formatting.NOT_REPORTED
