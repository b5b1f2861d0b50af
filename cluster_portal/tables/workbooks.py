"""Workbooks that belong to an import: the empty template with its lists, and a sheet with its faults beside them."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cluster_portal.files.office_packages import finished_package
from cluster_portal.files.room import FACE, make_room, print_setup
from cluster_portal.tables.cells import Book, Cell, ErrorValue, FormulaWithoutValue, Sheet
from cluster_portal.tables.layout import Table, TableKind
from cluster_portal.tables.reading import Fault

_TEMPLATE_ROWS = 500
_RED = PatternFill("solid", fgColor="FFF8D7DA")
_THIN = Side(style="thin", color="999999")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
#: How many fewer letters stand in a line if they are bold, as names and heads are.
BOLD = 0.9


def template(kind: TableKind, *, title: str, example: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> bytes:
    """A workbook with the heads, one example row, every cell as text so that Excel keeps what is typed, and
    drop-down lists of what may stand in a column."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    sheet.append([column.head for column in kind.columns])
    sheet.append([example.get(column.field, "") for column in kind.columns])
    for place, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(place)
        sheet[f"{letter}1"].font = Font(bold=True)
        sheet.column_dimensions[letter].width = max(16, len(column.head) + 4)
        for number in range(2, _TEMPLATE_ROWS + 2):
            sheet[f"{letter}{number}"].number_format = "@"
    sheet.freeze_panes = "A2"
    _add_lists(workbook, sheet, kind, lists)
    return _saved(workbook)


def _add_lists(workbook: Any, sheet: Any, kind: TableKind, lists: Mapping[str, Sequence[str]]) -> None:
    """The lists stand in a hidden sheet, as Excel takes only 255 letters of them in a rule."""
    hidden = workbook.create_sheet("Danh mục")
    hidden.sheet_state = "hidden"
    places = {column.field: place for place, column in enumerate(kind.columns, start=1)}
    for at, (field, words) in enumerate(lists.items(), start=1):
        for number, word in enumerate(words, start=1):
            _write(hidden.cell(number, at), word)
        letter, column = get_column_letter(at), get_column_letter(places[field])
        source = f"'Danh mục'!${letter}$1:${letter}${max(1, len(words))}"
        rule = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
        rule.add(f"{column}2:{column}{_TEMPLATE_ROWS + 1}")
        sheet.add_data_validation(rule)


def write_sheets(sheets: Mapping[str, Sequence[Sequence[str]]], *, hidden: Collection[str] = ()) -> bytes:
    """A workbook to be filled in: each sheet with its heads in the first row, every cell text as it stands."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                _write(cell, text or None)
                cell.number_format = "@"
                cell.font = Font(name=FACE, size=11, bold=number == 1 or column == 1)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.border = GRID
        widest = max(map(len, rows), default=1)
        widths = [34 if place == 0 else 90 if widest == 2 else 16 for place in range(widest)]
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        for number, row in enumerate(rows, start=1):
            make_room(sheet, number, [(text or "", width * BOLD) for text, width in zip(row, widths, strict=False)])
        sheet.freeze_panes, sheet.print_title_rows = "B2", "1:1"
        print_setup(sheet, wide=True)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    return _saved(workbook)


def with_faults(book: Book, table: Table, faults: Sequence[Fault]) -> bytes:
    """The file's values once more, each faulty cell of the table red and with a comment that says why."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    parts = {part.sheet: part for part in table.whole}
    for read in book.sheets:
        sheet = workbook.create_sheet(re.sub(r"[\\*?:/\[\]]", " ", read.name)[:31])
        _copy(sheet, read)
        part = parts.get(read.name)
        told = _told_in(part, [fault for fault in faults if (fault.sheet or table.sheet) == read.name]) if part else {}
        for (row, column), messages in told.items():
            cell = sheet.cell(row, column)
            cell.fill = _RED
            cell.comment = Comment("\n".join(messages)[:2000], _("Check of the file"), width=320, height=120)
        _merge(sheet, read, told)
    return _saved(workbook)


def _told_in(table: Table, faults: Sequence[Fault]) -> dict[tuple[int, int], list[str]]:
    """What is wrong with each cell of a sheet, by row and column; what names no cell stands at the head."""
    places = {column.field: place for place, column in reversed(table.columns.items())}
    told: dict[tuple[int, int], list[str]] = {}
    for fault in faults:
        told.setdefault((fault.row or table.head_row, places.get(fault.field, 0) + 1), []).append(fault.message)
    return told


def _merge(sheet: Any, read: Sheet, told: Collection[tuple[int, int]]) -> None:
    """Merge what was merged, but for cells that a comment stands at."""
    for top, left, bottom, right in read.merged:
        if not any(top < row <= bottom + 1 and left < column <= right + 1 for row, column in told):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _copy(sheet: Any, read: Sheet) -> None:
    for number, cells in read.rows.items():
        for column, value in enumerate(cells, start=1):
            if value is not None:
                _write(sheet.cell(number, column), value)
    if read.is_hidden:
        sheet.sheet_state = "hidden"
    for number in read.hidden_rows:
        sheet.row_dimensions[number].hidden = True


def _write(cell: Any, value: Cell) -> None:
    """The value as what it is; text never computes."""
    if isinstance(value, ErrorValue | FormulaWithoutValue):
        cell.value = value.code if isinstance(value, ErrorValue) else None
        return
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, dt.datetime | dt.date):
        cell.number_format = "DD/MM/YYYY"


def _saved(workbook: Any) -> bytes:
    file = io.BytesIO()
    workbook.save(file)
    return finished_package(file.getvalue())
