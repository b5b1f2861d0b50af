"""The register counted, and what is unusual in it."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.charts import Point, columns, rows
from cluster_portal.periods import CutOffRule, Period
from incidents.insight import newest_day
from incidents.models import Incident
from incidents.unusual import chance_of, hints
from tests.support.factories import IncidentFactory, category

PAGE = reverse("incidents:incident-insight")
HALF = Period(2022, 1)


def shown(response, view):
    """Label → cases of the table behind a chart, without its empty lines."""
    (found,) = [each for each in response.context["breakdowns"] if each.id == view]
    return {line.label: line.cases for line in found.lines if line.cases}


def happened(unit, *days, **fields):
    for day in days:
        IncidentFactory(unit=unit, happened_on=dt.date.fromisoformat(day), **fields)


@pytest.mark.parametrize(
    ("view", "figures"),
    [
        ("month", {"01/2022": 2, "03/2022": 1}),
        ("weekday", {"Thứ 2": 2, "Chủ nhật": 1}),
        ("hour", {"22h": 1}),
        ("category", {"Trộm cắp tài sản": 2, "Cháy, nổ": 1}),
        ("unit", {"Thử Một": 2, "Thử Hai": 1}),
    ],
)
def test_cases_are_counted_each_way(as_user, secretariat, unit, other_unit, view, figures):
    happened(unit, "2022-01-03", "2022-01-10")
    happened(other_unit, "2022-03-06", category=category("chay-no"), happened_at=dt.time(22, 40))
    happened(unit, "2021-12-31")
    assert shown(as_user(secretariat).get(PAGE, {"period": "2022-H1"}), view) == figures


def test_a_line_of_a_table_leads_to_its_cases(as_user, secretariat, unit):
    happened(unit, "2022-01-03", "2022-01-31", "2022-02-01")
    views = as_user(secretariat).get(PAGE, {"period": "2022-H1", "unit": unit.pk}).context["breakdowns"]
    url = next(line.url for line in views[0].lines if line.label == "01/2022")
    assert as_user(secretariat).get(url).context["page"].paginator.count == 2


def test_a_liaison_sees_figures_and_hints_of_their_own_unit_only(as_user, liaison, unit, other_unit):
    happened(unit, "2022-01-03")
    happened(other_unit, "2022-01-03", *["2021-01-01", "2021-08-01"], *["2022-01-04"] * 12)
    response = as_user(liaison).get(PAGE, {"period": "2022-H1"})
    assert (response.context["cases"], response.context["hints"]) == (1, [])
    assert other_unit.short_name not in response.text


@pytest.mark.parametrize("cases", [1, 30])
def test_the_page_takes_a_fixed_number_of_queries(
    as_user, secretariat, cluster, unit, django_assert_num_queries, cases
):
    happened(unit, *["2022-01-03"] * cases)
    client = as_user(secretariat)
    with django_assert_num_queries(17):
        client.get(PAGE, {"period": "2022-H1"})


@pytest.mark.parametrize(
    ("recent", "past", "share", "chance"),
    [(1, 0, 0.5, 0.5), (3, 0, 0.5, 0.125), (2, 1, 0.5, 0.5), (0, 5, 0.2, 1.0), (4, 0, 1 / 7, (1 / 7) ** 4)],
)
def test_the_chance_is_exact(recent, past, share, chance):
    assert chance_of(recent, past, share=share) == pytest.approx(chance)


def unusual(today=dt.date(2022, 6, 30)):
    found = hints(Incident.objects.all(), half=HALF, rule=CutOffRule.CALENDAR, today=today)
    return [(hint.unit.short_name, hint.category.code, hint.cases, hint.past) for hint in found]


def test_a_sudden_rise_is_pointed_out(unit, other_unit):
    for year in (2019, 2020, 2021):
        happened(unit, f"{year}-03-01", f"{year}-09-01")
        happened(other_unit, f"{year}-03-01", f"{year}-09-01")
    happened(unit, *["2022-02-01"] * 9)
    happened(other_unit, *["2022-02-01"] * 3)
    assert unusual() == [("Thử Một", "trom-cap-tai-san", 9, 6)]


def test_a_half_year_in_progress_is_compared_by_its_days_so_far(unit):
    for year in (2019, 2020, 2021):
        happened(unit, f"{year}-03-01", f"{year}-09-01")
    happened(unit, *["2022-01-05"] * 4)
    assert unusual(today=dt.date(2022, 1, 10)) != []
    assert unusual(today=dt.date(2022, 6, 30)) == []


def test_without_two_half_years_of_past_nothing_is_pointed_out(unit):
    happened(unit, "2021-09-01", *["2022-02-01"] * 20)
    assert unusual() == []


def test_two_cases_are_never_pointed_out(unit):
    happened(unit, "2019-03-01", category=category("chay-no"))
    happened(unit, *["2022-02-01"] * 2)
    assert unusual() == []


@pytest.mark.parametrize("draw", [columns, rows])
def test_bars_are_as_long_as_their_figures(draw):
    small, large = draw("Vụ", [Point("a", 1), Point("b", 4)]).bars
    length = "height" if draw is columns else "width"
    assert getattr(large, length) == pytest.approx(4 * getattr(small, length), abs=0.2)


@pytest.mark.parametrize("draw", [columns, rows])
def test_a_chart_of_nothing_has_no_length(draw):
    assert [bar.value for bar in draw("Vụ", [Point("a", 0)]).bars] == ["0"]


def test_the_newest_month_stands_first(as_user, secretariat, unit):
    happened(unit, "2022-01-03")
    months = as_user(secretariat).get(PAGE, {"period": "2022-H1"}).context["breakdowns"][0].lines
    assert [months[0].label, months[-1].label] == ["06/2022", "01/2022"]


@pytest.mark.parametrize(("number", "has_picture"), [(20, False), (21, True)])
def test_a_handful_of_cases_gets_no_picture_of_its_weekdays(as_user, secretariat, unit, number, has_picture):
    happened(unit, *["2022-01-03"] * number)
    response = as_user(secretariat).get(PAGE, {"period": "2022-H1"})
    charts = {each.id: each.chart for each in response.context["breakdowns"]}
    assert (charts["weekday"] is not None, charts["hour"], charts["month"] is not None) == (has_picture, None, True)
    assert "Số vụ còn ít" in response.text
    assert shown(response, "weekday") == {"Thứ 2": number}


def test_twelve_months_without_cases_are_not_what_is_shown_first(as_user, secretariat, unit):
    """A register that was taken over opened with “no cases”."""
    happened(unit, "2020-03-05", "2021-03-03")
    response = as_user(secretariat).get(PAGE)
    assert (response.context["first_day"], response.context["last_day"]) == (dt.date(2020, 3, 4), dt.date(2021, 3, 3))
    assert response.context["cases"] == 2


def test_the_last_twelve_months_are_shown_where_they_have_cases(as_user, secretariat, unit):
    today = dt.date(2022, 7, 1)
    happened(unit, "2022-06-30")
    happened(unit, "2022-08-01")
    cases = Incident.objects.all()
    assert newest_day(cases, today=today) == today
    assert newest_day(cases.none(), today=today) == today
    assert newest_day(cases, today=dt.date(2024, 1, 1)) == dt.date(2022, 8, 1)


def test_short_names_beside_bars_fit_a_telephone():
    assert (rows("Giờ", [Point("0h", 3)], width=400, label_width=96).bars[0].x, rows("Giờ", []).width) == (96, 640)


def test_a_narrow_chart_has_its_numbers_behind_its_bars():
    """They stood where a wide chart has its names."""
    chart = rows("Tháng", [Point("01/2022", 3), Point("02/2022", 6)], width=400, label_width=96)
    assert (chart.width, [bar.x for bar in chart.bars], {bar.label_x for bar in chart.bars}) == (400, [96, 96], {88})
    assert all(bar.value_x == bar.x + bar.width + 8 for bar in chart.bars)
    assert max(bar.value_x for bar in chart.bars) < 400 - 30


def test_months_fit_a_telephone_and_long_names_have_room(as_user, secretariat, unit):
    happened(unit, "2022-01-03")
    response = as_user(secretariat).get(PAGE, {"period": "2022-H1"})
    charts = {each.id: each.chart for each in response.context["breakdowns"]}
    assert (charts["month"].width, charts["category"].width) == (400, 640)
