"""The report on a meeting as a document of own words, written beforehand from the meeting's summary."""

from __future__ import annotations

from collections.abc import Iterator

from reports.documents.free_text import BODY
from reports.meeting_papers.summary import MeetingSummary, head_of


def subject_of(summary: MeetingSummary) -> str:
    return head_of(summary).subject


def report_text(summary: MeetingSummary) -> dict[str, str]:
    """The sections with their paragraphs, and who was invited as an annex; without tables.

    A line break in what was recorded would begin a paragraph, or an annex: each is one line here.
    """
    lines = [*_sections(summary), *_attendance(summary)]
    return {BODY: "\n".join(" ".join(line.split()) for line in lines)}


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
    units = [f"{row.unit}{f': {row.presence_printed}' if row.presence else ''}" for row in summary.paper.units]
    guests = [guest.introduced for guest in summary.paper.guests_who_came] if summary.lists_guests else []
    for number, told in enumerate([*units, *(f"{guest[:1].upper()}{guest[1:]}" for guest in guests)], start=1):
        yield f"{number}. {told};"
