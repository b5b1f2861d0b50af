"""The cells of a workbook: what stands in them, and figures put into them. Knows no Django."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from decimal import Decimal
from typing import Any

from cluster_portal.files.office_forms.packages import (
    UnfitPackage,
    local,
    named_like,
    packed,
    parsed,
    related,
    written,
)

BOOK = "xl/workbook.xml"
#: What is shown of a sheet to choose cells from; any other cell can be typed.
SHOWN_ROWS, SHOWN_COLUMNS, SHOWN_SHEETS, SHOWN_TEXT = 200, 40, 30, 120
#: Excel lets a sheet's name have 31 signs; longer ones, and more merged areas than this, are no form's.
MAX_NAME, MAX_MERGED = 100, 5000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
#: What stands before the settings of calculation in a workbook (ECMA-376, CT_Workbook).
BEFORE_CALCULATION = {
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets",
    "functionGroups", "externalReferences", "definedNames",
}  # fmt: skip
PERCENT_FORMATS = {"9", "10"}
#: How a whole number and one with decimals are shown that lack a part.
AT_LEAST = ('"≥ "#,##0', '"≥ "#,##0.00')


def place_in(reference: str) -> tuple[int, int]:
    """Row and column, from 1, of ``B7``; raises `ValueError`."""
    found = REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    if column > LAST_COLUMN or int(found[2]) > LAST_ROW:
        raise ValueError(reference)
    return int(found[2]), column


def column_name(column: int) -> str:
    """``A`` for 1, ``AB`` for 28."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The part of each sheet by its name, in the order of the tabs; charts on sheets of their own left out."""
    targets = related(parts, BOOK, "worksheet")
    found = {}
    for sheet in parsed(parts[BOOK]).iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        if key in targets:
            found[sheet.get("name", "")] = targets[key]
    return found


def outline(parts: Mapping[str, bytes]) -> dict[str, Any]:
    """What a person sees of the sheets: texts, which cells compute, which are merged; all as plain JSON."""
    texts = _shared_texts(parts)
    sheets = [_sheet_outline(name, parsed(parts[part]), texts) for name, part in sheet_parts(parts).items()]
    if not sheets:
        raise UnfitPackage("no_form")
    if any(len(sheet["name"]) > MAX_NAME for sheet in sheets):
        raise UnfitPackage("damaged")
    if sum(len(sheet["merged"]) for sheet in sheets) > MAX_MERGED:
        raise UnfitPackage("too_large")
    return {"kind": "xlsx", "sheets": sheets[:SHOWN_SHEETS]}


def _shared_texts(parts: Mapping[str, bytes]) -> list[str]:
    for part in related(parts, BOOK, "sharedStrings").values():
        return [_text(item) for item in parsed(parts[part]).iter("{*}si")]
    return []


def _text(item: Any) -> str:
    return "".join(text.text or "" for text in item.iter("{*}t") if local(text.getparent()) != "rPh")


def _sheet_outline(name: str, root: Any, texts: list[str]) -> dict[str, Any]:
    cells: dict[str, str] = {}
    formulas = []
    for row, column, cell in _cells(root):
        reference = f"{column_name(column)}{row}"
        if cell.find("{*}f") is not None:
            formulas.append(reference)
        elif row <= SHOWN_ROWS and column <= SHOWN_COLUMNS and (text := _shown(cell, texts).strip()):
            cells[reference] = text[:SHOWN_TEXT]
    merged = [area.get("ref", "") for area in root.iter("{*}mergeCell")]
    corners = [place_in(reference) for reference in (*cells, *formulas)]
    seen = [place for place in corners if place[0] <= SHOWN_ROWS and place[1] <= SHOWN_COLUMNS]
    return {
        "name": name,
        "cells": cells,
        "formulas": formulas,
        "merged": merged,
        "rows": max((row for row, _column in seen), default=1),
        "columns": max((column for _row, column in seen), default=1),
    }


def _cells(root: Any) -> Iterator[tuple[int, int, Any]]:
    """Row, column and element of each cell; those without an address stand beside the one before."""
    number = 0
    for row in root.iter("{*}row"):
        number = int(row.get("r", number + 1))
        column = 0
        for cell in row.iterchildren("{*}c"):
            try:
                column = place_in(cell.get("r", ""))[1]
            except ValueError:
                column += 1
            yield number, column, cell


def _give_addresses(root: Any) -> None:
    """Some programs leave addresses out, as each row and cell follows the one before."""
    number = 0
    for row in root.iter("{*}row"):
        number = int(row.get("r", number + 1))
        row.set("r", str(number))
    for number, column, cell in list(_cells(root)):
        cell.set("r", f"{column_name(column)}{number}")


def _shown(cell: Any, texts: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = cell.findtext("{*}v") or ""
    if cell.get("t") == "s":
        return texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
    return value


def filled(parts: Mapping[str, bytes], values: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The workbook with `values` in its cells, by ``Sheet!B7``, and which of them it has no place for.

    A value is a text, a number as text in ``{"number": …}``, ``{"at_least": …}``, which
    the cell shows with a “≥”, or ``{"percent": …}``, of which the cell's own format
    decides how it is kept. What formulas came to before is taken out, so that whoever
    opens the file computes them anew.
    """
    found, refused = dict(parts), []
    by_sheet: dict[str, dict[str, Any]] = {}
    for place, value in values.items():
        name, _mark, reference = place.rpartition("!")
        by_sheet.setdefault(name, {})[reference] = value
    styles = CellStyles(parts)
    names = sheet_parts(parts)
    refused += [f"{name}!{reference}" for name in by_sheet if name not in names for reference in by_sheet[name]]
    for name, part in names.items():
        root = parsed(parts[part])
        _give_addresses(root)
        for reference, value in by_sheet.get(name, {}).items():
            if not _put(root, reference, value, styles):
                refused.append(f"{name}!{reference}")
        _forget_results(root)
        found[part] = written(root)
    found |= styles.changed
    found[BOOK] = _computed_on_opening(parts[BOOK])
    return packed(found), refused


class CellStyles:
    """The looks of cells, by the numbers that cells refer to them with."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.part = next(iter(related(parts, BOOK, "styles").values()), "")
        self.root: Any = parsed(parts[self.part]) if self.part else None
        self.looks: Any = None if self.root is None else self.root.find("{*}cellXfs")
        self.made: dict[tuple[int, str], str] = {}

    @property
    def changed(self) -> dict[str, bytes]:
        """The part with its styles, where one was added."""
        return {self.part: written(self.root)} if self.made else {}

    def shows_percentage(self, cell: Any) -> bool:
        look = self._look_of(cell)
        if look is None:
            return False
        key = look.get("numFmtId", "0")
        own = {each.get("numFmtId"): each.get("formatCode", "") for each in self.root.iter("{*}numFmt")}
        return key in PERCENT_FORMATS or "%" in own.get(key, "")

    def _look_of(self, cell: Any) -> Any:
        number = int(cell.get("s", "0"))
        return self.looks[number] if self.looks is not None and number < len(self.looks) else None

    def show_at_least(self, cell: Any, number: str) -> bool:
        """Let the cell look as it does, with a “≥” before its number; False where the workbook has no styles."""
        look = self._look_of(cell)
        if look is None:
            return False
        kind = (int(cell.get("s", "0")), AT_LEAST[1] if "." in number else AT_LEAST[0])
        if kind not in self.made:
            new = deepcopy(look)
            new.set("numFmtId", self._format(kind[1]))
            new.set("applyNumberFormat", "1")
            self.looks.append(new)
            self.looks.set("count", str(len(self.looks)))
            self.made[kind] = str(len(self.looks) - 1)
        cell.set("s", self.made[kind])
        return True

    def _format(self, code: str) -> str:
        formats = self.root.find("{*}numFmts")
        if formats is None:
            formats = self.root.makeelement(named_like(self.root, "numFmts"), {})
            self.root.insert(0, formats)
        for known in formats:
            if known.get("formatCode") == code:
                return str(known.get("numFmtId"))
        key = str(max([163, *(int(known.get("numFmtId", 0)) for known in formats)]) + 1)
        formats.append(formats.makeelement(named_like(formats, "numFmt"), {"numFmtId": key, "formatCode": code}))
        formats.set("count", str(len(formats)))
        return key


def _put(root: Any, reference: str, value: Any, styles: CellStyles) -> bool:
    cell = _cell(root, reference)
    if cell is None or cell.find("{*}f") is not None:
        return False
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if isinstance(value, str):
        _put_text(cell, value)
    elif "percent" in value:
        shown = Decimal(value["percent"]) / 100 if styles.shows_percentage(cell) else value["percent"]
        _put_number(cell, str(shown))
    elif "number" in value or styles.show_at_least(cell, value["at_least"]):
        _put_number(cell, value.get("number") or value["at_least"])
    else:
        _put_text(cell, f"≥ {value['at_least']}")
    return True


def _put_text(cell: Any, value: str) -> None:
    cell.set("t", "inlineStr")
    text = cell.makeelement(named_like(cell, "t"), {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    text.text = value
    inline = cell.makeelement(named_like(cell, "is"), {})
    inline.append(text)
    cell.append(inline)


def _put_number(cell: Any, value: str) -> None:
    number = cell.makeelement(named_like(cell, "v"), {})
    number.text = value
    cell.append(number)


def _cell(root: Any, reference: str) -> Any:
    """The cell, made where the sheet has none yet, in the style of its row or column."""
    try:
        row_number, column = place_in(reference)
    except ValueError:
        return None
    rows = root.find("{*}sheetData")
    if rows is None:
        return None
    row = _child_at(rows, "row", str(row_number), lambda each: int(each.get("r", 0)) - row_number)
    cell = _child_at(row, "c", reference, lambda each: place_in(each.get("r", "A1"))[1] - column)
    if "s" not in cell.attrib and (style := row.get("s") or _style_of_column(root, column)):
        cell.set("s", style)
    return cell


def _child_at(parent: Any, name: str, reference: str, distance: Any) -> Any:
    """The child there, or a new one before the first that lies behind it."""
    for place, child in enumerate(parent):
        if local(child) == name and (ahead := distance(child)) >= 0:
            if ahead == 0:
                return child
            new = parent.makeelement(named_like(parent, name), {"r": reference})
            parent.insert(place, new)
            return new
    new = parent.makeelement(named_like(parent, name), {"r": reference})
    parent.append(new)
    return new


def _style_of_column(root: Any, column: int) -> str | None:
    for columns in root.iter("{*}col"):
        if int(columns.get("min", 0)) <= column <= int(columns.get("max", 0)):
            style: str | None = columns.get("style")
            return style
    return None


def _forget_results(root: Any) -> None:
    """A result that is kept would be shown by who doesn't compute, beside figures it isn't of."""
    for formula in root.iter("{*}f"):
        cell = formula.getparent()
        cell.attrib.pop("t", None)
        for value in cell.findall("{*}v"):
            cell.remove(value)


def _computed_on_opening(book: bytes) -> bytes:
    root = parsed(book)
    settings = root.find("{*}calcPr")
    if settings is None:
        settings = root.makeelement(named_like(root, "calcPr"), {})
        before = [place for place, child in enumerate(root) if local(child) in BEFORE_CALCULATION]
        root.insert(max(before, default=-1) + 1, settings)
    settings.set("fullCalcOnLoad", "1")
    return written(root)
