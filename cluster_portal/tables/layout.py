"""What a table is: its columns by their names, what somebody chose for it, and the rows found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from cluster_portal.tables.cells import Cell, Sheet
from cluster_portal.tables.rows import Leftover
from cluster_portal.text import fold


@dataclass(frozen=True)
class Column:
    """What a table may hold; `head` is what a template calls it, `aliases` what offices do.

    The cell of a `is_key` column may be merged over the rows it stands for; a number may not.
    A required column must be there; its cells must be filled unless they `may_be_empty`.
    """

    field: str
    head: str
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    is_key: bool = False
    may_be_empty: bool = False


@dataclass(frozen=True)
class TableKind:
    """A table the portal takes in, by its columns."""

    name: str
    columns: tuple[Column, ...]

    @cached_property
    def by_word(self) -> dict[str, Column]:
        """Each column by every word it is known by: its head, its field's name, its aliases."""
        found: dict[str, Column] = {}
        for column in self.columns:
            for word in (column.head, column.field, *column.aliases):
                found.setdefault(head_word(word), column)
        return found

    @cached_property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_required)

    @cached_property
    def optional(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.is_required)

    def column_called(self, *heads: str) -> Column | None:
        """The column that a head names, told without its unit, star or remark in brackets.

        One that says it twice names it too: “Chức vụ/chức danh”.
        """
        for head in heads:
            bare = re.sub(r"\([^)]*\)?|\[[^]]*\]?", " ", head)
            for word in (
                head_word(head),
                head_word(bare),
                head_word(head).removeprefix("so "),
                _COUNTED_IN.sub("", head_word(bare)),
            ):
                if word and word in self.by_word:
                    return self.by_word[word]
            parts = [self.by_word.get(head_word(part)) for part in re.split(r"[,;/–-]| (?:hoặc|và) ", bare)]
            if parts[0] and parts.count(parts[0]) == len(parts):
                return parts[0]
        return None


#: What a head says behind its name that it is counted in: “Thiệt hại, triệu đồng”.
_COUNTED_IN = re.compile(r" (?:dvt |don vi tinh )?(?:(?:nghin|ngan|1 ?000|trieu|tr|ty) )?(?:dong|d|vnd|vu|nguoi)$")


def head_word(head: str) -> str:
    return " ".join(re.sub(r"[*:.,;/\"“”_–-]+", " ", fold(head)).split())


@dataclass(frozen=True)
class Choice:
    """What a person said about a file: its sheet, its head's row, the fields of its columns by their place from 0.

    `days_are_swapped` answers whether a spreadsheet program took the month for the day. Where a
    file is read sheet by sheet, `parts` say all this of each.
    """

    sheet: str | None = None
    head_row: int | None = None
    columns: dict[int, str] | None = None
    days_are_swapped: bool | None = None
    leaves_out_hidden_rows: bool = False
    parts: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Row:
    """A row of the table: its number in the sheet, its filled cells by field; of a file of several sheets, which."""

    number: int
    cells: dict[str, Cell]
    is_hidden: bool = False
    spread: frozenset[str] = frozenset()
    sheet: str = ""

    @property
    def key(self) -> str:
        """What tells it from every other row that is read of the file."""
        return f"{self.number} {self.sheet}".strip()


@dataclass(frozen=True)
class Table:
    """A table found in a file; `heads` are the sheet's own words, by field.

    `parts` are tables of further sheets that are read with it, `unread` the sheets that hold none.
    """

    kind: TableKind
    sheet: str
    head_row: int
    columns: dict[int, Column]
    words: dict[int, str]
    rows: tuple[Row, ...]
    leftovers: tuple[Leftover, ...] = ()
    other_sheets: tuple[str, ...] = ()
    nameless_columns: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    has_several_sheets: bool = False
    unit_line: str = ""
    choice: Choice = field(default_factory=Choice)
    parts: tuple[Table, ...] = ()
    unread: tuple[Sheet, ...] = ()
    is_cut: bool = False

    @property
    def whole(self) -> tuple[Table, ...]:
        """It and what is read with it."""
        return (self, *self.parts)

    @property
    def told_sheet(self) -> str:
        """Its sheet, where the file has others."""
        return self.sheet if self.has_several_sheets else ""

    @cached_property
    def heads(self) -> dict[str, str]:
        return {column.field: self.words.get(place, "") for place, column in reversed(self.columns.items())}

    def head_of(self, name: str) -> str:
        """The sheet's own heading of a field, or the usual one where the sheet has no such column."""
        usual = next(column.head for column in self.kind.columns if column.field == name)
        return self.heads.get(name) or usual

    @property
    def ignored(self) -> list[str]:
        return [word for place, word in self.words.items() if word and place not in self.columns]

    @property
    def is_left_out(self) -> bool:
        """Whether a person left out every column, and so the sheet."""
        return not self.columns

    @property
    def missing(self) -> list[Column]:
        return [column for column in self.kind.required if column.field not in self.heads]

    @property
    def doubled(self) -> list[str]:
        """The headings under which a field stands a second time."""
        taken: set[str] = set()
        return [
            self.words.get(place, "")
            for place, column in self.columns.items()
            if column.field in taken or taken.add(column.field)  # type: ignore[func-returns-value]
        ]
