"""Taking numbers that tell who a person is out of a file, before any of it is kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from cluster_portal.privacy import mask
from cluster_portal.tables.cells import Book, Cell, Sheet
from cluster_portal.tables.layout import Table


def mask_book(book: Book, table: Table | None, *, free_text: Collection[str]) -> Book:
    """The file without such numbers.

    Columns that hold no free text are left alone where the table was found: a sum of
    money could be taken for an account.
    """
    columns = {part.sheet: part.columns for part in table.whole} if table else {}
    kept = {
        sheet: {at for at, column in known.items() if column.field not in free_text} for sheet, known in columns.items()
    }
    return replace(book, sheets=tuple(_masked_sheet(sheet, kept.get(sheet.name, set())) for sheet in book.sheets))


def _masked_sheet(sheet: Sheet, kept: Collection[int]) -> Sheet:
    rows = {
        number: [cell if at in kept else _masked(cell) for at, cell in enumerate(cells)]
        for number, cells in sheet.rows.items()
    }
    return replace(sheet, rows=rows)


def _masked(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return mask(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return mask(str(cell)) if is_number and mask(str(cell)) != str(cell) else cell
