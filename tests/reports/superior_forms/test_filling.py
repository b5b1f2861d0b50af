"""Forms of superiors are filled in where they were bound, and nothing else of them changes."""

import io
import re
import zipfile

import openpyxl
import pytest
from docx import Document

from cluster_portal.files.office_forms import asking
from cluster_portal.periods import Period
from members.infrastructure.refusals import Refused
from reports.comparison.summarise import summarise
from reports.prose.references import References
from reports.superior_forms import actions
from reports.superior_forms.filling import fill_places, values_of
from tests.support.factories import NOW
from tests.support.reporting import THEFT, TRAFFIC, accepted_report
from tests.support.superior_forms import FORMS, bare_workbook, bind, superior_form, tabular_workbook, zipped

pytestmark = pytest.mark.django_db
THEFT_NOW, THEFT_THEN = f"category.{THEFT}.cases.current", f"category.{THEFT}.cases.base"
WHAT = {THEFT: {"cases": 1234, "damage": 1_460_500_000}, TRAFFIC: 3}


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", WHAT)
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 1000, "damage": 0}, TRAFFIC: 0})


def filled(form, period="2022-H1"):
    """The file, and what could not be filled in, by place."""
    places = fill_places(form.bindings.all(), References(summarise(current=Period.parse(period))))
    done = asking.fill(bytes(form.content), values_of(places, in_excel=form.is_excel))
    return done.content, {each.place: each.lack for each in places if each.lack} | dict.fromkeys(
        done.refused, "refused"
    )


def opened(content, **kwargs):
    return openpyxl.load_workbook(io.BytesIO(content), **kwargs)


def parts(content):
    package = zipfile.ZipFile(io.BytesIO(content))
    return {name: package.read(name) for name in package.namelist()}


def test_a_table_gets_numbers_and_keeps_layout_formulas_merged_cells_and_chart(reported):
    form = superior_form("tabular.xlsx")
    bind(form, {
        "Biểu 01!B4": THEFT_NOW,
        "Biểu 01!C4": THEFT_THEN,
        "Biểu 01!D4": f"category.{THEFT}.cases.percent",
        "Biểu 01!B5": f"category.{TRAFFIC}.cases.current",
    })  # fmt: skip
    content, lacking = filled(form)
    sheet = opened(content)["Biểu 01"]
    assert lacking == {}
    assert [sheet[cell].value for cell in ("B4", "C4", "D4", "B5", "C5")] == [1234, 1000, 0.234, 3, None]
    assert (sheet["B6"].value, sheet["B4"].number_format, sheet["A1"].font.sz) == ("=SUM(B4:B5)", "#,##0", 14)
    assert ([str(area) for area in sheet.merged_cells.ranges], sheet.column_dimensions["A"].width) == (["A1:D1"], 31)
    before, after = parts(tabular_workbook()), parts(content)
    changed = {name for name in before if before[name] != after[name]}
    assert {name for name in changed if "chart" in name or "drawing" in name or "styles" in name} == set()
    assert before.keys() == after.keys()


def test_a_bare_workbook_gets_them_too_also_where_it_has_no_cell_yet(reported):
    form = superior_form("bare.xlsx")
    bind(form, {"Bieu!B4": THEFT_NOW, "Bieu!C2": THEFT_THEN, "Bieu!B2": f"category.{THEFT}.cases.percent"})
    content, lacking = filled(form)
    sheet = opened(content)["Bieu"]
    assert lacking == {}
    assert [[cell.value for cell in row] for row in sheet["A1:C4"]] == [
        ["Chỉ tiêu", "Số vụ", None],
        [None, 23.4, 1000],
        [None, None, None],
        ["Trộm cắp", 1234, "=B4*2"],
    ]


def test_no_result_of_before_is_left_for_who_does_not_compute(reported):
    form = superior_form("bare.xlsx")
    bind(form, {"Bieu!B4": THEFT_NOW})
    content, _lacking = filled(form)
    assert opened(bare_workbook(), data_only=True)["Bieu"]["C4"].value == 198
    assert opened(content, data_only=True)["Bieu"]["C4"].value is None
    assert b'fullCalcOnLoad="1"' in parts(content)["xl/workbook.xml"]


def test_damage_is_written_in_the_unit_that_the_form_asks(reported):
    form = superior_form("tabular.xlsx")
    bind(form, {"Biểu 01!B4": f"category.{THEFT}.damage.current"}, written_as="millions")
    bind(form, {"Biểu 01!B5": f"category.{THEFT}.damage.current"}, written_as="words")
    sheet = opened(filled(form)[0])["Biểu 01"]
    assert (sheet["B4"].value, sheet["B5"].value) == (1460.5, "1,46 tỷ đồng")


def test_a_table_in_word_is_filled_in_its_header_too(reported):
    form = superior_form("table.docx")
    bind(form, {"kỳ này": THEFT_NOW, "cùng kỳ": THEFT_THEN})
    bind(form, {"đơn vị": "coverage.current"}, written_as="words")
    content, lacking = filled(form)
    document = Document(io.BytesIO(content))
    assert lacking == {}
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["Trộm cắp", "1.234", "1.000"]
    assert document.sections[0].header.paragraphs[0].text == "Đơn vị báo cáo: 1/1 đơn vị"


def test_a_place_in_prose_is_found_though_word_cut_it_into_runs(reported):
    form = superior_form("prose.docx")
    bind(form, {"tình hình trộm cắp": f"category.{THEFT}.cases.sentence"}, written_as="words")
    paragraph = Document(io.BytesIO(filled(form)[0])).paragraphs[0]
    told = "xảy ra 1.234 vụ, tăng 234 vụ (23,40%) so với cùng kỳ năm 2021"
    assert paragraph.text == f"Trong kỳ, {told}; tai nạn: {{{{ tai nạn }}}}."
    assert [run.text for run in paragraph.runs if run.bold] == [told]


@pytest.mark.parametrize("which", FORMS)
def test_the_same_figures_give_the_same_bytes(which, reported):
    form = superior_form(which)
    places = list(form.places) or [f"{form.sheets[0]['name']}!B4"]
    bind(form, dict.fromkeys(places, THEFT_NOW))
    assert filled(form)[0] == filled(form)[0] != FORMS[which]()


@pytest.fixture
def one_of_two_reported(cluster, unit, other_unit):
    accepted_report(unit, "2022-H1", {THEFT: 7})
    accepted_report(unit, "2021-H1", {THEFT: 6})
    accepted_report(other_unit, "2021-H1", {THEFT: 4})


def test_what_is_not_known_is_left_and_listed(one_of_two_reported):
    form = superior_form("tabular.xlsx")
    bind(form, {
        "Biểu 01!B4": f"category.{THEFT}.cases.percent",
        "Biểu 01!C4": f"category.{TRAFFIC}.cases.current",
        "Biểu 01!B5": "category.khong-con.cases.current",
    })  # fmt: skip
    content, lacking = filled(form)
    sheet = opened(content)["Biểu 01"]
    assert [sheet[cell].value for cell in ("B4", "C4", "B5")] == [None, None, None]
    assert lacking == {
        "Biểu 01!B4": "chưa đủ: 16,67% trong 01 đơn vị có số liệu cả hai kỳ",
        "Biểu 01!C4": "chưa báo cáo, không thống kê hoặc không có gì để so sánh",
        "Biểu 01!B5": "bảng tổng hợp của kỳ không có số liệu này",
    }


def test_a_number_that_lacks_a_part_is_shown_as_at_least(one_of_two_reported):
    form = superior_form("tabular.xlsx")
    bind(form, {"Biểu 01!B4": THEFT_NOW, "Biểu 01!C4": THEFT_THEN})
    content, lacking = filled(form)
    before, sheet = opened(tabular_workbook())["Biểu 01"], opened(content)["Biểu 01"]
    assert lacking == {}
    assert [(sheet[cell].value, sheet[cell].number_format) for cell in ("B4", "C4", "B5")] == [
        (7, '"≥ "#,##0'),
        (10, "#,##0"),
        (None, "#,##0"),
    ]
    assert repr(sheet["B4"].font) == repr(before["B4"].font)


def test_a_form_without_styles_says_at_least_in_words(one_of_two_reported):
    form = superior_form("bare.xlsx")
    bind(form, {"Bieu!B4": THEFT_NOW})
    assert opened(filled(form)[0])["Bieu"]["B4"].value == "≥ 7"


def test_a_word_form_says_at_least_too(one_of_two_reported):
    form = superior_form("table.docx")
    bind(form, {"kỳ này": THEFT_NOW}, written_as="words")
    bind(form, {"cùng kỳ": THEFT_NOW}, written_as="number")
    cells = [cell.text for cell in Document(io.BytesIO(filled(form)[0])).tables[0].rows[1].cells]
    assert cells == ["Trộm cắp", "ít nhất 07 vụ (1/2 đơn vị)", "≥ 7"]


def test_a_text_in_a_cell_is_no_formula(reported, unit):
    form = superior_form("bare.xlsx")
    done = asking.fill(bytes(form.content), {"Bieu!B2": "=1+1"})
    assert (opened(done.content)["Bieu"]["B2"].value, opened(done.content)["Bieu"]["B2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("Biểu 01!B6", "công thức|tự tính"),
        ("Biểu 01!C1", "gộp"),
        ("Biểu 01!ZZZ9", "không có"),
        ("Biểu 02!B4", "không có"),
        ("B4", "không có"),
        ("Biểu 01!B4\n", "không có"),
    ],
)
def test_no_figure_is_bound_where_none_can_stand(place, told, reported):
    form = superior_form("tabular.xlsx")
    with pytest.raises(Refused, match=told):
        bind(form, {place: THEFT_NOW})


MERGED = b'<mergeCell ref="A9:B9"/>'
HOSTILE = {
    "empty": b"",
    "text": b"no archive",
    "cut off": tabular_workbook()[:-200],
    "another package": zipped({"a.txt": "x"}),
    "macros": zipped({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": "x"}),
    "entities": zipped({
        "word/document.xml": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    }),
    "swells": zipped({"word/document.xml": " " * (41 * 2**20)}),
    "no places": zipped({"word/document.xml": "<document/>"}),
    "no sheet": zipped({"xl/workbook.xml": "<workbook/>"}),
    "odd row": zipped({
        name: content if name != "xl/s.xml" else content.replace(b'r="4"', b'r="four"')
        for name, content in parts(bare_workbook()).items()
    }),
    "long name of a sheet": zipped({
        name: content.replace(b'name="Bieu"', b'name="%s"' % (b"B" * 200))
        for name, content in parts(bare_workbook()).items()
    }),
    "too many merged": zipped({
        name: content.replace(b"</sheetData>", b"</sheetData><mergeCells>%s</mergeCells>" % (MERGED * 5001))
        for name, content in parts(bare_workbook()).items()
    }),
    "many entities": zipped({
        "word/document.xml": '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>',
    }),
}  # fmt: skip


@pytest.mark.parametrize("which", HOSTILE)
def test_a_file_that_can_not_be_a_form_is_refused_with_a_sentence(which, db):
    with pytest.raises(Refused) as refused:
        actions.upload_form(name="Mẫu", content=HOSTILE[which], file_name="a", by=None, now=NOW)
    assert refused.value.fields == ("file",)
    assert re.fullmatch(r"[A-ZĐ].{20,}\.", refused.value.sentence)
