"""What keeps a half-year report from being submitted."""

import pytest

from reports.content import MEASURES, SECTIONS, CategoryFigures, IndicatorFigure, Measure, SubmissionContent
from reports.submissions import rules

NARRATIVE = dict.fromkeys(SECTIONS, "Có nội dung.")


def content(remark="", indicator=None, **figures):
    values = {measure: figures.get(measure.value) for measure in MEASURES}
    return SubmissionContent(
        narrative=NARRATIVE,
        categories={"trom-cap": CategoryFigures(values, remark)},
        indicators={"tuan-tra": IndicatorFigure(indicator)},
    )


def places(found, base=None):
    return [(problem.place.code, problem.place.detail) for problem in rules.problems(found, base)]


def test_a_whole_report_has_no_problems():
    assert places(content(cases=3, serious=1, solved=3, persons=4), content(cases=2)) == []


@pytest.mark.parametrize("measure", ["serious", "solved"])
def test_a_part_of_the_cases_is_not_more_than_all(measure):
    assert places(content(cases=2, **{measure: 3})) == [("trom-cap", measure)]


def test_the_number_of_cases_must_be_told():
    assert places(content(persons=2)) == [("trom-cap", "cases")]


def test_a_figure_without_a_case_is_pointed_out():
    assert places(content(cases=0, deaths=1)) == [("trom-cap", "deaths")]


def test_required_sections_are_asked_for():
    empty = SubmissionContent(narrative={"leadership": "  "})
    required = {code for code, section in SECTIONS.items() if section.required}
    assert {problem.place.code for problem in rules.problems(empty, None)} == required


@pytest.mark.parametrize(
    ("base", "current", "asks"),
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
def test_a_leap_wants_a_remark(base, current, asks):
    found = places(content(cases=current), content(cases=base))
    assert found == ([("trom-cap", "remark")] if asks else [])


def test_a_remark_explains_the_leap():
    assert places(content(cases=9, remark="Chuyên đề truy quét."), content(cases=2)) == []


def test_a_leap_of_an_indicator_wants_a_remark():
    assert places(content(cases=1, indicator=0), content(cases=1, indicator=12)) == [("tuan-tra", "remark")]


def test_participants_that_all_but_vanish_want_a_remark_that_names_them():
    (problem,) = rules.problems(content(cases=1, indicator=20), content(cases=1, indicator=1489))
    assert "1.489 → 20" in problem.message


@pytest.mark.parametrize(
    ("measure", "base", "current", "asks"),
    [
        ("damage", 1_000_000, 9_000_000, False),
        ("damage", 40_000_000, 900_000_000, True),
        ("damage", 5, 0, False),
        ("deaths", 2, 0, True),
        ("persons", 3, 7, False),
        ("persons", 9, 0, True),
    ],
)
def test_each_measure_has_its_own_threshold(measure, base, current, asks):
    found = rules.problems(content(cases=9, **{measure: current}), content(cases=9, **{measure: base}))
    assert len(found) == asks


def test_a_leap_names_the_figure():
    (problem,) = rules.problems(content(cases=9, deaths=3), content(cases=9, deaths=1))
    assert "Số người chết: 1 → 3" in problem.message


def test_every_measure_has_a_threshold():
    assert set(rules.LEAPS) == set(MEASURES)


@pytest.mark.parametrize(("received", "settled", "asks"), [(3, 4, True), (3, 3, False), (None, 4, False)])
def test_no_more_tip_offs_are_settled_than_were_received(received, settled, asks):
    tip_offs = {"tin-bao-tiep-nhan": IndicatorFigure(received), "tin-bao-da-giai-quyet": IndicatorFigure(settled)}
    found = rules.problems(SubmissionContent(narrative=NARRATIVE, indicators=tip_offs), None)
    assert [problem.place.code for problem in found] == (["tin-bao-da-giai-quyet"] if asks else [])


def test_no_case_means_none_of_it_happened():
    values = dict.fromkeys(MEASURES) | {Measure.CASES: 0}
    implied = rules.with_implied_noughts(CategoryFigures(values))
    assert implied.values == dict.fromkeys(MEASURES, 0)


def test_cases_that_are_not_reported_imply_nothing():
    figures = CategoryFigures(dict.fromkeys(MEASURES))
    assert rules.with_implied_noughts(figures) == figures
