"""Figures far from last year's: both the unit and the secretariat are warned, and nothing is stopped."""

import pytest

from reports.content import MEASURES, Measure
from reports.models import Submission
from reports.submissions import leaps
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.factories import RoundFactory
from tests.support.reporting import accepted_report

THEFT = "Trộm cắp tài sản"
REMARK = "category__trom-cap-tai-san__remark"


@pytest.mark.parametrize(
    ("base", "current", "leaps_"),
    [
        (3, 6, False),
        (3, 7, True),
        (5, 0, True),
        (3, 0, False),
        (1, 3, False),
        (50, 4, True),
        (50, 5, False),
        (0, 9, False),
        (None, 9, False),
    ],
)
def test_more_than_the_double_or_all_but_nothing_is_a_leap(base, current, leaps_):
    assert bool(leaps.leaps_of_category({Measure.CASES: current}, {Measure.CASES: base})) is leaps_


@pytest.mark.parametrize(
    ("measure", "base", "current", "leaps_"),
    [
        (Measure.DAMAGE, 1_000_000, 9_000_000, False),
        (Measure.DAMAGE, 40_000_000, 900_000_000, True),
        (Measure.DAMAGE, 5, 0, False),
        (Measure.DEATHS, 2, 0, True),
        (Measure.PERSONS, 3, 7, False),
        (Measure.PERSONS, 9, 0, True),
    ],
)
def test_each_measure_has_its_own_threshold(measure, base, current, leaps_):
    assert bool(leaps.leaps_of_category({measure: current}, {measure: base})) is leaps_


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_leaps_from_its_own_threshold_on(measure):
    least = measure.facts.leaps_by
    assert leaps.leaps_of_category({measure: 0}, {measure: least})
    assert not leaps.leaps_of_category({measure: 0}, {measure: least - 1})


def test_a_measure_not_asked_last_year_leaps_nowhere():
    assert leaps.leaps_of_category({Measure.DEATHS: 9}, {Measure.CASES: 1}) == []


def test_the_warning_names_each_figure():
    found = leaps.leaps_of_category({Measure.CASES: 9, Measure.DEATHS: 3}, {Measure.CASES: 4, Measure.DEATHS: 1})
    assert found == ["Số vụ: 4 → 9", "Số người chết: 1 → 3"]
    assert "(Số vụ: 4 → 9; Số người chết: 1 → 3)" in leaps.warning(found)


@pytest.mark.parametrize(("current", "found"), [(20, ["1.489 → 20"]), (1300, []), (None, [])])
def test_participants_that_all_but_vanish_are_a_leap(current, found):
    assert leaps.leaps_of_indicator(current, 1489) == found


@pytest.fixture
def opened(cluster, unit):
    """A round, and a year before it nine thefts of the unit."""
    opened = RoundFactory()
    accepted_report(unit, str(opened.period.same_period_last_year), {"trom-cap-tai-san": 9})
    return opened


def warnings_in(form):
    return [row.name for row in form.rows if row.warning]


def test_a_report_with_an_unexplained_leap_is_sent_all_the_same(as_user, liaison, opened, unit):
    response = as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "40"}))
    assert response.url == url("detail", opened, unit)
    assert Submission.objects.get(round=opened).status == "submitted"


def test_the_unit_is_warned_while_it_fills_the_report_in(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "40"})
    response = client.get(url("edit", opened, unit))
    assert warnings_in(response.context["form"]) == [THEFT]
    assert "9 → 40" in response.text


def test_a_remark_answers_the_warning(as_user, liaison, opened, unit):
    client = as_user(liaison)
    client.post(url("save", opened, unit), {"revision": "0", CASES: "40", REMARK: "Chuyên đề truy quét."})
    assert warnings_in(client.get(url("edit", opened, unit)).context["form"]) == []


def test_the_warning_follows_what_is_typed(as_user, liaison, opened, unit):
    client = as_user(liaison)
    page = client.post(url("save", opened, unit), {"revision": "0", CASES: "40"}, headers={"HX-Request": "true"})
    assert f'id="id_{REMARK}_warning" hx-swap-oob="true">Chênh lệch lớn' in page.text


@pytest.mark.parametrize(
    ("remark", "told"), [("", "chưa giải thích"), ("Chuyên đề truy quét.", "Chuyên đề truy quét.")]
)
@pytest.mark.parametrize("person", ["liaison", "secretariat"])
def test_unit_and_reviewer_read_of_the_leap_and_its_reason(
    request, as_user, liaison, opened, unit, person, remark, told
):
    as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "40", REMARK: remark}))
    response = as_user(request.getfixturevalue(person)).get(url("detail", opened, unit))
    assert [row.name for row in response.context["report"].leaping] == [THEFT]
    leaps_told = response.text.split('id="leaps"')[1].split("</section>")[0]
    assert "9 → 40" in leaps_told
    assert told in leaps_told
