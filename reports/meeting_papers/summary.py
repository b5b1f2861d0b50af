"""The printable summary of a meeting: what was said and decided, beside the period's own comparison.

The figures come from `summarise()`, never from the record; the rest is the meeting's paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from cluster_portal import formatting
from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE, render_pdf
from cluster_portal.periods import Period
from meetings.models import Meeting
from meetings.papers.paper import MeetingPaper, meeting_paper
from reports.comparison.period_states import states_of
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.content import REPORT_CODE, REPORT_NAME
from reports.layout.summary_tables import build_tables
from reports.layout.table import Table
from reports.prose import narrative, phrases

TEMPLATE = "reports/meeting_papers/summary.html"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")

#: Which passages of the comparison a meeting is told; the whole of it is a report of its own.
PASSAGES = ("general", "groups", "coverage")


@dataclass(frozen=True)
class SummarySection:
    """A roman-numbered part; `template` lays it out."""

    number: str
    heading: str
    template: str


@dataclass(frozen=True)
class MeetingSummary:
    """A meeting's paper and the comparison of the period it reviewed."""

    paper: MeetingPaper
    summary: Summary
    collecting: tuple[str, ...] = ()

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
        return tables.measures, tables.categories

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
        speeches = f"Tham luận ({formatting.count(len(paper.speeches))} ý kiến)" if paper.speeches else "Phát biểu"
        parts = (
            ("Thời gian, địa điểm, thành phần", "course", True),
            (self.figures_heading, "figures", True),
            ("Kết quả", "results", bool(paper.results)),
            ("Tồn tại, hạn chế và nguyên nhân", "shortcomings", bool(paper.shortcomings)),
            (speeches, "speeches", bool(paper.speeches or paper.addresses)),
            ("Khen thưởng", "awards", bool(paper.awards)),
            ("Kết quả thực hiện nhiệm vụ hội nghị trước giao", "carried_tasks", bool(paper.carried_tasks)),
            ("Phương hướng, nhiệm vụ thời gian tới", "tasks", bool(paper.tasks)),
            ("Kết luận của chủ trì", "conclusion", bool(paper.conclusion)),
        )
        filled = [(heading, name) for heading, name, is_filled in parts if is_filled]
        return tuple(
            SummarySection(ROMAN[place], heading, f"reports/meeting_papers/summary/_{name}.html")
            for place, (heading, name) in enumerate(filled)
        )


def meeting_summary(meeting: Meeting) -> MeetingSummary:
    """Gather what the meeting's summary is written from."""
    paper, summary = meeting_paper(meeting, with_photos=True), summarise(current=meeting.period)
    return MeetingSummary(paper, summary, _collecting(meeting.period) if summary.has_figures else ())


def _collecting(period: Period) -> tuple[str, ...]:
    """How far each half of the period is that is not complete; nothing is compared until it is."""
    return tuple(
        f"Số liệu {state.period.printed} đang được tổng hợp: {state.accepted}/{state.expected} đơn vị đã có số liệu."
        for state in states_of([period]).of(period)
        if not state.is_complete
    )


def write(summary: MeetingSummary) -> bytes:
    """The summary as PDF/UA-1; number and date stay open for the hand."""
    return render_pdf(TEMPLATE, layout(summary))


def layout(summary: MeetingSummary) -> dict[str, Any]:
    subject = f"Kết quả {summary.paper.title}"
    head = DocumentHead(summary.paper.letterhead, REPORT_NAME, REPORT_CODE, subject, is_numbered_elsewhere=True)
    return {"head": head, "paper": summary.paper, "meeting": summary}
