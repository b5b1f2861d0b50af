"""Every kind of sheet an office has: the file of the complaint, and one that differs in shape."""

import datetime as dt
import json
import unicodedata

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from incidents.models import Incident
from members.models import Unit
from tests.support.factories import UnitFactory
from tests.support.tables import CASES, FIGURES, SAMPLES, UNITS, clean, csv, joined, places, saved, told, values, xlsx

DAY = dt.date(2022, 5, 13)
FIGURE = ["Xã mẫu 01", "2018-H1", "Trộm cắp tài sản", 3, 2, 1_500_000]
CASE = ["Xã mẫu 01", "Trộm cắp tài sản", DAY, None, "Thôn 1", "Mất một xe đạp trong sân.", 1, 1_500_000]
READ = {
    "unit": "Xã mẫu 01",
    "category": "Trộm cắp tài sản",
    "happened_on": "2022-05-13",
    "place": "Thôn 1",
    "narrative": "Mất một xe đạp trong sân.",
    "persons": 1,
    "damage": 1_500_000,
}


@pytest.fixture(autouse=True)
def _units(db):
    for number in (1, 2):
        UnitFactory(name=f"Xã mẫu 0{number}", short_name=f"Mẫu 0{number}")


def case(**cells):
    """A row of cases with some cells otherwise."""
    fields = ["unit", "category", "day", "hour", "place", "narrative", "persons", "damage"]
    return [cells.get(field, value) for field, value in zip(fields, CASE, strict=True)]


def figure(**cells):
    fields = ["unit", "period", "category", "cases", "solved", "damage"]
    return [cells.get(field, value) for field, value in zip(fields, FIGURE, strict=True)]


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("6 tháng đầu năm 2018", "2018-H1"),
        ("6 tháng cuối năm 2018", "2018-H2"),
        ("Sáu tháng đầu năm 2018", "2018-H1"),
        ("6T đầu 2018", "2018-H1"),
        ("06 THÁNG ĐẦU NĂM 2018", "2018-H1"),
        ("2018-h2", "2018-H2"),
        ("I/2018", "2018-H1"),
        ("Kỳ II/2018", "2018-H2"),
        ("H1/2018", "2018-H1"),
        ("2018 - 6 tháng cuối năm", "2018-H2"),
        ("6\u00a0tháng đầu năm\u00a02018", "2018-H1"),
    ],
)
def test_a_half_year_is_read_as_offices_write_it(written, period):
    answer = told("figures", xlsx(FIGURES, figure(period=written)))
    assert clean(answer)
    assert values(answer)[0]["period"] == period


@pytest.mark.parametrize(
    "written", ["2018", "Quý I/2018", "1/2018", "6 tháng năm 2018", "Tháng 6/2018", 2018, dt.date(2018, 1, 1), "I/1800"]
)
def test_what_may_be_another_period_is_a_fault(written):
    assert places(told("figures", xlsx(FIGURES, figure(period=written)))) == [(2, "Kỳ")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (44684, "2022-05-03"),
        ("01-07-2022", "2022-07-01"),
        ("01.07.2022", "2022-07-01"),
        ("1/7/2022", "2022-07-01"),
        ("01-07-22", "2022-07-01"),
        ("2022-07-01", "2022-07-01"),
        ("ngày 1 tháng 7 năm 2022", "2022-07-01"),
        (dt.datetime.fromisoformat("2022-07-01"), "2022-07-01"),
    ],
)
def test_a_day_is_read_with_the_day_first(written, day):
    answer = told("cases", xlsx(CASES, case(day=written)))
    assert clean(answer)
    assert values(answer)[0]["happened_on"] == day


@pytest.mark.parametrize("written", ["05/13/2022", "31/02/2022", "5/2022", "hôm qua", 12, "0001-01-01", "9999-12-31"])
def test_what_is_no_day_is_a_fault_and_never_month_first(written):
    assert places(told("cases", xlsx(CASES, case(day=written)))) == [(2, "Ngày")]


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("14h30", "14:30"),
        ("14.30", "14:30"),
        (0.604, "14:30"),
        ("14:30:00", "14:30"),
        ("14 giờ 30 phút", "14:30"),
        ("khoảng 14g30", "14:30"),
        ("2h30 chiều", "14:30"),
        (dt.time(14, 30), "14:30"),
        (14.3, "14:30"),
        ("22h", "22:00"),
    ],
)
def test_an_hour_is_read_as_people_write_it(written, hour):
    answer = told("cases", xlsx(CASES, case(hour=written)))
    assert clean(answer)
    assert values(answer)[0]["happened_at"] == hour


@pytest.mark.parametrize("written", ["25h00", "14h75", "trưa", 14.5, 30])
def test_what_is_no_hour_or_two_is_a_fault(written):
    assert places(told("cases", xlsx(CASES, case(hour=written)))) == [(2, "Giờ")]


@pytest.mark.parametrize(
    ("written", "damage"),
    [
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1 500 000", 1_500_000),
        ("1\u00a0500\u00a0000 đ", 1_500_000),
        ("1.500.000 đồng", 1_500_000),
        ("1,5 triệu", 1_500_000),
        ("1.5 triệu đồng", 1_500_000),
        ("2 tỷ", 2_000_000_000),
        ("-", 0),
        ("–", 0),
        ("không", 0),
        (1_500_000.0, 1_500_000),
    ],
)
def test_an_amount_is_read_as_people_write_it(written, damage):
    answer = told("cases", xlsx(CASES, case(damage=written)))
    assert clean(answer)
    assert values(answer)[0]["damage"] == damage


@pytest.mark.parametrize("written", ["1,5", "1.234,5", -3, "-3", 1.234, "nhiều", True, "1,5E+06", 10**16])
def test_an_amount_that_is_no_whole_number_is_a_fault(written):
    assert places(told("cases", xlsx(CASES, case(damage=written)))) == [(2, "Thiệt hại (đồng)")]


def test_a_column_in_millions_is_turned_into_dong():
    heads = [*FIGURES[:-1], "Thiệt hại (triệu đồng)"]
    answer = told("figures", xlsx(heads, figure(damage=1.5)))
    assert values(answer)[0]["damage"] == 1_500_000
    assert any("triệu đồng" in notice for notice in answer["notices"])


def test_dashes_for_none_are_said_once():
    answer = told("figures", xlsx(FIGURES, figure(solved="-", damage="-"), figure(category="Ma túy", solved="-")))
    assert [notice for notice in answer["notices"] if "“-”" in notice] == ["“-” được đọc là 0. (Dòng: 2, 3.)"]


def test_names_without_diacritics_are_read_and_said():
    answer = told("figures", xlsx(FIGURES, figure(unit="xa mau 01", category="trom cap tai san")))
    assert (values(answer)[0]["unit"], values(answer)[0]["category"]) == ("Xã mẫu 01", "Trộm cắp tài sản")
    assert len([notice for notice in answer["notices"] if "không dấu" in notice]) == 2


def test_a_tone_that_stands_elsewhere_is_the_same_name():
    assert values(told("figures", xlsx(FIGURES, figure(category="Ma tuý"))))[0]["category"] == "Ma túy"


def test_units_that_differ_in_a_tone_stay_apart():
    for name in ("Phú Minh", "Phù Minh"):
        UnitFactory(name=f"Xã {name}", short_name=name)
    answer = told("cases", xlsx(CASES, case(unit="Xã Phú Minh"), case(unit="Xã Phù Minh")))
    assert [row["unit"] for row in values(answer)] == ["Xã Phú Minh", "Xã Phù Minh"]


@pytest.mark.parametrize("junk", ["\u200b", "\u00ad", "\ufeff", "\u202e", "\x01".replace("\x01", "\u2060")])
def test_characters_nobody_sees_go(junk):
    row = case(unit=f"Xã mẫu 01{junk}", narrative=f"Mất{junk} xe")
    answer = told("cases", xlsx(CASES, row))
    assert (values(answer)[0]["unit"], values(answer)[0]["narrative"]) == ("Xã mẫu 01", "Mất xe")


def test_a_unit_merged_over_rows_stands_in_each():
    answer = told(
        "cases",
        xlsx(CASES, CASE, case(unit=None), case(unit=None), change=lambda sheet: sheet.merge_cells("A2:A4")),
    )
    assert [row["unit"] for row in values(answer)] == ["Xã mẫu 01"] * 3


def test_a_number_merged_over_rows_is_a_fault_and_counted_for_none():
    rows = (CASE, case(damage=None, narrative="Vụ khác"))
    answer = told("cases", xlsx(CASES, *rows, change=lambda sheet: sheet.merge_cells("H2:H3")))
    assert places(answer) == [(2, "Thiệt hại (đồng)"), (3, "Thiệt hại (đồng)")]


def test_titles_above_the_head_are_passed_over():
    titles = (["DANH SÁCH VỤ VIỆC 6 THÁNG ĐẦU NĂM 2022"], ["(Kèm theo Báo cáo số 05/BC-CĐB)"], [])
    answer = told("cases", xlsx(*titles, CASES, CASE, change=lambda sheet: sheet.merge_cells("A1:H1")))
    assert (answer["head_row"], answer["rows"]) == (4, [{"row": 5, "values": READ}])


def test_a_head_of_two_rows_is_read_together():
    upper = ["STT", "Đơn vị", "Kỳ", "Nội dung", "Kết quả", None, "Hậu quả", None]
    lower = [None, None, None, None, "Số vụ", "Làm rõ", "Số người chết", "Bị thương"]

    def merged(sheet):
        for area in ("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:H1"):
            sheet.merge_cells(area)

    rows = [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        [1, *FIGURE[:2], "Cố ý gây thương tích", 5, 4, 0, 2],
    ]
    answer = told("figures", xlsx(upper, lower, *rows, change=merged))
    assert clean(answer)
    assert (answer["head_row"], answer["rows"][0]["row"]) == (2, 4)
    assert (
        values(answer)[0] | {"category": "Cố ý gây thương tích", "cases": 5, "solved": 4, "deaths": 0, "injuries": 2}
        == values(answer)[0]
    )


def test_columns_nobody_knows_are_left_out_and_named():
    answer = told("cases", xlsx(["STT", *CASES, "Ghi chú"], [1, *CASE, "đã báo"]))
    assert (answer["ignored_columns"], answer["rows"][0]["values"]) == (["STT", "Ghi chú"], READ)
    assert "bỏ qua: STT, Ghi chú" in answer["notices"]


@pytest.mark.parametrize("hidden", [False, True])
def test_a_guide_as_the_first_sheet_is_passed_over(hidden):
    workbook = Workbook()
    workbook.active.title = "Hướng dẫn"
    workbook.active.append(["Cách nhập: mỗi vụ một dòng, ghi Đơn vị, Ngày"])
    workbook.active.sheet_state = "hidden" if hidden else "visible"
    sheet = workbook.create_sheet("Vụ việc")
    sheet.append(CASES)
    sheet.append(CASE)
    answer = told("cases", saved(workbook))
    assert (answer["sheet"], values(answer)) == ("Vụ việc", [READ])
    assert any("Vụ việc" in notice for notice in answer["notices"])


def test_further_sheets_of_the_same_kind_are_named():
    workbook = Workbook()
    for name in ("2021", "2022"):
        sheet = workbook.create_sheet(name)
        sheet.append(CASES)
        sheet.append(CASE)
    answer = told("cases", saved(workbook))
    assert answer["sheet"] == "2021"
    assert any("“2022”" in notice for notice in answer["notices"])


def test_hidden_rows_are_said():
    def hide(sheet):
        sheet.row_dimensions[3].hidden = True

    answer = told("cases", xlsx(CASES, CASE, case(narrative="Vụ ẩn"), change=hide))
    assert any("ẩn" in notice and "3" in notice for notice in answer["notices"])


@pytest.mark.parametrize("total", ["Tổng cộng", "TỔNG SỐ", "Cộng:", "Tổng cộng (2 vụ)"])
def test_a_total_row_is_left_out_and_said(total):
    answer = told("cases", xlsx(CASES, CASE, [total, None, None, None, None, None, 1, 1_500_000]))
    assert clean(answer)
    assert len(answer["rows"]) == 1
    assert any("tổng cộng" in notice and "dòng 3" in notice for notice in answer["notices"])


def test_a_unit_whose_name_begins_like_a_total_is_none():
    UnitFactory(name="Tổng công ty Mẫu", short_name="TCT Mẫu")
    answer = told("cases", xlsx(CASES, case(unit="Tổng công ty Mẫu", category=None)))
    assert places(answer) == [(2, "Loại vụ việc")]


def test_notes_and_signatures_below_the_table_are_left_out_and_said():
    below = ([], ["Ghi chú: số liệu đến 30/6"], [None] * 5 + ["Người lập biểu"], [None] * 5 + ["Nguyễn Văn Mẫu"])
    answer = told("cases", xlsx(CASES, CASE, *below))
    assert len(answer["rows"]) == 1
    assert any("ghi chú ngoài bảng" in notice for notice in answer["notices"])


def test_formulas_give_their_stored_values():
    answer = told("cases", (SAMPLES / "i13_cong_thuc_co_gia_tri.xlsx").read_bytes())
    assert values(answer)[0]["damage"] == 1_500_000
    answer = told("cases", (SAMPLES / "j01_cong_thuc_trong_o_chu.xlsx").read_bytes())
    assert (values(answer)[0]["place"], values(answer)[0]["narrative"]) == ("Thôn 2", "Mất một xe máy trước cổng chợ.")


@pytest.mark.parametrize(
    ("field", "head"), [("damage", "Thiệt hại (đồng)"), ("narrative", "Diễn biến"), ("hour", "Giờ")]
)
def test_a_formula_without_a_value_is_a_fault_that_says_so(field, head):
    answer = told("cases", xlsx(CASES, case(**{field: "=1+1"})))
    assert places(answer) == [(2, head)]
    assert "công thức" in answer["faults"][0]["message"]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_is_a_fault_in_every_kind_of_cell(error):
    row = case(hour=error, place=error, narrative=error, damage=error)
    answer = told("cases", xlsx(CASES, row))
    assert [column for _row, column in places(answer)] == ["Giờ", "Địa điểm", "Diễn biến", "Thiệt hại (đồng)"]
    assert all(error in fault["message"] and fault["value"] == error for fault in answer["faults"])


def test_an_excel_file_of_1997_is_read():
    answer = told("cases", (SAMPLES / "i15a_excel97.xls").read_bytes())
    assert values(answer) == [READ | {"happened_on": "2022-05-03"}]


def test_strict_office_open_xml_is_read():
    answer = told("cases", (SAMPLES / "i16_strict_ooxml.xlsx").read_bytes())
    assert values(answer) == [READ | {"happened_on": "2022-05-03"}]


def test_a_password_is_said_with_what_to_do():
    answer = told("cases", (SAMPLES / "i17_co_mat_khau.xlsx").read_bytes())
    assert "mật khẩu" in answer["refused"]


def test_real_dates_beside_text_are_asked_about():
    rows = (case(day=dt.date(2022, 5, 3)), case(day="13/05/2022", narrative="Vụ khác"))
    answer = told("cases", xlsx(CASES, *rows))
    assert places(answer) == [(2, "Ngày")]
    assert "03/05/2022 hay 05/03/2022" in answer["faults"][0]["message"]


def test_real_dates_alone_are_taken():
    assert clean(told("cases", xlsx(CASES, case(day=dt.date(2022, 5, 3)))))


def test_a_telephone_number_gets_its_zero_back_and_that_is_said():
    answer = told("units", xlsx(UNITS, ["Xã Thử", "Thử", "xã", DAY, 912345678]))
    assert values(answer)[0]["telephone"] == "0912345678"
    assert any("0912345678" in notice for notice in answer["notices"])


def test_a_unit_in_two_normal_forms_stands_twice():
    rows = [[unicodedata.normalize(form, "Xã Đông Xuân"), f"ĐX {form}", "xã", DAY, None] for form in ("NFC", "NFD")]
    assert places(told("units", xlsx(UNITS, *rows))) == [(3, "Tên đơn vị")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_files_are_read_whatever_parts_and_encodes_them(delimiter, encoding):
    rows = joined([CASES, case(day="13/05/2022", narrative="Mất xe")], delimiter)
    answer = told("cases", csv(*rows, encoding=encoding))
    assert values(answer) == [READ | {"narrative": "Mất xe"}]


def test_a_line_that_names_the_delimiter_is_no_row():
    rows = joined([CASES, case(day="13/05/2022", narrative="Mất xe, biển che")], ";")
    answer = told("cases", csv("sep=;", *rows, encoding="utf-8-sig"))
    assert (answer["head_row"], values(answer)[0]["narrative"]) == (2, "Mất xe, biển che")


def test_windows_1258_is_read():
    parted = unicodedata.normalize("NFD", "\n".join(joined([CASES, case(day="13/05/2022")])))
    data = b"".join(_in_1258(char) for char in _with_tones_apart(parted))
    assert values(told("cases", data)) == [READ]


def _with_tones_apart(text):
    """Letters composed with their shapes, tones behind them, as Windows-1258 has them."""
    found = []
    for char in text:
        if unicodedata.combining(char) and char not in "\u0300\u0301\u0303\u0309\u0323":
            tones = []
            while found and unicodedata.combining(found[-1]):
                tones.append(found.pop())
            found[-1:] = [unicodedata.normalize("NFC", found[-1] + char), *tones]
        else:
            found.append(char)
    return found


def _in_1258(char):
    return char.encode("cp1258")


@pytest.mark.parametrize(
    ("font", "text"),
    [
        ("TCVN3", "§¬n vÞ;Lo¹i vô viÖc;Ngµy;DiÔn biÕn\nX· mÉu 01;Trém c¾p tµi s¶n;13/05/2022;MÊt mét xe ®¹p trong s©n"),
        ("VNI", "Ñôn vò;Loaïi vuï vieäc;Ngaøy;Dieãn bieán\nXaõ maãu 01;Troäm caép taøi saûn;13/05/2022;Maát xe ñaïp"),
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "utf-8", "latin-1"])
def test_old_fonts_are_refused_by_name(font, text, form):
    data = xlsx(*[line.split(";") for line in text.split("\n")]) if form == "xlsx" else text.encode(form)
    answer = told("cases", data)
    assert font in answer["refused"]
    assert "Unicode" in answer["refused"]


@pytest.mark.parametrize(
    "data", [b"", b"  \n", b"PK\x03\x04 cut", b"%PDF-1.7 x", b"<html><table></table></html>", b"\0" * 99]
)
def test_what_is_no_table_is_refused_with_what_to_do(data):
    answer = told("cases", data)
    assert answer["refused"]
    assert answer["rows"] == []


def test_faults_of_the_head_and_of_rows_are_told_together():
    heads = ["Đơn vị", "Kỳ", "Nội dung", "Làm rõ"]
    answer = told("figures", xlsx(heads, ["Xã Lạ", "2018", "Trộm cắp tài sản", "x"]))
    assert places(answer) == [(1, "Số vụ"), (2, "Đơn vị"), (2, "Kỳ"), (2, "Làm rõ")]
    assert [fault["value"] for fault in answer["faults"]] == ["", "Xã Lạ", "2018", "x"]


@pytest.mark.parametrize(
    ("rows", "code"), [([CASES, CASE], 0), ([CASES, case(unit="Xã Lạ")], 1), ([["Không có gì"], ["1"]], 2)]
)
def test_the_command_stores_nothing_and_its_exit_says_how_it_went(rows, code, tmp_path, capsys):
    path = tmp_path / "vu-viec.xlsx"
    path.write_bytes(xlsx(*rows))
    try:
        call_command("read_table", "cases", path)
        found = 0
    except SystemExit as ended:
        found = ended.code
    printed = json.loads(capsys.readouterr().out)
    assert found == code
    assert set(printed) == {"refused", "sheet", "head_row", "ignored_columns", "rows", "faults", "notices"}
    assert not Incident.objects.exists()


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("read_table", "units", tmp_path / "none.xlsx")
    assert refusal.value.returncode == 2
    assert Unit.objects.count() == 2


def test_a_head_that_each_printed_page_repeats_is_left_out():
    answer = told("cases", xlsx(CASES, case(), [column.upper() for column in CASES], case(unit="Xã mẫu 02")))
    assert clean(answer)
    assert [row["row"] for row in answer["rows"]] == [2, 4]
    assert any("dòng 3" in notice for notice in answer["notices"])


def test_a_row_that_names_two_heads_of_other_columns_stays_a_row():
    swapped = [*CASES]
    swapped[4], swapped[5] = swapped[5], swapped[4]
    assert not clean(told("cases", xlsx(CASES, case(), swapped)))


def test_columns_hidden_in_the_file_are_told():
    book = Workbook()
    book.active.append(CASES)
    book.active.append(case())
    book.active.column_dimensions["H"].hidden = True
    assert any(CASES[7] in notice for notice in told("cases", saved(book))["notices"])


@pytest.mark.parametrize(
    ("written", "meant"), [("Trộm cắp", "Trộm cắp tài sản"), ("Trộm cấp tài sản", "Trộm cắp tài sản")]
)
def test_an_unknown_name_is_told_with_names_like_it(written, meant):
    (fault,) = told("cases", xlsx(CASES, case(category=written)))["faults"]
    assert meant in fault["message"]


def test_a_name_like_none_is_told_without_others():
    (fault,) = told("cases", xlsx(CASES, case(unit="Q")))["faults"]
    assert "“" not in fault["message"]


def test_a_row_that_repeats_an_earlier_one_is_told():
    answer = told("cases", xlsx(CASES, case(), case(), case(unit="Xã mẫu 02")))
    assert clean(answer)
    assert sum("(Dòng: 3.)" in notice for notice in answer["notices"]) == 1


@pytest.mark.parametrize("head", ["Số vụ đã giải quyết", "Khám phá", "Đã giải quyết (vụ)"])
def test_what_offices_call_solved_cases(head):
    answer = told("figures", xlsx([*FIGURES[:4], head, FIGURES[5]], figure()))
    assert values(answer)[0]["solved"] == 2


@pytest.mark.parametrize("head", ["Số vụ, số vụ việc", "Số vụ/số vụ việc", "Số vụ hoặc số vụ việc", "Số vụ:"])
def test_a_head_that_says_it_twice_names_its_column(head):
    heads = [head if each == "Số vụ" else each for each in FIGURES]
    assert values(told("figures", xlsx(heads, figure())))[0]["cases"] == 3


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("11h đêm", "23:00"), ("12h đêm", "00:00"), ("12:05 AM", "00:05"), ("12:05 SA", "00:05"), ("12:05 CH", "12:05"),
        ("1h trưa", "13:00"), ("1h30 đêm", "01:30"), ("7h tối", "19:00"), ("8 giờ rưỡi", "08:30"), ("14,30", "14:30"),
    ],
)  # fmt: skip
def test_a_part_of_the_day_says_which_of_two_hours_is_meant(written, hour):
    assert values(told("cases", xlsx(CASES, case(hour=written))))[0]["happened_at"] == hour


@pytest.mark.parametrize("written", ["15h sáng", "9h trưa", "3h tối", "14:30 AM", "6h đêm", "12h sáng"])
def test_an_hour_that_cannot_lie_in_its_part_of_the_day_is_a_fault(written):
    assert places(told("cases", xlsx(CASES, case(hour=written)))) == [(2, "Giờ")]


@pytest.mark.parametrize(
    "written",
    [
        "Thứ Sáu, 13/5/2022", "13-May-22", "13-thg 5-2022", "13/Th5/2022", "'13/05/2022", "’13/5/2022", "13/5/2022.",
        "CN 13/05/2022", "ngày 13 tháng 5, năm 2022",
    ],
)  # fmt: skip
def test_a_day_with_its_weekday_a_months_name_or_a_stray_sign(written):
    assert values(told("cases", xlsx(CASES, case(day=written))))[0]["happened_on"] == "2022-05-13"


def test_an_hour_before_the_day_in_one_cell():
    row = values(told("cases", xlsx(CASES, case(day="14h30, 13/5/2022"))))[0]
    assert (row["happened_on"], row["happened_at"]) == ("2022-05-13", "14:30")


@pytest.mark.parametrize(
    ("day", "hour", "read"),
    [("05/03/2022 14:30", "14h30", "14:30"), ("05/03/2022 14:30", None, "14:30"), ("05/03/2022 14:30", "15h", None)],
)
def test_a_moment_beside_its_hour_is_read_where_both_say_the_same(day, hour, read):
    answer = told("cases", xlsx(CASES, case(day=day, hour=hour)))
    assert places(answer) == ([] if read else [(2, "Ngày")])
    if read:
        assert (values(answer)[0]["happened_on"], values(answer)[0]["happened_at"]) == ("2022-03-05", read)


def test_a_moment_beside_what_is_no_hour_is_told_at_both():
    answer = told("cases", xlsx(CASES, case(day="05/03/2022 14:30", hour="lúc tối")))
    assert places(answer) == [(2, "Ngày"), (2, "Giờ")]


@pytest.mark.parametrize("head", ["Tên cơ quan, đơn vị", "Đơn vị báo cáo", "Xã/phường", "Tên cơ quan"])
@pytest.mark.parametrize(("kind", "heads", "row"), [("cases", CASES, 0), ("figures", FIGURES, 1)])
def test_what_offices_call_the_column_of_units(kind, heads, row, head):
    rows = (case(), figure())
    answer = told(kind, xlsx([head, *heads[1:]], rows[row]))
    assert (answer["faults"], values(answer)[0]["unit"]) == ([], "Xã mẫu 01")


def test_one_cell_far_below_the_table_is_told_as_what_it_may_be():
    def stray(sheet):
        sheet["B900000"] = "x"

    refused = told("cases", xlsx(CASES, case(), change=stray))["refused"]
    assert "có ô nằm rất xa bên dưới bảng" in refused
    assert "xóa các dòng dưới bảng" in refused


@pytest.mark.parametrize("written", ["khoảng 1.500.000 đồng", "~1,5 triệu", "Ước tính khoảng 1,5 triệu đồng"])
def test_an_estimate_is_taken_as_its_figure_and_said(written):
    answer = told("cases", xlsx(CASES, case(damage=written)))
    assert values(answer)[0]["damage"] == 1_500_000
    assert any(written in notice for notice in answer["notices"])


@pytest.mark.parametrize("written", ["1.500.000 (một triệu năm trăm nghìn đồng)", "1,500,000.00"])
def test_an_amount_with_its_words_or_in_english_digits(written):
    assert values(told("cases", xlsx(CASES, case(damage=written))))[0]["damage"] == 1_500_000


@pytest.mark.parametrize(
    "written", ["1.500.000 (chưa xác minh)", "trên 2 triệu", "2 đến 3 triệu", "khoảng", "1,50,000.00"]
)
def test_what_leaves_the_amount_open_is_a_fault(written):
    assert places(told("cases", xlsx(CASES, case(damage=written)))) == [(2, "Thiệt hại (đồng)")]


@pytest.mark.parametrize("written", ["Số liệu 6 tháng đầu năm 2018", "6 tháng đầu năm (2018)", "2018_H1", "1H/2018"])
def test_a_half_year_among_other_words(written):
    assert values(told("figures", xlsx(FIGURES, figure(period=written))))[0]["period"] == "2018-H1"


@pytest.mark.parametrize("line", ["Đơn vị tính: triệu đồng", "ĐVT: Triệu đồng"])
def test_a_line_above_the_table_says_what_its_amounts_are_counted_in(line):
    heads = [*FIGURES[:-1], "Thiệt hại"]
    answer = told("figures", xlsx(["SỐ LIỆU"], [None] * 5 + [line], heads, figure(damage=1.5)))
    assert values(answer)[0]["damage"] == 1_500_000
    assert any("triệu đồng" in notice.lower() for notice in answer["notices"])
    in_dong = told("figures", xlsx([None] * 5 + [line], FIGURES, figure(damage=1500)))
    assert values(in_dong)[0]["damage"] == 1500


@pytest.mark.parametrize(
    "head", ["Thiệt hại (triệu)", "Thiệt hại, triệu đồng", "Thiệt hại [triệu đồng]", "Thiệt hại (tr)"]
)
def test_a_head_says_in_other_words_that_it_counts_millions(head):
    assert values(told("figures", xlsx([*FIGURES[:-1], head], figure(damage=1.5))))[0]["damage"] == 1_500_000


def test_a_second_row_of_the_head_may_say_only_what_is_counted():
    heads = ["STT", *FIGURES[:-1], "Thiệt hại"]
    answer = told("figures", xlsx(heads, [None] * 4 + ["(vụ)", "(vụ)", "(triệu đồng)"], [1, *figure(damage=1.5)]))
    assert (answer["head_row"], answer["rows"][0]["row"]) == (2, 3)
    assert values(answer)[0]["damage"] == 1_500_000


def test_a_head_over_two_columns_gives_way_to_those_below_it():
    upper = ["STT", "Thời gian xảy ra", None, "Đơn vị", "Loại", "Nội dung"]
    rows = [upper, [None, "Ngày", "Giờ"], [1, DAY, "14h30", "Xã mẫu 01", "Ma túy", "Bắt quả tang"]]
    answer = told("cases", xlsx(*rows, change=lambda sheet: sheet.merge_cells("B1:C1")))
    assert (values(answer)[0]["happened_on"], values(answer)[0]["happened_at"]) == ("2022-05-13", "14:30")


def test_no_title_joins_the_head_below_it():
    answer = told("cases", xlsx(["DANH SÁCH VỤ VIỆC", *[None] * 8, "Độc lập - Tự do"], CASES, CASE))
    assert (answer["head_row"], answer["ignored_columns"]) == (2, [])


@pytest.mark.parametrize("total", ["Cộng Xã mẫu 01", "Tổng cộng Xã mẫu 01", "Tổng số vụ"])
def test_a_total_of_one_unit_among_the_rows_is_left_out_and_said(total):
    rows = [figure(), [total, None, None, 3, 2, None], figure(category="Ma túy", damage=None)]
    answer = told("figures", xlsx(FIGURES, *rows))
    assert [row["row"] for row in answer["rows"]] == [2, 4]
    assert any("tổng cộng" in notice and "dòng 3" in notice for notice in answer["notices"])


def test_a_unit_whose_name_begins_like_a_total_of_one_unit_stays():
    UnitFactory(name="Cộng đồng Mẫu", short_name="CĐ Mẫu")
    answer = told("figures", xlsx(FIGURES, figure(), figure(unit="Cộng đồng Mẫu", period=None, category=None)))
    assert [row["row"] for row in answer["rows"]] == [2, 3]


@pytest.mark.parametrize("name", ["1. Xã mẫu 01", "- Xã mẫu 01", "a) Xã mẫu 01", "• xã mẫu 01"])
def test_what_numbers_a_name_is_none_of_it(name):
    assert values(told("figures", xlsx(FIGURES, figure(unit=name))))[0]["unit"] == "Xã mẫu 01"


def test_words_among_the_rows_in_a_column_nobody_reads_are_said():
    answer = told("cases", xlsx(["STT", *CASES], [1, *CASE], ["DANH SÁCH THÁNG 6"], [2, *case(unit="Xã mẫu 02")]))
    assert len(answer["rows"]) == 2
    assert any("DANH SÁCH THÁNG 6" in notice for notice in answer["notices"])


@pytest.mark.parametrize(
    ("written", "number"), [("912345678.0", "0912345678"), ("'0912345678", "0912345678"), (1681234567, "01681234567")]
)
def test_a_telephone_number_that_another_program_wrote(written, number):
    assert values(told("units", xlsx(UNITS, ["Xã Thử", "Thử", "xã", DAY, written])))[0]["telephone"] == number
