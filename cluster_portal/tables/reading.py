"""What reading a table gives: values, every fault at once, and what is worth telling."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from cluster_portal.names import Ambiguous, Names, spelled
from cluster_portal.tables import values
from cluster_portal.tables.cells import MAX_COLUMNS, Cell
from cluster_portal.tables.ditto import is_ditto
from cluster_portal.tables.layout import Row, Table
from cluster_portal.tables.rows import Leaving
from cluster_portal.tables.values import Note, Unreadable
from cluster_portal.text import clean_line

T = TypeVar("T")

#: What stands before a name in a list: “1. Xã Mẫu”, “- Ma túy”.
_MARKER = re.compile(r"^(?:[-–+•*]|\d{1,3}[.)]|[a-zđ]\))\s*", re.IGNORECASE)

#: Of the rows that a notice is about as many are named.
_MOST_NAMED = 10
#: For as many unknown names like ones are put forward.
_MOST_COMPARED = 30


@dataclass(frozen=True)
class Fault:
    """What is wrong with a file: `row` as the sheet counts it, `column` by the sheet's own heading.

    `sheet` is told where the file has several.
    """

    message: str
    row: int | None = None
    column: str = ""
    value: str = ""
    field: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        """The fault in one sentence, with what stands in the cell."""
        where = _("Row %(row)d") % {"row": self.row} if self.row else ""
        if self.row and self.sheet:
            where = _("Sheet “%(sheet)s”, row %(row)d") % {"sheet": self.sheet, "row": self.row}
        where += _(", column “%(column)s”") % {"column": self.column} if self.column else ""
        told = _("%(message)s (In the cell: “%(value)s”.)") if self.value else "%(message)s"
        message = told % {"message": self.message, "value": self.value[:80]}
        return f"{where}: {message}" if where else message


@dataclass(frozen=True)
class Read(Generic[T]):
    """One row: `values` by field as they will be stored, `old` as they stand now.

    `thing` is what an action takes; a faulty row has none.
    """

    row: Row
    values: dict[str, Any]
    thing: T | None = None
    old: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading(Generic[T]):
    """A table, read whole and checked against what the portal holds."""

    table: Table
    rows: tuple[Read[T], ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...]
    asks_about_days: bool = False

    @property
    def things(self) -> list[T]:
        """What to store; only of a reading without faults."""
        return [read.thing for read in self.rows if read.thing is not None]

    @cached_property
    def faulty_cells(self) -> frozenset[tuple[str, int | None, str]]:
        """Where something is wrong: sheet, row, field."""
        return frozenset((fault.sheet, fault.row, fault.field) for fault in self.faults)

    @cached_property
    def faulty_rows(self) -> frozenset[tuple[str, int | None]]:
        return frozenset((fault.sheet, fault.row) for fault in self.faults)


class TableReader:
    """Reads a table's cells one by one, and gathers faults and notices on the way."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.faults: list[Fault] = []
        self.asks_about_days = False
        self._notes: dict[str, list[int]] = {}
        self._bare: dict[tuple[str, str], bool] = {}
        self._unknown: dict[tuple[str, str], list[str]] = {}
        self._check_head()

    def _check_head(self) -> None:
        for column in self.table.missing:
            message = _("The column “%(name)s” is missing.") % {"name": column.head}
            self.faults.append(self._fault_of_head(message, column.head, field=column.field))
        for head in self.table.doubled:
            self.faults.append(self._fault_of_head(_("This column appears twice."), head, value=head))
        for left in self.table.leftovers:
            if left.why is Leaving.SECOND_TABLE:
                told = _("A second table with other heads begins here. Put it into a sheet or file of its own.")
                self.faults.append(Fault(told, left.number, value=left.text, sheet=self.table.told_sheet))
        if not self.table.rows:
            self.faults.append(self._fault_of_head(_("Below the head the file has no row.")))

    def _fault_of_head(self, message: str, column: str = "", *, value: str = "", field: str = "") -> Fault:
        return Fault(message, self.table.head_row, column, value, field, self.table.told_sheet)

    def fault(self, row: Row, field: str, message: str) -> None:
        value = values.shown(row.cells.get(field))[:200]
        self.faults.append(Fault(message, row.number, self.table.head_of(field), value, field, row.sheet))

    def length_fault(self, message: str) -> Fault:
        return self._fault_of_head(message)

    def note(self, row: Row, message: str) -> None:
        rows = self._notes.setdefault(message, [])
        if row.number not in rows[-1:]:
            rows.append(row.number)

    def value(self, row: Row, field: str, read: Callable[[Cell, Note], T]) -> T | None:
        """The cell as `read` understands it; None where it is empty or faulty."""
        cell = row.cells.get(field)
        is_required = any(column.field == field and not column.may_be_empty for column in self.table.kind.required)
        try:
            values.refuse_formulas(cell)
            if field in row.spread:
                raise Unreadable(_("The cell is merged over several rows. Unmerge it and enter each row's value."))
            if not values.filled(cell):
                if is_required and field in self.table.heads:
                    raise Unreadable(_("This cell must be filled in."))
                return None
            self._refuse_ditto(row, field, cell)
            return read(cell, lambda message: self.note(row, message))
        except Unreadable as unreadable:
            self.fault(row, field, str(unreadable))
            return None

    def _refuse_ditto(self, row: Row, field: str, cell: Cell) -> None:
        """“nt” is told where it was written out, and is no value anywhere else."""
        if is_ditto(cell):
            raise Unreadable(_("The cell only points at the one above. Please write out what it stands for."))
        if field in row.repeated:
            told = _("The column “%(column)s” points at the row above and was read as what stands there.")
            self.note(row, told % {"column": self.table.head_of(field)})

    def amount(self, row: Row, field: str, *, largest: int) -> int | None:
        """Money in đồng, from what the column's head says it is counted in, or else a line above the table."""
        head = self.table.heads.get(field, "")
        said = self.table.unit_line if values.names_no_unit(head) else head
        factor = values.factor_in(said)
        read = partial(values.count, largest=largest, factor=factor)
        found = self.value(row, field, read)
        if factor > 1 and found:
            told = _("The column “%(column)s” was read in its unit and is stored in đồng.")
            self.note(row, told % {"column": head if said == head else f"{head} – {said}"})
        return found

    def text(self, row: Row, field: str, *, longest: int, has_lines: bool = False) -> str:
        read = values.lines if has_lines else values.line
        text = self.value(row, field, lambda cell, _note: read(cell)) or ""
        if len(text) > longest:
            self.fault(row, field, _("The text is longer than %(longest)d characters.") % {"longest": longest})
        return text

    def day(self, row: Row, field: str) -> dt.date | None:
        """The day; where days and months may be swapped in this column, as was answered."""
        found = self.value(row, field, lambda cell, _note: values.day(cell))
        if found and field in self._mixed and self._may_be_swapped(row, field, found):
            swapped = dt.date(found.year, found.day, found.month)
            if self.table.choice.days_are_swapped is None:
                self.asks_about_days = True
                asked = _(
                    "This column mixes real dates with text, so day and month of its real dates may be swapped: "
                    "%(day)s or %(swapped)s? Write all of them alike, as text or as dates."
                )
                self.fault(row, field, asked % {"day": f"{found:%d/%m/%Y}", "swapped": f"{swapped:%d/%m/%Y}"})
            elif self.table.choice.days_are_swapped:
                return swapped
        return found

    def _may_be_swapped(self, row: Row, field: str, day: dt.date) -> bool:
        return values.is_real_day(row.cells.get(field)) and day.day <= 12 and day.day != day.month

    @cached_property
    def _mixed(self) -> frozenset[str]:
        """The columns in which real dates stand beside dates that stayed text."""
        cells = [(field, cell) for row in self.table.rows for field, cell in row.cells.items()]
        real = {field for field, cell in cells if values.is_real_day(cell)}
        return frozenset(real & {field for field, cell in cells if isinstance(cell, str)})

    def line(self, row: Row, field: str) -> str | None:
        return self.value(row, field, lambda cell, _note: values.line(cell))

    def word(self, row: Row, field: str, words: Names[T], known: Sequence[str] = ()) -> T | None:
        """What the cell's word stands for; of an unknown one it is told which are `known`."""
        text = self.line(row, field)
        found = words.find(text) if text else None
        if found is not None and not isinstance(found, Ambiguous):
            return found
        if text:
            told = _("This word is not known here. Write one of: %(words)s.") % {"words": ", ".join(known)}
            self.fault(row, field, told if known else _("This value is not in the list."))
        return None

    def named(self, row: Row, field: str, names: Names[T], unknown: str) -> T | None:
        """The thing that the cell names."""
        text = self.line(row, field)
        return self.look_up(row, field, text, names, unknown) if text else None

    def look_up(self, row: Row, field: str, text: str, names: Names[T], unknown: str) -> T | None:
        found = names.find(text)
        if found is None and (bare := _MARKER.sub("", text).rstrip(" .,;:")):
            found = names.find(bare)
            text = bare if found is not None else text
        if found is None or isinstance(found, Ambiguous):
            self.fault(row, field, str(found) if found else _with_alike(unknown, self._alike(field, text, names)))
            return None
        if self._is_bare(field, text, names, found):
            told = _("“%(text)s” is written without diacritics and was read as “%(name)s”.")
            self.note(row, told % {"text": text, "name": found})
        return found

    def _alike(self, field: str, text: str, names: Names[T]) -> list[str]:
        """What an unknown name may have meant; of the first few that a file holds, as looking is slow."""
        if (field, text) not in self._unknown and len(self._unknown) < _MOST_COMPARED:
            self._unknown[field, text] = names.like(text)
        return self._unknown.get((field, text), [])

    def _is_bare(self, field: str, text: str, names: Names[T], found: T) -> bool:
        """Whether the name lacks diacritics of what it names; asked once of each writing."""
        if (field, text) not in self._bare:
            called = {spelled(name) for name, thing in names.all() if thing == found}
            self._bare[field, text] = spelled(text) not in called
        return self._bare[field, text]

    def notices(self) -> tuple[str, ...]:
        """What is told of the whole file, then of rows."""
        told = [*self._of_the_sheet(), *self._of_rows_left_out()]
        hidden = [row.number for row in self.table.rows if row.is_hidden]
        if hidden:
            told.append(_("Rows that are hidden in the file were read as well: %(rows)s.") % {"rows": _listed(hidden)})
        for message, rows in self._notes.items():
            told.append(_("%(message)s (Rows: %(rows)s.)") % {"message": message, "rows": _listed(rows)})
        return tuple(told)

    def _of_which_sheet(self) -> Iterator[str]:
        table = self.table
        if table.other_sheets or table.has_several_sheets:
            yield _("The sheet “%(sheet)s” was read.") % {"sheet": table.sheet}
        if table.other_sheets:
            others = ", ".join(f"“{name}”" for name in table.other_sheets)
            yield _("Further sheets hold such a table and were not read: %(sheets)s.") % {"sheets": others}

    def _of_the_sheet(self) -> Iterator[str]:
        table = self.table
        yield from self._of_which_sheet()
        if table.ignored:
            yield _("Left out: %(columns)s") % {"columns": ", ".join(table.ignored)}
        if table.nameless_columns:
            letters = ", ".join(column_letter(place) for place in table.nameless_columns)
            yield _("Columns without a head were left out: %(columns)s.") % {"columns": letters}
        if table.is_cut:
            yield _("Columns beyond the first %(most)d were not read.") % {"most": MAX_COLUMNS}
        if table.hidden_columns:
            hidden = ", ".join(table.words.get(place, column_letter(place)) for place in table.hidden_columns)
            yield _("Columns that are hidden in the file were read as well: %(columns)s.") % {"columns": hidden}

    def _of_rows_left_out(self) -> Iterable[str]:
        sentences = {
            Leaving.TOTAL: _("Total rows were left out: %(rows)s."),
            Leaving.DERIVED: _("Rows that compare or average were left out: %(rows)s."),
            Leaving.COLUMN_NUMBERS: _("The row of column numbers was left out: %(rows)s."),
            Leaving.NOTE: _("Notes below the table were left out: %(rows)s."),
            Leaving.GROUP: _("Headings of groups were left out: %(rows)s."),
            Leaving.HEAD: _("The head stands in the table once more and was left out: %(rows)s."),
        }
        for why, sentence in sentences.items():
            found = [left for left in self.table.leftovers if left.why is why]
            if found:
                rows = "; ".join(
                    _("row %(row)d “%(text)s”") % {"row": left.number, "text": left.text} for left in found
                )
                yield sentence % {"rows": rows}


def _with_alike(message: str, alike: Sequence[str]) -> str:
    if not alike:
        return message
    named = ", ".join(f"“{name}”" for name in alike)
    return _("%(message)s Names like it: %(names)s.") % {"message": message, "names": named}


def _listed(rows: Sequence[int]) -> str:
    named = ", ".join(str(row) for row in rows[:_MOST_NAMED])
    return f"{named}, …" if len(rows) > _MOST_NAMED else named


def column_letter(place: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_json(value: Any) -> Any:
    """A value under its code name, as the command prints it."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | float | str | bool) else clean_line(str(value))


def answer(reading: Reading[Any]) -> dict[str, Any]:
    """The reading as plain values, for the command line."""
    return {
        "refused": None,
        "sheet": reading.table.sheet,
        "head_row": reading.table.head_row,
        "ignored_columns": reading.table.ignored,
        "rows": [
            {"row": read.row.number, "values": {name: as_json(value) for name, value in read.values.items()}}
            for read in reading.rows
        ],
        "faults": [
            {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}
            for fault in reading.faults
        ],
        "notices": list(reading.notices),
    }


def refusal(sentence: str) -> dict[str, Any]:
    empty: dict[str, Any] = {"sheet": None, "head_row": None, "ignored_columns": [], "rows": []}
    return {"refused": sentence, **empty, "faults": [], "notices": []}
