"""Sheets of further builds, through the reader: what is taken, what is left out and said, what is refused."""

import json
import unicodedata

import pytest
from openpyxl import Workbook

from cluster_portal.tables import books, child
from tests.reports.test_read_table import CASE, DAY, FIGURE, case, figure
from tests.support.factories import UnitFactory
from tests.support.tables import (
    CASES,
    FIGURES,
    SAMPLES,
    UNITS,
    clean,
    csv,
    joined,
    places,
    saved,
    told,
    values,
    with_part,
    xlsx,
)

OTHER = ["Xã mẫu 02", "2018-H1", "Ma túy", 1, 1, None]
THEFT = {"unit": "Xã mẫu 01", "period": "2018-H1", "category": "Trộm cắp tài sản", "cases": 3, "solved": 2,
         "damage": 1_500_000}  # fmt: skip
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + b"\x00" * 200
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 100
MP4 = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 300


@pytest.fixture(autouse=True)
def _here(db, monkeypatch):
    """The child's own answer; tests/cluster_portal/tables start the process."""
    monkeypatch.setattr(books, "_answer", lambda data: json.dumps(child.answer(data)))
    for number in (1, 2):
        UnitFactory(name=f"Xã mẫu 0{number}", short_name=f"Mẫu 0{number}")


def notices(answer):
    return " ".join(answer["notices"])


@pytest.mark.parametrize(
    "total", ["Tổng hợp chung", "Toàn cụm", "Chung toàn cụm", "Cộng dồn", "TC", "T/C", "Σ", "Lũy kế", "Subtotal"]
)
@pytest.mark.parametrize("cells", [(None, None), ("2018-H1", "Trộm cắp tài sản")], ids=["alone", "in a full row"])
def test_a_total_under_other_words_is_left_out_and_said(total, cells):
    answer = told("figures", xlsx(FIGURES, FIGURE, OTHER, [total, *cells, 4, 3, 1_500_000]))
    assert clean(answer)
    assert [row["row"] for row in answer["rows"]] == [2, 3]
    assert f"dòng 4 “{total}" in notices(answer)


@pytest.mark.parametrize("name", [None, "Cả huyện"])
@pytest.mark.parametrize("data", [xlsx, lambda *rows: csv(*joined(rows))], ids=["xlsx", "csv"])
def test_a_row_that_adds_up_the_others_is_their_total_whatever_it_is_called(name, data):
    answer = told("figures", data(FIGURES, FIGURE, OTHER, [name, None, None, 4, 3, 1_500_000]))
    assert (clean(answer), len(answer["rows"])) == (True, 2)
    assert "Bỏ qua dòng tổng cộng: dòng 4" in notices(answer)


def test_a_row_without_names_that_adds_up_nothing_is_a_fault():
    answer = told("figures", xlsx(FIGURES, FIGURE, OTHER, [None, None, None, 5, 3, 1_500_000]))
    assert places(answer) == [(4, "Đơn vị"), (4, "Kỳ"), (4, "Nội dung")]


@pytest.mark.parametrize("said", ["So với cùng kỳ", "Tỷ lệ %", "Bình quân", "Tăng, giảm (%)", "Chênh lệch"])
def test_a_row_that_compares_is_left_out_and_said(said):
    answer = told("figures", xlsx(FIGURES, FIGURE, [said, None, None, 50, 7, None]))
    assert (clean(answer), len(answer["rows"])) == (True, 1)
    assert f"Bỏ qua dòng so sánh, bình quân: dòng 3 “{said}" in notices(answer)


@pytest.mark.parametrize(
    "written", ["Xã Phú Mịnh", "UBND xã Phú Minh", "Công an xã Phú Minh", "Xã Phú Minh (cũ)"]
)  # fmt: skip
def test_names_that_differ_in_a_tone_are_both_put_forward_the_nearest_first(written):
    for name in ("Xã Phù Minh", "Xã Phú Minh"):
        UnitFactory(name=name, short_name=name)
    (fault,) = told("figures", xlsx(FIGURES, figure(unit=written)))["faults"]
    assert "“Xã Phú Minh”, “Xã Phù Minh”" in fault["message"]


@pytest.mark.parametrize("written", ["Xã mẫu 01.", "1. Xã mẫu 01;", "Xã mẫu 01:"])
def test_a_stop_behind_a_name_is_none_of_it(written):
    assert values(told("figures", xlsx(FIGURES, figure(unit=written)))) == [THEFT]


def test_a_head_of_three_rows_is_read_together():
    head = (
        ["Đơn vị", "Kỳ", "Nội dung", "Kết quả", None, None],
        [None, None, None, "Số vụ", None, "Thiệt hại (đồng)"],
        [None, None, None, "Tổng số", "Làm rõ", None],
    )
    answer = told("figures", xlsx(*head, FIGURE))
    assert (values(answer), answer["head_row"]) == ([THEFT], 3)


def test_a_second_table_below_the_first_is_a_fault_and_its_rows_are_not_read_by_the_first_head():
    other = ["Kỳ", "Đơn vị", "Nội dung", "Làm rõ", "Số vụ"]
    answer = told("figures", xlsx(FIGURES, FIGURE, [], other, ["2018-H1", "Xã mẫu 02", "Ma túy", 1, 2]))
    assert [row["row"] for row in answer["rows"]] == [2]
    ((row, message),) = [(fault["row"], fault["message"]) for fault in answer["faults"]]
    assert (row, "bảng thứ hai" in message) == (4, True)


def _book(**sheets):
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    return workbook


@pytest.mark.parametrize("name", ["Mẫu", "Ví_dụ_điền", "Hướng_dẫn", "Template"])
def test_a_sheet_of_examples_before_the_table_is_not_taken_for_it(name):
    answer = told("figures", saved(_book(**{name: [FIGURES, OTHER], "Số liệu": [FIGURES, FIGURE]})))
    assert (answer["sheet"], values(answer)) == ("Số liệu", [THEFT])
    assert name.replace("_", " ") in notices(answer)


def test_a_sheet_with_nothing_below_its_head_gives_way_to_one_with_rows():
    answer = told("figures", saved(_book(A=[FIGURES], B=[FIGURES, FIGURE])))
    assert (answer["sheet"], values(answer)) == ("B", [THEFT])


def test_a_fault_names_its_sheet_where_the_file_has_several():
    workbook = _book(A=[["Ghi chú chung"]], B=[FIGURES, figure(unit="Xã Lạ")])
    (fault,) = told("figures", saved(workbook))["faults"]
    assert (fault["row"], fault["column"]) == (2, "Đơn vị")


@pytest.mark.parametrize("data", [xlsx, lambda *rows: csv(*joined(rows))], ids=["xlsx", "csv"])
def test_what_stands_beyond_the_columns_that_are_read_is_said(data):
    wide = [f"Cột {number}" for number in range(80)]
    answer = told("figures", data([*FIGURES[:5], *wide, FIGURES[5]], [*FIGURE[:5], *range(80), FIGURE[5]]))
    assert clean(answer)
    assert "Chưa đọc các cột sau cột thứ 60" in notices(answer)


def test_a_table_far_to_the_right_is_no_empty_file():
    answer = told("figures", xlsx([*[None] * 80, *FIGURES], [*[None] * 80, *FIGURE]))
    assert "Chưa tìm thấy dòng tiêu đề" in answer["refused"]


@pytest.mark.parametrize("data", [HEIC, WEBP, MP4, bytes(range(256)) * 20], ids=["heic", "webp", "mp4", "bytes"])
def test_what_is_no_text_is_told_as_no_table_and_not_as_an_old_font(data):
    assert "không phải tệp bảng tính" in told("figures", data)["refused"]


@pytest.mark.parametrize("written", ["Th«n", "Xãm §«ng", "Chî Kim Anh, th«n 2"])
def test_a_single_word_in_an_old_font_is_a_fault(written):
    assert places(told("cases", xlsx(CASES, case(place=written)))) == [(2, "Địa điểm")]


@pytest.mark.parametrize("written", ["Thôn «Đông»", "Nhà nghỉ ½ Sao", "Quán 50µm – Đường 3", "Café Trung Nguyên"])
def test_signs_beside_words_are_no_old_font(written):
    assert clean(told("cases", xlsx(CASES, case(place=written))))


@pytest.mark.parametrize("written", ["2022-05-13T14:30:00", "2022-05-13 14:30", "13/5/2022 lúc 14h30"])
def test_a_moment_as_other_programs_write_it(written):
    (read,) = values(told("cases", xlsx(CASES, case(day=written))))
    assert (read["happened_on"], read["happened_at"]) == ("2022-05-13", "14:30")


def test_a_telephone_number_that_became_a_fraction():
    (read,) = values(told("units", xlsx(UNITS, ["Xã Mới", "Mới", "xã", DAY, "0912345678.0"])))
    assert read["telephone"] == "0912345678"


HEADS = {
    "broken lines": ["Đơn\nvị", "Kỳ\nbáo cáo", "Nội dung", "Số\nvụ", "Số vụ\nlàm rõ", "Thiệt hại\n(đồng)"],
    "without diacritics": ["DON VI", "KY", "NOI DUNG", "SO VU", "LAM RO", "THIET HAI (DONG)"],
    "decomposed": [unicodedata.normalize("NFD", head) for head in FIGURES],
    "unseen signs": ["\u200bĐơn\u00a0vị ", "Kỳ", "Nội dung", "Số\u00a0vụ", "Làm rõ", "Thiệt hại (đồng)"],
    "in English": ["unit", "period", "category", "cases", "solved", "damage"],
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_heads_as_programs_and_people_write_them(head):
    assert values(told("figures", xlsx(head, FIGURE))) == [THEFT]


def test_two_tables_side_by_side_are_told_at_every_head_that_stands_twice():
    answer = told("figures", xlsx([*FIGURES, None, *FIGURES], [*FIGURE, None, *OTHER]))
    assert [fault["column"] for fault in answer["faults"] if fault["row"] == 1] == FIGURES


def test_columns_in_each_others_place_are_faults_at_both():
    swapped = [CASE[1], CASE[0], *CASE[2:]]
    assert places(told("cases", xlsx(CASES, swapped))) == [(2, "Đơn vị"), (2, "Loại vụ việc")]


@pytest.mark.parametrize("written", ["1/2025", "Quý I/2025", "6T/2025", "2025/1", 2025.1, "Đầu năm 2025"])
def test_a_half_year_that_may_be_a_month_a_quarter_or_a_year_is_a_fault(written):
    assert places(told("figures", xlsx(FIGURES, figure(period=written)))) == [(2, "Kỳ")]


@pytest.mark.parametrize("file", ["vu-viec.ods", "vu-viec.xls"])
def test_what_libreoffice_saved_is_read_with_all_that_is_odd_in_it(file):
    """A guide first, a title, cells merged down, formulas, an error, a hidden row, a total."""
    answer = told("cases", (SAMPLES.parent / "tables" / file).read_bytes())
    assert (answer["sheet"], answer["head_row"], answer["ignored_columns"]) == ("Vụ việc", 3, ["STT"])
    assert [(row["unit"], row["happened_on"], row.get("damage")) for row in values(answer)] == [
        ("Xã mẫu 01", "2022-05-13", 1_500_000), ("Xã mẫu 01", "2022-05-14", 1_000), ("Xã mẫu 01", "2022-05-15", None),
        ("Xã mẫu 02", "2022-05-16", 0),
    ]  # fmt: skip
    assert values(answer)[0]["happened_at"] == "14:30"
    assert [(fault["row"], fault["value"]) for fault in answer["faults"]] == [(6, "#DIV/0!")]
    assert "Các dòng đang ẩn trong tệp cũng được đọc: 7." in notices(answer)
    assert "Bỏ qua dòng tổng cộng: dòng 8" in notices(answer)


def test_macros_are_passed_over():
    assert values(told("figures", with_part(xlsx(FIGURES, FIGURE), "xl/vbaProject.bin", b"\xd0\xcf macros"))) == [THEFT]
