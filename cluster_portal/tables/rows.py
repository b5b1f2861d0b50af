"""Telling the rows of a table from what stands among and below them: totals, column numbers, groups, heads, notes."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cluster_portal.tables.cells import Cell
from cluster_portal.tables.values import filled, shown
from cluster_portal.text import clean_line, fold

_TOTAL = re.compile(
    r"(?:tổng số|tổng cộng|tổng hợp chung|tổng|cộng dồn|cộng|tong so|tong cong|tong hop chung|tong|cong don|cong|"
    r"(?:grand |sub)?total|luỹ kế|lũy kế|luy ke|chung toàn cụm|toàn cụm|chung toan cum|toan cum|t[./]?c|[Σ∑])"
    r"(?:\s*(?:[:(\d].*|(?:toàn|chung|các|cả|trong|số|vụ|cụm|kỳ|năm|toan|chung|cac|ca|so|vu|cum|ky|nam)\b.*))?[.:\s]*",
    re.IGNORECASE,
)
#: A total of one unit or group, in a row that names nothing else: “Cộng Xã mẫu 01”.
_SUBTOTAL = re.compile(r"(?:tổng cộng|cộng)\s+(?!h(?:òa|oà)\b|đồng\b)", re.IGNORECASE)
#: What a row says that is worked out from the others.
_DERIVED = re.compile(
    r"(?:binh quan|trung binh|ty le|ti le|so voi (?:cung ky|ky truoc|nam)|so sanh|tang[ ,/(-]*giam|cung ky|"
    r"chenh lech)\b.*"
)
_NOTE = re.compile(
    r"(?:ghi chu|luu y|chu thich|chu y|nguon|nguoi lap|nguoi tong hop|nguoi nhap|thu truong|truong cum|cum truong|"
    r"chu tich|pho chu tich|xac nhan|\(?ky\b|tm\.|kt\.|noi nhan|\*|(?>.*?\bngay\b)(?>.*?\bthang\b)(?>.*?\bnam\b)).*"
)
_GROUP = re.compile(r"(?:[IVX]+|[A-Z])\s*[.)\-:]?(?:\s+\S.*)?")
#: ``II``, ``A.``: what stands in the column of running numbers beside the name of a group.
_GROUP_NUMBER = re.compile(r"(?:[IVX]+|[A-Z])\s*[.)]?")
_WORDS = re.compile(r"[^\W\d_]{2}")


class Leaving(enum.Enum):
    """Why a row is none of the table."""

    TOTAL = "total"
    DERIVED = "derived"
    COLUMN_NUMBERS = "column numbers"
    NOTE = "note"
    GROUP = "group"
    HEAD = "head"
    SECOND_TABLE = "second table"


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands: right under the head, behind the last one that is filled in, or below a note there.

    `repeats_head`: it says once more what the head says, as at the top of each printed page; `begins_table`: it says
    so in another order. `is_sum`: its figures are those above it added up.
    """

    number: int
    is_first: bool
    is_behind: bool
    follows_note: bool = False
    repeats_head: bool = False
    begins_table: bool = False
    is_sum: bool = False


class Sums:
    """The figures of the rows read so far, added up by column."""

    def __init__(self) -> None:
        self._sums: dict[str, int | float] = {}
        self._rows = 0

    def add(self, cells: dict[str, Cell]) -> None:
        self._rows += 1
        for name, number in _numbers(cells).items():
            self._sums[name] = self._sums.get(name, 0) + number

    def are_those_of(self, cells: dict[str, Cell]) -> bool:
        """Whether the row holds such sums of several rows, and no other figure."""
        numbers = _numbers(cells)
        return (
            self._rows > 1
            and any(numbers.values())
            and all(self._sums.get(name) == number for name, number in numbers.items())
        )


def _numbers(cells: dict[str, Cell]) -> dict[str, int | float]:
    """The cells that are plain numbers, also as the text of a CSV file."""
    found: dict[str, int | float] = {}
    for name, cell in cells.items():
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            found[name] = cell
        elif isinstance(cell, str) and len(cell) < 20 and (digits := cell.replace(".", "")).isdecimal():
            found[name] = int(digits)
    return found


@dataclass(frozen=True)
class Leftover:
    number: int
    why: Leaving
    text: str


def leftover(place: RowPlace, cells: Sequence[Cell], kept: dict[str, Cell], required: Sequence[str]) -> Leftover | None:
    """What a row is if it is none of the table; `kept` are its cells in known columns."""
    texts = [clean_line(shown(cell)) for cell in cells if filled(cell)]
    if not texts:
        return None
    lacks = [name for name in required if name not in kept]
    why = (
        _said_once_more(place, texts)
        or _worked_out(place, texts, kept, lacks, required)
        or _words_alone(place, cells, texts, kept, required)
    )
    if why is None and not kept and any(map(_WORDS.search, texts)):
        why = Leaving.NOTE
    return Leftover(place.number, why, " ".join(texts)[:80]) if why else None


def _said_once_more(place: RowPlace, texts: Sequence[str]) -> Leaving | None:
    """Whether the row only tells of columns, as the head does."""
    if place.is_first and _counts_columns(texts):
        return Leaving.COLUMN_NUMBERS
    if place.repeats_head:
        return Leaving.HEAD
    return Leaving.SECOND_TABLE if place.begins_table else None


def _worked_out(
    place: RowPlace, texts: Sequence[str], kept: dict[str, Cell], lacks: Sequence[str], required: Sequence[str]
) -> Leaving | None:
    """Whether the row is made from the others: their total, or a comparison."""
    if _names_a_total(kept, required) or _says_total(texts, lacks, required):
        return Leaving.TOTAL
    if 2 * len(lacks) < len(required):
        return None
    if any(_DERIVED.fullmatch(fold(text)) for text in texts[:2]):
        return Leaving.DERIVED
    return Leaving.TOTAL if place.is_sum else None


def _words_alone(
    place: RowPlace, cells: Sequence[Cell], texts: Sequence[str], kept: dict[str, Cell], required: Sequence[str]
) -> Leaving | None:
    """Whether the row is a note, a signature or the heading of a group."""
    lacks = [name for name in required if name not in kept]
    if len(required) == len(kept) == 1 and not lacks:
        is_group = len(texts) == 2 and bool(_GROUP_NUMBER.fullmatch(texts[0]))
        return Leaving.GROUP if is_group else None
    if _has_number(cells) or len(lacks) < max(1, len(required) - 1):
        return None
    is_foreign = place.is_behind and _is_foreign(texts, kept, required, most=1 if place.follows_note else 0)
    if _NOTE.fullmatch(fold(texts[0])) or is_foreign:
        return Leaving.NOTE
    is_heading = len(texts) <= 2 and _GROUP.fullmatch(texts[0]) and len(texts[-1]) > 2
    return Leaving.GROUP if is_heading else None


def _says_total(texts: Sequence[str], lacks: Sequence[str], required: Sequence[str]) -> bool:
    """Whether a row that isn't full begins with the word; one of a unit or group lacks most of what a row needs."""
    if lacks and any(_TOTAL.fullmatch(text) for text in texts[:3]):
        return True
    return 2 * len(lacks) >= len(required) and any(_SUBTOTAL.match(text) for text in texts[:2])


def _names_a_total(kept: dict[str, Cell], required: Sequence[str]) -> bool:
    """Whether a total stands where a thing is named, in a row that is full otherwise."""
    return any(_TOTAL.fullmatch(clean_line(shown(kept[name]))) for name in required if name in kept)


def _is_foreign(texts: Sequence[str], kept: dict[str, Cell], required: Sequence[str], most: int) -> bool:
    """Whether a row below the table is words under hardly a column that it needs, such as who signed it."""
    return sum(name in kept for name in required) <= most and all(re.search(r"[^\W\d_]{2}", text) for text in texts)


def _counts_columns(texts: Sequence[str]) -> bool:
    """``(1) (2) (3)``, ``A B 1 2 3``: the row of column numbers that forms have under the head."""
    bare = [text.strip("()[] ") for text in texts]
    numbers = [text for text in bare if text.isdigit()]
    letters = [text for text in bare if re.fullmatch("[A-ZĐ]", text)]
    if len(numbers) + len(letters) < len(bare) or len(numbers) < 2:
        return False
    steps = [int(text) for text in numbers]
    return steps == list(range(steps[0], steps[0] + len(steps))) and steps[0] <= 3


def _has_number(cells: Sequence[Cell]) -> bool:
    """Whether a figure stands behind the first two cells, where a running number may be."""
    return any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells[2:])
