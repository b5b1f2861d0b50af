"""A unit's own sheet: its figures and its place, nothing of others, and only for who may see it."""

import datetime as dt
import io

import pypdf
import pytest
from django.urls import reverse

from cluster_portal import formatting
from cluster_portal.files import word
from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.comparison.scope import UnknownScope
from reports.sheets.layout import layout
from reports.sheets.sheet import build_sheet
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, accepted_report, the_round

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)
#: The figures of the other units: cases now, cases a year before, patrols.
OTHERS = (
    (70001, 30011, 81001),
    (70003, 30102, 81003),
    (70009, 30203, 81007),
    (70021, 30304, 81013),
    (70051, 30405, 81019),
)


def address(unit, name="sheet/", period="2022-H1"):
    return f"/rounds/{period}/units/{unit.pk}/{name}"


def take_back(unit, period):
    """The unit's report is returned: its figures no longer count."""
    report = unit.submissions.get(round__period=period)
    report.status, report.accepted_version, report.comment = "returned", None, "sai"
    report.save()


@pytest.fixture
def others(db):
    """Five other units, each with a name and figures that could leak."""
    units = [UnitFactory(name=f"Đơn vị Kín {place}", short_name=f"Kín {place}") for place in range(5)]
    for unit, (cases, base, patrols) in zip(units, OTHERS, strict=True):
        accepted_report(unit, "2022-H1", {THEFT: cases}, {PATROLS: patrols})
        accepted_report(unit, "2021-H1", {THEFT: base})
    return units


@pytest.fixture
def reported(cluster, unit, others):
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 9, "solved": 7}, DRUGS: 2}, {PATROLS: 12})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 8, "solved": 8}, DRUGS: 0}, {PATROLS: 10})
    accepted_report(unit, "2020-H2", {THEFT: 4})


@pytest.fixture
def pdf(as_user, liaison, unit, reported):
    return as_user(liaison).get(address(unit, "sheet.pdf")).getvalue()


@pytest.fixture
def print_of(pdf, pdf_text):
    return " ".join(pdf_text(pdf).split())


def rows(table):
    return {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in table.lines}


def tables(unit):
    return {table.code: rows(table) for table in layout(build_sheet(unit, H1)).figures}


def test_it_sets_the_figures_beside_those_of_a_year_before(reported, unit):
    found = tables(unit)
    assert found["measures"]["Số vụ"] == ["11", "1/1", "1", "11", "8", "+3", "+37,50%"]
    assert found["categories"]["Ma túy"][:3] == ["2", "0", "+2"]
    assert found["indicators"]["Số buổi tuần tra"][1:4] == ["12", "10", "+2"]


def test_categories_that_did_not_happen_and_activities_nobody_counted_are_left_out(reported, unit):
    found = tables(unit)
    assert list(found["categories"]) == ["Tổng cộng", "Trật tự xã hội: trộm cắp tài sản", "Ma túy"]
    assert list(found["indicators"]) == ["Số buổi tuần tra"]


def test_a_group_of_which_several_categories_happened_stands_above_them(reported, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9, "danh-bac": 1})
    found = tables(unit)
    assert list(found["categories"])[1:] == ["Trật tự xã hội", "Trộm cắp tài sản", "Đánh bạc"]


def test_a_table_of_one_row_is_printed_as_a_sentence(print_of):
    assert "Số buổi tuần tra: " in print_of
    assert "Các mặt công tác" not in print_of


def test_it_shows_the_last_six_half_years_and_how_their_reports_stand(reported, unit):
    take_back(unit, "2021-H1")
    found = layout(build_sheet(unit, H1))
    assert rows(found.reports)["6 tháng đầu năm 2020"] == ["–", "–"]
    assert rows(found.reports)["6 tháng cuối năm 2020"] == ["đã tiếp nhận", "4"]
    assert rows(found.reports)["6 tháng đầu năm 2021"] == ["đã trả lại", "–"]
    assert rows(found.course)["Trật tự xã hội"] == ["–", "–", "4", "–", "–", "9"]


def test_it_tells_the_place_and_the_median(as_user, liaison, unit, reported):
    page = as_user(liaison).get(address(unit)).content.decode()
    assert (
        "Số vụ (11 vụ): xếp thứ 1 trong 6 đơn vị có đủ số liệu, tính từ đơn vị ít vụ nhất; "
        "mức giữa (trung vị) là 70.006 vụ." in page
    )
    assert "Tăng, giảm so với cùng kỳ (+3 vụ): xếp thứ 1 trong 6 đơn vị so sánh được" in page


def test_it_tells_why_there_is_no_place_and_prints_the_rule(as_user, liaison, unit, reported, others):
    take_back(others[0], "2022-H1")
    page = as_user(liaison).get(address(unit)).content.decode()
    assert "Số vụ: không nêu vị trí vì chưa đủ 5 đơn vị khác có đủ số liệu này." in page
    assert "Chỉ xếp thứ khi có ít nhất 5 đơn vị khác có số liệu" in page


def leaks(text):
    """What the text tells of the other units: their names, and any of their figures or changes."""
    figures = [figure for cases, base, patrols in OTHERS for figure in (cases, base, cases - base, patrols)]
    return [secret for secret in ("Kín", *map(formatting.number, figures)) if secret in text]


def test_the_page_tells_nothing_of_other_units(as_user, liaison, unit, reported):
    assert leaks(as_user(liaison).get(address(unit)).content.decode()) == []


def test_the_pdf_tells_nothing_of_other_units(print_of):
    assert leaks(print_of) == []


def test_the_page_leads_to_no_page_of_the_cluster(as_user, liaison, unit, reported):
    page = as_user(liaison).get(address(unit)).content.decode()
    assert "/summaries/" not in page
    assert "/trend/" not in page


def test_page_and_pdf_hold_the_same_sentences_and_figures(as_user, liaison, unit, reported, print_of):
    page = " ".join(as_user(liaison).get(address(unit)).content.decode().split())
    found = layout(build_sheet(unit, H1))
    told = [found.headline, *found.footnotes, *(text for place in found.places for text in place.sentences)]
    told += [
        cell.text
        for table in (*found.figures, found.reports, found.course)
        for line in table.lines
        for cell in line.cells
    ]
    assert [text for text in told if text not in page or text not in print_of] == []


def test_the_pdf_has_a_letterhead_but_neither_number_nor_signer(print_of):
    assert "CỤM ĐỊA BÀN AN TOÀN" in print_of
    assert "PHIẾU THÔNG TIN Số liệu 6 tháng đầu năm 2022 so với cùng kỳ năm 2021 – Xã Thử Một" in print_of
    assert [text for text in ("Số:", "Nơi nhận", "CỤM TRƯỞNG") if text in print_of] == []


def test_the_pdf_is_tagged_and_tells_its_chart_in_words(pdf):
    document = pypdf.PdfReader(io.BytesIO(pdf))
    objects = [document.get_object(number) for number in range(1, document.trailer["/Size"])]
    figures = [item["/Alt"] for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert ["đầu 2022: 11" in told for told in figures] == [True]


def test_a_sample_says_so(as_user, secretariat, unit, cluster, reported, pdf_text):
    cluster.is_sample = True
    cluster.save()
    assert "Dữ liệu mẫu" in pdf_text(as_user(secretariat).get(address(unit, "sheet.pdf")).getvalue())


def test_the_pdf_is_vietnamese_whatever_the_language_of_the_page(as_user, liaison, unit, reported, pdf_text):
    client = as_user(liaison)
    client.cookies["django_language"] = "en"
    assert "place 1 of 6 units" in client.get(address(unit)).content.decode()
    assert "xếp thứ 1 trong 6 đơn vị" in " ".join(pdf_text(client.get(address(unit, "sheet.pdf")).getvalue()).split())


def test_before_the_report_is_accepted_there_are_no_figures_of_the_period(as_user, liaison, unit, reported):
    take_back(unit, "2022-H1")
    client = as_user(liaison)
    page = client.get(address(unit)).content.decode()
    assert "Báo cáo chưa được tiếp nhận" in page
    assert "trong 6 đơn vị" not in page
    assert client.get(address(unit, "sheet.pdf")).status_code == 404


@pytest.mark.parametrize("name", ["sheet/", "sheet.pdf", "sheet.docx"])
def test_a_liaison_sees_only_the_own_units_sheet(as_user, liaison, unit, others, reported, name):
    client = as_user(liaison)
    assert [client.get(address(found, name)).status_code for found in (unit, others[0])] == [200, 404]


def test_the_word_file_opens_in_word(as_user, liaison, unit, reported):
    answer = as_user(liaison).get(address(unit, "sheet.docx"))
    assert answer["Content-Type"] == word.CONTENT_TYPE
    assert ".docx" in answer["Content-Disposition"]


@pytest.mark.parametrize("name", ["sheet/", "sheet.pdf", "sheet.docx"])
def test_secretariat_and_chair_see_every_sheet(as_user, secretariat, chair, unit, others, reported, name):
    for person in (secretariat, chair):
        client = as_user(person)
        assert [client.get(address(found, name)).status_code for found in (unit, others[0])] == [200, 200]


def test_without_a_round_or_for_a_unit_that_is_not_to_report_there_is_no_sheet(as_user, chair, unit, reported):
    late = UnitFactory(joined_on=dt.date(2023, 1, 1))
    client = as_user(chair)
    assert client.get(address(unit, period="2030-H1")).status_code == 404
    assert client.get(address(late)).status_code == 404


@pytest.fixture
def taken_over(cluster, unit, other_unit):
    """`other_unit` reported the half-year and went over to `unit` within it."""
    accepted_report(unit, "2022-H1", {THEFT: 70001})
    accepted_report(unit, "2021-H1", {THEFT: 0})
    accepted_report(other_unit, "2022-H1", {THEFT: 4})
    accepted_report(other_unit, "2021-H1", {THEFT: 3})
    UnitSuccession.objects.create(predecessor=other_unit, successor=unit, on=dt.date(2022, 4, 1))
    other_unit.left_on = dt.date(2022, 4, 1)
    other_unit.save()


def test_a_unit_comes_with_those_it_took_over_and_says_so(taken_over, unit):
    found = layout(build_sheet(unit, H1))
    assert rows(found.figures[0])["Số vụ"][:2] == ["70.005", "3"]
    assert found.warnings[0] == "Số liệu gồm cả đơn vị đã sáp nhập: Xã Thử Hai."


def test_a_unit_that_was_taken_over_does_not_see_the_figures_of_its_successor(
    as_user, other_liaison, other_unit, taken_over
):
    with pytest.raises(UnknownScope):
        build_sheet(other_unit, H1)
    client = as_user(other_liaison)
    assert [client.get(address(other_unit, name)).status_code for name in ("sheet/", "sheet.pdf", "sheet.docx")] == [
        404,
        404,
        404,
    ]


@pytest.mark.parametrize("count", [1, 28])
def test_the_number_of_queries_is_independent_of_the_number_of_units(count, unit, django_assert_num_queries):
    for reporting in [unit, *UnitFactory.create_batch(count)]:
        accepted_report(reporting, "2022-H1", {THEFT: 1}, {PATROLS: 1})
        accepted_report(reporting, "2021-H1", {THEFT: 1})
    with django_assert_num_queries(22):
        build_sheet(unit, H1)


def test_the_sheet_is_one_click_away_for_the_unit(as_user, liaison, unit, reported):
    client, link = as_user(liaison), f'href="{address(unit)}"'
    for page in ("/", address(unit, ""), reverse("reports:unit-reports", args=[unit.pk])):
        assert link in client.get(page).content.decode()


def test_a_report_that_is_not_accepted_offers_no_sheet(as_user, liaison, unit, reported):
    take_back(unit, "2022-H1")
    client = as_user(liaison)
    assert address(unit) not in client.get(address(unit, "")).content.decode()
    assert address(unit) not in client.get(reverse("reports:unit-reports", args=[unit.pk])).content.decode()


def test_the_home_page_offers_the_newest_sheet_there_is(as_user, liaison, unit, reported):
    the_round("2022-H2")
    page = as_user(liaison).get("/").content.decode()
    assert f'href="{address(unit)}"' in page
