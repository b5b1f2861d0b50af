"""The printable summary of a meeting: what was said and decided, beside the period's own comparison.

The figures come from `summarise()`, never from the record; the rest is the meeting's paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation

from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE, render_pdf
from cluster_portal.formatting import roman
from cluster_portal.periods import Period
from meetings.models import Meeting
from meetings.papers.lines import TaskLine, full_stop
from meetings.papers.paper import MeetingPaper, meeting_paper
from meetings.papers.paragraphs import speeches_heading
from reports.comparison.period_states import states_of
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.content import REPORT_CODE, REPORT_NAME
from reports.layout.summary_tables import build_tables
from reports.layout.table import Table
from reports.prose import narrative, phrases

TEMPLATE = "reports/meeting_papers/summary.html"

#: Which passages of the comparison a meeting is told; the whole of it is a report of its own.
PASSAGES = ("general", "groups", "coverage")


@dataclass(frozen=True)
class SummarySection:
    """A roman-numbered part with what stands in it, in this order."""

    number: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    has_awards: bool = False


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting's paper and the comparison of the period it reviewed."""

    paper: MeetingPaper
    summary: Summary
    collecting: tuple[str, ...] = ()
    guests_heading = "Khách mời dự hội nghị"
    photos_heading = "Hình ảnh hội nghị"

    @property
    def attendance_heading(self) -> str:
        return f"Các đơn vị{', khách mời' if self.lists_guests else ''} được mời dự hội nghị"

    @property
    def lists_guests(self) -> bool:
        """Whether the annex lists the guests below the units."""
        return self.paper.has_many_guests

    @property
    def closing(self) -> str:
        """The last sentence, which refers to the annexes."""
        photos = ", hình ảnh tại Phụ lục II" if self.paper.photos else ""
        listed = "đơn vị, khách mời" if self.lists_guests else "đơn vị"
        return f"Trên đây là báo cáo kết quả hội nghị (danh sách {listed} tại Phụ lục I{photos} kèm theo)./."

    @property
    def baseline(self) -> str:
        return phrases.baseline_name(self.summary)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What the comparison says; of a period that is still being collected only how far it is."""
        if self.collecting:
            return self.collecting
        if not self.summary.has_figures:
            return (narrative.headline(self.summary),)
        told = [passage for passage in narrative.narrative(self.summary) if passage.code in PASSAGES]
        return tuple(paragraph for passage in told for paragraph in passage.paragraphs)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The figures of the cluster and the cases by category; none where nobody has reported."""
        if self.collecting or not self.summary.has_figures:
            return ()
        with translation.override(DOCUMENT_LANGUAGE):
            tables = build_tables(self.summary)
        return tuple(table for table in (tables.measures, tables.categories) if table.is_of_several)

    @property
    def figures_heading(self) -> str:
        """What the figures are compared with is told where they are compared."""
        is_compared = self.summary.has_figures and self.summary.has_base and not self.collecting
        compared = f" so với {self.baseline}" if is_compared else ""
        return f"Tình hình {self.paper.period_label}{compared}"

    @property
    def sections(self) -> tuple[SummarySection, ...]:
        """The parts there is something to say in, numbered."""
        paper = self.paper
        told = self.paragraphs or ("Chưa có số liệu của kỳ này.",)
        parts = (
            SummarySection("", "Thời gian, địa điểm, thành phần", tuple(_course(paper))),
            SummarySection("", self.figures_heading, told, self.tables),
            SummarySection("", "Kết quả", tuple(_numbered(paper.results))),
            SummarySection("", "Tồn tại, hạn chế và nguyên nhân", tuple(_numbered(paper.shortcomings))),
            SummarySection("", speeches_heading(paper), tuple(_spoken(paper))),
            SummarySection("", "Khen thưởng", tuple(_one_award(paper)), has_awards=len(paper.awards) > 1),
            SummarySection("", "Kết quả thực hiện nhiệm vụ hội nghị trước giao", tuple(_carried(paper.carried_tasks))),
            SummarySection("", "Phương hướng, nhiệm vụ thời gian tới", tuple(_tasks(paper.tasks))),
            SummarySection("", "Kết luận của chủ trì", paper.conclusion),
        )
        filled = [part for part in parts if part.paragraphs or part.has_awards]
        return tuple(replace(part, number=roman(number)) for number, part in enumerate(filled, start=1))


def _course(paper: MeetingPaper) -> Iterator[str]:
    """When, where and under whom, point by point."""
    lead = " (đơn vị cụm trưởng)" if paper.is_host_lead else ""
    points = {
        "Thời gian": ", ".join(part for part in (paper.hours, paper.day) if part),
        "Địa điểm": paper.place_with_host,
        "Đơn vị đăng cai": f"{paper.host}{lead}",
        "Chủ trì": f"Đồng chí {_titled(paper.chair_name, paper.chair_title)}",
        "Thư ký": f"Đồng chí {_titled(paper.secretary_name, paper.secretary_title)}" if paper.secretary_name else "",
        "Thành phần": f"Lãnh đạo các đơn vị thành viên {paper.cluster}: {paper.attendance_sentence} "
        "(danh sách tại Phụ lục I)",
        "Khách mời": _guests(paper),
    }
    yield from _numbered(f"{name}: {point}." for name, point in points.items() if point)


def _guests(paper: MeetingPaper) -> str:
    if paper.has_many_guests:
        return f"{paper.guests_counted} (danh sách tại Phụ lục I)"
    return "; ".join(guest.introduced for guest in paper.guests_who_came)


def _titled(name: str, title: str) -> str:
    return " – ".join(part for part in (name, title) if part)


def _numbered(lines: Iterable[str]) -> Iterator[str]:
    return (f"{number}. {line}" for number, line in enumerate(lines, start=1))


def _spoken(paper: MeetingPaper) -> Iterator[str]:
    """Speeches, then addresses, as points of one row of numbers, each with what was said below it."""
    spoken = [(speech, f" ({speech.given_by})" if speech.given_by else "") for speech in paper.speeches]
    spoken += [(speech, f" của đồng chí {speech.given_by}" if speech.given_by else "") for speech in paper.addresses]
    for number, (speech, by) in enumerate(spoken, start=1):
        yield f"{number}. {speech.title}{by}{':' if speech.points else '.'}"
        yield from (f"- {point}" for point in speech.points)


def _one_award(paper: MeetingPaper) -> Iterator[str]:
    """The only award as a sentence: a table of one row isn't printed."""
    for award in paper.awards if len(paper.awards) == 1 else ():
        parts = (f"{award.form}: {award.recipient} – {award.achievement}", award.decided)
        yield full_stop("; ".join(filter(None, parts)))


def _tasks(tasks: Iterable[TaskLine]) -> Iterator[str]:
    return (f"{task.number}. {task.sentence}" for task in tasks)


def _carried(tasks: Iterable[TaskLine]) -> Iterator[str]:
    return (f"{task.number}. {task.sentence_with_state}" for task in tasks)


def meeting_summary(meeting: Meeting) -> MeetingSummary:
    """Gather what the meeting's summary is written from."""
    paper, summary = meeting_paper(meeting, with_photos=True), summarise(current=meeting.period)
    return MeetingSummary(paper, summary, _collecting(meeting.period) if summary.has_figures else ())


def _collecting(period: Period) -> tuple[str, ...]:
    """How far each half of the period is that is not complete; nothing is compared until it is."""
    return tuple(
        f"Số liệu {state.period.printed} đang được tổng hợp: {state.accepted}/{state.expected} đơn vị đã có báo cáo."
        for state in states_of([period]).of(period)
        if not state.is_complete
    )


def write(summary: MeetingSummary) -> bytes:
    """The summary as PDF/UA-1; number and date stay open for the hand."""
    return render_pdf(TEMPLATE, layout(summary))


def layout(summary: MeetingSummary) -> dict[str, Any]:
    return {"head": head_of(summary), "paper": summary.paper, "meeting": summary}


def head_of(summary: MeetingSummary) -> DocumentHead:
    """Number and date stay open."""
    subject = f"Kết quả {summary.paper.title}"
    return DocumentHead(summary.paper.letterhead, REPORT_NAME, REPORT_CODE, subject, is_numbered_elsewhere=True)
