"""A report that lies in several sheets of one workbook: a table in each, of one kind or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cluster_portal.tables.cells import Book, Sheet
from cluster_portal.tables.finding import Head, NoTable, find_table, head_of, no_head, table_below
from cluster_portal.tables.layout import Choice, Table, TableKind


def find(book: Book, kinds: Sequence[TableKind], choice: Choice | None = None) -> Table:
    """The one table of that kind; of several kinds the table of each visible sheet, the first with the others as parts.

    Raises `NoTable`.
    """
    choice = choice or Choice()
    if len(kinds) == 1:
        return find_table(book, kinds[0], choice)
    chosen = {part.sheet: part for part in choice.parts}
    found: list[Table] = []
    unread: list[Sheet] = []
    for sheet in book.sheets:
        table = None if sheet.is_hidden else _table_in(sheet, kinds, len(book.sheets), chosen.get(sheet.name, Choice()))
        if table:
            found.append(table)
        else:
            unread.append(sheet)
    if not found:
        raise NoTable(no_head(kinds))
    return replace(found[0], parts=tuple(found[1:]), unread=tuple(unread), choice=choice)


def _table_in(sheet: Sheet, kinds: Sequence[TableKind], sheets: int, choice: Choice) -> Table | None:
    """The table of the kind of which the sheet's head tells most."""
    heads: list[tuple[Head, TableKind]] = [(head, kind) for kind in kinds if (head := head_of(sheet, kind, choice))]
    if not heads:
        return None
    head, kind = max(heads, key=lambda pair: pair[0].weight)
    return table_below(head, kind, (), sheets > 1, choice)
