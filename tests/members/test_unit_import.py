import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from members.models import Unit
from tests.support.factories import UnitFactory

UPLOAD, PREVIEW = "/units/import/", "/units/import/preview/"
HEADS = ["Tên đơn vị", "Tên viết tắt", "Loại hình", "Ngày tham gia", "Điện thoại"]
GOOD = [
    ["Xã Mẫu 01", "Mẫu 01", "xã", dt.date(2025, 7, 1), "0243 885 0001"],
    ["Trường THPT mẫu", "THPT mẫu", "Nhà trường", dt.date(2020, 8, 15), "0243 885 0002"],
]


def xlsx(rows, heads=HEADS):
    workbook = Workbook()
    for row in [heads, *rows]:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return SimpleUploadedFile("don-vi.xlsx", file.getvalue())


def csv(*lines):
    return SimpleUploadedFile("don-vi.csv", "\n".join(lines).encode("utf-8-sig"))


@pytest.fixture
def client(as_user, secretariat):
    return as_user(secretariat)


@pytest.fixture
def confirm(client):
    return lambda: client.post(reverse("members:unit-import-confirm"))


def told(response):
    return [(fault.row, fault.column) for fault in response.context["faults"]]


def test_nothing_is_stored_before_the_file_is_confirmed(client):
    response = client.post(UPLOAD, {"file": xlsx(GOOD)}, follow=True)

    assert response.redirect_chain == [(PREVIEW, 302)]
    assert told(response) == []
    assert not Unit.objects.exists()


def test_a_confirmed_file_is_stored_whole(client, confirm):
    client.post(UPLOAD, {"file": xlsx(GOOD)})

    confirm()

    stored = Unit.objects.in_order().values_list("name", "kind", "joined_on", "telephone")
    assert list(stored) == [
        ("Xã Mẫu 01", "commune", dt.date(2025, 7, 1), "0243 885 0001"),
        ("Trường THPT mẫu", "school", dt.date(2020, 8, 15), "0243 885 0002"),
    ]


def test_a_csv_file_with_english_heads_is_read_too(client, confirm):
    client.post(UPLOAD, {"file": csv("name;short_name;kind;joined_on", "Xã Mẫu;Mẫu;commune;01/07/2025")})

    confirm()

    assert Unit.objects.get().joined_on == dt.date(2025, 7, 1)


def test_each_faulty_cell_is_named_by_row_and_column(client):
    rows = [
        ["Xã Một", "Một", "hội quán", "01/07/2025", ""],
        ["Xã Hai", "", "xã", "31/02/2025", ""],
    ]

    response = client.post(UPLOAD, {"file": xlsx(rows)}, follow=True)

    assert told(response) == [(2, "Loại hình"), (3, "Tên viết tắt"), (3, "Ngày tham gia")]


def test_a_name_that_stands_twice_is_named(client):
    response = client.post(UPLOAD, {"file": xlsx([GOOD[0], [*GOOD[1][:1], "MẪU 01", *GOOD[1][2:]]])}, follow=True)

    assert told(response) == [(3, "Tên viết tắt")]


def test_a_unit_there_already_is_a_fault(client):
    UnitFactory(name="Xã Mẫu 01")

    assert told(client.post(UPLOAD, {"file": xlsx(GOOD)}, follow=True)) == [(2, "Tên đơn vị")]


def test_a_faulty_file_can_not_be_confirmed(client, confirm):
    client.post(UPLOAD, {"file": xlsx([GOOD[0], ["", "", "", "", "1"]])})

    assert confirm().url == PREVIEW
    assert not Unit.objects.exists()


def test_what_changed_since_the_preview_is_checked_again(client, confirm):
    client.post(UPLOAD, {"file": xlsx(GOOD)})
    UnitFactory(name="Xã Mẫu 01")

    assert confirm().url == PREVIEW
    assert Unit.objects.count() == 1


def test_a_file_is_stored_once(client, confirm):
    client.post(UPLOAD, {"file": xlsx(GOOD)})

    confirm()
    confirm()

    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "named"),
    [
        (csv("tên đơn vị,loại hình", "Xã Mẫu,xã"), "Tên viết tắt"),
        (csv("họ tên,ghi chú", "a,c"), "Loại hình"),
        (SimpleUploadedFile("don-vi.xlsx", b"PK\x03\x04 cut off"), ".xlsx"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_with_its_reason(client, file, named):
    response = client.post(UPLOAD, {"file": file})

    assert any(named in str(fault) for fault in response.context["faults"])


def test_a_file_with_heads_only_is_refused(client):
    response = client.post(UPLOAD, {"file": xlsx([])})

    assert told(response) == [(1, "")]


def test_the_template_can_be_imported_as_it_is(client):
    downloaded = client.get(reverse("members:unit-import-template")).content

    response = client.post(UPLOAD, {"file": SimpleUploadedFile("mau.xlsx", downloaded)}, follow=True)

    assert told(response) == []
    assert load_workbook(io.BytesIO(downloaded)).active["D2"].number_format == "@"


@pytest.mark.parametrize("count", [1, 3])
def test_the_session_keeps_the_rows_and_not_their_verdict(client, count):
    client.post(UPLOAD, {"file": xlsx(GOOD[:1] * count)})

    assert set(client.session["import_units"]) == {"name", "digest", "book", "choice"}
    assert len(client.session["import_units"]["book"]["sheets"][0]["rows"]) == count + 1


def test_units_that_differ_in_one_tone_are_two_units(client, confirm):
    rows = [["Xã Phù Minh", "Phù Minh", "xã", "01/07/2025", ""], ["Xã Phú Minh", "Phú Minh", "xa", "01/07/2025", ""]]
    assert told(client.post(UPLOAD, {"file": xlsx(rows)}, follow=True)) == []

    confirm()

    assert set(Unit.objects.values_list("short_name", flat=True)) == {"Phù Minh", "Phú Minh"}


@pytest.mark.parametrize("second", ["Xã Hoà Bình", "XÃ  HÒA BÌNH", "Xã Hòa\u200b Bình", "Xa Hoa Binh"])
def test_one_name_in_two_writings_is_one_unit(client, second):
    rows = [["Xã Hòa Bình", "Hòa Bình", "xã", "01/07/2025", ""], [second, "Bình", "xã", "01/07/2025", ""]]

    assert told(client.post(UPLOAD, {"file": xlsx(rows)}, follow=True)) == [(3, "Tên đơn vị")]
