"""The trend over the last half-years: what is added up, what stays a gap, and what is compared."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from members.models import Unit, UnitSuccession
from reports.comparison.scope import Scope
from reports.comparison.summarise import summarise
from reports.comparison.trend import trend
from reports.content import Measure
from reports.layout.trend_tables import build_trend_table, draw_trend_charts, trend_notes, trend_span
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, close_early

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)
PAGE = "/trend/"


def course(unit, **cases):
    """Accepted reports of the unit: `h1_2022=3` thefts, or what else is given."""
    for name, given in cases.items():
        half, year = name.split("_")
        accepted_report(unit, f"{year}-{half.upper()}", given if isinstance(given, dict) else {THEFT: given})


def group(found, code):
    return next(item for item in found.groups if item.code == code)


@pytest.fixture
def reported(cluster, unit, other_unit):
    course(unit, h2_2020=4, h1_2021={THEFT: 5, DRUGS: 1}, h2_2021=0, h1_2022={THEFT: {"cases": 8, "persons": 2}})
    course(other_unit, h1_2021={DRUGS: 9}, h1_2022={DRUGS: 3})


def test_it_shows_the_last_six_half_years_with_gaps_where_nobody_reported(reported):
    found = trend(until=H1)
    assert [str(step.period) for step in found.steps][::5] == ["2019-H2", "2022-H1"]
    assert found.total.values == (None, None, 4, 15, None, 11)


def test_groups_and_categories_add_up_by_themselves(reported):
    found = trend(until=H1, length=4)
    order = group(found, "trat-tu-xa-hoi")
    assert (order.row.values, dict(order.categories)[THEFT].values) == ((4, 5, None, 8), (4, 5, None, 8))
    assert group(found, "nhom-ma-tuy").row.values == (None, 10, None, 3)


def test_any_measure_can_be_chosen(reported):
    assert trend(until=H1, length=4, measure=Measure.PERSONS).total.values == (None, None, None, 2)


def test_it_is_told_how_many_units_stand_behind_a_half_year(reported):
    found = trend(until=H1, length=4)
    assert [(step.reported, step.expected) for step in found.steps] == [(1, 2), (2, 2), (1, 2), (1, 2)]
    assert not found.is_like_for_like
    assert "từ 1 đến 2 đơn vị" in trend_notes(found)[0]


def test_as_many_units_are_not_like_for_like_where_they_are_others(cluster, unit, other_unit):
    course(unit, h1_2021=2, h1_2022=4)
    course(other_unit, h2_2020=1, h2_2021=3)
    found = trend(until=H1, length=4)
    assert not found.is_like_for_like
    assert "(mỗi kỳ 1 đơn vị nhưng không phải cùng đơn vị)" in trend_notes(found)[0]


def test_nothing_is_noted_where_the_same_units_reported(cluster, unit):
    course(unit, h2_2020=1, h1_2021=2, h2_2021=3, h1_2022=4)
    assert len(trend_notes(trend(until=H1, length=4))) == 1


def test_the_last_half_year_is_compared_with_the_first_and_with_a_year_before(reported):
    total = trend(until=H1, length=4).total
    assert (total.over_the_span.current, total.over_the_span.base, total.over_the_span.units) == (8, 4, 1)
    assert (total.over_a_year.recorded_base, total.over_a_year.change) == (15, -6)


def test_a_change_from_a_gap_is_unknown(reported):
    assert trend(until=H1, length=6).total.over_the_span.change is None


def test_only_accepted_figures_count(reported, unit):
    report = unit.submissions.get(round__period="2022-H1")
    report.status, report.accepted_version, report.comment = "returned", None, "sai"
    report.save()
    assert trend(until=H1, length=4).total.values == (4, 15, None, 3)


def test_full_years_add_up_both_halves_and_one_that_is_only_begun_is_left_out(reported):
    found = trend(until=H1, length=4, by_year=True)
    assert [step.period for step in found.steps] == [Period(2020), Period(2021)]
    assert found.total.values == (None, 15)  # of 2020 nobody reported the first half


def test_a_year_of_which_nobody_reported_both_halves_is_compared_with_nothing(reported):
    found = trend(until=Period(2021, 2), length=4, by_year=True)
    assert (found.total.values, found.total.over_a_year.change) == ((None, 15), None)


@pytest.mark.parametrize("scope", [Scope(), Scope(kind="commune"), Scope(kind="school")])
@pytest.mark.parametrize("by_year", [False, True])
def test_each_value_is_that_of_the_comparison(reported, scope, by_year):
    accepted_report(UnitFactory(kind="school"), "2021-H2", {TRAFFIC: 7}, {PATROLS: 1})
    found = trend(until=Period(2022, 2), by_year=by_year, scope=scope)
    for place, step in enumerate(found.steps):
        summary = summarise(current=step.period, scope=scope)
        cases = [summary.total.figures.cases.recorded, *(item.figures.cases.recorded for item in summary.groups)]
        if summary.lacking:
            cases = [None] * len(cases)
        assert found.total.values[place] == cases[0]
        told = {item.code: item.row.values[place] for item in found.groups}
        assert told == dict(zip([item.code for item in summary.groups], cases[1:], strict=True))
        cases = summary.total.figures.cases
        assert (step.reported, step.expected) == (cases.reported, cases.expected)


@pytest.fixture
def merged(cluster, unit, other_unit):
    """`other_unit` went over to `unit` at the end of 2020."""
    course(unit, h2_2020=3, h1_2021=8, h2_2021=9, h1_2022=10)
    course(other_unit, h2_2020=4)
    UnitSuccession.objects.create(predecessor=other_unit, successor=unit, on=dt.date(2021, 1, 1))
    other_unit.left_on = dt.date(2021, 1, 1)
    other_unit.save()


def test_units_that_merged_count_as_one_throughout(merged):
    found = trend(until=H1, length=4)
    assert found.total.values == (7, 8, 9, 10)
    assert [(step.reported, step.expected) for step in found.steps] == [(1, 1)] * 4
    assert found.is_like_for_like


def test_a_unit_has_the_figures_of_those_it_took_over(merged, unit):
    assert trend(until=H1, length=4, scope=Scope(unit=unit.pk)).total.values == (7, 8, 9, 10)


def test_where_a_predecessor_owes_its_report_the_half_year_is_not_complete(merged, other_unit):
    report = other_unit.submissions.get()
    report.status, report.accepted_version, report.comment = "returned", None, "sai"
    report.save()
    assert trend(until=H1, length=4).steps[0].reported == 0


def test_a_unit_that_was_divided_is_shown_without_a_change(cluster, unit, other_unit):
    course(unit, h1_2021=8, h1_2022=10)
    UnitSuccession.objects.create(predecessor=unit, successor=other_unit, on=dt.date(2021, 9, 1), is_partial=True)
    total = trend(until=H1, length=4, scope=Scope(unit=unit.pk)).total
    assert (total.values, total.over_a_year.change) == ((None, 8, None, 10), None)


@pytest.mark.parametrize("count", [1, 3, 28])
@pytest.mark.parametrize("length", [4, 10])
def test_the_number_of_queries_depends_on_neither_units_nor_periods(count, length, django_assert_num_queries):
    for unit in UnitFactory.create_batch(count):
        course(unit, h2_2020=1, h1_2021=1, h2_2021=1, h1_2022=1)
    with django_assert_num_queries(8):
        trend(until=H1, length=length)


def cells(table, name):
    return [cell.text for cell in next(line for line in table.lines if line.cells[0].text == name).cells[1:]]


def test_the_table_shows_a_dash_for_what_nobody_reported_and_at_least_nought_where_one_lacks(reported):
    table = build_trend_table(trend(until=H1, length=4))
    assert cells(table, "Tổng cộng")[:4] == ["4", "15", "≥ 0", "≥ 11"]
    assert cells(table, "Ma túy")[:4] == ["–", "10", "–", "3"]
    assert cells(table, "Số đơn vị có đủ số liệu")[:4] == ["1/2", "2/2", "1/2", "1/2"]


def test_two_years_are_compared_once(unit):
    for half in ("2021-H1", "2021-H2", "2022-H1", "2022-H2"):
        accepted_report(unit, half, {THEFT: 4})
    table = build_trend_table(trend(until=Period(2022, 2), length=4, by_year=True))
    assert [column.group for column in table.columns if column.signed] == ["So với năm 2021"] * 2


def test_a_chart_draws_a_gap_where_nobody_reported(reported):
    chart = next(named.chart for named in draw_trend_charts(trend(until=H1, length=4)) if named.code == "nhom-ma-tuy")
    assert [(bar.is_gap, bar.value) for bar in chart.bars] == [(True, "–"), (False, "10"), (True, "–"), (False, "≥ 3")]
    assert "6T cuối 2020: chưa có số liệu; 6T đầu 2021: 10" in chart.description


def test_damage_is_drawn_in_millions(cluster, unit):
    course(unit, h1_2022={THEFT: {"cases": 1, "damage": 1_500_000}})
    found = draw_trend_charts(trend(until=H1, measure=Measure.DAMAGE))[0].chart
    assert (found.title, found.bars[-1].value) == ("Tổng cộng (triệu đồng)", "2")


def test_only_no_damage_is_drawn_as_a_nought(cluster, unit):
    course(unit, h2_2021={THEFT: {"cases": 0, "damage": 0}}, h1_2022={THEFT: {"cases": 1, "damage": 400_000}})
    bars = draw_trend_charts(trend(until=H1, measure=Measure.DAMAGE))[0].chart.bars
    assert [bar.value for bar in bars[-3:]] == ["–", "0", "<1"]


def test_each_figure_leads_to_rows_that_add_up_to_it(as_user, chair, reported):
    client = as_user(chair)
    for found in (trend(until=H1), trend(until=H1, by_year=True), trend(until=H1, scope=Scope(kind="commune"))):
        links = {cell.href: cell.value for line in build_trend_table(found).lines for cell in line.cells if cell.href}
        assert links
        assert {href: client.get(href).context["figures"].total for href in links} == links


def test_after_a_merger_a_single_units_figures_lead_nowhere(merged, unit):
    table = build_trend_table(trend(until=H1, scope=Scope(unit=unit.pk)))
    assert {cell.href for line in table.lines for cell in line.cells} == {""}


def test_the_workbook_holds_the_table_of_the_page_as_numbers(as_user, chair, reported):
    content = as_user(chair).get(f"{PAGE}trend.xlsx?until=2022-H1&length=4").content
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    rows = {line[0]: list(line[1:]) for line in workbook["Diễn biến"].iter_rows(min_row=5, values_only=True)}
    assert rows["Tổng cộng"][:4] == [4, 15, 0, 11]
    assert rows["Ma túy"][:4] == ["–", 10, "–", 3]


def test_the_name_of_the_workbook_tells_what_it_holds(as_user, chair, reported):
    response = as_user(chair).get(f"{PAGE}trend.xlsx?until=2022-H1&length=4&measure=deaths&kind=commune")
    assert '"dien-bien-deaths-2020-H2-den-2022-H1-xa-phuong.xlsx"' in response["Content-Disposition"]


def test_without_a_choice_it_goes_up_to_the_newest_half_year(as_user, chair, reported):
    assert as_user(chair).get(PAGE).context["trend"] == trend(until=H1)


def test_the_form_leads_to_an_address_to_pass_on(as_user, chair, reported):
    chosen = {"scope": "kind=commune", "until": "2021-H2", "length": "8", "by": "year", "measure": "deaths"}
    response = as_user(chair).get(PAGE, chosen)
    assert response.url == f"{PAGE}?until=2021-H2&length=8&by=year&measure=deaths&kind=commune"
    assert as_user(chair).get(response.url).context["trend"].choices == {
        "until": "2021-H2",
        "length": "8",
        "by": "year",
        "measure": "deaths",
        "kind": "commune",
    }


@pytest.mark.parametrize(
    "query", ["until=2022", "until=x", "length=5", "length=x", "measure=names", "kind=x", "unit=9999", "scope=kind=x"]
)
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}trend.xlsx"])
def test_what_can_not_be_is_not_found(as_user, chair, reported, address, query):
    assert as_user(chair).get(f"{address}?{query}").status_code == 404


def test_without_any_report_the_page_says_what_to_do(as_user, chair, cluster):
    client = as_user(chair)
    assert reverse("reports:round-list") in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}trend.xlsx").status_code == 404


def test_where_nobody_reported_the_figure_there_are_no_noughts(as_user, chair, reported):
    page = as_user(chair).get(f"{PAGE}?measure=injuries").content.decode()
    assert "Không có số liệu" in page
    assert "<table" not in page


def test_a_liaison_sees_no_trend(as_user, liaison, reported):
    client = as_user(liaison)
    assert [client.get(address).status_code for address in (PAGE, f"{PAGE}trend.xlsx")] == [403, 403]


@pytest.mark.parametrize("address", ["/rounds/", "/", "/summaries/2022-H1/"])
def test_the_trend_is_one_click_away(as_user, chair, reported, address):
    assert f'href="{PAGE}' in as_user(chair).get(address).content.decode()


def test_the_comparison_of_a_kind_leads_to_its_trend(as_user, chair, reported):
    page = as_user(chair).get("/summaries/2022-H1/?kind=commune").content.decode()
    assert f'href="{PAGE}?until=2022-H1&amp;kind=commune"' in page


def collected(cluster, units, reported):
    """Three units of last year, and the first of `reported` of this one."""
    for unit in units:
        accepted_report(unit, "2021-H1", {THEFT: 6})
    for unit in units[:reported]:
        accepted_report(unit, "2022-H1", {THEFT: 4})


@pytest.mark.parametrize("by", ["", "&by=year"])
def test_what_is_being_collected_is_not_compared(as_user, chair, cluster, by):
    """1 of 3 accepted, and a fall was told beside it."""
    units = UnitFactory.create_batch(3)
    collected(cluster, units, 1)
    for unit in units:
        for half in ("2020-H1", "2020-H2", "2021-H2"):
            accepted_report(unit, half, {THEFT: 6})
    accepted_report(units[0], "2022-H2", {THEFT: 4})
    query = f"?until=2022-H2{by}" if by else "?until=2022-H1"
    found = as_user(chair).get(f"{PAGE}{query}").context
    assert [column for column in found["table"].columns if "So với" in column.label] == []
    assert any("Đang thu thập số liệu" in note for note in found["notes"])
    assert found["table"].lines[0].cells[-1].text == "1/3"


def test_the_workbook_of_what_is_being_collected_compares_nothing_either(as_user, chair, cluster):
    collected(cluster, UnitFactory.create_batch(3), 1)
    content = as_user(chair).get(f"{PAGE}trend.xlsx?until=2022-H1").content
    texts = [
        str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(content)) for line in sheet for cell in line
    ]
    assert [text for text in texts if "So với" in text or "Tăng, giảm" in text] == []
    assert any("Đang thu thập số liệu" in text for text in texts)


def test_what_was_closed_with_a_reason_is_compared(as_user, chair, cluster):
    collected(cluster, UnitFactory.create_batch(3), 1)
    close_early()
    labels = [column.label for column in as_user(chair).get(f"{PAGE}?until=2022-H1").context["table"].columns]
    assert any("So với" in label for label in labels)


def test_a_first_half_year_shows_no_columns_of_dashes(cluster, unit, other_unit):
    """There is nothing to compare with: that stands once in the row of units, not in each line."""
    for each in (unit, other_unit):
        accepted_report(each, "2022-H1", {THEFT: 4, DRUGS: 1})
    table = build_trend_table(trend(until=H1))
    assert not [column for column in table.columns if column.group.startswith("So với")]
    assert {len(line.cells) for line in table.lines} == {7}


def test_columns_of_a_base_stand_where_anything_is_compared_with_it(reported):
    """The first of six half-years has no figures, the year before has."""
    groups = [column.group for column in build_trend_table(trend(until=H1, length=6)).columns]
    told = dict.fromkeys(group.split(",")[0] for group in groups if group.startswith("So với"))
    assert list(told) == ["So với 6 tháng đầu năm 2021"]


def test_a_trend_begins_with_the_cluster(cluster, unit):
    """Before anybody was a member there is nothing to tell of, not even that it isn't reported."""
    Unit.objects.update(joined_on=dt.date(2021, 7, 1))
    accepted_report(unit, "2022-H1", {THEFT: 4})
    shown = trend(until=H1)
    assert [str(step.period) for step in shown.steps] == ["2021-H2", "2022-H1"]


def test_one_period_is_named_once(cluster, unit):
    Unit.objects.update(joined_on=dt.date(2022, 1, 1))
    accepted_report(unit, "2022-H1", {THEFT: 4})
    assert trend_span(trend(until=H1)) == "6 tháng đầu năm 2022"


@pytest.mark.parametrize(("by_year", "halves"), [(False, ["2022-H1"]), (True, ["2022-H1", "2022-H2"])])
def test_a_first_period_is_not_compared_with_itself(cluster, unit, by_year, halves):
    """“+0, 0,00% against the 1st half of 2022” beside the 1st half of 2022 tells of a year there never was."""
    Unit.objects.update(joined_on=dt.date(2022, 1, 1))
    for half in halves:
        accepted_report(unit, half, {THEFT: 4})
    table = build_trend_table(trend(until=Period.parse(halves[-1]), by_year=by_year))
    assert [cell.value for cell in table.lines[1].cells[1:]] == [4 * len(halves)]
