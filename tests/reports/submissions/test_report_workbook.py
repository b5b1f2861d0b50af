"""The report filled in as a workbook of the portal's and read back into the draft."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from incidents.models import AskedMeasures
from reports.models import Submission
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.factories import RoundFactory

DAMAGE = "category__trom-cap-tai-san__damage"
THEFT_ROW = 2


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def drafted(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(**{"section__tasks": "=Tuần tra đêm."}))
    return client


def downloaded(client, opened, unit):
    return load_workbook(io.BytesIO(client.get(url("workbook-file", opened, unit)).getvalue()))


def uploaded(client, opened, unit, book):
    file = io.BytesIO()
    book.save(file)
    return client.post(url("workbook", opened, unit), {"file": SimpleUploadedFile("bao-cao.xlsx", file.getvalue())})


def typed():
    return Submission.objects.get().typed


def test_what_is_not_changed_comes_back_as_it_was(drafted, opened, unit):
    before = typed()
    answer = uploaded(drafted, opened, unit, downloaded(drafted, opened, unit))
    assert answer.url == url("edit", opened, unit)
    assert typed() == before


def test_figures_texts_and_ticks_go_into_the_draft_as_if_typed(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    heads = [cell.value for cell in figures[1]]
    figures.cell(THEFT_ROW, heads.index("Số vụ") + 1).value = 12
    figures.cell(THEFT_ROW, heads.index("Thiệt hại (đồng)") + 1).value = "1,5 triệu"
    figures.cell(THEFT_ROW, heads.index("Chưa có số liệu cho ô trống") + 1).value = None
    book["Nội dung"].cell(2, 2).value = "Thuận lợi mới.\nHai dòng."
    uploaded(drafted, opened, unit, book)
    assert {name: typed()[name] for name in (CASES, DAMAGE, "category__trom-cap-tai-san__lacks")} == {
        CASES: "12",
        DAMAGE: "1,5 triệu",
        "category__trom-cap-tai-san__lacks": "",
    }
    assert typed()["section__advantages"] == "Thuận lợi mới.\nHai dòng."


def test_what_was_typed_in_the_portal_meanwhile_is_joined_and_only_what_both_changed_asked_about(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    book["Nội dung"].cell(3, 2).value = "Trong tệp."
    elsewhere = {"revision": "1", "partial": "1", "section__difficulties": "Trên hệ thống.", "section__tasks": "Mới."}
    drafted.post(url("save", opened, unit), elsewhere)
    answer = uploaded(drafted, opened, unit, book)
    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["section__difficulties", "__all__"]
    stored = typed()
    assert [stored[f"section__{code}"] for code in ("advantages", "difficulties", "tasks")] == [
        "Trong tệp.",
        "Trên hệ thống.",
        "Mới.",
    ]


def test_a_workbook_without_its_memory_overwrites_nothing_unasked(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    del book["Khi tải xuống"]
    book["Nội dung"].cell(2, 2).value = "Trong tệp."
    book["Nội dung"].cell(3, 2).value = None
    answer = uploaded(drafted, opened, unit, book)
    assert (answer.status_code, typed()["section__advantages"]) == (409, "Có nội dung.")
    assert typed()["section__difficulties"] == "Có nội dung."


def test_a_workbook_of_another_report_is_refused(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Khi tải xuống"].cell(1, 1).value = "2021-H1 99"
    answer = uploaded(drafted, opened, unit, book)
    assert "Tệp này thuộc báo cáo khác" in answer.text


@pytest.mark.parametrize("content", [b"", b"khong phai Excel", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_told_beside_the_field(drafted, opened, unit, content):
    sent = {"file": SimpleUploadedFile("bao-cao.xlsx", content)}
    answer = drafted.post(url("workbook", opened, unit), sent)
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_rows_that_are_not_understood_are_told(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Số liệu"].cell(THEFT_ROW, 1).value = "Trộm chó"
    answer = uploaded(drafted, opened, unit, book)
    assert "Số liệu: Trộm chó" in drafted.get(answer.url).text


def test_an_identity_number_in_a_cell_is_asked_about_and_not_stored(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    book["Nội dung"].cell(2, 2).value = "Gặp ông A, số 001099012345"
    answer = uploaded(drafted, opened, unit, book)
    assert "<mark>001099012345</mark>" in answer.text
    assert typed()["section__advantages"] == "Có nội dung."


def test_text_of_the_draft_never_computes(drafted, opened, unit):
    cell = next(row[1] for row in downloaded(drafted, opened, unit)["Nội dung"].rows if "Phương hướng" in row[0].value)
    assert (cell.value, cell.data_type) == ("=Tuần tra đêm.", "s")


def test_a_fraction_in_a_cell_is_no_count_of_thousands(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    column = [cell.value for cell in book["Số liệu"][1]].index("Số vụ") + 1
    book["Số liệu"].cell(THEFT_ROW, column).value = 1.125
    answer = uploaded(drafted, opened, unit, book)
    assert "là số lẻ" in answer.text
    assert CASES in answer.context["form"].errors


def test_all_that_is_filled_in_and_not_taken_is_named(drafted, opened, unit):
    AskedMeasures.objects.filter(category__code="trom-cap-tai-san").update(measures=["cases"])
    book = downloaded(drafted, opened, unit)
    figures = book["Số liệu"]
    column = [cell.value for cell in figures[1]].index("Thiệt hại (đồng)") + 1
    figures.cell(THEFT_ROW, column).value = 5
    figures.cell(1, 20).value = "Tỷ lệ"
    figures.cell(THEFT_ROW, 20).value = 3
    figures.cell(90, 2).value = 7
    book["Công tác"].title = "Công tác (sửa)"
    for row in range(1, 4):
        book["Nội dung"].cell(row, 1).value = book["Nội dung"].cell(row, 2).value = f"Khác {row}"
    name = figures.cell(THEFT_ROW, 1).value
    answer = uploaded(drafted, opened, unit, book)
    told = drafted.get(answer.url).text
    places = (
        f"Nội dung: không có dòng tiêu đề; Số liệu: {name} – Thiệt hại (đồng); Số liệu: dòng 90; Số liệu: cột “Tỷ lệ”"
    )
    assert f"{places}; trang tính “Công tác (sửa)”." in told


def test_beyond_ten_places_their_number_is_told(drafted, opened, unit):
    book = downloaded(drafted, opened, unit)
    for row in range(60, 73):
        book["Số liệu"].cell(row, 1).value = f"Khác {row}"
    answer = uploaded(drafted, opened, unit, book)
    assert "Khác 69; và 3 chỗ nữa." in drafted.get(answer.url).text


def test_a_workbook_from_before_rows_got_other_names_is_read(drafted, opened, unit):
    """“Cướp” is “Cướp tài sản” now, “Buổi tuần tra” “Số buổi tuần tra”: who filled it in lost nothing."""
    book = downloaded(drafted, opened, unit)
    former = {"Cướp tài sản": "Cướp", "Vi phạm khác về trật tự xã hội": "Khác", "Số buổi tuần tra": "Buổi tuần tra"}
    for sheet in book:
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in former:
                row[0].value, row[1].value = former[row[0].value], 7
    answer = uploaded(drafted, opened, unit, book)
    assert answer.status_code == 302
    fields = ("category__cuop-tai-san__cases", "category__trat-tu-xa-hoi-khac__cases", "indicator__buoi-tuan-tra")
    assert [typed().get(name) for name in fields] == ["7", "7", "7"]
