"""What calamine doesn't tell of a workbook: failed formulas, formulas without a value, what is hidden.

calamine reads the values of every format alike, but gives an empty cell where a formula
failed or was never computed, and doesn't know which rows a filter hides. Those marks
are read here, with a streaming parser that builds no tree. openpyxl could tell them
too, but it takes no strict OOXML and no OpenDocument, and builds a thousand objects
where this keeps a number. Knows no Django.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from cluster_portal.tables.cells import MAX_COLUMNS, MAX_ROWS, Cell, ErrorValue, FormulaWithoutValue
from cluster_portal.tables.refusals import Refusal, UnreadableFile

Attributes = dict[str, str]


@dataclass
class Marks:
    """What is odd about a sheet's cells, counted from 0."""

    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def _parse(
    package: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] = lambda data: None,
) -> None:
    """Hand the elements of a part to the functions, by their names without a namespace."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def local(name: str) -> str:
        return name.rpartition(":")[2]

    def refuse(*_args: object) -> None:
        raise ValueError("a workbook declares no entities")

    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = refuse
    with package.open(part) as file:
        while chunk := file.read(1 << 16):
            parser.Parse(chunk)
        parser.Parse(b"", True)


def xlsx_marks(package: zipfile.ZipFile) -> dict[str, Marks]:
    """The marks of each sheet by its name, transitional or strict OOXML."""
    return {name: _sheet_marks(package, part) for name, part in _sheet_parts(package).items()}


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relationship(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = attributes["Target"]
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
            targets[attributes["Id"]] = path

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            sheets[attributes["name"]] = key

    _parse(package, "xl/_rels/workbook.xml.rels", relationship)
    _parse(package, "xl/workbook.xml", sheet)
    return {name: targets[key] for name, key in sheets.items() if key in targets}


class _XlsxSheet:
    def __init__(self) -> None:
        self.marks = Marks()
        self.row = self.column = -1
        self.kind = ""
        self.has_formula = self.has_value = self.in_value = False
        self.value = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.column = -1
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden_rows.add(self.row)
        elif name == "c":
            self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
            self.kind = attributes.get("t", "")
            self.has_formula = self.has_value = False
            self.value = ""
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "is"):
            if self.row > 2 * MAX_ROWS:
                raise UnreadableFile(Refusal.TOO_MANY_ROWS)
            self.has_value, self.in_value = True, name == "v"
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"])
            self.marks.hidden_columns |= set(range(first, min(last, MAX_COLUMNS)))

    def text(self, data: str) -> None:
        if self.in_value:
            self.value += data

    def end(self, name: str) -> None:
        if name == "v":
            self.in_value = False
        elif name == "c":
            place = (self.row, self.column)
            if self.kind == "e":
                self.marks.cells[place] = ErrorValue(self.value.strip() or "#N/A")
            elif self.has_formula and not (self.value.strip() or (self.has_value and self.kind == "str")):
                self.marks.cells[place] = FormulaWithoutValue()


def _column(reference: str) -> int:
    """``"C7"`` → 2."""
    number = 0
    for letter in re.match("[A-Za-z]*", reference)[0].upper():  # type: ignore[index]
        number = number * 26 + ord(letter) - 64
    return number - 1


def _sheet_marks(package: zipfile.ZipFile, part: str) -> Marks:
    sheet = _XlsxSheet()
    _parse(package, part, sheet.start, sheet.end, sheet.text)
    return sheet.marks


class _OdsSheets:
    """The tables of ``content.xml``; rows and cells may stand for many at once."""

    def __init__(self) -> None:
        self.sheets: dict[str, Marks] = {}
        self.marks = Marks()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.cell: Attributes | None = None
        self.value = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self.marks = self.sheets.setdefault(attributes.get("table:name", ""), Marks())
            self.row = 0
        elif name == "table-row":
            self.rows = int(attributes.get("table:number-rows-repeated", 1))
            self.column = 0
            if attributes.get("table:visibility") in ("collapse", "filter") and self.row <= MAX_ROWS:
                self.marks.hidden_rows |= set(range(self.row, min(self.row + self.rows, 2 * MAX_ROWS)))
        elif name in ("table-cell", "covered-table-cell"):
            self.columns = int(attributes.get("table:number-columns-repeated", 1))
            self.cell, self.value = attributes, ""
            down, right = (int(attributes.get(f"table:number-{way}-spanned", 1)) for way in ("rows", "columns"))
            if down > 1 or right > 1:
                self.marks.merged.append((self.row, self.column, self.row + down - 1, self.column + right - 1))

    def text(self, data: str) -> None:
        if self.cell is not None:
            self.value += data

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell") and self.cell is not None:
            if mark := self._mark(self.cell):
                for column in range(self.column, min(self.column + self.columns, MAX_COLUMNS)):
                    self.marks.cells[self.row, column] = mark
            self.column += self.columns
            self.cell = None
        elif name == "table-row":
            self.row += self.rows

    def _mark(self, cell: Attributes) -> Cell:
        if cell.get("calcext:value-type") == "error":
            return ErrorValue(self.value.strip() or "#N/A")
        values = ("office:value", "office:date-value", "office:time-value", "office:boolean-value")
        if "table:formula" in cell and not self.value.strip() and not any(value in cell for value in values):
            return None if cell.get("office:value-type") == "string" else FormulaWithoutValue()
        return None


def ods_marks(package: zipfile.ZipFile) -> dict[str, Marks]:
    sheets = _OdsSheets()
    _parse(package, "content.xml", sheets.start, sheets.end, sheets.text)
    return sheets.sheets


def xls_marks(data: bytes) -> dict[str, Marks]:
    """The marks of an Excel 97–2003 file; its formulas always carry their values."""
    import xlrd

    with xlrd.open_workbook(file_contents=data, formatting_info=True) as book:
        return {sheet.name: _xls_sheet(sheet, xlrd.error_text_from_code) for sheet in book.sheets()}


def _xls_sheet(sheet: object, codes: dict[int, str]) -> Marks:
    import xlrd

    assert isinstance(sheet, xlrd.sheet.Sheet)  # noqa: S101
    marks = Marks(
        hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
        hidden_columns={column for column, info in sheet.colinfo_map.items() if info.hidden},
        merged=[(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells],
    )
    for row in range(min(sheet.nrows, MAX_ROWS + 2)):
        for column, kind in enumerate(sheet.row_types(row)[:MAX_COLUMNS]):
            if kind == xlrd.XL_CELL_ERROR:
                marks.cells[row, column] = ErrorValue(codes.get(sheet.cell_value(row, column), "#N/A"))
    return marks
