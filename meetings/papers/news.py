"""The news item of a meeting, in the order newspapers of the area tell it.

When and where, who came and who presided; what was achieved; what the speeches found
wanting; who was awarded; what is to be done; photos between the paragraphs; byline.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from cluster_portal import formatting
from cluster_portal.periods import CutOffRule
from meetings.models import Attendance
from meetings.papers.lines import PhotoLine, full_stop
from meetings.papers.paper import MeetingPaper


@dataclass(frozen=True)
class NewsBlock:
    """A paragraph, or a photo where `photo` is there."""

    text: str = ""
    photo: PhotoLine | None = None


@dataclass(frozen=True)
class NewsItem:
    title: str
    blocks: tuple[NewsBlock, ...]
    byline: str
    issuer: str
    sample_mark: str

    @property
    def text(self) -> str:
        """What is copied into a newspaper's own form: paragraphs and captions, without pictures."""
        parts = [f"[{block.photo.numbered}]" if block.photo else block.text for block in self.blocks]
        return "\n\n".join(part for part in (self.title, *parts, self.byline, self.sample_mark) if part)


def news_item(paper: MeetingPaper) -> NewsItem:
    """The item as far as the record goes; a part nothing was recorded of is left out."""
    told = (_opening, _results, _critique, _addresses, _awards)
    paragraphs = [text for text in (write(paper) for write in told) if text]
    tasks = _tasks(paper)
    blocks: list[NewsBlock] = []
    for text, photo in zip_longest(paragraphs, paper.photos):
        blocks += [NewsBlock(text=text)] if text else []
        blocks += [NewsBlock(photo=photo)] if photo else []
    blocks += [NewsBlock(text=tasks)] if tasks else []
    return NewsItem(
        title=paper.title.upper(),
        blocks=tuple(blocks),
        byline=paper.byline,
        issuer=paper.letterhead.issuer,
        sample_mark=paper.letterhead.sample_mark,
    )


def _opening(paper: MeetingPaper) -> str:
    day = formatting.printed_date(paper.held_on)
    title = f", {paper.chair_title}" if paper.chair_title else ""
    held = formatting.within_sentence(paper.title)
    lead = ", đơn vị làm cụm trưởng," if paper.is_host_lead else ""
    return (
        f"Ngày {day}, tại {paper.place_with_host}{lead} đã diễn ra {held} của {paper.cluster}. "
        f"{_attendance(paper)}"
        f"Đồng chí {paper.chair_name}{title} chủ trì hội nghị."
    )


def _attendance(paper: MeetingPaper) -> str:
    """Who was there; of units nothing, as long as one isn't ticked: how many came isn't known then."""
    guests = "; ".join(guest.introduced for guest in paper.guests if guest.came)
    present = [part for part in (guests, _units_there(paper)) if part]
    return f"Tham dự hội nghị có {' và '.join(present)}. " if present else ""


def _units_there(paper: MeetingPaper) -> str:
    """A unit that is represented sent somebody, but not its leader."""
    if any(not row.presence for row in paper.units):
        return ""
    by_whom = {"lãnh đạo": Attendance.Presence.PRESENT, "đại diện": Attendance.Presence.REPRESENTED}
    counts = {who: sum(row.presence == presence for row in paper.units) for who, presence in by_whom.items()}
    told = [f"{who} {formatting.count(number)} đơn vị" for who, number in counts.items() if number]
    return f"{', '.join(told)} thành viên trong cụm" if told else ""


def _sentences(lines: tuple[str, ...]) -> str:
    return " ".join(map(full_stop, lines))


def _results(paper: MeetingPaper) -> str:
    if not paper.results:
        return ""
    return f"Hội nghị đã thống nhất đánh giá kết quả {paper.period_label}. {_sentences(paper.results)}"


def _critique(paper: MeetingPaper) -> str:
    if not paper.shortcomings:
        return ""
    speeches = (
        f"Qua {formatting.count(len(paper.speeches))} ý kiến tham luận, hội nghị" if paper.speeches else "Hội nghị"
    )
    shortcomings = "; ".join(formatting.within_sentence(line.rstrip(".;")) for line in paper.shortcomings)
    return f"{speeches} đã chỉ ra bên cạnh những kết quả trên vẫn còn một số hạn chế: {shortcomings}."


def _addresses(paper: MeetingPaper) -> str:
    """Which guests spoke."""
    spoke = [address.given_by for address in paper.addresses if address.given_by]
    return f"Phát biểu tại hội nghị có {'; '.join(f'đồng chí {who}' for who in spoke)}." if spoke else ""


def _awards(paper: MeetingPaper) -> str:
    if not paper.awards:
        return ""
    recipients = "; ".join(award.recipient for award in paper.awards)
    return f"Tại hội nghị, các tập thể, cá nhân sau được khen thưởng: {recipients}."


def _tasks(paper: MeetingPaper) -> str:
    if not paper.tasks:
        return ""
    tasks = [formatting.within_sentence(task.text.rstrip(" .;")) for task in paper.tasks]
    told = f"Trên cơ sở kết quả đạt được, {_time_to_come(paper)}, các thành viên trong cụm"
    return f"{told} {'; '.join(tasks)}."


def _time_to_come(paper: MeetingPaper) -> str:
    """The period after the one that was reviewed, unless that was over when the meeting took place."""
    following = paper.period.next
    is_over = paper.held_on > following.last_day(CutOffRule.CALENDAR)
    return "trong thời gian tới" if is_over else formatting.within_sentence(following.printed)
