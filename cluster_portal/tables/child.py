"""Reads one file in a process of its own: the bytes on standard input, JSON on standard output.

A file is somebody else's: it may be built so that a parser needs minutes or gigabytes,
or dies. Here it can only end this process, which has limits on both and is killed when
it takes too long (`cluster_portal.tables.books`). Knows no Django, so that it starts at once.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from collections.abc import Iterable
from typing import Any

from cluster_portal.bounded import limit_this_process
from cluster_portal.tables.cells import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_LENGTH,
    MAX_ROWS,
    Book,
    Cell,
    ErrorValue,
    FormulaWithoutValue,
    Sheet,
    error_in,
)
from cluster_portal.tables.old_fonts import old_font
from cluster_portal.tables.refusals import Refusal, UnreadableFile
from cluster_portal.tables.text_files import read_text

MAX_MEMORY = 1536 * 2**20
MAX_SECONDS = 15
#: What the parts of a package may grow to when they are unpacked.
MAX_UNPACKED_BYTES = 64 * 2**20
#: Characters over all cells, twice what the largest text file can hold: one text may stand in a thousand cells.
MAX_CHARACTERS = 20 * 2**20

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Beginnings of files that are no tables, whatever their names say.
_OTHER_FILES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"MZ", b"\x1f\x8b")


def read(data: bytes) -> Book:
    """The file's sheets, told by content; raises `UnreadableFile`."""
    if not data.strip():
        raise UnreadableFile(Refusal.EMPTY)
    if data.startswith(b"PK"):
        book = _read_package(data)
    elif data.startswith(_OLE):
        book = _read_compound(data)
    elif data.startswith(_OTHER_FILES):
        raise UnreadableFile(Refusal.NOT_A_TABLE)
    elif _is_markup(data):
        raise UnreadableFile(Refusal.WEB_PAGE)
    else:
        book = read_text(data)
    return _checked(book)


def _is_markup(data: bytes) -> bool:
    begin = data[:2000].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    return begin.startswith(
        (b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head", b"<style", b"mime-version")
    )


def _checked(book: Book) -> Book:
    texts = [cell for sheet in book.sheets for cells in sheet.rows.values() for cell in cells if isinstance(cell, str)]
    if sum(map(len, texts)) > MAX_CHARACTERS:  # the portal's own process is to take them
        raise UnreadableFile(Refusal.UNPACKS_TOO_LARGE)
    if font := old_font(texts):
        raise UnreadableFile(Refusal.OLD_FONT, font)
    if not any(sheet.rows or sheet.is_cut for sheet in book.sheets):
        raise UnreadableFile(Refusal.EMPTY)
    return book


def _read_package(data: bytes) -> Book:
    from cluster_portal.tables.packages import ods_marks, xlsx_marks

    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(Refusal.DAMAGED) from error
    with package:
        if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
            raise UnreadableFile(Refusal.UNPACKS_TOO_LARGE)
        names = {part.filename for part in parts}
        if "xl/workbook.bin" in names:
            raise UnreadableFile(Refusal.BINARY_WORKBOOK)
        if any(part.flag_bits & 1 for part in parts) or _is_encrypted_document(package, names):
            raise UnreadableFile(Refusal.PASSWORD)
        if _has_too_many_texts(package, names):
            raise UnreadableFile(Refusal.UNPACKS_TOO_LARGE)
        if "xl/workbook.xml" in names:
            marks = xlsx_marks(package)
        elif "content.xml" in names and b"spreadsheet" in _begin(package, "mimetype", names):
            marks = ods_marks(package)
        else:
            raise UnreadableFile(Refusal.NOT_A_TABLE)
    return _with_values(data, marks)


def _begin(package: zipfile.ZipFile, part: str, names: set[str]) -> bytes:
    if part not in names:
        return b""
    with package.open(part) as file:
        return file.read(200_000)


def _has_too_many_texts(package: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether the list of shared texts holds more than any table shows: empty ones cost an archive nothing."""
    if "xl/sharedStrings.xml" not in names:
        return False
    found, end = 0, b""
    with package.open("xl/sharedStrings.xml") as file:
        while chunk := file.read(1 << 20):
            found += (end + chunk).count(b"<si>") + (end + chunk).count(b"<si/>") + (end + chunk).count(b":si>")
            end = chunk[-4:]
    return found > 2 * MAX_CELLS


def _is_encrypted_document(package: zipfile.ZipFile, names: set[str]) -> bool:
    return b"encryption-data" in _begin(package, "META-INF/manifest.xml", names)


def _read_compound(data: bytes) -> Book:
    """Excel 97–2003, or a newer workbook that a password hides in such a file."""
    from cluster_portal.tables.packages import xls_marks

    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(Refusal.PASSWORD)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise UnreadableFile(Refusal.NOT_A_TABLE)
    import xlrd

    try:
        marks = xls_marks(data)
    except xlrd.XLRDError as error:
        raise UnreadableFile(Refusal.PASSWORD if "ncrypted" in str(error) else Refusal.DAMAGED) from error
    return _with_values(data, marks)


def _with_values(data: bytes, marks: dict[str, Any]) -> Book:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise UnreadableFile(Refusal.PASSWORD) from error
    sheets = []
    room = MAX_CELLS
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        odd = marks.get(about.name)
        rows, is_cut = _rows(sheet, odd.cells if odd else {}, room)
        room -= sum(len(cells) for cells in rows.values())
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()] or (odd.merged if odd else [])
        sheets.append(
            Sheet(
                name=about.name,
                rows=rows,
                is_hidden=about.visible != SheetVisibleEnum.Visible,
                hidden_rows=frozenset(row + 1 for row in odd.hidden_rows if row + 1 in rows) if odd else frozenset(),
                hidden_columns=frozenset(odd.hidden_columns) if odd else frozenset(),
                merged=tuple(area for area in merged if area[0] <= MAX_ROWS and area[1] < MAX_COLUMNS),
                is_cut=is_cut,
            )
        )
    return Book(tuple(sheets))


def _rows(sheet: Any, odd: dict[tuple[int, int], Cell], room: int) -> tuple[dict[int, list[Cell]], bool]:
    """The filled rows, and whether columns to the right were left out.

    A workbook of more rows than fit is refused, as half of it would be no truth.
    """
    if sheet.end is None and not odd:
        return {}, False
    is_cut = False
    odd_rows = _by_row(odd)
    rows: dict[int, list[Cell]] = {}
    lines: Iterable[Any] = sheet.to_python(skip_empty_area=False, nrows=2 * MAX_ROWS) if sheet.end else ()
    if sheet.end and sheet.end[0] >= 2 * MAX_ROWS:
        raise UnreadableFile(Refusal.TOO_MANY_ROWS)
    for number, line in enumerate(lines):
        is_cut = is_cut or _is_filled(line[MAX_COLUMNS:])
        cells = [_plain(value) for value in line[:MAX_COLUMNS]]
        for column, mark in odd_rows.pop(number, {}).items():
            cells += [None] * (column + 1 - len(cells))
            cells[column] = mark
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            rows[number + 1] = cells
            room -= len(cells)
        if len(rows) > MAX_ROWS + 1 or room < 0:
            raise UnreadableFile(Refusal.TOO_MANY_ROWS)
    for number, marks in sorted(odd_rows.items()):
        rows[number + 1] = [marks.get(column) for column in range(max(marks) + 1)]
    return rows, is_cut


def _by_row(odd: dict[tuple[int, int], Cell]) -> dict[int, dict[int, Cell]]:
    """The marks of each row, as far to the right as is read."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), mark in odd.items():
        if column < MAX_COLUMNS:
            rows.setdefault(row, {})[column] = mark
    return rows


def _is_filled(line: Iterable[Any]) -> bool:
    return any(value not in ("", None) for value in line)


def _plain(value: Any) -> Cell:
    match value:
        case str():
            if len(value) > MAX_LENGTH:
                raise UnreadableFile(Refusal.TOO_LARGE)
            return error_in(value) or value.strip() or None
        case bool():
            return value
        case float() if value.is_integer() and abs(value) < 1e16:
            return int(value)
        case dt.timedelta():
            return value / dt.timedelta(days=1)
        case dt.datetime() if value.time() == dt.time():
            return value.date()
        case int() | float() | dt.date() | dt.time() | ErrorValue() | FormulaWithoutValue():
            return value
    return None


def answer(data: bytes) -> dict[str, Any]:
    try:
        return {"book": read(data).to_json()}
    except UnreadableFile as refused:
        return {"refused": refused.refusal.value, "detail": refused.detail}
    except MemoryError:
        return {"refused": Refusal.TOO_MUCH_WORK.value, "detail": None}
    except Exception:  # a damaged or hostile file ends in whatever its contents provoke in a parser
        return {"refused": Refusal.DAMAGED.value, "detail": None}


def main() -> None:
    limit_this_process(memory=MAX_MEMORY, seconds=MAX_SECONDS)
    json.dump(answer(sys.stdin.buffer.read()), sys.stdout, ensure_ascii=True)


if __name__ == "__main__":
    main()
