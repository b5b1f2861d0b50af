"""The comparison as a page and its files: the same figures everywhere, and who may see them."""

import datetime as dt
import io
import json
import re

import pypdf
import pytest
from django.http import QueryDict
from django.urls import reverse

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.layout.rows_behind import Selection, list_figures
from reports.layout.summary_tables import build_tables
from tests.support.comparison_pages import whole_comparison
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, the_round

pytestmark = pytest.mark.django_db

PAGE = "/summaries/2022-H1/"
PARTS = ["units/", "activities/", "all-figures/", "text/"]
FILES = ["summary.pdf", "summary.docx", "summary.xlsx", "summary.json", "figures/"]


def pdf_text(response):
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def cells_of(summary):
    return [cell for table in build_tables(summary) for line in table.lines for cell in line.cells]


def behind(href):
    """The figures a link of a table leads to."""
    path, _mark, query = href.partition("?")
    return list_figures(Selection.parse(Period.parse(path.split("/")[2]), QueryDict(query).dict()))


@pytest.fixture
def reported(cluster, unit, other_unit):
    """Two units with figures of both periods, 1.234 cases now."""
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 1200, "solved": 7}, TRAFFIC: 30}, {PATROLS: 12})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 1300, "solved": 9}, TRAFFIC: 30}, {PATROLS: 10})
    accepted_report(other_unit, "2022-H1", {THEFT: 4, DRUGS: 0}, {PATROLS: 0})
    accepted_report(other_unit, "2021-H1", {THEFT: 0, DRUGS: 5}, {PATROLS: 0})


@pytest.mark.parametrize("address", [PAGE, *(PAGE + name for name in (*PARTS, *FILES)), "/summaries/"])
def test_a_liaison_sees_neither_page_nor_files(as_user, liaison, reported, address):
    assert as_user(liaison).get(address).status_code == 403


@pytest.mark.parametrize("address", [PAGE, *(PAGE + name for name in (*PARTS, *FILES))])
def test_chair_and_secretariat_see_page_and_files(as_user, chair, secretariat, reported, address):
    assert as_user(chair).get(address).status_code == 200
    assert as_user(secretariat).get(address).status_code == 200


def test_page_pdf_and_json_show_the_same_numbers(as_user, chair, reported):
    client = as_user(chair)
    page = client.get(PAGE).content.decode()
    pdf = pdf_text(client.get(PAGE + "summary.pdf"))
    total = json.loads(client.get(PAGE + "summary.json").content)["total"]["cases"]
    assert (total["current"], total["base"], total["percent"]) == (1234, 1335, "-7.57")
    for shown in ("1.234", "1.335", "−101", "−7,57%"):
        assert shown in page
        assert shown in pdf


def test_every_cell_of_the_tables_is_on_the_page_and_in_the_pdf(as_user, chair, reported):
    client = as_user(chair)
    page, pdf = whole_comparison(client, PAGE), pdf_text(client.get(PAGE + "summary.pdf"))
    client.cookies["django_language"] = "vi"
    cells = {
        cell.text
        for table in build_tables(summarise(current=Period(2022, 1)))
        for line in table.lines
        for cell in line.cells
    }
    assert [text for text in cells if text not in page or re.sub(r"\s+", " ", text) not in pdf] == []


def test_every_unit_is_named_in_the_pdf_with_its_diacritics(as_user, chair, cluster):
    units = UnitFactory.create_batch(28)
    for unit in units:
        accepted_report(unit, "2022-H1", {THEFT: 3})
    text = pdf_text(as_user(chair).get(PAGE + "summary.pdf"))
    assert [unit.name for unit in units if unit.name not in text] == []
    assert "Trộm cắp tài sản" in text


def test_each_figure_leads_to_rows_that_add_up_to_it(reported):
    accepted_report(UnitFactory(), "2022-H1", {THEFT: 99})
    summary = summarise(current=Period(2022, 1))
    links = {cell.href: cell.value for cell in cells_of(summary) if cell.href}
    assert {href: behind(href).total for href in links} == links


def test_the_list_of_figures_shows_their_sum(as_user, chair, reported):
    page = as_user(chair).get(PAGE + "figures/?measure=cases").content.decode()
    assert page.count("Xem báo cáo<") == 4
    assert ">1.234<" in page


def test_the_rows_behind_a_figure_lead_to_their_reports(as_user, chair, reported, unit):
    page = as_user(chair).get(PAGE + "figures/?measure=solved").content.decode()
    assert f'href="{reverse("reports:submission-detail", args=["2022-H1", unit.pk])}"' in page


@pytest.mark.parametrize("query", ["measure=names", "side=both", "unit=x", "baseline=2021"])
def test_a_tampered_query_is_not_found(as_user, chair, reported, query):
    assert as_user(chair).get(f"{PAGE}figures/?{query}").status_code == 404


def test_a_year_can_not_be_the_base_of_a_half_year(as_user, chair, reported):
    assert as_user(chair).get(f"{PAGE}?baseline=2021").status_code == 404


def test_the_index_leads_to_the_newest_half_year(as_user, chair, reported):
    response = as_user(chair).get("/summaries/")
    assert response.url == PAGE


def test_the_index_leads_to_the_period_asked_for(as_user, chair, unit, reported):
    accepted_report(unit, "2021-H2", {THEFT: 1})
    response = as_user(chair).get("/summaries/?period=2021&like_for_like=1")
    assert response.url == "/summaries/2021/"


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("period=2022-H1&baseline=2021-H1", "/summaries/2022-H1/?baseline=2021-H1"),
        ("period=2022-H1&baseline=", PAGE),
        ("period=2022-H1&baseline=2022-H1", PAGE),
        ("period=2022-H1&baseline=1999", PAGE),
        ("period=nonsense", PAGE),
    ],
)
def test_the_index_passes_on_a_baseline_that_fits(as_user, chair, reported, query, address):
    assert as_user(chair).get(f"/summaries/?{query}").url == address


def test_another_half_year_can_be_compared_with(as_user, chair, unit, reported):
    accepted_report(unit, "2021-H2", {THEFT: 617, TRAFFIC: 0})
    page = as_user(chair).get(PAGE + "?baseline=2021-H2").content.decode()
    assert "tăng 613 vụ (99,35%) so với 6 tháng cuối năm 2021" in page


def test_a_year_is_offered_once_both_halves_are_there(as_user, chair, unit, reported):
    accepted_report(unit, "2021-H2", {THEFT: 1})
    offered = [str(period) for period in as_user(chair).get(PAGE).context["periods"]]
    assert offered == ["2022-H1", "2021", "2021-H2", "2021-H1"]


def test_without_any_report_the_index_says_what_to_do(as_user, chair, cluster):
    response = as_user(chair).get("/summaries/")
    assert reverse("reports:round-list") in response.content.decode()


def test_a_period_without_figures_shows_no_noughts(as_user, chair, unit, cluster):
    the_round("2022-H1")
    response = as_user(chair).get(PAGE)
    assert not response.context["summary"].has_figures
    assert "summary.pdf" not in response.content.decode()


def test_missing_units_are_named(as_user, chair, reported):
    UnitFactory(name="Xã Chưa Gửi")
    assert "01 đơn vị chưa có báo cáo kỳ này: Xã Chưa Gửi." in as_user(chair).get(PAGE).content.decode()


def test_a_name_with_markup_stays_text(as_user, chair, cluster):
    accepted_report(UnitFactory(name="<b>Xã</b> & <script>"), "2022-H1", {THEFT: 1})
    accepted_report(UnitFactory(), "2022-H1", {THEFT: 1})  # the table of one unit isn't printed
    client = as_user(chair)
    assert "&lt;b&gt;Xã&lt;/b&gt; &amp; &lt;script&gt;" in client.get(PAGE).content.decode()
    assert "<b>Xã</b> & <script>" in pdf_text(client.get(PAGE + "summary.pdf"))


def test_a_full_year_has_a_page_of_its_own(as_user, chair, unit, cluster):
    for period in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
        accepted_report(unit, period, {THEFT: 2})
    assert (
        "Năm 2022, trên địa bàn cụm ghi nhận 04 vụ việc, bằng năm 2021."
        in as_user(chair).get("/summaries/2022/").content.decode()
    )


@pytest.mark.parametrize("count", [1, 3, 28])
def test_the_page_asks_the_same_number_of_queries_for_any_number_of_units(
    as_user, chair, cluster, count, django_assert_num_queries
):
    for unit in UnitFactory.create_batch(count, joined_on=dt.date(2020, 1, 1)):
        accepted_report(unit, "2022-H1", {THEFT: 1})
    client = as_user(chair)
    with django_assert_num_queries(21):
        client.get(PAGE)


def test_the_pdf_is_vietnamese_whatever_the_language_of_the_page(as_user, chair, reported):
    client = as_user(chair)
    client.cookies["django_language"] = "en"
    assert "Cases by category" in client.get(PAGE).content.decode()
    text = pdf_text(client.get(PAGE + "summary.pdf"))
    assert "Loại vụ việc" in text
    assert "Category" not in text


def test_the_chart_tells_its_figures_in_words(as_user, chair, reported):
    page = as_user(chair).get(PAGE).content.decode()
    chart = page[page.index("<svg") :]
    assert 'role="img"' in chart
    assert "6 tháng đầu năm 2021: 1.335; 6 tháng cuối năm 2021: chưa có số liệu; 6 tháng đầu năm 2022: 1.234." in chart


def test_the_chart_has_an_alternative_text_in_the_pdf(as_user, chair, reported):
    document = pypdf.PdfReader(io.BytesIO(as_user(chair).get(PAGE + "summary.pdf").content))
    objects = [document.get_object(number) for number in range(1, document.trailer["/Size"])]
    figures = [item for item in objects if isinstance(item, dict) and item.get("/S") == "/Figure"]
    assert ["6 tháng đầu năm 2022: 1.234" in figure["/Alt"] for figure in figures] == [True]


def test_the_pdf_marks_heads_of_rows_and_columns(as_user, chair, reported):
    document = pypdf.PdfReader(io.BytesIO(as_user(chair).get(PAGE + "summary.pdf").content))
    objects = [document.get_object(number) for number in range(1, document.trailer["/Size"])]
    kinds = {item.get("/S") for item in objects if isinstance(item, dict)}
    assert {"/Table", "/THead", "/TH", "/TD", "/H1", "/H2", "/P", "/Figure"} <= kinds
