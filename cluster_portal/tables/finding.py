"""Finding a table in a sheet: its head among titles, its columns by their names, its rows among totals and notes.

What is found is a guess that is shown; a `Choice` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _

from cluster_portal.tables.cells import Book, Cell, Sheet
from cluster_portal.tables.layout import Choice, Column, Row, Table, TableKind, head_word
from cluster_portal.tables.rows import Leaving, Leftover, RowPlace, Sums, leftover
from cluster_portal.tables.values import filled, shown
from cluster_portal.text import fold

#: How far down a head is looked for: titles, an issuer's lines and a blank row stand above it.
_DEEPEST_HEAD = 60


class NoTable(Exception):
    """No sheet has a row with the heads of such a table; `str()` is a sentence."""


def no_head(kinds: Iterable[TableKind]) -> str:
    """What is told of a file without a table of these kinds."""
    heads = dict.fromkeys(column.head for kind in kinds for column in kind.required)
    return _("No row holds the heads of this table. The columns needed are: %(heads)s.") % {"heads": ", ".join(heads)}


@dataclass(frozen=True)
class Head:
    """A row that may be the head; `last_row` is its second row where it has two.

    Of two that tell equally much the one of higher `rank` is it: no title joins the head below it.
    """

    sheet: Sheet
    row: int
    last_row: int
    words: dict[int, str]
    columns: dict[int, Column]
    rank: int = 0

    @property
    def weight(self) -> tuple[int, int]:
        fields = {column.field: column for column in self.columns.values()}
        return sum(column.is_required for column in fields.values()), len(fields)


def find_table(book: Book, kind: TableKind, choice: Choice | None = None) -> Table:
    """The table of that kind; raises `NoTable`. Visible sheets come before hidden ones."""
    choice = choice or Choice()
    sheets = [sheet for sheet in book.sheets if choice.sheet in (None, sheet.name)]
    heads = [head for sheet in sheets if (head := head_of(sheet, kind, choice))]
    if not heads:
        raise NoTable(no_head([kind]))
    best = max(heads, key=lambda head: (not head.sheet.is_hidden, *head.weight, *_promise(head)))
    others = tuple(head.sheet.name for head in heads if head is not best and not head.sheet.is_hidden)
    return table_below(best, kind, others, len(book.sheets) > 1, choice)


#: What a sheet is called that shows how to fill in another.
_EXAMPLE = re.compile(r"\b(?:mau|vi du|huong dan|template|example|sample)\b")


def _promise(head: Head) -> tuple[bool, bool]:
    """Whether rows stand below the head, and the sheet isn't called an example: of two like ones that is meant."""
    return any(number > head.last_row for number in head.sheet.rows), not _EXAMPLE.search(fold(head.sheet.name))


def head_of(sheet: Sheet, kind: TableKind, choice: Choice) -> Head | None:
    """The row that most likely is the head of such a table, or that a person chose."""
    if choice.head_row is not None:
        return _chosen_head(sheet, kind, choice)
    candidates = [head for number in islice(sheet.rows, _DEEPEST_HEAD) for head in _heads_at(sheet, number, kind)]
    good = [head for head in candidates if len(head.columns) >= 2 and head.weight[0]]
    return max(good, key=lambda head: (*head.weight, head.rank, -head.row), default=None)


def _chosen_head(sheet: Sheet, kind: TableKind, choice: Choice) -> Head | None:
    row = choice.head_row or 0
    candidates = [head for number in (row, row - 1) for head in _heads_at(sheet, number, kind) if head.last_row == row]
    if row not in sheet.rows or not candidates:
        return None
    best = max(candidates, key=lambda head: head.weight)
    if choice.columns is None:
        return best
    fields = {column.field: column for column in kind.columns}
    chosen = {place: fields[name] for place, name in choice.columns.items() if name in fields}
    return Head(sheet, best.row, best.last_row, best.words, chosen)


#: A second row of a head that only says what is counted: “(vụ)”, “(triệu đồng)”; the numbers of columns are none.
_IN_BRACKETS = re.compile(r"\([^()\d]*[^\W\d_][^()]*\)")


def _heads_at(sheet: Sheet, number: int, kind: TableKind) -> Iterator[Head]:
    """The heads that begin with this row: it alone, and together with the one below it where that tells more."""
    upper = _words(sheet, number)
    single = Head(sheet, number, number, upper, _columns(((place, (word,)) for place, word in upper.items()), kind))
    yield single
    lower = _words(sheet, number + 1)
    if lower and all(_IN_BRACKETS.fullmatch(word) for word in lower.values()):
        counted = {place: f"{word} {lower.get(place, '')}".strip() for place, word in upper.items()}
        yield Head(sheet, number, number + 1, counted, single.columns, rank=1)
    both = {place: lower.get(place) or upper.get(place, "") for place in sorted({*upper, *lower})}
    pairs = ((place, (both[place], f"{upper.get(place, '')} {both[place]}")) for place in both)
    double = Head(sheet, number, number + 1, both, _columns(pairs, kind), rank=-1)
    if _tells_more(double, single, lower):
        yield double
    if lower and (third := _third_row(double, single, kind)):
        yield third


def _tells_more(head: Head, than: Head, lowest: dict[int, str]) -> bool:
    """Whether its lowest row names columns that the head without it doesn't."""
    told = {place for place, column in head.columns.items() if than.columns.get(place) != column}
    return head.weight > than.weight and bool(told & {*lowest})


def _third_row(double: Head, single: Head, kind: TableKind) -> Head | None:
    """The head with one more row, where a column is divided twice: “Kết quả”, “Số vụ”, “Làm rõ”."""
    lowest = _words(double.sheet, double.last_row + 1)
    over = double.words
    words = {place: lowest.get(place) or over.get(place, "") for place in sorted({*over, *lowest})}
    pairs = (
        (place, (word, f"{over.get(place, '')} {word}", over.get(place, ""), single.words.get(place, "")))
        for place, word in words.items()
    )
    triple = Head(double.sheet, double.row, double.last_row + 1, words, _columns(pairs, kind), rank=-2)
    return triple if _tells_more(triple, max(double, single, key=lambda head: head.weight), lowest) else None


def _words(sheet: Sheet, number: int) -> dict[int, str]:
    """The texts of a row by column; one that is merged over several columns stands for each."""
    words = {place: shown(cell) for place, cell in enumerate(sheet.rows.get(number, ())) if filled(cell)}
    for top, left, _bottom, right in sheet.merged:
        if top == number - 1 and left in words:
            words |= {place: words.get(place, words[left]) for place in range(left, right + 1)}
    return dict(sorted(words.items()))


def _columns(named: Iterable[tuple[int, Sequence[str]]], kind: TableKind) -> dict[int, Column]:
    found = {place: kind.column_called(*words) for place, words in named if len(words[0]) < 80}
    return {place: column for place, column in found.items() if column}


def table_below(head: Head, kind: TableKind, others: tuple[str, ...], has_several: bool, choice: Choice) -> Table:
    below = {number: cells for number, cells in head.sheet.rows.items() if number > head.last_row}
    filled_down = _filled_down(head, below)
    rows: list[Row] = []
    leftovers: list[Leftover] = []
    sums = Sums()
    last = max((number for number, cells in below.items() if _required_filled(head, cells) > 1), default=0)
    for number, cells in filled_down.items():
        is_behind = number > last
        follows_note = bool(is_behind and leftovers and leftovers[-1].why is Leaving.NOTE)
        kept = {head.columns[at].field: cell for at, cell in enumerate(cells) if at in head.columns and filled(cell)}
        place = RowPlace(
            number, not rows and not leftovers, is_behind, follows_note, _repeats(head, cells),
            _begins_table(head, cells, kind), sums.are_those_of(kept),
        )  # fmt: skip
        if left := leftover(place, cells, kept, [column.field for column in kind.required]):
            leftovers.append(left)
            if left.why is Leaving.SECOND_TABLE:
                break
        elif kept and not (choice.leaves_out_hidden_rows and number in head.sheet.hidden_rows):
            spread = frozenset(head.columns[at].field for at in _spread(head, number) if at in head.columns)
            told_sheet = head.sheet.name if has_several else ""
            rows.append(Row(number, kept, number in head.sheet.hidden_rows, spread, told_sheet))
            sums.add(kept)
    nameless = {at for cells in below.values() for at, cell in enumerate(cells) if filled(cell)} - {*head.words}
    return Table(
        kind, head.sheet.name, head.last_row, head.columns, head.words, tuple(rows), tuple(leftovers), others,
        tuple(sorted(nameless - {*head.columns})), tuple(sorted(head.sheet.hidden_columns & {*head.columns})),
        has_several, _unit_line(head), choice, is_cut=head.sheet.is_cut,
    )  # fmt: skip


_COUNTED_ALL_IN = re.compile(r"(?>.*?\b(?:dvt|don vi tinh|don vi):? )(?>.*?\b(?:dong|d|vnd)\b)")


def _unit_line(head: Head) -> str:
    """What a line above the table says that amounts are counted in: “ĐVT: triệu đồng”."""
    above = [cells for number, cells in head.sheet.rows.items() if number < head.row]
    words = (shown(cell) for cells in reversed(above) for cell in cells if filled(cell))
    return next((word for word in words if _COUNTED_ALL_IN.match(fold(word))), "")


def _repeats(head: Head, cells: Sequence[Cell]) -> bool:
    """Whether every filled cell says what stands above it in the head."""
    said = {at: head_word(shown(cell)) for at, cell in enumerate(cells) if filled(cell)}
    return len(said) > 1 and all(word == head_word(head.words.get(at, "")) for at, word in said.items())


def _begins_table(head: Head, cells: Sequence[Cell], kind: TableKind) -> bool:
    """Whether the row is the head of another table: nothing but names of columns, all that are required among them."""
    said = [shown(cell) for cell in cells if filled(cell)]
    if (
        len(said) < max(2, len(kind.required))
        or len(said) > len(head.words) + 5
        or any(len(word) > 80 for word in said)
    ):
        return False
    found = {column.field for word in said if (column := kind.column_called(word))}
    return len(found) * 5 >= len(said) * 4 and all(column.field in found for column in kind.required)


def _required_filled(head: Head, cells: Sequence[Cell]) -> int:
    return sum(
        column.is_required and place < len(cells) and filled(cells[place]) for place, column in head.columns.items()
    )


def _filled_down(head: Head, below: dict[int, list[Cell]]) -> dict[int, list[Cell]]:
    """The rows with what is merged over several of them standing in each, in columns that name things."""
    rows = {number: list(cells) for number, cells in below.items()}
    for top, left, bottom, right in head.sheet.merged:
        column = head.columns.get(left)
        if left != right or bottom == top or not column or not column.is_key:
            continue
        value = next(iter(rows.get(top + 1, [])[left : left + 1]), None)
        for number in range(top + 2, bottom + 2):
            if number in rows:
                rows[number] += [None] * (left + 1 - len(rows[number]))
                rows[number][left] = value
    return rows


def _spread(head: Head, number: int) -> Iterator[int]:
    """The columns in which a value is merged over this row and others, and isn't to be repeated."""
    for top, left, bottom, _right in head.sheet.merged:
        column = head.columns.get(left)
        if bottom > top and top < number <= bottom + 1 and column and not column.is_key:
            yield left
