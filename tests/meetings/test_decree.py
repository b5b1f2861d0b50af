"""The papers of a meeting against the models of Nghị định 30/2020/NĐ-CP, Phụ lục III: ends, points, recipients."""

import datetime as dt
import re

import pytest

from meetings.actions.inviting import add_guest
from meetings.models import Task
from meetings.papers import pdf_files
from meetings.papers.issuable import MINUTES
from meetings.papers.paper import meeting_paper
from meetings.papers.paragraphs import letter, write_conclusion, write_minutes
from members.models import LeadTerm
from reports.meeting_papers import summary, word_files
from tests.support.factories import NOW
from tests.support.meetings import award_of, planned_meeting, speech_of, text_of, words_of_docx, words_of_pdf

pytestmark = pytest.mark.django_db

END = "./."


@pytest.fixture
def meeting(cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, agenda="Khai mạc\nBế mạc", conclusion="Thống nhất")
    for title in ("Tuần tra", "Tuyên truyền"):
        speech_of(unit, meeting, title=title)
    Task.objects.create(meeting=meeting, text="Tăng cường tuần tra.", due_on=dt.date(2022, 12, 1))
    add_guest(meeting=meeting, values={"name": "Nguyễn Khách"}, by=secretariat, now=NOW)
    return meeting


def printed(name, meeting):
    paper = meeting_paper(meeting)
    if name == "summary":
        return text_of(summary.write(summary.meeting_summary(meeting)))
    if name == "invitations":
        return text_of(pdf_files.invitations(paper, [*paper.units, *paper.guests]))
    return text_of(getattr(pdf_files, name)(paper))


@pytest.mark.parametrize(
    ("name", "ends"),
    [("minutes", 1), ("conclusion_notice", 1), ("agenda", 1), ("award_list", 1), ("summary", 2), ("invitations", 2)],
)
@pytest.mark.parametrize("awarded", [False, True])
def test_each_text_ends_with_the_sign_of_the_decree(meeting, unit, name, ends, awarded):
    if awarded:
        award_of(unit, meeting)
        meeting.awards.update(status="granted")
    assert printed(name, meeting).count(END) == ends


@pytest.mark.parametrize("has_speeches", [False, True])
def test_an_agenda_ends_once_with_and_without_speeches(meeting, has_speeches):
    if not has_speeches:
        meeting.speeches.all().delete()
    assert printed("agenda", meeting).count(END) == 1


def test_points_below_a_numbered_heading_of_the_minutes_are_letters(meeting):
    texts = [paragraph.text for paragraph in write_minutes(meeting_paper(meeting))]
    heading = texts.index("2. Tham luận (02 ý kiến)")
    assert texts[heading + 1 : heading + 3] == ["a) Tuần tra (Xã Thử Một).", "b) Tuyên truyền (Xã Thử Một)."]
    assert (
        "a) Tăng cường tuần tra (đơn vị thực hiện: các đơn vị thành viên; thời hạn: chậm nhất ngày 01/12/2022)."
        in texts
    )


def test_points_below_a_roman_heading_of_the_notice_are_numbers(meeting):
    texts = [paragraph.text for paragraph in write_conclusion(meeting_paper(meeting))]
    assert any(text.startswith("1. Tăng cường tuần tra (đơn vị") for text in texts)


def test_the_letters_follow_the_vietnamese_alphabet_and_go_on_after_it():
    assert [letter(place) for place in (1, 4, 5, 23, 24, 40)] == ["a)", "d)", "đ)", "y)", "aa)", "rr)"]


def test_minutes_say_where_they_are_kept_in_pdf_and_word(meeting):
    paper = meeting_paper(meeting)
    assert "Nơi nhận: - Lưu: VT, hồ sơ hội nghị." in text_of(pdf_files.numbered(MINUTES, paper))
    assert words_of_docx(word_files.write(MINUTES, paper)) == words_of_pdf(pdf_files.numbered(MINUTES, paper))


@pytest.mark.parametrize("name", ["minutes", "conclusion_notice"])
def test_a_print_of_what_was_not_issued_says_so(meeting, name):
    assert "DỰ THẢO" in printed(name, meeting)


@pytest.mark.parametrize("name", ["agenda", "award_list", "sign_in_sheet"])
def test_what_is_no_numbered_kind_of_document_has_no_number_line(meeting, name):
    assert re.search(r"Số:|/DS|DỰ THẢO", printed(name, meeting)) is None


def test_an_invitation_that_is_sent_is_no_draft(meeting):
    assert "DỰ THẢO" not in printed("invitations", meeting)


@pytest.mark.parametrize(
    ("name", "addressed"), [("Nguyễn Khách", "đồng chí Nguyễn Khách"), ("Ông Trần Mời", "Ông Trần Mời")]
)
def test_a_guest_is_invited_with_a_form_of_address(meeting, name, addressed):
    meeting.attendances.guests().update(name=name)
    assert f"kính mời: {addressed} Tới dự Hội nghị" in printed("invitations", meeting)


def test_the_unit_that_presides_is_not_invited_by_itself(meeting, unit, other_unit):
    LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2022, 1, 1))
    meeting.attendances.create(unit=other_unit)
    invited = [line.addressed for line in meeting_paper(meeting).invited]
    assert invited == ["Xã Thử Hai", "đồng chí Nguyễn Khách"]


def test_an_invitation_asks_for_a_reply_and_says_where(meeting, cluster):
    cluster.contact = "đồng chí Thư Ký, điện thoại 024 0000"
    cluster.save()
    said = printed("invitations", meeting)
    assert said.count("Đề nghị xác nhận dự họp trước ngày họp; liên hệ: đồng chí Thư Ký, điện thoại 024 0000.") == 2


def test_an_invitation_without_a_contact_says_none(meeting):
    assert "Đề nghị xác nhận dự họp trước ngày họp." in printed("invitations", meeting)


@pytest.mark.parametrize("is_addressed", [False, True])
def test_minutes_and_report_head_what_was_said_alike(meeting, unit, is_addressed):
    if is_addressed:
        speech_of(unit, meeting, title="Phát biểu chỉ đạo", kind="address")
    paper = meeting_paper(meeting)
    told = "Tham luận (02 ý kiến), phát biểu" if is_addressed else "Tham luận (02 ý kiến)"
    assert f"2. {told}" in [paragraph.text for paragraph in write_minutes(paper)]
    assert told in [section.heading for section in summary.meeting_summary(meeting).sections]
