"""The papers of a meeting: what each says, and what none of them ever does."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.contrib.messages import get_messages
from docx import Document

from cluster_portal.files.document_head import BLANK, DocumentHead, Letterhead
from cluster_portal.files.word import WordDocument
from cluster_portal.files.word_base import standard_base
from meetings.actions import planning, recording
from meetings.actions.inviting import add_guest
from meetings.demo import CONTRADICTION, PLAN, RECORD, seed_meeting
from meetings.models import Attendance, Meeting
from meetings.papers import word_files
from meetings.papers.issuable import PAPER_KINDS
from meetings.papers.lines import InviteeLine, PhotoLine
from meetings.papers.news import news_item
from meetings.papers.paper import meeting_paper
from members.models import LeadTerm
from reports.meeting_papers import folder
from reports.models import WordBase
from tests.support.documents import as_typed, issued_report
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import (
    facts_missing_in,
    held_meeting,
    image_file,
    photo_of,
    planned_meeting,
    speech_of,
    text_of,
    words_of_docx,
    words_of_pdf,
)
from tests.support.reporting import THEFT, accepted_report

LONG_NAME = (
    "Trường Trung học phổ thông mẫu có tên dài đúng một trăm hai mươi chữ, "
    "để thử mọi bảng biểu trên khổ giấy A4, số 01 và 02"
)


@pytest.fixture
def real_meeting(cluster, unit, secretariat):
    UnitFactory.create_batch(27)
    LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=unit.joined_on)
    return seed_meeting(host=unit, by=secretariat, now=NOW)


def test_the_summary_tells_every_fact_of_the_real_meeting(as_user, real_meeting, chair):
    response = as_user(chair).get(f"/meetings/{real_meeting.pk}/papers/summary/")
    assert facts_missing_in(response.content) == []


@pytest.mark.parametrize("paper", ["summary", "minutes", "conclusion", "sign-in-sheet", "invitations", "awards"])
def test_no_paper_ever_prints_what_is_open(as_user, real_meeting, secretariat, paper):
    text = text_of(as_user(secretariat).get(f"/meetings/{real_meeting.pk}/papers/{paper}/").content)
    assert "Ủy Ban Mặt Trận Tổ Quốc" in CONTRADICTION
    assert "Ủy Ban Mặt Trận Tổ Quốc" not in text


def test_the_minutes_have_no_place_and_date_and_two_signatures(as_user, real_meeting, chair):
    text = text_of(as_user(chair).get(f"/meetings/{real_meeting.pk}/papers/minutes/").content)
    assert "Sóc Sơn, ngày" not in text
    assert text.index("THƯ KÝ") < text.index("CHỦ TỌA")


@pytest.fixture
def recorded_meeting(real_meeting, secretariat):
    """The real meeting with what its article leaves out: a secretary, hours, a conclusion, notes, who was absent."""
    values = {"secretary_name": "Lê Thị Thư", "starts_at": dt.time(8), "conclusion": "Giao thư ký theo dõi"}
    values |= {"notes": "08 giờ: khai mạc", "ends_at": dt.time(11, 30)}
    revision = real_meeting.revision
    planning.edit_meeting(meeting=real_meeting, values=values, revision=revision, by=secretariat, now=NOW)
    real_meeting.attendances.filter(pk=real_meeting.attendances.units().first().pk).update(presence="excused")
    return real_meeting


@pytest.mark.parametrize("paper", ["minutes", "conclusion"])
@pytest.mark.parametrize("meeting", ["real_meeting", "recorded_meeting"])
def test_the_word_file_says_what_the_pdf_says(as_user, chair, paper, meeting, request):
    url = f"/meetings/{request.getfixturevalue(meeting).pk}/papers/{paper}/"
    client = as_user(chair)
    pdf, docx = client.get(url).content, client.get(f"{url}docx/").content
    assert words_of_docx(docx) == words_of_pdf(pdf)


def test_minutes_in_word_are_undated_and_signed_by_secretary_and_chair(as_user, recorded_meeting, chair):
    response = as_user(chair).get(f"/meetings/{recorded_meeting.pk}/papers/minutes/docx/")
    head, signatures = Document(io.BytesIO(response.content)).tables
    assert [cell.text.splitlines() for cell in head.rows[1].cells] == [[f"Số: {BLANK}/BB-CĐBAT", "DỰ THẢO"], []]
    assert [cell.text for cell in signatures.rows[0].cells] == ["Thư ký\nLê Thị Thư", "Chủ tọa\nHoàng Anh Quang"]


def test_the_word_files_begin_on_the_offices_own_base(as_user, real_meeting, chair):
    own = Document(io.BytesIO(standard_base()))
    own.sections[0].footer.paragraphs[0].text = "Chân trang của cơ quan"
    content = io.BytesIO()
    own.save(content)
    WordBase.objects.create(content=content.getvalue(), name="mau.docx", uploaded_at=NOW)
    response = as_user(chair).get(f"/meetings/{real_meeting.pk}/papers/minutes/docx/")
    footer = Document(io.BytesIO(response.content)).sections[0].footer
    assert footer.paragraphs[0].text == "Chân trang của cơ quan"


@pytest.mark.parametrize(("speeches", "photos"), [(0, 0), (40, 60)])
def test_the_summary_holds_few_and_many(as_user, cluster, chair, secretariat, speeches, photos):
    host = UnitFactory(name=LONG_NAME, short_name="Tên dài")
    meeting = held_meeting(host, secretariat)
    for number in range(speeches):
        speech_of(host, meeting, title=f"Tham luận số {number + 1}")
    for number in range(photos):
        photo_of(meeting, caption=f"Ảnh chụp {number + 1}")
    text = text_of(as_user(chair).get(f"/meetings/{meeting.pk}/papers/summary/").content)
    assert LONG_NAME in text
    assert all(f"Tham luận số {number + 1}" in text for number in range(speeches))
    assert all(f"Ảnh chụp {number + 1}" in text for number in range(photos))


def test_the_news_item_follows_the_order_of_the_article(real_meeting):
    item = news_item(meeting_paper(real_meeting, with_photos=True))
    kinds = ["photo" if block.photo else "text" for block in item.blocks]
    assert kinds == ["text", "photo", "text", "photo", "text", "photo", "text", "text", "text"]
    assert item.blocks[0].text.startswith("Ngày 16/8/2022, tại Công ty TNHH một thành viên cơ khí 17")
    assert item.text.endswith(RECORD["byline"])


def test_the_news_item_tells_what_the_article_does(real_meeting):
    """Who leads, whose guest spoke, what follows from what, and the tasks of the half-year to come as one sentence."""
    text = news_item(meeting_paper(real_meeting)).text

    for told in (
        ", đơn vị làm cụm trưởng, đã diễn ra",
        "Phát biểu tại hội nghị có đồng chí Đồng Đức Hạnh",
        "Nhờ vậy, tình hình an ninh chính trị",
        "Từ đó, tạo điều kiện ổn định",
        "Trên cơ sở kết quả đạt được, 6 tháng cuối năm 2022, các thành viên trong cụm tiếp tục làm tốt hơn nữa",
        "kỷ luật quân đội; nêu cao tinh thần cảnh giác với các loại tội phạm; triển khai thực hiện",
    ):
        assert told in text


def test_of_a_meeting_held_late_the_news_names_no_half_year_that_is_over(cluster, unit, secretariat):
    meeting = held_meeting(unit, secretariat)
    recording.set_task(meeting=meeting, values={"text": "Tuần tra."}, units=[], by=secretariat, now=NOW)
    paper = meeting_paper(meeting)

    told = [news_item(replace(paper, held_on=day)).text for day in (dt.date(2022, 12, 31), dt.date(2023, 1, 1))]

    assert "6 tháng cuối năm 2022, các thành viên trong cụm tuần tra." in told[0]
    assert "trong thời gian tới, các thành viên trong cụm tuần tra." in told[1]


def test_the_news_item_as_a_word_file_holds_text_and_photos(as_user, real_meeting, chair):
    response = as_user(chair).get(f"/meetings/{real_meeting.pk}/papers/news/docx/")
    document = Document(io.BytesIO(response.content))
    assert as_typed(document.paragraphs[0].text) == PLAN["title"].upper()
    assert len(document.inline_shapes) == 3


def test_the_news_item_is_written_as_every_word_file_is(real_meeting):
    """The same bytes each time, in Vietnamese, and without what XML can't hold."""
    item = news_item(meeting_paper(real_meeting, with_photos=True))
    dirty = replace(item, title="Hội nghị \x02 cụm", byline="Nguyễn\x0b Văn A", issuer="Cụm\x01")
    content = word_files.news(dirty)
    package = zipfile.ZipFile(io.BytesIO(content))
    assert content == word_files.news(dirty)
    assert b"1980-01-01" in package.read("docProps/core.xml")
    assert set(re.findall(rb'<w:lang w:val="([^"]+)"', package.read("word/styles.xml"))) == {b"vi-VN"}
    document = Document(io.BytesIO(content))
    assert (document.core_properties.language, document.core_properties.author) == ("vi-VN", "Cụm")
    assert document.paragraphs[0].text == "Hội nghị  cụm"


def test_the_folder_names_each_file_so_that_a_person_finds_it(as_user, cluster, unit, secretariat, monkeypatch):
    monkeypatch.setattr(folder, "PAPER_KINDS", {code: PAPER_KINDS[code] for code in ("GM", "BB", "TB")})
    meeting = held_meeting(unit, secretariat)
    speech_of(unit, meeting, title="Giữ gìn trật tự")
    photo_of(meeting, caption="Toàn cảnh hội nghị")
    response = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/folder/")
    names = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))).namelist()
    assert names == [
        "01 Giay moi.pdf",
        "02 Chuong trinh.pdf",
        "03 Danh sach ky ten.pdf",
        "04 Bao cao ket qua hoi nghi.pdf",
        "05 Bien ban.pdf",
        "05 Bien ban.docx",
        "06 Thong bao ket luan.pdf",
        "06 Thong bao ket luan.docx",
        "07 Danh sach khen thuong.pdf",
        "08 Tin bai.docx",
        "Tham luan/01 Thu mot giu gin trat tu.pdf",
        "Anh/01 Toan canh hoi nghi.jpg",
    ]


PAST = ["minutes", "conclusion", "news", "summary"]


@pytest.mark.parametrize("paper", [f"{name}/{form}" for name in PAST for form in ("", "docx/")])
@pytest.mark.parametrize("is_called_off", [False, True])
def test_nothing_is_told_of_a_meeting_that_was_not_held(as_user, cluster, unit, secretariat, paper, is_called_off):
    """“đã diễn ra hội nghị”, “đã chủ trì”: of a day to come, or of a meeting that never was."""
    meeting = planned_meeting(unit, secretariat)
    if is_called_off:
        Meeting.objects.update(invited_at=NOW)
        planning.call_off_meeting(meeting=meeting, reason="Trùng lịch", by=secretariat, now=NOW)
    answer = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/{paper}")
    told = (
        "Hội nghị này đã hủy." if is_called_off else "Hội nghị chưa diễn ra; văn bản này ghi lại những gì đã diễn ra."
    )
    assert (answer.status_code, [str(said) for said in get_messages(answer.wsgi_request)]) == (302, [told])


@pytest.mark.usefixtures("_empty_pdfs")
def test_the_folder_of_a_planned_meeting_tells_nothing_of_its_course(cluster, unit, secretariat):
    names = [file.name for file in folder.folder_files(planned_meeting(unit, secretariat))]
    assert names == [
        "01 Giay moi.pdf",
        "02 Chuong trinh.pdf",
        "03 Danh sach ky ten.pdf",
        "04 Danh sach khen thuong.pdf",
    ]


def test_the_files_of_the_folder_bear_the_day_of_the_meeting(as_user, cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    response = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/folder/")
    package = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert {info.date_time[:3] for info in package.infolist()} == {(2022, 8, 16)}


def test_a_period_nobody_reported_on_is_said_so_without_counting_noughts(as_user, cluster, unit, chair, secretariat):
    meeting = held_meeting(unit, secretariat)
    text = text_of(as_user(chair).get(f"/meetings/{meeting.pk}/papers/summary/").content)
    assert "Chưa có số liệu 6 tháng đầu năm 2022." in text
    assert "0/0" not in text


def test_every_point_noted_ends_with_a_sign(cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, results="- Một ý\n- Hai ý.\n- Ba ý…")
    assert meeting_paper(meeting).results == ("Một ý.", "Hai ý.", "Ba ý…")


@pytest.mark.parametrize(
    ("place", "printed"),
    [("Nhà văn hóa", "Nhà văn hóa, do Xã Thử Một đăng cai"), ("UBND Xã Thử Một", "UBND Xã Thử Một")],
)
def test_the_host_is_named_where_the_place_does_not(cluster, unit, secretariat, place, printed):
    assert meeting_paper(planned_meeting(unit, secretariat, place=place)).place_with_host == printed


def test_attendance_is_told_with_numbers(cluster, unit, other_unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    meeting.attendances.filter(unit=unit).update(presence="represented", represented_by="Ông Mẫu")
    meeting.attendances.filter(unit=other_unit).update(presence="excused")
    paper = meeting_paper(Meeting.objects.get())
    assert paper.attendance_sentence == (
        "0/2 đơn vị thành viên dự họp, 01 đơn vị cử người dự thay, 01 đơn vị vắng có lý do"
    )


@pytest.mark.parametrize(
    ("presences", "told"),
    [
        (["present", "excused", ""], "01 đơn vị thành viên dự họp, 01 đơn vị vắng có lý do"),
        (["represented", "", ""], "01 đơn vị cử người dự thay"),
        (["", "", ""], "03 đơn vị thành viên được mời"),
    ],
)
def test_who_was_not_ticked_yet_is_no_result_of_a_meeting(cluster, secretariat, presences, told):
    meeting = planned_meeting(UnitFactory.create_batch(3)[0], secretariat)
    add_guest(meeting=meeting, values={"name": "Khách Mẫu"}, by=secretariat, now=NOW)
    rows = list(meeting.attendances.filter(unit__isnull=False).order_by("pk"))
    for row, presence in zip(rows, presences, strict=True):
        Attendance.objects.filter(pk=row.pk).update(presence=presence)
    meeting.attendances.filter(unit=None).update(presence="present")
    assert meeting_paper(meeting).attendance_sentence == told


def test_a_deputys_name_left_behind_is_not_printed_for_who_came_in_person():
    line = InviteeLine(1, "Xã Mẫu", "", "", "", presence="present", represented_by="Ông Mẫu")
    assert line.presence_printed == "có mặt"


def test_the_folder_is_the_same_bytes_twice_and_tells_the_comparison(cluster, unit, secretariat):
    for period, cases in (("2022-H1", 41), ("2021-H1", 48)):
        accepted_report(unit, period, {THEFT: cases})
    meeting = held_meeting(unit, secretariat)
    speech_of(unit, meeting)
    photo_of(meeting)
    first, second = (folder.write(folder.folder_files(meeting), day=meeting.held_on).read() for _time in range(2))
    package = zipfile.ZipFile(io.BytesIO(first))
    assert first == second
    for name in ("04 Bao cao ket qua hoi nghi.pdf", "05 So sanh so lieu 6 thang dau nam 2022.pdf"):
        assert "giảm 07 vụ (14,58%) so với cùng kỳ năm 2021" in as_typed(text_of(package.read(name)))
    assert "DỰ THẢO" in text_of(package.read("05 So sanh so lieu 6 thang dau nam 2022.pdf"))
    others = [name for name in package.namelist() if name.startswith("05 So sanh") and not name.endswith("pdf")]
    assert others == [f"05 So sanh so lieu 6 thang dau nam 2022.{form}" for form in ("docx", "xlsx")]


def test_the_folder_compares_no_period_that_is_being_collected(cluster, unit, other_unit, secretariat):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    names = [file.name for file in folder.folder_files(planned_meeting(unit, secretariat))]
    assert not [name for name in names if "So sanh" in name]


def test_the_folder_holds_the_report_of_the_period_as_it_was_issued(cluster, unit, secretariat):
    for period in ("2022-H1", "2021-H1"):
        accepted_report(unit, period, {THEFT: 4})
    issued = issued_report(write=lambda _content: {form: form.encode() for form in ("pdf", "docx", "xlsx", "json")})
    meeting = planned_meeting(unit, secretariat)
    assert meeting.period == issued.period
    found = {file.name: file.content.read() for file in folder.folder_files(meeting) if "tong hop" in file.name}
    assert set(found.values()) == {b"pdf", b"docx", b"xlsx"}
    assert {name.partition(" ")[2] for name in found} == {
        f"Bao cao tong hop 6 thang dau nam 2022.{form}" for form in ("pdf", "docx", "xlsx")
    }


def test_a_photo_without_a_caption_is_told_by_its_number():
    with_caption, without = PhotoLine(1, "Khai mạc", b"x"), PhotoLine(2, "", b"x")
    assert (with_caption.numbered, with_caption.told) == ("Ảnh 1. Khai mạc", "Khai mạc")
    assert (without.numbered, without.told) == ("Ảnh 2", "Ảnh hội nghị số 2, chưa có chú thích")


def test_a_photo_without_a_caption_has_no_line_below_it_in_word(cluster):
    document = WordDocument(DocumentHead(Letterhead(issuer="Cụm"), "", "", "x"))
    for caption in ("Khai mạc", ""):
        document.picture(image_file().read(), caption, told=caption or "Ảnh hội nghị số 2, chưa có chú thích")
    written = Document(io.BytesIO(document.bytes()))
    assert [part.text for part in written.paragraphs] == ["", "Khai mạc", ""]
    told = [shape._inline.docPr.get("descr") for shape in written.inline_shapes]
    assert told == ["Khai mạc", "Ảnh hội nghị số 2, chưa có chú thích"]
