"""Sheets as offices build them, through the pages: what is stored was shown, what isn't was told."""

import datetime as dt
from dataclasses import dataclass
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Attendance
from reports.models import Submission
from tests.reports.test_damaged_tables import FIELDS, REPORT, page, stored
from tests.support.factories import RoundFactory
from tests.support.meetings import planned_meeting
from tests.support.tables import CASES, FIGURES, GUESTS, PEOPLE, UNITS, csv, joined, read_here, xlsx

DAY = dt.date(2022, 5, 13)
UNIT, PERSON, GUEST = "members:unit-import", "members:person-import", "meetings:guest-import"
CASE, FIGURE, OWN = "incidents:incident-import", "reports:figure-import", "reports:submission-workbook"
MOTTO = [
    ["CỤM ĐỊA BÀN AN TOÀN", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    [None, None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
]
SIGNED = [
    [],
    [None, None, None, "Sóc Sơn, ngày 05 tháng 7 năm 2022"],
    ["NGƯỜI LẬP BIỂU", None, None, "CỤM TRƯỞNG"],
    ["(Ký, ghi rõ họ tên)", None, None, "(Ký, đóng dấu)"],
]
CAUGHT = ["Thôn 1", "Bắt quả tang", 1]


@dataclass(frozen=True)
class Ugly:
    """A file, how many things it brings, and of what it is told: faults, then notices, by a part of each."""

    prefix: str
    data: bytes
    stored: int = 0
    faults: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def as_text(*rows, by=";", **options):
    return csv(*joined(rows, by=by), **options)


UGLY = {
    "motto above, signatures below": Ugly(
        UNIT,
        xlsx(*MOTTO, ["DANH SÁCH ĐƠN VỊ"], [], ["STT", *UNITS], [1, "Xã Mới", "Mới", "xã", DAY, 2438850001.0], [],
             [2, "Trường Mới", "T. Mới", "trường học", "1/7/2022", "(024) 3885.0002"], *SIGNED),
        2, (), ("Đã thêm lại số 0", "Bỏ qua"),
    ),
    "groups numbered by Roman numerals": Ugly(
        UNIT,
        xlsx(["TT", *UNITS], ["I", "Khối xã, phường"], [1, "Xã Mới", "Mới", "xã", DAY],
             ["II", "Khối nhà trường"], [1, "Trường Mới", "T. Mới", "nhà trường", DAY]),
        2, (), ("Khối xã, phường",),
    ),
    "months for days": Ugly(
        UNIT,
        xlsx(UNITS, ["Xã Mới", "Mới", "xã", "tháng 7/2022"], ["Xã Khác", "Khác", "UBND", "7/2022"]),
        0, ("Dòng 2, cột “Ngày tham gia”", "Dòng 3, cột “Loại hình”", "Dòng 3, cột “Ngày tham gia”"),
    ),
    "names in capitals, addresses as links": Ugly(
        PERSON, xlsx(PEOPLE, ["ĐỖ THỊ MỚI", "mailto:Moi@Example.vn ", " Đầu Mối", "thử một", None, 912345678]),
        0, ("cột “Thư điện tử”",),
    ),
    "two addresses in a cell": Ugly(
        PERSON, xlsx(PEOPLE, ["Đỗ Thị Mới", "moi@example.vn; hai@example.vn", "đầu mối", "Thử Một"]),
        0, ("cột “Thư điện tử”",),
    ),
    "the head on every printed page": Ugly(
        PERSON,
        as_text(PEOPLE, ["Đỗ Thị Mới", "moi@example.vn", "đầu mối", "Thử Một"], PEOPLE,
                ["Lê Mới", "le@example.vn", "đầu mối", "Thử Một"], by=","),
        2, (), ("Bỏ qua dòng tiêu đề lặp lại",),
    ),
    "Unicode text of Excel": Ugly(
        GUEST,
        b"\xff\xfe" + as_text(GUESTS, [1, "Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND", ""], by="\t", encoding="utf-16-le"),
        1,
    ),
    "name and title in one cell": Ugly(
        GUEST, xlsx(["STT", "Đại biểu"], [1, "Ông Nguyễn Văn Mẫu - Phó Chủ tịch UBND huyện"]),
        0, ("dòng tiêu đề",),
    ),
    "as above, in titles and bodies": Ugly(
        GUEST,
        xlsx(GUESTS, ["A", "LÃNH ĐẠO HUYỆN"], [1, "Nguyễn Văn Mẫu", "Phó Chủ tịch", "UBND huyện Mẫu"],
             [2, "Lê Mẫu", "-nt-", "nt"], [3, "Trần Mẫu", "″", "Như trên"]),
        3, (), ("Cột “Chức vụ” ghi “như trên”", "Cột “Cơ quan, đơn vị” ghi “như trên”"),
    ),
    "as above, with nothing above": Ugly(
        GUEST, xlsx(GUESTS, [1, "Nguyễn Văn Mẫu", "nt", "UBND huyện Mẫu"]), 0, ("Dòng 2, cột “Chức vụ”",),
    ),
    "as above, where it can be no value": Ugly(
        CASE, xlsx(CASES, ["Thử Một", "Ma túy", DAY, "14h30", *CAUGHT], ["nt", "nt", "nt", None, "Thôn 2", "-nt-", 1]),
        0, ("Dòng 3, cột “Diễn biến”",),
    ),
    "as above, in a register": Ugly(
        CASE,
        xlsx(CASES, ["Thử Một", "Ma túy", DAY, "14h30", *CAUGHT], ["nt", '"', "//", None, "Thôn 2", "Vận chuyển", 2],
             ["Cộng: 02 vụ"]),
        2, (), ("Cột “Đơn vị” ghi “như trên”", "Bỏ qua dòng tổng cộng"),
    ),
    "days and amounts as people write them": Ugly(
        CASE,
        xlsx(CASES, ["Thử Một", "Ma túy", "13/5/22", "22h", "Thôn 1", "Bắt quả tang", "01 đối tượng", "3.000.000đ"],
             ["Thử Một", "Ma túy", "14.5.2022", "khoảng 22h", "Thôn 1", "Bắt quả tang", "'1", "2tr5"]),
        0, ("Dòng 3, cột “Thiệt hại (đồng)”",),
    ),
    "a line that names the separator": Ugly(
        CASE, csv("sep=;", *joined([CASES, ["Thử Một", "Ma túy", "13/05/2022", "14h30", *CAUGHT, "không"]])), 1,
    ),
    "a day without its year": Ugly(
        CASE, xlsx(["Vụ việc năm 2022"], CASES, ["Thử Một", "Ma túy", "13/5", "14h30", *CAUGHT]),
        0, ("Dòng 3, cột “Ngày”",),
    ),
    "a column for each category": Ugly(
        FIGURE, xlsx(["Đơn vị", "Kỳ", "Ma túy", "Trộm cắp tài sản"], ["Thử Một", "2018-H1", 3, 2]),
        0, ("Thiếu cột “Nội dung”", "Thiếu cột “Số vụ”"),
    ),
    "the period only in the title": Ugly(
        FIGURE, xlsx(["SỐ LIỆU 6 THÁNG ĐẦU NĂM 2018"], ["Đơn vị", "Nội dung", "Số vụ"], ["Thử Một", "Ma túy", 3]),
        0, ("Thiếu cột “Kỳ”",),
    ),
    "numbers as text with an apostrophe": Ugly(
        FIGURE, xlsx(FIGURES, ["Thử Một", "2018-H1", "Trộm cắp tài sản", "'3", "\u00a02 ", "’1 500 000 đồng"]),
        1,
    ),
    "a unit merged down and added up": Ugly(
        FIGURE,
        xlsx(FIGURES, ["Thử Một", "2018-H1", "Ma túy", 3, 2], [None, "nt", "Trộm cắp tài sản", 4, 1],
             ["Cộng Thử Một", None, None, 7, 3], ["Tổng", None, None, 7, 3],
             change=lambda sheet: sheet.merge_cells("A2:A3")),
        2, (), ("Cột “Kỳ” ghi “như trên”", "Bỏ qua dòng tổng cộng"),
    ),
    "numbers below nought": Ugly(
        FIGURE, xlsx(FIGURES, ["Thử Một", "2018-H1", "Ma túy", -3, "(2)"]),
        0, ("Dòng 2, cột “Số vụ”", "Dòng 2, cột “Làm rõ”"),
    ),
    "categories with marks before them": Ugly(
        OWN,
        xlsx(REPORT, ["I", "Trật tự xã hội"], [1, "- Trộm cắp tài sản", "03 vụ", "02", "1,5 tr"],
             ["a)", "Ma túy:", 2, 1]),
        1, (), ("Trật tự xã hội",),
    ),
    "a part of a category": Ugly(
        OWN, xlsx(REPORT, [1, "Trộm cắp tài sản", 3, 2], [None, "Trong đó: xe máy", 2]),
        0, ("Trong đó: xe máy",),
    ),
    "this period beside the last": Ugly(
        OWN, xlsx(["STT", "Loại vụ việc", "Kỳ này", "Cùng kỳ", "Tăng, giảm (%)"], [1, "Trộm cắp tài sản", 3, 2, "50%"]),
        1, (), ("Cùng kỳ, Tăng, giảm (%)",),
    ),
}  # fmt: skip


@pytest.fixture
def client(as_user, secretariat, cluster, unit, monkeypatch):
    read_here(monkeypatch)
    planned_meeting(unit, by=None)
    RoundFactory()
    return as_user(secretariat)


def all_things():
    """Everything a file may bring; a report that holds imported figures is none by itself."""
    things = (thing for model in FIELDS for thing in model.objects.all())
    return {thing for thing in things if getattr(thing, "source", None) != Submission.Source.IMPORT}


def held_against(told, parts):
    assert len(told) >= len(parts), told
    for part in parts:
        assert any(part in sentence for sentence in told), (part, told)


@pytest.mark.parametrize("name", UGLY)
def test_what_is_stored_was_shown_and_what_is_not_was_told(client, name):
    ugly, before = UGLY[name], all_things()
    file = SimpleUploadedFile("bang.xlsx", ugly.data)
    upload = client.post(page(ugly.prefix), {"file": file}, follow=True)
    faults = [str(fault) for fault in upload.context["faults"]]
    assert len(faults) == len(ugly.faults), faults
    held_against(faults, ugly.faults)
    if ugly.notices:
        held_against(upload.context["reading"].notices, ugly.notices)
    shown = upload.context.get("page")
    told = set(chain.from_iterable([cell.text for cell in row.cells] for row in shown.object_list)) if shown else set()
    client.post(page(ugly.prefix, "-confirm"), {"shown": upload.context.get("fingerprint", "")})
    added = all_things() - before
    assert len(added) == ugly.stored
    assert all(stored(thing) <= told for thing in added)


def test_as_above_is_stored_as_what_stands_above(client):
    file = SimpleUploadedFile("bang.xlsx", UGLY["as above, in titles and bodies"].data)
    upload = client.post(page(GUEST), {"file": file}, follow=True)
    client.post(page(GUEST, "-confirm"), {"shown": upload.context["fingerprint"]})
    guests = Attendance.objects.guests().values_list("title", "organisation")
    assert set(guests) == {("Phó Chủ tịch", "UBND huyện Mẫu")}


@pytest.mark.parametrize("name", ["NT", "Nt"])
def test_a_short_name_is_no_pointer(client, name):
    upload = client.post(
        page(UNIT), {"file": SimpleUploadedFile("b.xlsx", xlsx(UNITS, ["Nông trường", name, "xã", DAY]))}, follow=True
    )
    assert not upload.context["faults"]
