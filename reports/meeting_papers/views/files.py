"""What a meeting shows that needs the floor of the reports: its summary, Word files, its folder, hints on awards."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from cluster_portal.files import word
from cluster_portal.files.sending import ZIP, send_file, sends_file, show_pdf
from meetings.papers import pdf_files
from meetings.papers.issuable import CONCLUSION, MINUTES
from meetings.papers.paper import MeetingPaper, meeting_paper
from meetings.views._common import get_held_meeting, get_meeting
from members.infrastructure.capabilities import Can, SignedInRequest, requires
from reports.meeting_papers import folder, summary, word_files
from reports.meeting_papers.award_hints import recipients_without_report


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def meeting_summary(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    """The one document that tells all of the meeting."""
    found = summary.meeting_summary(get_held_meeting(request, meeting_id))
    name = pdf_files.file_name(found.paper, "Báo cáo kết quả hội nghị", "pdf")
    return show_pdf(summary.write(found), name=name)


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def meeting_summary_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    found = summary.meeting_summary(get_held_meeting(request, meeting_id))
    return _word(found.paper, "Báo cáo kết quả hội nghị", word_files.meeting_report(found))


@requires(Can.MANAGE_MEETINGS)
@sends_file
def invitations_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    """A letter for each invitee in one file."""
    paper = meeting_paper(get_meeting(request, meeting_id))
    return _word(paper, "Giấy mời", word_files.invitations(paper))


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def agenda_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    paper = meeting_paper(get_meeting(request, meeting_id))
    return _word(paper, "Chương trình", word_files.agenda(paper))


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def minutes_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    paper = meeting_paper(get_held_meeting(request, meeting_id))
    return _word(paper, MINUTES.title, word_files.write(MINUTES, paper))


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def conclusion_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    paper = meeting_paper(get_held_meeting(request, meeting_id))
    return _word(paper, CONCLUSION.title, word_files.write(CONCLUSION, paper))


def _word(paper: MeetingPaper, title: str, content: bytes) -> HttpResponseBase:
    return send_file(content, name=pdf_files.file_name(paper, title, "docx"), content_type=word.CONTENT_TYPE)


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def meeting_folder(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    meeting = get_meeting(request, meeting_id)
    content = folder.write(folder.folder_files(meeting), day=meeting.held_on)
    return send_file(content, name=f"{meeting.held_on:%Y-%m-%d} Ho so hoi nghi.zip", content_type=ZIP)


@requires(Can.READ_MEETING_RECORDS)
def award_hints(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """A part of the page of awards, which stands a floor below and knows no reports."""
    units = recipients_without_report(get_meeting(request, meeting_id))
    return render(request, "reports/meeting_papers/_award_hints.html", {"units": units})
