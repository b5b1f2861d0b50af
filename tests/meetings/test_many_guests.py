"""Sixty guests are counted in the sentence and named in a list; a few are introduced one after the other."""

import pytest

from meetings.actions.inviting import add_guest
from meetings.papers.paper import GUESTS_IN_A_SENTENCE, meeting_paper
from meetings.papers.paragraphs import write_conclusion, write_minutes
from reports.documents.free_text import split_annexes
from reports.meeting_papers import summary, word_files
from reports.meeting_papers.own_report import report_text
from tests.support.factories import NOW
from tests.support.meetings import award_of, held_meeting, speech_of, text_of, words_of_docx, words_of_pdf

pytestmark = pytest.mark.django_db


def attended(unit, by, guests):
    meeting = held_meeting(unit, by, secretary_name="Người Ghi")
    for number in range(1, guests + 1):
        add_guest(meeting=meeting, values={"name": f"Khách Số {number}", "title": "Trưởng phòng"}, by=by, now=NOW)
    meeting.attendances.update(presence="present")
    return meeting


def beginning(meeting):
    return [each.text for each in write_minutes(meeting_paper(meeting))]


def test_a_few_guests_are_introduced_in_the_sentence(cluster, unit, secretariat):
    texts = beginning(attended(unit, secretariat, GUESTS_IN_A_SENTENCE))
    (sentence,) = [text for text in texts if text.startswith("Thành phần tham dự")]
    assert sentence.count("đồng chí Khách Số") == GUESTS_IN_A_SENTENCE
    assert "Đại biểu khách mời:" not in texts


def test_many_guests_are_counted_and_listed_in_the_minutes(cluster, unit, other_unit, secretariat):
    meeting = attended(unit, secretariat, 60)
    meeting.attendances.filter(unit=other_unit).update(presence="absent")
    texts = beginning(meeting)
    place = texts.index(
        "Thành phần tham dự: 60 đại biểu khách mời; 1/2 đơn vị thành viên dự họp, 01 đơn vị vắng không lý do."
    )
    assert texts[place + 1 : place + 3] == ["Đại biểu khách mời:", "- Đồng chí Khách Số 1 – Trưởng phòng."]
    assert texts[place + 61 : place + 64] == [
        "- Đồng chí Khách Số 60 – Trưởng phòng.",
        "Đơn vị cử người dự thay, vắng mặt:",
        "- Xã Thử Hai: vắng không lý do.",
    ]


def test_the_notice_counts_many_guests(cluster, unit, secretariat):
    told = write_conclusion(meeting_paper(attended(unit, secretariat, 6)))[0].text
    assert told.endswith("Thành phần dự hội nghị: 06 đại biểu khách mời; 1/1 đơn vị thành viên dự họp.")


@pytest.mark.slow
@pytest.mark.parametrize(("guests", "listed"), [(5, 0), (6, 1)])
def test_the_report_lists_many_guests_in_its_annex(cluster, unit, secretariat, guests, listed):
    told = summary.meeting_summary(attended(unit, secretariat, guests))
    pdf = summary.write(told)
    text = text_of(pdf)
    assert text.count("Khách mời dự hội nghị TT Họ và tên Chức vụ, cơ quan 1 Khách Số 1") == listed
    assert text.count("06 đại biểu khách mời (danh sách tại Phụ lục I)") == listed
    assert text.count("(danh sách đơn vị, khách mời tại Phụ lục I kèm theo)./.") == listed
    assert words_of_docx(word_files.meeting_report(told)).keys() == words_of_pdf(pdf).keys() | {"2"}  # no page number


def sections(meeting):
    return {each.heading: each for each in summary.meeting_summary(meeting).sections}


@pytest.mark.parametrize("awards", [1, 2])
def test_one_award_is_a_sentence_and_several_are_a_table(cluster, unit, secretariat, awards):
    meeting = attended(unit, secretariat, 1)
    for number in range(awards):
        award_of(unit, meeting, achievement=f"Thành tích {number}")
    meeting.awards.update(status="granted")
    section = sections(meeting)["Khen thưởng"]
    sentence = ("Giấy khen: Xã Thử Một – Thành tích 0.",)
    assert (section.paragraphs, section.has_awards) == ((sentence, False) if awards == 1 else ((), True))


def test_addresses_go_on_with_the_numbers_of_the_speeches(cluster, unit, secretariat):
    meeting = attended(unit, secretariat, 1)
    speech_of(unit, meeting, title="Tuần tra")
    speech_of(unit, meeting, title="Phát biểu chỉ đạo", kind="address", main_points="Cố gắng")
    assert sections(meeting)["Tham luận (01 ý kiến), phát biểu"].paragraphs == (
        "1. Tuần tra (Xã Thử Một).",
        "2. Phát biểu chỉ đạo của đồng chí Xã Thử Một:",
        "- Cố gắng.",
    )


@pytest.mark.parametrize(("guests", "named"), [(5, 0), (6, 6)])
def test_the_report_to_go_on_with_lists_them_as_well(cluster, unit, secretariat, guests, named):
    meeting = attended(unit, secretariat, guests)
    award_of(unit, meeting, achievement="Tuần tra\nPhụ lục", status="granted")
    award_of(unit, meeting, achievement="Khác", status="granted")

    body, annexes = split_annexes(report_text(summary.meeting_summary(meeting))["body"])

    assert [sum("Đồng chí Khách Số" in line.text for line in annex.paragraphs) for annex in annexes] == [named]
    assert "Tuần tra Phụ lục." in body


def test_where_only_guests_are_open_all_can_be_ticked(as_user, unit, secretariat):
    meeting = attended(unit, secretariat, 1)
    meeting.attendances.guests().update(presence="")
    hall = f"/meetings/{meeting.pk}/hall/"

    assert f"{hall}all-present/" in as_user(secretariat).get(hall).text
