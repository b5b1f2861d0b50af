"""What a meeting's papers say, paragraph by paragraph: PDF and Word file lay out the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from cluster_portal import formatting
from meetings.papers.lines import InviteeLine, SpeechLine, TaskLine, full_stop
from meetings.papers.paper import MeetingPaper
from meetings.programme import read_item

#: Room for what nobody has noted, to be filled in by hand.
CLOCK_BLANK, BLANK = "…… giờ …… phút", "……………………"
#: The points below “1.” are a), b), …, đ), … (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6).
LETTERS = "abcdđeghiklmnopqrstuvxy"


#: The kinds of headings, from the highest on (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6).
HEADINGS = ("chapter", "division", "article", "part", "section")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, with what of it is `strong`; or a heading.

    Of a part (`I. …`, in capitals), a section (`1. …`), or of a regulation: a chapter or a
    division of it (`Chương I. …`, `Mục 1. …`), an article (`Điều 1. …`). `rank` is how
    deep it stands among the headings, from 1 on; 0 before `ranked` told it.
    """

    text: str
    level: str = "text"
    strong: str = ""
    rank: int = 0

    @property
    def name_and_title(self) -> tuple[str, str]:
        """Of a chapter or division, which stand on lines of their own: ``Chương I``, ``Quy định chung``."""
        name, _dot, title = self.text.partition(". ")
        return name, title

    @property
    def pieces(self) -> tuple[str, str, str]:
        """What stands before what is strong, that, and what stands behind it."""
        return self.text.partition(self.strong) if self.strong else (self.text, "", "")


def ranked(paragraphs: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, each heading with its rank: below the kinds of headings that came before the first of its own.

    None is left out on the way down, as who reads by headings would look for it.
    """
    ranks, last, told = dict[str, int](), 0, list[Paragraph]()
    for paragraph in paragraphs:
        level = paragraph.level
        if level in HEADINGS:
            above = sum(HEADINGS.index(other) < HEADINGS.index(level) for other in ranks)
            last = min(ranks.setdefault(level, above + 1), last + 1)
            paragraph = replace(paragraph, rank=last)
        told.append(paragraph)
    return tuple(told)


def write_invitation(paper: MeetingPaper, invitee: InviteeLine, *, opening: str = "") -> tuple[Paragraph, ...]:
    """Giấy mời to one invitee; `opening` says what it replaces, where it corrects one that was issued."""
    sent_to = f" (đồng chí {_titled(invitee.name, invitee.title)})" if invitee.unit and invitee.name else ""
    invited = f"{paper.cluster} trân trọng kính mời: {invitee.addressed}{sent_to}"
    replaces = f"Giấy mời này thay thế Giấy mời đã gửi {invitee.replaces}."
    contact = f"; liên hệ: {paper.contact}" if paper.contact else ""
    unit_is_asked = "Đề nghị đơn vị cử lãnh đạo tham dự; đăng ký tham luận, đề nghị khen thưởng (nếu có) trước ngày họp"
    lines = [
        *([Paragraph(opening)] if opening else []),
        Paragraph(invited, strong=invitee.addressed),
        Paragraph(f"Tới dự {paper.title}."),
        *map(Paragraph, (_chaired(paper), _timed(paper), f"Địa điểm: {paper.place_with_host}.")),
        *([Paragraph(replaces)] if invitee.replaces and not opening else []),
        Paragraph(f"Đề nghị xác nhận dự họp trước ngày họp{contact}."),
        Paragraph(f"{unit_is_asked if invitee.unit else 'Rất hân hạnh được đón tiếp'}./."),
    ]
    return tuple(lines)


def write_agenda(paper: MeetingPaper) -> tuple[Paragraph, ...]:
    """Chương trình: when, where and in which order; the speeches that were registered."""
    told = [read_item(line).printed for line in paper.agenda]
    items = [f"{number}. {item}." for number, item in enumerate(told, start=1)] or ["Chưa có nội dung."]
    spoken = [(speech, f" – {speech.given_by}" if speech.given_by else "") for speech in paper.speeches]
    speeches = [f"{speech.number}. {speech.title}{by}." for speech, by in spoken]
    last = speeches or items
    last[-1] += "/."
    return (
        *map(Paragraph, (_timed(paper), f"Địa điểm: {paper.place_with_host}.", _chaired(paper))),
        Paragraph("Nội dung", "part"),
        *map(Paragraph, items),
        *([Paragraph("Tham luận đã đăng ký", "part")] if speeches else []),
        *map(Paragraph, speeches),
    )


def _chaired(paper: MeetingPaper) -> str:
    return f"Chủ trì: Đồng chí {_titled(paper.chair_name, paper.chair_title)}."


def _timed(paper: MeetingPaper) -> str:
    return f"Thời gian: {', '.join(part for part in (paper.hours, paper.day) if part)}."


def write_minutes(paper: MeetingPaper) -> tuple[Paragraph, ...]:
    """Biên bản: who met when and where, what happened in which order, when it ended."""
    sections = (
        ("Chương trình", _dashed(read_item(line).what for line in paper.agenda)),  # hours and persons were planned
        ("Đánh giá kết quả thực hiện", _dashed(paper.results)),
        ("Tồn tại, hạn chế và nguyên nhân", _dashed(paper.shortcomings)),
        (speeches_heading(paper), list(_speeches(paper.speeches, paper.addresses))),
        ("Nội dung khác", _dashed(paper.notes)),
        ("Khen thưởng", _dashed(f"{row.form}: {row.recipient} – {row.achievement}" for row in paper.awards)),
        ("Nhiệm vụ thời gian tới", _tasks(paper.tasks, letter)),
        ("Kết luận của chủ trì", list(paper.conclusion)),
    )
    filled = [(heading, lines) for heading, lines in sections if lines]
    paragraphs = [Paragraph(line) for line in _beginning(paper)]
    for number, (heading, lines) in enumerate(filled, start=1):
        paragraphs.append(Paragraph(f"{number}. {heading}", "section"))
        paragraphs += map(Paragraph, lines)
    if not filled:
        paragraphs.append(Paragraph(BLANK))
    return (*paragraphs, Paragraph(f"Hội nghị kết thúc vào {paper.ends or CLOCK_BLANK}, {paper.day}./."))


def write_conclusion(paper: MeetingPaper) -> tuple[Paragraph, ...]:
    """Thông báo kết luận: what the chair found and set, for the units to act on."""
    found = _dashed(paper.results)
    if paper.shortcomings:
        found += ["Bên cạnh kết quả đạt được, vẫn còn một số tồn tại, hạn chế:", *_dashed(paper.shortcomings)]
    parts = (
        ("Đánh giá chung", found),
        ("Kết luận", list(paper.conclusion)),
        ("Nhiệm vụ thời gian tới", _tasks(paper.tasks, lambda place: f"{place}.")),
    )
    filled = [(heading, lines) for heading, lines in parts if lines]
    paragraphs = [Paragraph(_presided(paper)), Paragraph(_concludes(paper))]
    for number, (heading, lines) in enumerate(filled, start=1):
        paragraphs.append(Paragraph(f"{formatting.roman(number)}. {heading}", "part"))
        paragraphs += map(Paragraph, lines)
    if not filled:
        paragraphs.append(Paragraph(BLANK))
    return (*paragraphs, Paragraph(f"{paper.cluster} thông báo để các đơn vị biết, triển khai thực hiện./."))


def speeches_heading(paper: MeetingPaper) -> str:
    """``Tham luận (07 ý kiến), phát biểu``: what there was of both."""
    if not paper.speeches:
        return "Phát biểu"
    return f"Tham luận ({formatting.count(len(paper.speeches))} ý kiến)" + (", phát biểu" if paper.addresses else "")


def _beginning(paper: MeetingPaper) -> Iterator[str]:
    yield f"Thời gian bắt đầu: {paper.starts or CLOCK_BLANK}, {paper.day}."
    yield f"Địa điểm: {paper.place_with_host}."
    yield f"Thành phần tham dự: {_attendance(paper)}."
    absent = [f"{row.unit}: {row.presence_printed}" for row in paper.absent_units]
    if paper.has_many_guests:
        introduced = [guest.introduced for guest in paper.guests_who_came]
        yield "Đại biểu khách mời:"
        yield from _dashed(f"{guest[:1].upper()}{guest[1:]}" for guest in introduced)
        yield from ["Đơn vị cử người dự thay, vắng mặt:"] if absent else []
    yield from _dashed(absent)
    yield f"Chủ trì (chủ tọa): Đồng chí {_titled(paper.chair_name, paper.chair_title)}."
    secretary = _titled(paper.secretary_name, paper.secretary_title)
    yield f"Thư ký (người ghi biên bản): {f'Đồng chí {secretary}' if secretary else BLANK}."
    yield "Nội dung (theo diễn biến hội nghị):"


def _presided(paper: MeetingPaper) -> str:
    day = paper.day[:1].upper() + paper.day[1:]
    chair = _titled(paper.chair_name, paper.chair_title)
    return (
        f"{day}, tại {paper.place_with_host}, đồng chí {chair} đã chủ trì {paper.title}. "
        f"Thành phần dự hội nghị: {_attendance(paper)}."
    )


def _concludes(paper: MeetingPaper) -> str:
    speeches = f", {formatting.count(len(paper.speeches))} ý kiến tham luận" if paper.speeches else ""
    return f"Sau khi nghe báo cáo{speeches} và thảo luận, đồng chí chủ trì kết luận như sau:"


def _attendance(paper: MeetingPaper) -> str:
    """Guests, then members, as protocol has it; of many guests how many they were."""
    introduced = [guest.introduced for guest in paper.guests_who_came]
    guests = [paper.guests_counted] if paper.has_many_guests else introduced
    return "; ".join([*guests, paper.attendance_sentence])


def _titled(name: str, title: str) -> str:
    return ", ".join(part for part in (name, title) if part)


def _dashed(lines: Iterable[str]) -> list[str]:
    return [f"- {full_stop(line)}" for line in lines]


def letter(place: int) -> str:
    """``a)`` for 1, ``b)`` for 2; once the letters are used up ``aa)``, ``bb)``, …"""
    rounds, index = divmod(place - 1, len(LETTERS))
    return f"{LETTERS[index] * (rounds + 1)})"


def _speeches(speeches: Iterable[SpeechLine], addresses: Iterable[SpeechLine]) -> Iterator[str]:
    """Both kinds as points of one row of letters, each with what was said below it."""
    spoken = [(speech, f" ({speech.given_by})" if speech.given_by else "") for speech in speeches]
    spoken += [(speech, f" của đồng chí {speech.given_by}" if speech.given_by else "") for speech in addresses]
    for place, (speech, by) in enumerate(spoken, start=1):
        yield f"{letter(place)} {speech.title}{by}{':' if speech.points else '.'}"
        yield from _dashed(speech.points)


def _tasks(tasks: Iterable[TaskLine], mark: Callable[[int], str]) -> list[str]:
    return [f"{mark(task.number)} {task.sentence}" for task in tasks]
