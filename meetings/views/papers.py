"""A meeting's papers as downloads; each page and its file share one guard."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from cluster_portal.files import word
from cluster_portal.files.sending import ICS, send_file, sends_file, show_pdf
from meetings.models import Attendance, Meeting
from meetings.papers import pdf_files, word_files
from meetings.papers.calendar_entry import calendar_entry
from meetings.papers.news import news_item
from meetings.papers.paper import MeetingPaper, meeting_paper
from meetings.views._common import get_held_meeting, get_meeting
from members.infrastructure.capabilities import Can, SignedInRequest, requires


@requires(Can.MANAGE_MEETINGS)
@sends_file
def invitations(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    """Giấy mời for every invitee in one file."""
    paper = meeting_paper(get_meeting(request, meeting_id))
    content = pdf_files.invitations(paper, paper.invited)
    return show_pdf(content, name=pdf_files.file_name(paper, "Giấy mời", "pdf"))


@requires(Can.SEE_MEETINGS)
@sends_file
def invitation(request: SignedInRequest, invitee_id: int) -> HttpResponseBase:
    """One invitee's giấy mời; a liaison's own unit's."""
    row = get_object_or_404(Attendance.objects.visible_to(request.user), pk=invitee_id)
    paper = meeting_paper(get_meeting(request, row.meeting_id))
    line = paper.invitee_line(row.pk)
    name = pdf_files.file_name(paper, f"Giấy mời {line.unit or line.name}", "pdf")
    return show_pdf(pdf_files.invitations(paper, [line]), name=name)


@requires(Can.SEE_MEETINGS)
@sends_file
def calendar(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    meeting = get_meeting(request, meeting_id)
    entry = calendar_entry(meeting)
    return send_file(entry, name="hoi-nghi.ics", content_type=ICS)


def _pdf(meeting: Meeting, write: Callable[[MeetingPaper], bytes], title: str) -> HttpResponseBase:
    paper = meeting_paper(meeting)
    return show_pdf(write(paper), name=pdf_files.file_name(paper, title, "pdf"))


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def agenda(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    return _pdf(get_meeting(request, meeting_id), pdf_files.agenda, "Chương trình")


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def sign_in_sheet(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    return _pdf(get_meeting(request, meeting_id), pdf_files.sign_in_sheet, "Danh sách ký tên")


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def awards(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    return _pdf(get_meeting(request, meeting_id), pdf_files.award_list, "Danh sách khen thưởng")


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def minutes(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    return _pdf(get_held_meeting(request, meeting_id), pdf_files.minutes, "Biên bản")


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def conclusion(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    return _pdf(get_held_meeting(request, meeting_id), pdf_files.conclusion_notice, "Thông báo kết luận")


@requires(Can.READ_MEETING_RECORDS)
def news(request: SignedInRequest, meeting_id: int) -> HttpResponse:
    """The news item to read and to copy."""
    meeting = get_held_meeting(request, meeting_id)
    photos = meeting.photos.in_order()
    item, undecided = news_item(meeting_paper(meeting)), meeting.attendances.undecided_sentence()
    context = {"meeting": meeting, "item": item, "photos": photos, "undecided": undecided}
    return render(request, "meetings/news.html", context)


@requires(Can.READ_MEETING_RECORDS)
@sends_file
def news_docx(request: SignedInRequest, meeting_id: int) -> HttpResponseBase:
    paper = meeting_paper(get_held_meeting(request, meeting_id), with_photos=True)
    content = word_files.news(news_item(paper))
    return send_file(content, name=pdf_files.file_name(paper, "Tin bài", "docx"), content_type=word.CONTENT_TYPE)
