"""What may stand in a cell, and how it travels as JSON. Knows no Django: the child process imports it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

#: More rows than any table of an office has; a longer one is refused, never cut off.
MAX_ROWS = 20_000
#: More columns than any table has that people fill in here; what stands further right is left out.
MAX_COLUMNS = 60
#: Cells that hold something, over all sheets.
MAX_CELLS = 600_000
#: A longer text is no cell of a table; Excel itself takes 32,767 characters.
MAX_LENGTH = 40_000


@dataclass(frozen=True)
class ErrorValue:
    """What Excel writes where a formula failed, such as ``#REF!``."""

    code: str


@dataclass(frozen=True)
class FormulaWithoutValue:
    """A formula whose result was never stored: the file was made by a program, not saved by Excel."""


Cell = str | int | float | bool | dt.date | dt.datetime | dt.time | ErrorValue | FormulaWithoutValue | None

_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|#+)|Err:\d{3}")


def error_in(text: str) -> ErrorValue | None:
    """A failed formula that came along as text, as in a CSV file."""
    if not text.lstrip().startswith(("#", "Err:")):  # of every cell of a file: most are none
        return None
    return ErrorValue(text.strip()) if _ERROR.fullmatch(text.strip()) else None


@dataclass(frozen=True)
class Sheet:
    """A sheet's filled rows by their number in it, each from column A on; `merged` are cells from 0, both corners.

    `is_cut`: something stands beyond `MAX_COLUMNS`.
    """

    name: str
    rows: dict[int, list[Cell]]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_cut: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "rows": [[number, [encoded(cell) for cell in cells]] for number, cells in self.rows.items()],
            "is_hidden": self.is_hidden,
            "hidden_rows": sorted(self.hidden_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "merged": [list(area) for area in self.merged],
            "is_cut": self.is_cut,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Sheet:
        return cls(
            name=data["name"],
            rows={number: [decoded(cell) for cell in cells] for number, cells in data["rows"]},
            is_hidden=data["is_hidden"],
            hidden_rows=frozenset(data["hidden_rows"]),
            hidden_columns=frozenset(data["hidden_columns"]),
            merged=tuple((top, left, bottom, right) for top, left, bottom, right in data["merged"]),
            is_cut=data.get("is_cut", False),
        )


@dataclass(frozen=True)
class Book:
    """All sheets of a file, in its order."""

    sheets: tuple[Sheet, ...]
    is_text: bool = field(default=False)

    def to_json(self) -> dict[str, Any]:
        return {"sheets": [sheet.to_json() for sheet in self.sheets], "is_text": self.is_text}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Book:
        return cls(tuple(Sheet.from_json(sheet) for sheet in data["sheets"]), data["is_text"])


def encoded(cell: Cell) -> Any:
    match cell:
        case dt.datetime():
            return ["at", cell.isoformat()]
        case dt.date():
            return ["day", cell.isoformat()]
        case dt.time():
            return ["hour", cell.isoformat()]
        case ErrorValue():
            return ["error", cell.code]
        case FormulaWithoutValue():
            return ["formula"]
        case _:
            return cell


def decoded(data: Any) -> Cell:
    if not isinstance(data, list):
        return data  # type: ignore[no-any-return]
    match data:
        case ["at", text]:
            return dt.datetime.fromisoformat(text)
        case ["day", text]:
            return dt.date.fromisoformat(text)
        case ["hour", text]:
            return dt.time.fromisoformat(text)
        case ["error", code]:
            return ErrorValue(code)
    return FormulaWithoutValue()
