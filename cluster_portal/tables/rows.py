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
    r"(?:tổng số|tổng cộng|tổng|cộng|tong so|tong cong|tong|cong|total|grand total|luỹ kế|lũy kế)"
    r"(?:\s*(?:[:(\d].*|(?:toàn|chung|các|cả|trong|số|vụ|cụm|kỳ|năm|toan|chung|cac|ca|so|vu|cum|ky|nam)\b.*))?[.:\s]*",
    re.IGNORECASE,
)
#: A total of one unit or group, in a row that names nothing else: “Cộng Xã mẫu 01”.
_SUBTOTAL = re.compile(r"(?:tổng cộng|cộng)\s+(?!h(?:òa|oà)\b|đồng\b)", re.IGNORECASE)
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
    COLUMN_NUMBERS = "column numbers"
    NOTE = "note"
    GROUP = "group"
    HEAD = "head"


@dataclass(frozen=True)
class RowPlace:
    """Where a row stands: right under the head, behind the last one that is filled in, or below a note there.

    `repeats_head`: it says once more what the head says, as at the top of each printed page.
    """

    number: int
    is_first: bool
    is_behind: bool
    follows_note: bool = False
    repeats_head: bool = False


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
    why = None
    if place.is_first and _counts_columns(texts):
        why = Leaving.COLUMN_NUMBERS
    elif place.repeats_head:
        why = Leaving.HEAD
    elif _names_a_total(kept, required) or _says_total(texts, lacks, required):
        why = Leaving.TOTAL
    elif not _has_number(cells) and len(lacks) >= max(1, len(required) - 1):
        if _NOTE.fullmatch(fold(texts[0])) or (
            place.is_behind and _is_foreign(texts, kept, required, most=1 if place.follows_note else 0)
        ):
            why = Leaving.NOTE
        elif len(texts) <= 2 and _GROUP.fullmatch(texts[0]) and len(texts[-1]) > 2:
            why = Leaving.GROUP
    elif len(required) == len(kept) == 1 and len(texts) == 2 and _GROUP_NUMBER.fullmatch(texts[0]):
        why = Leaving.GROUP
    if why is None and not kept and any(map(_WORDS.search, texts)):
        why = Leaving.NOTE
    return Leftover(place.number, why, " ".join(texts)[:80]) if why else None


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
