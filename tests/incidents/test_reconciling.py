"""The half-year figures fit the register: never less, and taken over at a click."""

import datetime as dt

import pytest
from django.urls import reverse

from incidents.measures import Measure
from incidents.models import Incident
from reports.models import Submission, SubmissionVersion
from tests.reports.submissions.test_form import CASES, SERIOUS, url, whole_report
from tests.support.factories import IncidentFactory, RoundFactory, category
from tests.support.reporting import accepted_report

THEFT, DRUGS = "trom-cap-tai-san", "ma-tuy"
ASSAULT = "co-y-gay-thuong-tich"  # asks deaths, as theft does not
PERSONS, ASSAULT_DEATHS = f"category__{THEFT}__persons", f"category__{ASSAULT}__deaths"


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def three_thefts(unit):
    return [
        IncidentFactory(unit=unit, happened_on=dt.date(2022, 1, 1), place="Thôn Đông", severity=2, deaths=1),
        IncidentFactory(unit=unit, happened_on=dt.date(2022, 6, 30), place="Thôn Tây", is_solved=True, persons=2),
        IncidentFactory(unit=unit, happened_on=dt.date(2022, 3, 1), place=""),
    ]


def test_the_register_counts_a_units_cases_of_the_period_by_category(unit, other_unit, three_thefts):
    IncidentFactory(unit=unit, happened_on=dt.date(2022, 7, 1))
    IncidentFactory(unit=other_unit).further_units.add(unit)
    IncidentFactory(unit=unit, category=category("chay-no"), damage=0)
    figures = Incident.objects.figures_by_category(unit, dt.date(2022, 1, 1), dt.date(2022, 6, 30))
    nothing_known = dict.fromkeys(Measure)
    assert figures == {
        THEFT: {
            **nothing_known,
            Measure.CASES: 3,
            Measure.SERIOUS: 1,
            Measure.SOLVED: 1,
            Measure.PERSONS: 2,
            Measure.DEATHS: 1,
        },
        "chay-no": {**nothing_known, Measure.CASES: 1, Measure.SERIOUS: 0, Measure.SOLVED: 0, Measure.DAMAGE: 0},
    }


def test_the_form_shows_how_many_registered_cases_fall_into_the_period(as_user, liaison, opened, unit, three_thefts):
    page = as_user(liaison).get(url("edit", opened, unit)).text
    link = reverse("incidents:incident-list") + "?first_day=2022-01-01&amp;last_day=2022-06-30"
    assert f'{link}&amp;unit={unit.pk}&amp;category={THEFT}"' in page
    assert "Sổ ghi 3 vụ" in page


def test_another_units_cases_are_not_counted_in(as_user, liaison, opened, unit, other_unit):
    IncidentFactory(unit=other_unit)
    assert not as_user(liaison).get(url("edit", opened, unit)).context["form"].notes


@pytest.mark.parametrize("chosen", [THEFT, ""], ids=["of a category", "of all"])
def test_one_click_takes_the_counts_over(as_user, liaison, opened, unit, three_thefts, chosen):
    typed = {"revision": "0", PERSONS: "7", "section__leadership": "Đã gõ", "category": chosen}
    as_user(liaison).post(url("take-over", opened, unit), typed)
    typed = Submission.objects.get().typed
    assert (typed[CASES], typed[SERIOUS], typed[PERSONS]) == ("3", "1", "7")
    assert typed["section__leadership"] == "Đã gõ"


def test_a_figure_below_the_register_is_an_error_that_names_the_cases(as_user, liaison, opened, unit, three_thefts):
    response = as_user(liaison).post(
        url("submit", opened, unit), whole_report(**{CASES: "2", SERIOUS: "1", PERSONS: "2"})
    )
    errors = response.context["form"].errors
    assert "01/01/2022 Thôn Đông; 01/03/2022; 30/06/2022 Thôn Tây" in str(errors[CASES])
    assert not SubmissionVersion.objects.exists()


def test_of_many_cases_the_first_five_are_named(as_user, liaison, opened, unit):
    IncidentFactory.create_batch(7, unit=unit)
    response = as_user(liaison).post(url("submit", opened, unit), whole_report())
    message = response.context["form"].errors[CASES][0]
    assert (message.count("05/03/2022"), "2 vụ khác" in message) == (5, True)


def test_a_death_the_register_knows_of_must_be_stated(as_user, liaison, opened, unit):
    IncidentFactory(unit=unit, category=category(ASSAULT), deaths=1, place="Thôn Nam")
    report = whole_report(**{f"category__{ASSAULT}__cases": "1", ASSAULT_DEATHS: "0"})
    response = as_user(liaison).post(url("submit", opened, unit), report)
    assert "05/03/2022 Thôn Nam" in str(response.context["form"].errors[ASSAULT_DEATHS])


def test_a_figure_above_the_register_is_a_hint_and_no_error(as_user, liaison, opened, unit, three_thefts):
    figures = {
        CASES: "5",
        SERIOUS: "1",
        f"category__{THEFT}__solved": "1",
        f"category__{THEFT}__persons": "2",
    }
    as_user(liaison).post(url("save", opened, unit), whole_report(**figures))
    form = as_user(liaison).get(url("edit", opened, unit)).context["form"]
    assert [(note.surplus, note.can_take_over) for note in form.notes] == [(2, False)]
    as_user(liaison).post(url("submit", opened, unit), whole_report(**figures, revision="1"))
    assert SubmissionVersion.objects.exists()


def test_the_board_tells_reported_and_registered_cases(as_user, chair, opened, unit, other_unit, three_thefts):
    accepted_report(unit, "2022-H1", {THEFT: 5})
    response = as_user(chair).get(opened.get_absolute_url())
    board = response.context["board"]
    assert [(row.reported, row.registered) for row in board.rows] == [(5, 3), (None, 0)]
    assert "báo cáo 5 vụ" in response.text


def test_the_summary_tells_reported_and_registered_cases(as_user, chair, opened, unit, other_unit, three_thefts):
    IncidentFactory(unit=other_unit)
    for each, period in [(unit, "2022-H1"), (unit, "2021-H1"), (other_unit, "2022-H1")]:
        accepted_report(each, period, {THEFT: 5})
    response = as_user(chair).get(reverse("reports:comparison-detail", args=["2022-H1"]))
    assert response.context["summary"].registered.cases == 4
    assert "; sổ vụ việc ghi 04 vụ." in response.text


@pytest.mark.parametrize(("stated", "told"), [(2, [(2, 3)]), (3, [])])
def test_a_submitted_report_tells_of_cases_recorded_since(
    as_user, secretariat, opened, unit, three_thefts, stated, told
):
    submission = accepted_report(unit, "2022-H1", {THEFT: stated})
    rows = as_user(secretariat).get(submission.get_absolute_url()).context["shortfalls"]
    assert [(row.stated, row.registered) for row in rows] == told


@pytest.mark.parametrize("narrowed", [{"category": THEFT}, {"group": "trat-tu-xa-hoi"}], ids=str)
def test_from_a_figure_one_goes_to_the_cases_behind_it(as_user, chair, opened, unit, three_thefts, narrowed):
    accepted_report(unit, "2022-H1", {THEFT: 5, DRUGS: 1})
    IncidentFactory(unit=unit, category=category(DRUGS))
    query = {"unit": unit.pk, **narrowed}
    figures = as_user(chair).get(reverse("reports:figure-list", args=["2022-H1"]), query).context["figures"]
    cases = as_user(chair).get(figures.cases_url).context["page"]
    assert {case.pk for case in cases} == {case.pk for case in three_thefts}


def test_another_units_report_takes_nothing_over(as_user, other_liaison, opened, unit, three_thefts):
    assert as_user(other_liaison).post(url("take-over", opened, unit)).status_code == 404
