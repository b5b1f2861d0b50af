"""The parts of a report as an office arranges them: order, rank and heading, what is left out, what is kept.

The text of a part stands elsewhere, by the part's code, so that a part that is renamed, moved
or left out loses nothing; a part written by nobody isn't printed, and the numbers close up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cluster_portal.formatting import roman

#: Before the first numbered part, without a heading; “I.”, below it “1.”, below that “a)” (NĐ 30, Phụ lục I, II.6).
BEFORE, PART, SECTION, POINT = 0, 1, 2, 3
#: The letters of points, in the order of the Vietnamese alphabet.
LETTERS = "abcdđeghiklmnopqrstuvxy"
#: What a reader must know of the figures: it is never left out, and below nothing that could be.
SCOPE = "coverage"
#: How the codes of an office's own parts begin.
OWN = "own-"
#: As far as Word counts them, and more than any report has.
MOST_PARTS = 35


@dataclass(frozen=True)
class OutlinePart:
    """`code` is what its text and tables are kept by. What `is_left_out` is left out with all that stands below it.

    `is_kept`: its text goes over to the next period's report.
    """

    code: str
    heading: str
    rank: int = PART
    is_left_out: bool = False
    is_kept: bool = False

    @property
    def is_own(self) -> bool:
        return self.code.startswith(OWN)

    @property
    def is_fixed(self) -> bool:
        """Its rank is what it is."""
        return self.rank == BEFORE or self.is_scope

    @property
    def is_scope(self) -> bool:
        return self.code == SCOPE


Outline = tuple[OutlinePart, ...]

#: All parts alike in rank, as a comparison is printed that no office put into words.
HEADINGS = {
    "situation": "Đặc điểm, tình hình",
    "leadership": "Công tác lãnh đạo, chỉ đạo",
    "outreach": "Công tác tuyên truyền, vận động",
    "movement": "Phong trào toàn dân bảo vệ an ninh Tổ quốc, mô hình",
    "coordination": "Công tác phối hợp, tuần tra, trao đổi thông tin",
    "general": "Tình hình chung",
    "groups": "Tình hình theo nhóm, loại vụ việc",
    "traffic": "Tai nạn giao thông",
    "units": "Tình hình theo loại hình đơn vị",
    "activities": "Kết quả các mặt công tác",
    "other_work": "Công tác khác",
    "history": "Diễn biến qua các kỳ",
    "assessment": "Nhận xét, đánh giá",
    "shortcomings": "Tồn tại, hạn chế và nguyên nhân",
    "tasks": "Phương hướng, nhiệm vụ",
    "proposals": "Kiến nghị, đề xuất",
    SCOPE: "Phạm vi số liệu",
}
FLAT: Outline = tuple(OutlinePart(code, heading) for code, heading in HEADINGS.items())


def _usual(rank: int, *codes: str) -> Outline:
    return tuple(OutlinePart(code, HEADINGS[code], rank) for code in codes)


#: The parts an office begins with, as the units' own reports have them, with the figures at II.5.
USUAL: Outline = (
    OutlinePart("basis", "Căn cứ", BEFORE, is_kept=True),
    OutlinePart("beginning", "Câu mở đầu", BEFORE),
    *_usual(PART, "situation"),
    OutlinePart("results", "Kết quả thực hiện"),
    *_usual(SECTION, "leadership", "outreach", "movement", "coordination"),
    OutlinePart("violations", "Tình hình vi phạm pháp luật", SECTION),
    *_usual(POINT, "general", "groups", "traffic", "units", "activities", "history", "assessment"),
    *_usual(SECTION, "other_work"),
    *_usual(PART, "shortcomings", "tasks", "proposals", SCOPE),
)


def outline_of(values: Sequence[Mapping[str, Any]]) -> Outline:
    """As it is stored; what was begun before offices arranged parts has all of them in one rank."""
    return tuple(OutlinePart(**row) for row in values) or FLAT


def as_values(outline: Outline) -> list[dict[str, Any]]:
    return [dict(vars(part)) for part in outline]


def told_of(outline: Outline) -> dict[str, OutlinePart]:
    """The parts that are not left out, by code."""
    found: dict[str, OutlinePart] = {}
    left_out_from = POINT + 1  # the rank at which a part that is left out stands
    for part in outline:
        if part.rank > left_out_from:
            continue
        left_out_from = part.rank if part.is_left_out else POINT + 1
        if not part.is_left_out:
            found[part.code] = part
    return found


def standing(outline: Outline, is_filled: Callable[[str], bool]) -> list[tuple[str, OutlinePart]]:
    """The parts to be printed, each with its number: filled ones, and headings that a filled one stands below."""
    parts = list(told_of(outline).values())
    kept: list[OutlinePart] = []
    deepest_below = BEFORE  # the rank of the part after, if it stands
    for part in reversed(parts):
        if is_filled(part.code) or PART <= part.rank < deepest_below:
            kept.append(part)
            deepest_below = part.rank
    return _numbered(reversed(kept))


def _numbered(parts: Iterable[OutlinePart]) -> list[tuple[str, OutlinePart]]:
    counted = [0] * (POINT + 1)
    numbered = []
    for part in parts:
        counted[part.rank] += 1
        counted[part.rank + 1 :] = [0] * (POINT - part.rank)
        numbered.append((_number(part.rank, counted[part.rank]), part))
    return numbered


def _number(rank: int, count: int) -> str:
    if rank == BEFORE:
        return ""
    if rank == PART:
        return roman(count)
    return LETTERS[count - 1] if rank == POINT and count <= len(LETTERS) else str(count)


# arranging


def rank_fault(outline: Outline) -> OutlinePart | None:
    """The first part that stands below nothing: a section without a part before it, a point without a section."""
    above = BEFORE
    for part in outline:
        if part.rank > above + 1 or (part.rank == BEFORE and above > BEFORE):
            return part
        above = part.rank
    return None


def with_own_part(outline: Outline, heading: str) -> Outline:
    """One more part, before what is said of the figures' scope."""
    numbers = [int(part.code.removeprefix(OWN)) for part in outline if part.is_own]
    added = OutlinePart(f"{OWN}{max(numbers, default=0) + 1}", heading)
    place = next((place for place, part in enumerate(outline) if part.code == SCOPE), len(outline))
    return (*outline[:place], added, *outline[place:])


def moved(outline: Outline, code: str, *, up: bool) -> Outline:
    """The part, with what stands below it, before or after its neighbour; unchanged where it can't go there.

    At the end of its own part it goes into the neighbouring one.
    """
    begin = next((place for place, part in enumerate(outline) if part.code == code), None)
    if begin is None:
        return outline
    end = _end(outline, begin)
    rest = (*outline[:begin], *outline[end:])
    place = _before(outline, begin) if up else _after(outline, begin, end)
    changed = (*rest[:place], *outline[begin:end], *rest[place:])
    return outline if rank_fault(changed) else changed


def _end(outline: Outline, begin: int) -> int:
    """Where what stands below the part ends."""
    rank = outline[begin].rank
    return next((place for place in range(begin + 1, len(outline)) if outline[place].rank <= rank), len(outline))


def _before(outline: Outline, begin: int) -> int:
    rank = outline[begin].rank
    return next((place for place in range(begin - 1, -1, -1) if outline[place].rank <= rank), begin)


def _after(outline: Outline, begin: int, end: int) -> int:
    """The place among the others once the part is taken out."""
    if end == len(outline):
        return begin
    follower = _end(outline, end) if outline[end].rank == outline[begin].rank else end + 1
    return follower - (end - begin)
