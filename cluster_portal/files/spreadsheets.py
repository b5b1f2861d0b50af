"""Tables for Excel: reading those people made, XLSX and CSV alike, and writing them.

Nothing is guessed: heads are matched by name, a fault is told with its row and
column. Formulas are never evaluated; a cell that starts with ``=`` stays text, read
and written, as what people typed must not compute on somebody else's machine.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from cluster_portal.text import clean_lines

MAX_BYTES = 10 * 2**20
#: What an XLSX file may grow to when it is unpacked.
MAX_UNPACKED_BYTES = 64 * 2**20
MAX_ROWS = 20_000
#: More columns than any table has that people fill in here.
MAX_COLUMNS = 60
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"

#: What a spreadsheet program would take for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | dt.date | None


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: `row` as Excel counts it, `column` by its head."""

    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        if self.row is None:
            return self.message
        if not self.column:
            return _("Row %(row)d: %(message)s") % {"row": self.row, "message": self.message}
        return _("Row %(row)d, column “%(column)s”: %(message)s") % {
            "row": self.row,
            "column": self.column,
            "message": self.message,
        }


class SpreadsheetError(Exception):
    """The file can't be taken over; `faults` names every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Row:
    """One row below the head, its cells by column name, stripped; an empty cell is ``""``."""

    number: int
    cells: dict[str, str]


def read_table(
    file: IO[bytes],
    *,
    filename: str,
    required: Sequence[str],
    optional: Sequence[str] = (),
    aliases: Mapping[str, str] | None = None,
) -> list[Row]:
    """The rows of the first sheet, empty ones left out.

    `aliases` maps other heads a column may carry (lower case) to its name.

    Raises `SpreadsheetError` where the file is no table, is too large, or lacks a
    required column; unknown columns are faults too, so that a misspelt head is seen.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise SpreadsheetError([Fault(_("The file is larger than 10 MB."))])
    lines = _xlsx_lines(data) if filename.lower().endswith(".xlsx") else _csv_lines(data)
    numbered = [(number, [_text(cell) for cell in line]) for number, line in enumerate(lines, start=1)]
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        raise SpreadsheetError([Fault(_("The file is empty."))])
    if len(filled) > MAX_ROWS:
        raise SpreadsheetError([Fault(_("The file has more than 20,000 rows."))])
    typed = [" ".join(unicodedata.normalize("NFC", cell.lower()).split()) for cell in filled[0][1]]
    head_row, head = filled[0][0], [(aliases or {}).get(name, name) for name in typed]
    faults = [Fault(_("The column “%(name)s” is missing.") % {"name": name}) for name in required if name not in head]
    known = {*required, *optional, ""}
    faults += [Fault(_("This column is not known."), row=head_row, column=name) for name in head if name not in known]
    faults += [
        Fault(_("This column stands twice."), row=head_row, column=name)
        for name in sorted(known - {""})
        if head.count(name) > 1
    ]
    if faults:
        raise SpreadsheetError(faults)
    names = [*required, *optional]
    return [Row(number, _named(head, cells, names)) for number, cells in filled[1:]]


def _named(head: list[str], cells: list[str], names: Iterable[str]) -> dict[str, str]:
    found = dict(zip(head, cells, strict=False))
    return {name: found.get(name, "") for name in names}


def _xlsx_lines(data: bytes) -> list[list[Any]]:
    """The first sheet's cells.

    openpyxl doesn't check what it reads: a damaged or hostile file ends in whatever
    exception its contents provoke, so that each of them means "not readable".
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
        if unpacked <= MAX_UNPACKED_BYTES:
            with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=False)) as workbook:
                rows = workbook.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS)
                return [list(row) for row in rows]
    except Exception as error:
        raise SpreadsheetError([Fault(_("This is not a readable Excel file (.xlsx)."))]) from error
    raise SpreadsheetError([Fault(_("Unpacked, the file is too large."))])


def _csv_lines(data: bytes) -> list[list[Any]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SpreadsheetError(
            [Fault(_("The file can't be read. Save it as Excel (.xlsx) or as CSV in UTF-8."))]
        ) from error
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:  # such as a quotation mark that is never closed, with the rest of the file behind it
        raise SpreadsheetError(
            [Fault(_("The file can't be read. Save it as Excel (.xlsx) or as CSV in UTF-8."))]
        ) from error
    return [[_unguarded(cell) for cell in line] for line in lines]


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
    for place, name in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(name) + 4)
    names = [WriteOnlyCell(sheet, name) for name in head]
    for name in names:
        name.font = Font(bold=True)
    sheet.append(names)
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def _xlsx_cell(sheet: Any, value: Cell) -> Any:
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dt.date):
        cell = WriteOnlyCell(sheet, value)
        cell.number_format = "DD/MM/YYYY"
        return cell
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.data_type = "s"
    return cell


def csv_lines(*, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, one by one, beginning with the mark Excel knows UTF-8 by.

    Text that would compute gets an apostrophe before it; `read_table` takes it away again.
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


def _unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_SIGNS) else text
