"""The report on a meeting as a document of own words, written beforehand from the meeting's summary."""

from __future__ import annotations

from collections.abc import Iterator

from reports.documents.free_text import BODY
from reports.meeting_papers.summary import MeetingSummary, head_of


def subject_of(summary: MeetingSummary) -> str:
    return head_of(summary).subject


def report_text(summary: MeetingSummary) -> dict[str, str]:
    """The sections with their paragraphs, and the units that were invited as an annex; without tables."""
    return {BODY: "\n".join([*_sections(summary), *_attendance(summary)])}


def _sections(summary: MeetingSummary) -> Iterator[str]:
    for section in summary.sections:
        yield f"{section.number}. {section.heading}"
        yield from section.paragraphs
        if section.has_awards:
            yield from (f"{row.form}: {row.recipient} – {row.achievement}." for row in summary.paper.awards)
    yield "Trên đây là báo cáo kết quả hội nghị."


def _attendance(summary: MeetingSummary) -> Iterator[str]:
    yield "Phụ lục I"
    yield summary.attendance_heading
    for number, row in enumerate(summary.paper.units, start=1):
        yield f"{number}. {row.unit}{f': {row.presence_printed}' if row.presence else ''};"
