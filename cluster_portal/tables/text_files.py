"""CSV and its relatives: the encoding and the delimiter are found in the bytes. Knows no Django."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from itertools import islice

from cluster_portal.tables.cells import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Book,
    Cell,
    FormulaWithoutValue,
    Sheet,
    error_in,
)
from cluster_portal.tables.old_fonts import is_vietnamese, old_font
from cluster_portal.tables.refusals import Refusal, UnreadableFile

DELIMITERS = ";\t,|"
#: Bytes that no text has: pictures and programs are full of them.
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1b]")
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
#: ``="0912"``: how a CSV file tells Excel that digits are text.
_QUOTED = re.compile(r'="([^"]*)"')


def read_text(data: bytes) -> Book:
    """The one sheet of a text file; its cells are text, errors and formulas apart."""
    text = decoded_text(data)
    if "\0" in text:
        raise UnreadableFile(Refusal.NOT_A_TABLE)
    text, delimiter = _delimited(text)
    rows: dict[int, list[Cell]] = {}
    filled = 0
    is_cut = False
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), 1):
            is_cut = is_cut or any(map(str.strip, line[MAX_COLUMNS:]))
            cells = [_cell(cell) for cell in line[:MAX_COLUMNS]]
            if any(cell is not None for cell in cells):
                rows[number] = cells
            filled += len(cells)
            if len(rows) > MAX_ROWS + 1 or filled > 2 * MAX_CELLS:
                raise UnreadableFile(Refusal.TOO_MANY_ROWS)
    except csv.Error as error:
        raise UnreadableFile(Refusal.OPEN_QUOTE) from error
    return Book((Sheet("CSV", rows, is_cut=is_cut),), is_text=True)


def decoded_text(data: bytes) -> str:
    """The text, by its byte order mark, by where its zero bytes stand, as UTF-8, or as Windows-1258."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode(data, encoding)
    sample = data[:4000]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 8 and odd > 8 * even:
        return _decode(data, "utf-16-le")
    if even > len(sample) // 8 and even > 8 * odd:
        return _decode(data, "utf-16-be")
    if len(_NO_TEXT.findall(sample)) * 50 > len(sample):
        raise UnreadableFile(Refusal.NOT_A_TABLE)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _windows_text(data)


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(Refusal.ENCODING) from error


def _windows_text(data: bytes) -> str:
    """Windows-1258 where that makes Vietnamese words; text of the old fonts is named as such."""
    try:
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if text and is_vietnamese(text):
        return text
    font = old_font([data.decode("latin-1")])
    raise UnreadableFile(Refusal.OLD_FONT, font) if font else UnreadableFile(Refusal.ENCODING)


def _delimited(text: str) -> tuple[str, str]:
    """The text, and what parts its cells: what a line ``sep=;`` says, or what cuts most lines alike."""
    first = re.match(r"\s*\"?sep=(.)\"?[ ;,\t]*(?:\r\n|\r|\n|$)", text, re.IGNORECASE)
    if first:
        return "\n" + text[first.end() :], first[1]
    return text, max(DELIMITERS, key=lambda delimiter: _lines_alike(text, delimiter))


def _lines_alike(text: str, delimiter: str) -> tuple[int, int]:
    sample = io.StringIO(text[:60_000], newline="")
    try:
        counts = [len(line) for line in islice(csv.reader(sample, delimiter=delimiter), 60) if len(line) > 1]
    except csv.Error:
        return 0, 0
    return max(((counts.count(count), count) for count in set(counts)), default=(0, 0))


def _cell(text: str) -> Cell:
    text = text.strip()
    if text.startswith("'") and text[1:].startswith(_FORMULA_SIGNS):
        return text[1:]
    if text.startswith("=") and len(text) > 1:
        quoted = _QUOTED.fullmatch(text)
        return quoted[1].strip() or None if quoted else FormulaWithoutValue()
    return error_in(text) or text or None
