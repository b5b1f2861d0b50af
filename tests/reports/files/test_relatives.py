"""Relatives of what was once printed and false, each through page, PDF, Word, Excel and JSON."""

import datetime as dt
import io
import json

import pytest
from docx import Document
from lxml import html
from openpyxl import load_workbook

from cluster_portal.periods import Period
from incidents.models import AskedMeasures, Category
from members.models import Unit
from tests.support.comparison_pages import whole_comparison
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, close_early

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW, BEFORE = "2022-H1", "2021-H1"
PAGE = f"/summaries/{NOW}/"


def thefts(cases, **others):
    return {THEFT: {"cases": cases, "serious": 0, "solved": 1, "persons": cases, "damage": 1_000_000, **others}}


def reported(units, now=5, before=4):
    for unit in units:
        accepted_report(unit, NOW, thefts(now), {PATROLS: 3})
        accepted_report(unit, BEFORE, thefts(before), {PATROLS: 3})


@pytest.fixture
def told(cluster, as_user, chair, pdf_text):
    """All texts of the comparison, by what they stand in."""

    def read(page=PAGE, query=""):
        client = as_user(chair)
        names = ("pdf", "docx", "xlsx", "json")
        files = {name: client.get(f"{page}summary.{name}{query}").content for name in names}
        word = Document(io.BytesIO(files["docx"]))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        book = load_workbook(io.BytesIO(files["xlsx"]))
        page = html.fromstring(whole_comparison(client, page, query)).text_content()
        texts = {
            "page": page,
            "pdf": pdf_text(files["pdf"]),
            "word": "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells]),
            "excel": "\n".join(str(cell.value) for sheet in book for line in sheet for cell in line),
            "json": "\n".join(_sentences(json.loads(files["json"]))),
        }
        return {name: " ".join(text.split()) for name, text in texts.items()}

    return read


def _sentences(value):
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _sentences(part)


def lacking(texts, sentence):
    return [name for name, text in texts.items() if sentence not in text]


def saying(texts, sentence):
    return [name for name, text in texts.items() if sentence in text]


def test_a_category_of_one_period_is_left_out_by_name_wherever_units_are_counted(told):
    """“trong 2 đơn vị so sánh được: 10”, where both had 13 with the drugs that were not asked before."""
    units = UnitFactory.create_batch(2)
    reported(units)
    accepted_report(units[0], NOW, {**thefts(5), DRUGS: 3}, {PATROLS: 3})
    texts = told()
    assert lacking(texts, "trong 02 đơn vị và các loại vụ việc so sánh được: 10 vụ, tăng 02 vụ (25,00%)") == []
    assert "2/2 đơn vị; trong 2 đơn vị và các loại vụ việc so sánh được: 10, +2" in texts["page"]


def test_what_was_asked_of_nobody_then_was_not_left_blank(told):
    """“thiệt hại …, chưa có số liệu cùng kỳ năm 2021”, when the catalogue did not ask it."""
    Category.objects.exclude(code=THEFT).update(is_active=False)
    theft = Category.objects.get(code=THEFT)
    AskedMeasures.objects.filter(category=theft).delete()
    for since, measures in ((1990, ["cases"]), (2022, ["cases", "damage"])):
        AskedMeasures.objects.create(category=theft, since=Period(since, 1), measures=measures)
    unit = UnitFactory()
    accepted_report(unit, BEFORE, {THEFT: {"cases": 5}})
    accepted_report(unit, NOW, {THEFT: {"cases": 5, "damage": 7_000_000}})
    texts = told()
    assert lacking(texts, "thiệt hại về tài sản 7 triệu đồng, cùng kỳ không thống kê") == []
    assert "không thống kê 6 tháng đầu năm 2021" not in texts["page"].split("Người chết")[0]


def test_a_unit_that_left_is_told_of_without_saying_everything_twice(told):
    """“ghi nhận 10 vụ (2/2 đơn vị); trong 02 đơn vị có số liệu cả hai kỳ: …”."""
    here = UnitFactory.create_batch(2)
    gone = UnitFactory(name="Xã Đã Rời")
    reported(here)
    accepted_report(gone, BEFORE, thefts(9), {PATROLS: 3})
    Unit.objects.filter(pk=gone.pk).update(left_on=dt.date(2022, 4, 1))
    texts = told()
    sentence = "ghi nhận 10 vụ việc; trong 02 đơn vị có số liệu cả hai kỳ: tăng 02 vụ (25,00%) so với cùng kỳ năm 2021"
    assert lacking(texts, sentence) == []
    assert lacking(texts, "01 đơn vị rời cụm trong kỳ này: Xã Đã Rời.") == []


@pytest.mark.slow
def test_who_left_before_the_period_is_no_member_in_it(told):
    here, gone = UnitFactory(), UnitFactory(name="Xã Đã Rời")
    reported([here])
    accepted_report(gone, BEFORE, thefts(9), {PATROLS: 3})
    Unit.objects.filter(pk=gone.pk).update(left_on=dt.date(2022, 1, 1))
    assert lacking(told(), "01 đơn vị không còn là thành viên trong kỳ này: Xã Đã Rời.") == []


@pytest.mark.slow
def test_who_is_counted_beside_a_sum_told_all_of_it(told):
    """“Ít nhất 40 vụ (1/2 đơn vị)” of a year, of which a half came from the unit that isn't the one counted."""
    whole, half = UnitFactory.create_batch(2)
    for unit in (whole, half):
        for period in HALVES[:3]:
            accepted_report(unit, period, thefts(10))
    accepted_report(whole, HALVES[3], thefts(20))
    close_early(HALVES[3])
    texts = told(YEAR)
    sentence = "ghi nhận ít nhất 40 vụ việc (1/2 đơn vị có đủ số liệu); trong 01 đơn vị có đủ số liệu cả hai kỳ: 30 vụ"
    assert lacking(texts, sentence) == []
    assert lacking(texts, "Ghi nhận (1/2 đơn vị có đủ số liệu)") == ["pdf", "json"]  # broken over the lines of a head
    assert saying(texts, "(1/2 đơn vị)") == []


@pytest.mark.slow
def test_reports_and_figures_are_called_by_two_words(told):
    """“2/2 đơn vị có số liệu cả hai kỳ” of reports, beside “trong 01 đơn vị có số liệu cả hai kỳ” of a figure."""
    units = UnitFactory.create_batch(2)
    reported(units)
    accepted_report(UnitFactory(), NOW, {THEFT: {"cases": 5}}, {PATROLS: 3})
    blank = UnitFactory(name="Xã Để Trống")
    accepted_report(blank, NOW, thefts(5, persons=None), {PATROLS: 3})
    accepted_report(blank, BEFORE, thefts(4), {PATROLS: 3})
    texts = told()
    assert lacking(texts, "3/4 đơn vị có đủ báo cáo cả hai kỳ; 4/4 đơn vị có đủ báo cáo 6 tháng đầu năm 2022") == []
    assert lacking(texts, "trong 02 đơn vị có số liệu cả hai kỳ: 10 đối tượng, tăng 02 đối tượng") == []
    assert "Tình trạng báo cáo" in texts["page"]
    assert saying(texts, "3/4 đơn vị có số liệu") == []


@pytest.mark.slow
def test_noughts_that_are_not_all_are_at_least_nought(told, as_user, chair):
    """The tile “Người chết –” above “2/3 đơn vị; trong 2 đơn vị so sánh được: 0, −1”, and “≥ 0” in a unit's report."""
    for unit, deaths in zip(UnitFactory.create_batch(2), (0, 1), strict=True):
        accident = {"cases": 2, "injuries": 0, "damage": 1}
        accepted_report(unit, NOW, {TRAFFIC: {**accident, "deaths": 0}})
        accepted_report(unit, BEFORE, {TRAFFIC: {**accident, "deaths": deaths}})
    UnitFactory()
    close_early()
    texts = told()
    assert "Người chết ≥ 0 2/3 đơn vị; trong 2 đơn vị so sánh được: 0, −1 (−100,00%)" in texts["page"]
    assert lacking(texts, "làm chết") == [name for name in texts if "làm chết" not in texts[name]]
    assert "Người chết ≥ 0 2/3 2 0 1 −1 −100,00%" in texts["pdf"]
    assert saying(texts, "không có người chết (2/3") == []
    book = load_workbook(io.BytesIO(as_user(chair).get(f"{PAGE}summary.xlsx").content))
    (line,) = [line for line in book["Số liệu chung"] if line[0].value == "Người chết"]
    assert (line[1].value, line[1].number_format, line[2].value) == (0, '"≥ "#,##0', "2/3")


@pytest.mark.slow
def test_a_bar_says_at_least_as_it_stands_alone(told):
    """“Số vụ qua các kỳ, tính tất cả đơn vị: …; 6 tháng đầu năm 2022: 5”, read aloud, of one unit of three."""
    unit, *_others = UnitFactory.create_batch(3)
    accepted_report(unit, NOW, thefts(5))
    accepted_report(unit, BEFORE, thefts(4))
    assert (
        "6 tháng đầu năm 2021: ≥ 4; 6 tháng cuối năm 2021: chưa có số liệu; 6 tháng đầu năm 2022: ≥ 5."
        in (told()["page"])
    )


def test_without_any_base_it_is_said_once_and_not_of_every_unit(told):
    """28 lines of “chưa có số liệu cùng kỳ”; “so với cùng kỳ năm 2021”; “0/28 đơn vị có số liệu cả hai kỳ”."""
    for unit in UnitFactory.create_batch(28):
        accepted_report(unit, NOW, {**thefts(5), TRAFFIC: {"cases": 2, "deaths": 1, "injuries": 0, "damage": 1}})
    texts = told()
    for falsehood in ("so với cùng kỳ", "0/28 đơn vị có đủ báo cáo cả hai kỳ"):
        assert saying(texts, falsehood) == []
    assert {
        name: text.casefold().count("chưa có số liệu cùng kỳ") <= 4 for name, text in texts.items()
    } == dict.fromkeys(texts, True)
    assert lacking(texts, "chưa có số liệu cùng kỳ năm 2021 để so sánh") == []
    assert lacking(texts, "Xảy ra 56 vụ, làm chết 28 người, không có người bị thương.") == []


def test_the_signs_of_the_tables_are_explained_where_the_tables_are(told):
    units = UnitFactory.create_batch(3)
    reported(units[:2])
    close_early()
    texts = told()
    assert lacking(texts, "“≥” là ít nhất, còn thiếu số liệu; “x” là không thống kê") == ["json"]


def test_nothing_is_said_to_be_reported_by_those_who_were_not_asked(told):
    """“Người chết: –, 2/2 đơn vị có số liệu”, when nobody had any figure of deaths."""
    reported(UnitFactory.create_batch(2))
    UnitFactory()
    tile = told()["page"].partition("Người chết")[2].partition("Người bị thương")[0]
    assert tile.split()[:1] == ["–"]
    assert "/3" not in tile


HALVES = ("2021-H1", "2021-H2", "2022-H1", "2022-H2")
YEAR = "/summaries/2022/"


def test_a_year_whose_first_half_never_asked_the_damage_is_never_without_any(told):
    """“Không có thiệt hại” and 0 in the table, where half of the year was never asked."""
    Category.objects.exclude(code=THEFT).update(is_active=False)
    theft = Category.objects.get(code=THEFT)
    AskedMeasures.objects.filter(category=theft).delete()
    for since, measures in ((Period(1990, 1), ["cases"]), (Period(2022, 2), ["cases", "damage"])):
        AskedMeasures.objects.create(category=theft, since=since, measures=measures)
    for unit in UnitFactory.create_batch(2):
        for half in HALVES:
            accepted_report(unit, half, {THEFT: {"cases": 2, "damage": 0 if half == "2022-H2" else None}})
    texts = told(YEAR)
    assert saying(texts, "không có thiệt hại") == saying(texts, "không thiệt hại") == []
    note = "Thiệt hại (đồng): các loại vụ việc không có số liệu 6 tháng đầu năm 2022: Trộm cắp tài sản."
    assert lacking(texts, note) == []


def test_a_year_is_at_least_what_one_half_tells_of_a_category(told, as_user, chair):
    """“Ma túy: xảy ra 04 vụ” of a year, told of in the second half for the first time."""
    for unit in UnitFactory.create_batch(2):
        for half in HALVES:
            accepted_report(unit, half, thefts(5) | ({DRUGS: 2} if half == "2022-H2" else {}))
    texts = told(YEAR)
    assert lacking(texts, "ghi nhận ít nhất 04 vụ (chưa đủ số liệu 6 tháng đầu năm 2022)") == []
    assert lacking(texts, "Các loại vụ việc không có số liệu 6 tháng đầu năm 2022: Ma túy.") == []
    found = json.loads(as_user(chair).get(f"{YEAR}summary.json").content)
    (drugs,) = [row["cases"] for row in found["categories"] if row["code"] == DRUGS]
    assert (drugs["complete"], drugs["missing"], drugs["missing_halves"]) == (False, [], ["2022-H1"])
    assert (drugs["recorded"], drugs["change"]) == (4, None)


def test_a_unit_that_left_within_the_year_is_told_of_in_one_way(told):
    """“Chưa có số liệu 6 tháng cuối năm”, “1/1 đơn vị có số liệu năm 2022” and “xảy ra 04 vụ”, all at once."""
    stays, gone = UnitFactory(), UnitFactory(name="Xã Đã Rời")
    for half in HALVES:
        accepted_report(stays, half, thefts(5))
    for half in HALVES[:3]:
        accepted_report(gone, half, thefts(4))
    Unit.objects.filter(pk=gone.pk).update(left_on=dt.date(2022, 7, 1))
    texts = told(YEAR, f"?unit={gone.pk}")
    assert saying(texts, "hưa có số liệu 6 tháng cuối năm") == saying(texts, "hưa đủ số liệu năm 2022") == []
    assert lacking(texts, "01 đơn vị rời cụm trong kỳ này: Xã Đã Rời.") == []
    assert lacking(texts, "xảy ra 04 vụ, không so sánh được với năm 2021") == []


def test_what_is_being_collected_has_progress_and_is_not_compared(told):
    """One report of three: “giảm 14 vụ (77,78%)”; like for like it would still be told of one in three."""
    units = UnitFactory.create_batch(3)
    for unit in units:
        accepted_report(unit, BEFORE, thefts(6))
    accepted_report(units[0], NOW, thefts(4))
    texts = told()
    assert [name for name, text in texts.items() if "giảm 02" in text or "−2" in text or "tích cực" in text] == []
    assert lacking(texts, "chưa so sánh với cùng kỳ năm 2021") == []
    assert lacking(texts, "ghi nhận 04 vụ (1/3 đơn vị)") == []


def test_a_half_without_a_round_says_so_and_is_chosen_in_its_own_form(cluster, as_user, chair, unit):
    accepted_report(unit, BEFORE, thefts(5))
    page = html.fromstring(as_user(chair).get(PAGE).content.decode())
    assert "Chưa mở đợt báo cáo cho kỳ này" in page.text_content()
    assert page.xpath("//select[@id='period']/option[@selected]/@value") == [NOW]
