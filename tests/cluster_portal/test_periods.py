import datetime as dt

import pytest

from cluster_portal.periods import CutOffRule, Period, next_working_day


@pytest.mark.parametrize("text", ["2022-H1", "2022-H2", "2022"])
def test_str_is_the_inverse_of_parse(text):
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", ["2022-H3", "22-H1", "2022-h1", "2022-H1 ", "0000", "1974-H2", "3000", ""])
def test_a_text_that_is_no_period_is_refused(text):
    with pytest.raises(ValueError, match=r"period"):
        Period.parse(text)


def test_halves_follow_each_other():
    assert (Period(2022, 1).previous, Period(2022, 1).next) == (Period(2021, 2), Period(2022, 2))
    assert (Period(2022, 2).previous, Period(2022, 2).next) == (Period(2022, 1), Period(2023, 1))
    assert (Period(2022).previous, Period(2022).next) == (Period(2021), Period(2023))


def test_the_first_and_the_last_period_have_neighbours():
    assert str(Period.parse("1975-H1").previous) == "1974-H2"
    assert str(Period.parse("2999").next) == "3000"


def test_a_year_is_both_its_halves():
    assert Period(2022).halves == (Period(2022, 1), Period(2022, 2))


@pytest.mark.parametrize(
    ("period", "rule", "first", "last"),
    [
        ("2022-H1", CutOffRule.CALENDAR, "2022-01-01", "2022-06-30"),
        ("2022-H2", CutOffRule.CALENDAR, "2022-07-01", "2022-12-31"),
        ("2022-H1", CutOffRule.STATE_REPORTING, "2021-12-15", "2022-06-14"),
        ("2022-H2", CutOffRule.STATE_REPORTING, "2022-06-15", "2022-12-14"),
        ("2022", CutOffRule.STATE_REPORTING, "2021-12-15", "2022-12-14"),
    ],
)
def test_the_cut_off_rule_gives_first_and_last_day(period, rule, first, last):
    half = Period.parse(period)
    assert (str(half.first_day(rule)), str(half.last_day(rule))) == (first, last)


@pytest.mark.parametrize("rule", CutOffRule)
def test_every_day_falls_into_exactly_one_half(rule):
    days = [dt.date(2021, 12, 1) + dt.timedelta(days=n) for n in range(400)]
    for day in days:
        half = Period.half_containing(day, rule)
        assert half.first_day(rule) <= day <= half.last_day(rule)


def test_the_working_day_after_a_friday_is_monday():
    assert next_working_day(dt.date(2022, 6, 17)) == dt.date(2022, 6, 20)
