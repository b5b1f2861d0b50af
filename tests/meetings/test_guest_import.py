"""Guests of a meeting from a file, put on its list together and taken off again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.actions.inviting import add_guest, announce_meeting, edit_attendance
from meetings.actions.planning import call_off_meeting
from members.models import TableImport
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting
from tests.support.tables import GUESTS, xlsx

GUEST = [1, "Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND huyện Mẫu", "mau@example.vn"]


@pytest.fixture
def meeting(unit, cluster):
    return planned_meeting(unit, by=None)


@pytest.fixture
def client(as_user, secretariat):
    return as_user(secretariat)


def page(meeting, step="", **args):
    return reverse(f"meetings:guest-import{step}", kwargs={"meeting_id": meeting.pk, **args})


def upload(client, meeting, *rows, heads=GUESTS):
    file = SimpleUploadedFile("khach.xlsx", xlsx(*rows) if heads is None else xlsx(heads, *rows))
    return client.post(page(meeting), {"file": file}, follow=True)


def guests(meeting):
    return list(meeting.attendances.guests().order_by("order").values_list("name", "title", "organisation", "email"))


def undo(client, meeting):
    return client.post(page(meeting, "-undo", import_id=TableImport.objects.latest("pk").pk), follow=True).text


def test_guests_of_an_offices_list_go_on_the_meetings(client, meeting):
    rows = [
        ["DANH SÁCH KHÁCH MỜI"],
        ["(Kèm theo Kế hoạch số 12/KH-CAT)"],
        [],
        ["TT", "Họ và tên", "Chức vụ, chức danh", "Đơn vị công tác", "Ghi chú"],
        ["I", "LÃNH ĐẠO HUYỆN"],
        [1, "Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND huyện Mẫu", None],
        ["II", "CÁC PHÒNG, BAN"],
        [2, "Trần Thị Thử", "Trưởng phòng", "Phòng Nội vụ", "mới"],
        [],
        ["Tổng số: 02 đồng chí"],
    ]
    assert list(upload(client, meeting, *rows, heads=None).context["faults"]) == []
    client.post(page(meeting, "-confirm"))
    assert guests(meeting) == [
        ("Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND huyện Mẫu", ""),
        ("Trần Thị Thử", "Trưởng phòng", "Phòng Nội vụ", ""),
    ]
    undo(client, meeting)
    assert guests(meeting) == []


def test_who_is_on_the_list_gets_what_the_file_says_and_has_it_taken_back(client, meeting, secretariat):
    old = {"name": "Nguyễn Văn Mẫu", "title": "Trưởng phòng", "organisation": "UBND huyện Mẫu", "email": ""}
    add_guest(meeting=meeting, values=old, by=secretariat, now=NOW)
    (row,) = upload(client, meeting, GUEST).context["page"].object_list
    assert [(cell.text, cell.old) for cell in row.cells] == [
        ("Nguyễn Văn Mẫu", ""),
        ("Phó Chủ tịch", "Trưởng phòng"),
        ("UBND huyện Mẫu", ""),
        ("mau@example.vn", "–"),
    ]
    client.post(page(meeting, "-confirm"))
    assert guests(meeting) == [tuple(GUEST[1:])]
    undo(client, meeting)
    assert guests(meeting) == [tuple(old.values())]


def test_a_cell_the_file_leaves_empty_takes_nothing_away(client, meeting, secretariat):
    known = dict(zip(("name", "title", "organisation", "email"), GUEST[1:], strict=True))
    add_guest(meeting=meeting, values=known, by=secretariat, now=NOW)
    response = upload(client, meeting, [1, "Nguyễn Văn Mẫu", None, "UBND huyện Mẫu", None])
    assert "Mọi dòng của tệp đã có" in response.text
    client.post(page(meeting, "-confirm"))
    assert guests(meeting) == [tuple(GUEST[1:])]


def test_a_guest_twice_in_the_file_and_a_bad_address_are_faults(client, meeting):
    faults = upload(client, meeting, GUEST, [2, *GUEST[1:]], [3, "Lê Văn Ba", None, None, "ba@"]).context["faults"]
    assert [(fault.row, fault.field) for fault in faults] == [(3, "name"), (4, "email")]


def test_who_was_changed_or_invited_since_stays(client, meeting, secretariat):
    upload(client, meeting, GUEST)
    client.post(page(meeting, "-confirm"))
    guest = meeting.attendances.guests().get()
    edit_attendance(attendance=guest, values={"title": "Chủ tịch"}, revision=guest.revision, by=secretariat, now=NOW)
    assert "đã được sửa sau khi nhập" in undo(client, meeting)

    upload(client, meeting, [2, "Trần Thị Thử", None, None, None])
    client.post(page(meeting, "-confirm"))
    announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert "giấy mời" in undo(client, meeting)
    assert len(guests(meeting)) == 2


def test_a_meeting_that_is_off_takes_no_guests(client, meeting, secretariat):
    announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    call_off_meeting(meeting=meeting, reason="Bão", by=secretariat, now=NOW)
    assert [fault.row for fault in upload(client, meeting, GUEST).context["faults"]] == [None]
    client.post(page(meeting, "-confirm"))
    assert guests(meeting) == []
