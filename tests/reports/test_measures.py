"""The table of measures, and every table that is keyed by a measure: none may forget one."""

import re
from pathlib import Path

import pytest

from cluster_portal.periods import Period
from incidents.measures import FACTS, MEASURES, PARTS_OF_CASES, Measure
from incidents.models.register import REGISTERED
from reports.comparison.pair import Compared
from reports.comparison.values import ComparedRow, Figures
from reports.files import json_file
from reports.layout.tiles import TILE_MEASURES
from reports.models import Figure
from reports.submissions.catalogue import Catalogue
from reports.submissions.figure_import import FIGURES
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.register import Register
from tests.support.factories import IncidentFactory

CODES = {measure.value for measure in MEASURES}


def test_every_measure_is_in_the_table_of_facts():
    assert set(FACTS) == set(Measure)


def test_labels_titles_and_aliases_name_one_measure_each():
    named = [name for measure in MEASURES for name in {measure.label.casefold(), *measure.facts.aliases}]
    assert len(named) == len(set(named))
    assert len({measure.title for measure in MEASURES}) == len(MEASURES)


def test_rows_of_figures_the_register_and_the_import_have_every_measure():
    assert set(REGISTERED) == set(Measure)
    assert {field.name for field in Figure._meta.get_fields()} >= CODES
    assert {column.field for column in FIGURES.columns} >= CODES


def test_each_part_of_the_cases_has_its_constraint():
    named = {constraint.name for constraint in Figure._meta.constraints}
    assert {f"{measure.value}_cases_are_cases" for measure in PARTS_OF_CASES} <= named


def test_measures_are_counted_in_a_bare_noun_or_in_money():
    assert {measure.value: measure.counted_in for measure in MEASURES} == {
        "cases": "vụ",
        "serious": "vụ",
        "solved": "vụ",
        "persons": "đối tượng",
        "deaths": "người",
        "injuries": "người",
        "damage": "",
    }


def test_figures_are_made_by_name_and_whole():
    figures = Figures.by(lambda measure: Compared(current=MEASURES.index(measure), base=0))
    assert [figures[measure].current for measure in MEASURES] == list(range(len(MEASURES)))
    with pytest.raises(ValueError, match="a row has all measures"):
        Figures({Measure.CASES: Compared(current=1, base=1)})


def test_json_has_an_object_for_each_measure():
    figures = Figures.by(lambda measure: Compared(current=1, base=1))
    assert json_file._figures(ComparedRow(name="total", figures=figures), json_file.Told("cùng kỳ", {})).keys() >= CODES


def test_tiles_show_measures_of_the_table():
    assert set(TILE_MEASURES) <= set(MEASURES)


@pytest.mark.django_db
def test_the_register_counts_every_measure(unit):
    case = IncidentFactory(unit=unit)
    register = Register.of(unit, type("Round", (), {"starts_on": case.happened_on, "ends_on": case.happened_on}))
    assert {measure.value for values in register.values.values() for measure in values} == CODES


@pytest.mark.django_db
def test_the_form_of_some_category_asks_every_measure():
    form = SubmissionForm(catalogue=Catalogue.load(period=Period(2022, 1)), base=None)
    assert {name.rpartition("__")[2] for name in form.fields if name.startswith("category__")} >= CODES


def test_no_template_heads_a_measure_by_hand():
    heads = {measure.label for measure in MEASURES if measure is not Measure.CASES}
    written = {
        str(path): found
        for path in Path("templates").rglob("*.html")
        if (found := {head for head in heads if re.search(rf"<th[^>]*>{re.escape(head)}<", path.read_text())})
    }
    assert written == {}
