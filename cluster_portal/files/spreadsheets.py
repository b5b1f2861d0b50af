"""Writing tables for Excel, XLSX and CSV; `cluster_portal.tables` reads those people made.

A cell that starts with ``=`` is written as text, as what people typed must not compute
on somebody else's machine.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from cluster_portal.files.office_packages import finished_package
from cluster_portal.files.room import print_setup
from cluster_portal.text import clean_lines

#: The most rows of an exported workbook, which an import takes in again.
MAX_ROWS = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
#: How wide a column is at most, in characters; longer texts run over lines.
WIDEST = 60

#: What a spreadsheet program would take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | dt.date | None


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        # With a comma: 1.234 would be taken for one thousand two hundred and thirty-four.
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d/%m/%Y")
    return clean_lines(str(cell)).strip()


def write_xlsx(*, title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet: days are days, numbers numbers, and all text is text."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    print_setup(sheet, wide=True)
    filled = list(rows)
    for place, name in enumerate(head):
        longest = max((len(_text(row[place])) for row in filled), default=0)
        width = max(14, len(name) + 4, min(longest + 2, WIDEST))
        sheet.column_dimensions[get_column_letter(place + 1)].width = width
    names = [WriteOnlyCell(sheet, name) for name in head]
    for name in names:
        name.font = Font(bold=True)
    sheet.append(names)
    for row in filled:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    file = io.BytesIO()
    workbook.save(file)
    return finished_package(file.getvalue())


def _xlsx_cell(sheet: Any, value: Cell) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "DD/MM/YYYY"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    if len(value) > WIDEST:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def csv_lines(*, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, one by one, beginning with the mark Excel knows UTF-8 by.

    Text that would compute gets an apostrophe before it; an import takes it away again.
    """
    yield "\ufeff"
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(head)
    for row in rows:
        yield _taken(buffer)
        writer.writerow([_guarded(_text(value)) for value in row])
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
