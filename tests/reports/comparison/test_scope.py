"""The comparison of one kind of unit, or of one unit: the same figures as their row of the whole, on every page."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from django.http import QueryDict
from django.urls import reverse

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.comparison.pair import Compared
from reports.comparison.scope import Scope, UnknownScope
from reports.comparison.summarise import summarise
from reports.comparison.values import Coverage, Figures
from reports.content import Measure
from reports.documents.fingerprint import fingerprint
from reports.documents.standing import check_standing
from reports.files import json_file as json_export
from reports.layout.rows_behind import Selection, list_figures
from reports.layout.summary_tables import build_tables
from reports.models import DocumentDraft
from tests.support.documents import issued_report
from tests.support.factories import IncidentFactory, UnitFactory
from tests.support.reporting import DRUGS, PATROLS, THEFT, TRAFFIC, accepted_report, pair, row

pytestmark = pytest.mark.django_db

H1 = Period(2022, 1)
PAGE = "/summaries/2022-H1/"


@pytest.fixture
def school(db):
    return UnitFactory(name="Trường Thử", short_name="Trường Thử", kind="school", order=3)


@pytest.fixture
def reported(cluster, unit, other_unit, school):
    """Two communes and a school; the second commune did not report a year before."""
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 9, "deaths": 1}, TRAFFIC: 3, DRUGS: 0}, {PATROLS: 4})
    accepted_report(unit, "2021-H1", {THEFT: 4, TRAFFIC: 0, DRUGS: 2}, {PATROLS: 6})
    accepted_report(other_unit, "2022-H1", {THEFT: 70})
    accepted_report(school, "2022-H1", {DRUGS: 500}, {PATROLS: 800})
    accepted_report(school, "2021-H1", {DRUGS: 300})
    accepted_report(school, "2020-H1", {DRUGS: 1000})


def of_kind(kind):
    return summarise(current=H1, scope=Scope(kind=kind))


def of_unit(unit, **kwargs):
    return summarise(current=H1, scope=Scope(unit=unit.pk), **kwargs)


@pytest.mark.parametrize("kind", ["commune", "school"])
def test_the_total_of_a_kind_is_its_row_of_the_whole(reported, kind):
    assert of_kind(kind).total.figures == row(summarise(current=H1).kinds, name=kind).figures


def test_the_total_of_a_unit_is_its_row_of_the_whole(reported, unit):
    assert of_unit(unit).total.figures == row(summarise(current=H1).units, id=unit.pk).figures


def test_the_kinds_add_up_to_every_row_of_the_whole(reported):
    whole = summarise(current=H1)
    parts = [of_kind("commune"), of_kind("school")]
    for name in ("groups", "categories"):
        for place, line in enumerate(getattr(whole, name)):
            counted = [getattr(part, name)[place].figures.cases.current for part in parts]
            assert sum(cases or 0 for cases in counted) == (line.figures.cases.current or 0)


def test_activities_and_units_are_those_of_the_kind(reported, school):
    found = of_kind("school")
    assert (row(found.indicators, code=PATROLS).figure.current, [line.id for line in found.units]) == (800, [school.pk])


def test_coverage_counts_the_units_of_the_kind_only(reported):
    assert of_kind("commune").coverage == Coverage(expected=2, current=2, baseline=1, both=1, expected_base=2)


def test_the_history_is_that_of_the_kind(reported):
    told = {str(point.period): (point.cases, point.units) for point in of_kind("commune").history}
    assert (told["2020-H1"], told["2021-H1"], told["2022-H1"]) == ((None, 0), (6, 1), (82, 2))


def test_the_register_counts_the_cases_of_the_unit_only(reported, unit, other_unit):
    IncidentFactory(unit=unit)
    IncidentFactory.create_batch(2, unit=other_unit)
    assert of_unit(unit).registered.cases == 1


def test_like_for_like_leaves_out_a_unit_of_the_kind_without_a_base(reported):
    found = summarise(current=H1, scope=Scope(kind="commune"))
    assert pair(found.total.figures) == (12, 6)


@pytest.fixture
def merged(cluster, unit, other_unit):
    """`other_unit` was taken over by `unit` in autumn 2021; each had reported before."""
    UnitSuccession.objects.create(predecessor=other_unit, successor=unit, on=dt.date(2021, 9, 1))
    other_unit.left_on = dt.date(2021, 9, 1)
    other_unit.save()
    accepted_report(unit, "2022-H1", {THEFT: 8})
    accepted_report(unit, "2021-H1", {THEFT: 3})
    accepted_report(other_unit, "2021-H1", {THEFT: 4})
    accepted_report(other_unit, "2020-H1", {THEFT: 2})


def test_a_unit_comes_with_those_it_took_over(merged, unit):
    found = of_unit(unit)
    assert pair(found.total.figures) == (8, 7)
    assert [point.cases for point in found.history] == [None, 2, None, 7, None, 8]


def test_a_unit_that_was_taken_over_is_looked_at_as_its_successor(merged, unit, other_unit):
    assert of_unit(other_unit) == of_unit(unit)


def test_a_unit_unknown_to_both_periods_has_no_figures(reported):
    late = UnitFactory(joined_on=dt.date(2023, 1, 1))
    assert not of_unit(late).has_figures


@pytest.mark.parametrize("query", ["kind=x", "unit=x", "unit=-1", "kind=school&unit=1"])
def test_a_scope_that_is_none_is_told(query):
    with pytest.raises(UnknownScope):
        Scope.parse(QueryDict(query))


@pytest.mark.parametrize("query", ["kind=village", "unit=99999999999999999999", "kind=school&unit=1"])
@pytest.mark.parametrize("address", [PAGE, f"{PAGE}summary.pdf", f"{PAGE}summary.json", f"{PAGE}figures/"])
def test_an_unknown_kind_or_unit_is_not_found(as_user, chair, reported, address, query):
    assert as_user(chair).get(f"{address}?{query}").status_code == 404


def test_each_figure_leads_to_rows_of_the_scope_that_add_up_to_it(reported, unit):
    for summary in (of_kind("commune"), of_unit(unit), of_kind("school")):
        cells = [cell for table in build_tables(summary) for line in table.lines for cell in line.cells if cell.href]
        found = {cell.href: list_figures(_selection(cell.href)).total for cell in cells}
        assert found == {cell.href: cell.value for cell in cells}


def _selection(href):
    path, _mark, query = href.partition("?")
    return Selection.parse(Period.parse(path.split("/")[2]), QueryDict(query).dict())


def test_the_rows_behind_a_figure_lead_back_to_the_same_comparison(as_user, chair, reported, unit):
    client = as_user(chair)
    page = client.get(f"{PAGE}figures/?unit={unit.pk}&row_unit={unit.pk}").content.decode()
    assert f'href="{PAGE}?unit={unit.pk}"' in page
    assert f'href="{PAGE}"' in client.get(f"{PAGE}figures/?row_unit={unit.pk}").content.decode()


def test_heading_and_headline_say_whose_figures_they_are(as_user, chair, reported):
    page = as_user(chair).get(f"{PAGE}?kind=school").content.decode().replace("\xa0", " ")
    assert "6 tháng đầu năm 2022 – nhà trường</h1>" in page
    assert "6 tháng đầu năm 2022, các đơn vị khối nhà trường ghi nhận 500 vụ việc" in page


def test_baselines_and_downloads_keep_the_scope(as_user, chair, reported, unit):
    page = as_user(chair).get(f"{PAGE}?unit={unit.pk}").content.decode()
    for address in (f"{PAGE}summary.pdf?unit={unit.pk}", "?baseline=2021-H2"):
        assert address in page
    assert f"?baseline=2021-H2&amp;unit={unit.pk}" in page


@pytest.mark.parametrize(("scope", "kept"), [("kind=school", "?kind=school"), ("", ""), ("unit=7", "?unit=7")])
def test_the_chooser_leads_to_the_address_of_the_scope(as_user, chair, reported, scope, kept):
    assert as_user(chair).get("/summaries/", {"period": "2022-H1", "scope": scope}).url == PAGE + kept


def test_the_chooser_offers_kinds_and_units_and_shows_the_chosen_one(as_user, chair, reported, school):
    page = as_user(chair).get(f"{PAGE}?unit={school.pk}").content.decode()
    assert f'<option value="unit={school.pk}" selected>Trường Thử</option>' in page
    assert '<option value="kind=armed_forces">lực lượng vũ trang</option>' in page


@pytest.mark.parametrize("suffix", ["pdf", "docx", "xlsx", "json"])
def test_the_names_of_files_tell_the_scope(as_user, chair, reported, school, suffix):
    response = as_user(chair).get(f"{PAGE}summary.{suffix}?unit={school.pk}")
    assert f'"so-sanh-2022-H1-voi-2021-H1-truong-thu.{suffix}"' in response["Content-Disposition"]


def test_the_json_file_tells_the_scope_and_that_of_the_whole_cluster_none(reported, school):
    assert json.loads(json_export.write(of_unit(school)))["scope"] == {
        "kind": None,
        "unit": school.pk,
        "name": "Trường Thử",
    }
    assert "scope" not in json.loads(json_export.write(summarise(current=H1)))


def test_a_restricted_comparison_is_not_offered_for_issue(as_user, secretariat, reported):
    client = as_user(secretariat)
    prepare = reverse("reports:draft-prepare", args=[H1])
    assert prepare in client.get(PAGE).content.decode()
    assert prepare not in client.get(f"{PAGE}?kind=school").content.decode()


def test_a_restricted_comparison_can_not_be_prepared_for_issue(as_user, secretariat, reported):
    response = as_user(secretariat).post(f"{reverse('reports:draft-prepare', args=[H1])}?kind=school")
    assert (response.status_code, DocumentDraft.objects.count()) == (404, 0)


def test_an_issued_document_is_not_measured_against_a_restricted_comparison(as_user, secretariat, reported):
    document = issued_report("2022-H1")
    assert not check_standing(document, shown=of_kind("school")).is_outdated
    assert document.notation not in as_user(secretariat).get(f"{PAGE}?kind=school").content.decode()


def test_the_same_figures_have_the_same_fingerprint_for_ever(cluster):
    """Issued documents keep theirs; those of version 1 are told by their figures (documents/test_standing.py)."""
    commune = UnitFactory(pk=901, name="Xã A", short_name="A", order=1)
    school = UnitFactory(pk=902, kind="school", name="Trường B", short_name="B", order=2)
    accepted_report(commune, "2022-H1", {THEFT: {"cases": 9, "deaths": 1}}, {PATROLS: 4})
    accepted_report(commune, "2021-H1", {THEFT: 4})
    accepted_report(school, "2022-H1", {DRUGS: 2})
    before = "figures-1:65e1bc11756be2f6cca6e026071505a5b44e8f0f10092af5720276218062568e"
    assert fingerprint(summarise(current=H1)) == before


@pytest.mark.parametrize(("is_asked", "is_told"), [(False, False), (True, True)])
def test_a_later_measure_is_told_where_it_is_asked(cluster, unit, monkeypatch, is_asked, is_told):
    """So that documents issued before there was the measure don't all look outdated."""
    accepted_report(unit, "2022-H1", {THEFT: 4})
    found = summarise(current=H1)

    def with_damage(**values):
        damage = Compared(asked=is_asked, asked_base=is_asked, **values)
        figures = Figures({**dict(found.total.figures), Measure.DAMAGE: damage})
        return replace(found, total=replace(found.total, figures=figures))

    monkeypatch.setattr("reports.documents.fingerprint.FIRST_MEASURES", {"cases"})
    fingerprints = {fingerprint(with_damage(current=None, base=None, expected=number)) for number in (1, 2)}
    assert len(fingerprints) == (2 if is_told else 1)


def test_a_scope_has_a_fingerprint_of_its_own(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    assert fingerprint(of_unit(unit)) != fingerprint(summarise(current=H1))
