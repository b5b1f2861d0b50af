"""The meeting folder: one ZIP with every paper, speech and photo, each named so that a person finds it."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db.models.fields.files import FieldFile

from cluster_portal.files.kept import FileGone
from meetings.models import Meeting
from meetings.papers import pdf_files
from meetings.papers.issuable import PAPER_KINDS, PaperKind
from meetings.papers.paper import MeetingPaper
from meetings.papers.pdf_files import plain
from reports.files import pdf_file, word_file, workbook_file
from reports.files.summary_report import build_report
from reports.meeting_papers import summary, word_files
from reports.meeting_papers.summary import MeetingSummary
from reports.models import IssuedDocument, IssuedFile, WordBase

LONGEST_NAME = 80
#: Which files of the period's report go in: to read, to work on, and the figures.
PERIOD_REPORT = (IssuedFile.Form.PDF, IssuedFile.Form.WORD, IssuedFile.Form.EXCEL)


@dataclass(frozen=True)
class FolderFile:
    """`name` with its folder: ``Tham luan/01 Xa mau 01.pdf``."""

    name: str
    content: File[Any]


def folder_files(meeting: Meeting) -> Iterator[FolderFile]:
    """What belongs into the folder, numbered in the order it is needed; a paper's PDF and Word file share a number.

    What tells of the meeting in the past – minutes, conclusion, summary, news – comes in once it was held.
    In the place of a file that is gone stands a note: who opens the folder years later shall not think it whole.
    """
    found = summary.meeting_summary(meeting)
    numbers: dict[str, int] = {}
    for what, suffix, content in _papers(meeting, found):
        number = numbers.setdefault(what, len(numbers) + 1)
        yield FolderFile(f"{number:02d} {plain(what)}.{suffix}", ContentFile(content))
    for number, speech in enumerate(meeting.speeches.in_order(), start=1):
        if speech.file:
            who = speech.unit.short_name if speech.unit else speech.speaker
            suffix = speech.file_name.rpartition(".")[2]
            yield _speech(f"Tham luan/{number:02d} {_short(f'{who} {speech.title}')}", suffix, speech.file)
    for photo in found.paper.photos:
        name = f"Anh/{photo.number:02d} {_short(photo.caption) if photo.caption else 'Anh'}"
        content, suffix = (photo.jpeg, "jpg") if photo.jpeg else (photo.lack.encode(), "txt")
        yield FolderFile(f"{name}.{suffix}", ContentFile(content))


def _speech(name: str, suffix: str, file: FieldFile) -> FolderFile:
    try:
        return FolderFile(f"{name}.{suffix}", file.open())
    except FileGone:
        return FolderFile(f"{name}.txt", ContentFile("Tệp của bài này không còn trong kho lưu trữ.\n".encode()))


def _papers(meeting: Meeting, found: MeetingSummary) -> Iterator[tuple[str, str, bytes]]:
    """Name, ending and content of each; what was issued with a number goes in as it was issued."""
    paper = found.paper
    in_force = IssuedDocument.objects.filter(meeting=meeting).in_force()
    files = IssuedFile.objects.filter(document__in=in_force).select_related("document")
    issued = {(file.document.kind, file.form): bytes(file.content) for file in files}
    for kind in PAPER_KINDS.values():
        if kind.is_issued_before:
            yield from _numbered(kind, paper, issued)
    yield "Chương trình", "pdf", pdf_files.agenda(paper)
    yield "Danh sách ký tên", "pdf", pdf_files.sign_in_sheet(paper)
    if meeting.took_place:
        yield "Báo cáo kết quả hội nghị", "pdf", summary.write(found)
    yield from _period_report(meeting, found)
    for kind in PAPER_KINDS.values():
        if not kind.is_issued_before and meeting.took_place:
            yield from _numbered(kind, paper, issued)
    yield "Danh sách khen thưởng", "pdf", pdf_files.award_list(paper)
    if meeting.took_place:
        yield "Tin bài", "docx", word_files.news(paper)


def _period_report(meeting: Meeting, found: MeetingSummary) -> Iterator[tuple[str, str, bytes]]:
    """The report on the period the meeting reviews, as it was issued; until then its comparison as it stands.

    Of a period that is still being collected there is none.
    """
    report = IssuedDocument.objects.summary_reports_on(meeting.period).in_force().in_order().first()
    if report:
        for file in report.files.filter(form__in=PERIOD_REPORT):
            yield f"Báo cáo tổng hợp {meeting.period.printed}", file.form, bytes(file.content)
    elif found.summary.has_figures and not found.collecting:
        drafted = build_report(found.summary, found.paper.letterhead)
        named = f"So sánh số liệu {meeting.period.printed}"
        yield named, "pdf", pdf_file.write(drafted)
        yield named, "docx", word_file.write(drafted, base=WordBase.content_in_use())
        yield named, "xlsx", workbook_file.write(drafted)


def _numbered(
    kind: PaperKind, paper: MeetingPaper, issued: Mapping[tuple[str, str], bytes]
) -> Iterator[tuple[str, str, bytes]]:
    """A paper that is issued with a number: as it was issued, or as it stands."""
    pdf = pdf_files.numbered(kind, paper) if (kind.code, "pdf") not in issued else issued[kind.code, "pdf"]
    yield kind.title, "pdf", pdf
    if (kind.code, "docx") in issued:
        yield kind.title, "docx", issued[kind.code, "docx"]
    elif kind.write and (kind.code, "pdf") not in issued:
        yield kind.title, "docx", word_files.write(kind, paper)


def _short(text: str) -> str:
    return plain(text)[:LONGEST_NAME].strip()


def write(files: Iterator[FolderFile], *, day: dt.date) -> IO[bytes]:
    """The ZIP as an open temporary file, at its beginning; speeches are never held in memory whole.

    All files bear the date of `day`, the meeting's.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 – whoever serves it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for file in files:
            info = zipfile.ZipInfo(file.name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with file.content.open("rb") as source, package.open(info, "w") as entry:
                shutil.copyfileobj(source, entry)
    target.seek(0)
    return target
