"""What keeps a half-year report from being submitted."""

from dataclasses import replace

import pytest

from reports.content import MEASURES, SECTIONS, CategoryFigures, IndicatorFigure, Measure, SubmissionContent
from reports.submissions import rules

NARRATIVE = dict.fromkeys(SECTIONS, "Có nội dung.")


def content(**figures):
    """`figures` are those the category asks, beside the cases."""
    asked = {"cases": None, **figures}
    values = {measure: asked[measure.value] for measure in MEASURES if measure.value in asked}
    return SubmissionContent(
        narrative=NARRATIVE,
        categories={"trom-cap": CategoryFigures(values)},
    )


def places(found):
    return [(problem.place.code, problem.place.detail) for problem in rules.problems(found)]


def test_a_whole_report_has_no_problems():
    assert places(content(cases=3, serious=1, solved=3, persons=4)) == []


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
    assert {problem.place.code for problem in rules.problems(empty)} == required


@pytest.mark.parametrize(("received", "settled", "asks"), [(3, 4, True), (3, 3, False), (None, 4, False)])
def test_no_more_tip_offs_are_settled_than_were_received(received, settled, asks):
    tip_offs = {"tin-bao-tiep-nhan": IndicatorFigure(received), "tin-bao-da-giai-quyet": IndicatorFigure(settled)}
    found = rules.problems(SubmissionContent(narrative=NARRATIVE, indicators=tip_offs))
    assert [problem.place.code for problem in found] == (["tin-bao-da-giai-quyet"] if asks else [])


def test_no_case_means_none_of_it_happened():
    values = dict.fromkeys(MEASURES) | {Measure.CASES: 0}
    implied = rules.with_implied_noughts(CategoryFigures(values))
    assert implied.values == dict.fromkeys(MEASURES, 0)


def test_cases_that_are_not_reported_imply_nothing():
    figures = CategoryFigures(dict.fromkeys(MEASURES))
    assert rules.with_implied_noughts(figures) == figures


def test_a_blank_of_a_row_with_cases_is_asked_for_unless_the_unit_says_that_it_lacks_it():
    blank = content(cases=5, persons=None)
    assert places(blank) == [("trom-cap", "persons")]
    row = replace(blank.categories["trom-cap"], lacks_figures=True)
    assert places(replace(blank, categories={"trom-cap": row})) == []


def test_nothing_but_the_cases_is_asked_where_none_happened():
    row = content(cases=0, persons=None).categories["trom-cap"]
    assert rules.with_implied_noughts(row).values[Measure.PERSONS] == 0
