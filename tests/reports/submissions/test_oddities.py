"""Figures outside the unit's own range, and sums that don't fit: warned of, explained, never in the way."""

import pytest

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.content import CategoryFigures, IndicatorFigure, Measure, SubmissionContent
from reports.models import Submission
from reports.submissions import oddities
from reports.submissions.oddities import OwnRange
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.factories import RoundFactory
from tests.support.reporting import PATROLS, THEFT, accepted_report

SAID = "section__violations"


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def history(unit):
    """Five half-years of the unit with 10 to 14 thefts and 20 patrols; the same half a year before isn't one."""
    for more, period in enumerate(("2018-H2", "2019-H1", "2019-H2", "2020-H1", "2020-H2")):
        accepted_report(unit, period, {THEFT: 10 + more}, {PATROLS: 20})


@pytest.mark.parametrize(
    ("value", "is_outside"), [(14, False), (20, False), (22, True), (10, False), (6, False), (4, True), (None, False)]
)
def test_only_what_lies_far_outside_the_earlier_half_years_is_odd(unit, history, value, is_outside):
    own = OwnRange.of(unit.pk, Period(2022, 1))
    found = oddities.of_category(THEFT, {Measure.CASES: value}, own)
    assert found == ([f"Số vụ: {value}, các kỳ trước 10–14"] if is_outside else [])


def test_three_half_years_are_no_range(unit):
    for period in ("2020-H2", "2021-H1", "2021-H2"):
        accepted_report(unit, period, {THEFT: 10})
    assert oddities.of_category(THEFT, {Measure.CASES: 90}, OwnRange.of(unit.pk, Period(2022, 1))) == []


def test_neither_another_units_figures_nor_later_ones_make_a_range(unit, other_unit):
    for period in ("2019-H2", "2020-H1", "2020-H2", "2021-H1"):
        accepted_report(other_unit, period, {THEFT: 10})
    for period in ("2022-H1", "2022-H2", "2023-H1", "2023-H2"):
        accepted_report(unit, period, {THEFT: 10})
    assert OwnRange.of(unit.pk, Period(2022, 1)) == OwnRange()


@pytest.mark.parametrize(
    ("on", "is_new"), [("2018-06-01", False), ("2020-01-10", True), ("2021-03-01", True), ("2022-09-01", False)]
)
def test_what_a_unit_reported_before_its_area_changed_is_no_range(unit, other_unit, opened, history, on, is_new):
    """Of two half-years left, or none, as of a unit that is new; what changes later changes nothing yet."""
    UnitSuccession.objects.create(predecessor=unit, successor=other_unit, on=on, is_partial=True)
    own = OwnRange.of(unit.pk, opened.period)
    assert (oddities.of_category(THEFT, {Measure.CASES: 90}, own) == []) is is_new


@pytest.mark.parametrize(("people", "events", "odd"), [(4, 5, ["4 lượt người ở 5 buổi"]), (5, 5, []), (None, 5, [])])
def test_no_event_has_fewer_than_one_person(people, events, odd):
    indicators = {"luot-nguoi-tuan-tra": IndicatorFigure(people), PATROLS: IndicatorFigure(events)}
    assert oddities.of_indicator("luot-nguoi-tuan-tra", indicators, OwnRange()) == odd


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Tổng số 1.203 vụ.", False),
        ("Tổng số 1203 vụ.", False),
        ("Trong kỳ, tổng cộng xảy ra 12 vụ.", True),
        ("Tổng số vụ là 5; 12 vụ đã làm rõ.", False),
        ("Xảy ra 12 vụ trộm cắp.", False),
        (f"Tổng số {'9' * 5000} vụ.", False),
        (f"Tổng số 9{'.999' * 4000} vụ.", False),
    ],
)
def test_a_total_in_the_text_is_held_against_the_table(text, is_told):
    categories = {code: CategoryFigures({Measure.CASES: cases}) for code, cases in (("a", 3), ("b", 1200))}
    assert bool(oddities.total_contradicted(text, SubmissionContent(categories=categories))) is is_told


def test_a_table_with_blanks_has_no_total():
    categories = {"a": CategoryFigures({Measure.CASES: 3}), "b": CategoryFigures({Measure.CASES: None})}
    assert oddities.total_contradicted("Tổng số 9 vụ.", SubmissionContent(categories=categories)) == ""


def test_both_are_warned_of_before_sending_explained_and_read_by_the_reviewer(
    as_user, liaison, secretariat, opened, unit, history
):
    client = as_user(liaison)
    client.post(url("save", opened, unit), whole_report(**{CASES: "60", SAID: "Tổng số 59 vụ."}))
    page = client.get(url("check", opened, unit))
    assert [warning.about.name for warning in page.context["warnings"]] == [SAID, CASES]
    sent = {"revision": "1", "partial": "1", "declared": "on", "explain__violations": "Một vụ chuyển kỳ sau."}
    client.post(url("submit", opened, unit), sent)
    assert Submission.objects.get(round=opened).status == "submitted"
    report = as_user(secretariat).get(url("detail", opened, unit))
    assert report.context["report"].unexplained == 1
    told = report.text.split('id="odd-sections"')[1].split("</section>")[0]
    assert "Nội dung ghi 59 vụ, bảng số liệu cộng được 60 vụ" in told
    assert "Một vụ chuyển kỳ sau." in told
    assert "60, các kỳ trước 10–14" in report.text.split('id="leaps"')[1].split("</section>")[0]
