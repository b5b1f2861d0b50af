"""A table as its page shows it: groups that unfold, rows of noughts as one, bars of both periods in the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cluster_portal.charts import Pair, pairs
from reports.layout.table import Table, TableLine


@dataclass(frozen=True)
class FoldedLine:
    """`is_quiet`: every figure of the line is nought, and all of it is known."""

    line: TableLine
    pair: Pair | None
    is_quiet: bool

    @property
    def level(self) -> str:
        return self.line.level


@dataclass(frozen=True)
class FoldedGroup:
    """A line and those below it, which belong to it."""

    head: FoldedLine
    rows: tuple[FoldedLine, ...] = ()

    @property
    def quiet(self) -> int:
        """How many lines of noughts it has; one that only sums such lines up is not counted beside them."""
        return sum(row.is_quiet for row in self.rows) if self.rows else int(self.head.is_quiet)


@dataclass(frozen=True)
class FoldedTable:
    table: Table
    groups: tuple[FoldedGroup, ...]

    @property
    def quiet(self) -> int:
        return sum(group.quiet for group in self.groups)

    @property
    def grouped(self) -> dict[str, list[str]]:
        """Headings that others stand under, as on a telephone each figure has its own heading alone."""
        found: dict[str, list[str]] = {}
        for column in self.table.columns:
            if column.group:
                found.setdefault(column.group, []).append(column.heading)
        return found


def fold(table: Table) -> FoldedTable:
    """The table's lines with their bars, on one scale; the total has none, as it would dwarf the rest."""
    drawn = pairs([(None, None) if line.level == "total" else _compared(line) for line in table.lines])
    lines = [
        FoldedLine(line, pair, line.level != "total" and _is_quiet(line))
        for line, pair in zip(table.lines, drawn, strict=True)
    ]
    return FoldedTable(table, tuple(_groups(lines)))


def _groups(lines: list[FoldedLine]) -> Iterator[FoldedGroup]:
    """Rows below a group belong to it; where there are no groups each line stands alone."""
    opened: list[FoldedLine] = []
    for line in lines:
        if opened and (line.level != "row" or opened[0].level != "group"):
            yield FoldedGroup(opened[0], tuple(opened[1:]))
            opened = []
        opened.append(line)
    if opened:
        yield FoldedGroup(opened[0], tuple(opened[1:]))


def _compared(line: TableLine) -> tuple[int | None, int | None]:
    """The two figures that the line's change is of; of one that is compared with nothing, its first figure."""
    values = [(column, cell.value) for column, cell in line.with_columns]
    change = next((place for place, (column, _value) in enumerate(values) if column.signed), None)
    if change is None:
        first = next(value for column, value in values if column.is_numeric)
        return _whole(first), None
    return _whole(values[change - 2][1]), _whole(values[change - 1][1])


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _is_quiet(line: TableLine) -> bool:
    counted = [cell for column, cell in line.with_columns if column.kind == "number" and not column.signed]
    return all(cell.value == 0 and not cell.at_least for cell in counted)
