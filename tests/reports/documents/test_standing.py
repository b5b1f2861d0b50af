"""Documents that were issued with version 1 of the summary, which knew nothing of what is asked."""

import pytest

from reports.documents.standing import check_standing
from reports.models import Figure
from tests.support.documents import issued_report
from tests.support.reporting import THEFT, TRAFFIC, accepted_report

pytestmark = pytest.mark.django_db


def told(current, base):
    return {"current": current, "base": base}


#: The part of such a file that holds figures: all that was reported, whether or not it is asked.
VERSION_1 = {
    "version": 1,
    "like_for_like": False,
    "total": {"cases": told(12, 6), "persons": told(0, 0), "deaths": told(1, 0), "damage": told(None, None)},
    "groups": [{"code": "trat-tu-xa-hoi", "cases": told(9, 4)}],
    "categories": [{"code": THEFT, "cases": told(9, 4)}, {"code": TRAFFIC, "cases": told(3, 2), "deaths": told(1, 0)}],
    "kinds": [{"code": "commune", "cases": told(12, 6)}],
}


@pytest.fixture
def document(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 9, "persons": 0}, TRAFFIC: {"cases": 3, "deaths": 1}})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 4, "persons": 0}, TRAFFIC: {"cases": 2, "deaths": 0}})
    found = issued_report("2022-H1")
    found.summary, found.fingerprint = VERSION_1, "0" * 64
    return found


def test_a_document_of_version_1_still_stands_while_its_figures_do(document):
    files = {file.name: (bytes(file.content), file.sha256) for file in document.files.all()}
    assert not check_standing(document).is_outdated
    assert {file.name: (bytes(file.content), file.sha256) for file in document.files.all()} == files


def test_a_document_of_version_1_is_outdated_once_a_figure_changed(document):
    Figure.objects.filter(cases=9).update(cases=8)
    assert check_standing(document).is_outdated


@pytest.mark.parametrize(("rows", "figures"), [("total", told(13, 6)), ("total", told(12, 5))])
def test_either_side_counts(document, rows, figures):
    document.summary = {**VERSION_1, rows: {**VERSION_1[rows], "cases": figures}}
    assert check_standing(document).is_outdated


def test_a_category_that_is_gone_makes_it_outdated(document):
    document.summary = {**VERSION_1, "categories": [{"code": "gone", "cases": told(1, 1)}]}
    assert check_standing(document).is_outdated
