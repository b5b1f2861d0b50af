"""A table as finished values: columns, cells, lines and headings, laid out alike on page and in files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from cluster_portal import formatting
from cluster_portal.files.column_widths import column_widths

#: The widths of the text upright and across, in millimetres; in which tables are written there, in points.
PORTRAIT, LANDSCAPE = 165.0, 252.0
TABLE_SIZE, ACROSS_SIZE = 12, 11


@dataclass(frozen=True)
class Column:
    """`kind` is text, number or percent; columns that share a `group` stand under one heading.

    The figures of a `signed` column are changes, which carry their sign.
    """

    heading: str
    kind: str = "number"
    group: str = ""
    signed: bool = False

    @property
    def is_numeric(self) -> bool:
        return self.kind != "text"

    @property
    def label(self) -> str:
        """The whole heading, where a cell stands alone on a card."""
        return f"{self.group}: {self.heading}" if self.group else self.heading


@dataclass(frozen=True)
class Cell:
    """What stands in one place: its text, and the bare number for files that want it typed."""

    text: str
    value: int | Decimal | None = None
    href: str = ""
    tone: str = ""
    tone_label: str = ""
    #: The figure is what is known of a sum; there is more.
    at_least: bool = False

    @property
    def arrow(self) -> str:
        """Which way a change goes that is good or bad."""
        if not self.tone_label or not self.value:
            return ""
        return "▲" if self.value > 0 else "▼"


@dataclass(frozen=True)
class TableLine:
    """`level` is total, group or row; the first cell is the line's heading."""

    cells: tuple[Cell, ...]
    level: str = "row"
    columns: tuple[Column, ...] = ()

    @property
    def with_columns(self) -> Iterable[tuple[Column, Cell]]:
        return zip(self.columns, self.cells, strict=True)


@dataclass(frozen=True)
class Heading:
    text: str
    is_numeric: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Placed:
    """A heading and the cell of the grid, counted from 0, that its upper left corner stands in."""

    row: int
    column: int
    heading: Heading


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    columns: tuple[Column, ...]
    lines: tuple[TableLine, ...]

    @classmethod
    def of(cls, code: str, title: str, columns: tuple[Column, ...], lines: Iterable[TableLine]) -> Table:
        """The table, each of its lines told its columns."""
        return cls(code, title, columns, tuple(replace(line, columns=columns) for line in lines))

    @property
    def texts(self) -> list[list[str]]:
        """Of each column what stands in it, its heading the first."""
        return [
            [column.heading, *(line.cells[place].text for line in self.lines)]
            for place, column in enumerate(self.columns)
        ]

    @property
    def shares(self) -> tuple[str, ...]:
        """How wide each column is in a PDF, as a part of the table, such as ``12.5%``."""
        return self._shares(PORTRAIT, TABLE_SIZE)

    @property
    def shares_across(self) -> tuple[str, ...]:
        """The same on a page that lies across."""
        return self._shares(LANDSCAPE, ACROSS_SIZE)

    def _shares(self, whole: float, size: float) -> tuple[str, ...]:
        return tuple(f"{width / whole:.2%}" for width in column_widths(self.texts, whole, size=size))

    @property
    def is_of_several(self) -> bool:
        """Whether it sets rows beside each other; one alone says no more than its total, or than a sentence."""
        return sum(line.level != "total" for line in self.lines) > 1

    @property
    def sentence(self) -> str:
        """What a table of one row says."""
        row = next(line for line in self.lines if line.level != "total")
        return formatting.row_told([column.label for column in self.columns], [cell.text for cell in row.cells])

    @property
    def head(self) -> tuple[tuple[Heading, ...], ...]:
        """The rows of headings: one, or two where columns are grouped."""
        if not any(column.group for column in self.columns):
            return (tuple(Heading(column.heading, column.is_numeric) for column in self.columns),)
        upper: list[Heading] = []
        for column in self.columns:
            if not column.group:
                upper.append(Heading(column.heading, rows=2))
            elif upper and upper[-1].text == column.group:
                upper[-1] = Heading(column.group, columns=upper[-1].columns + 1)
            else:
                upper.append(Heading(column.group))
        return tuple(upper), tuple(
            Heading(column.heading, column.is_numeric) for column in self.columns if column.group
        )

    @property
    def placed_head(self) -> tuple[Placed, ...]:
        """The headings with their places, for files whose tables are grids."""
        taken: set[tuple[int, int]] = set()
        placed = []
        for row, headings in enumerate(self.head):
            column = 0
            for heading in headings:
                while (row, column) in taken:
                    column += 1
                placed.append(Placed(row, column, heading))
                across = range(column, column + heading.columns)
                taken |= {(row + down, place) for down in range(heading.rows) for place in across}
        return tuple(placed)
