"""Lists of the reports' floor take the same queries for one row and for three."""

import pytest
from django.urls import reverse

from incidents.models import Alert, Category
from tests.support.documents import issued_report, prepared_draft
from tests.support.factories import NOW, IncidentFactory, UnitFactory
from tests.support.reporting import THEFT, accepted_report, close_early

HALVES = ("2021-H1", "2021-H2", "2022-H1")

rows = pytest.mark.parametrize("rows", [1, 3])


@rows
def test_the_archive(as_user, chair, cluster, unit, rows, django_assert_num_queries):
    for period in HALVES[:rows]:
        accepted_report(unit, period, {THEFT: 1})
        issued_report(period)
        prepared_draft(period, baseline="2020-H1")
    client = as_user(chair)
    with django_assert_num_queries(8):
        assert client.get(reverse("reports:document-list")).context["page"].paginator.count == rows


@rows
def test_all_reports_of_a_unit(as_user, chair, cluster, unit, rows, django_assert_num_queries):
    for period in HALVES[:rows]:
        accepted_report(unit, period, {THEFT: 1})
    client = as_user(chair)
    with django_assert_num_queries(6):
        client.get(reverse("reports:unit-reports", args=[unit.pk]))


@rows
def test_the_figures_behind_a_number(as_user, chair, cluster, rows, django_assert_num_queries):
    for unit in UnitFactory.create_batch(rows):
        accepted_report(unit, "2022-H1", {THEFT: 1})
    client = as_user(chair)
    with django_assert_num_queries(14):
        response = client.get(reverse("reports:figure-list", args=["2022-H1"]), {"measure": "cases"})
    assert len(response.context["figures"].rows) == rows


@rows
def test_the_catalogue(as_user, secretariat, cluster, rows, django_assert_num_queries):
    group = Category.objects.in_order()[0].group
    for number in range(rows):
        Category.objects.create(group=group, code=f"loai-{number}", name=f"Loại {number}")
    client = as_user(secretariat)
    with django_assert_num_queries(7):
        client.get(reverse("reports:catalogue"))


@rows
@pytest.mark.parametrize(("role", "queries"), [("secretariat", 24), ("chair", 30)])
def test_the_first_page(request, role, queries, rows, as_user, cluster, unit, django_assert_num_queries):
    person = request.getfixturevalue(role)
    for number, period in enumerate(HALVES[:rows]):
        accepted_report(UnitFactory(), period, {THEFT: 1})
        close_early(period)
        prepared_draft(period)
        case = IncidentFactory(unit=unit, severity=3 + number % 2)
        Alert.objects.create(incident=case, recipient=person, raised_at=NOW)
    client = as_user(person)
    with django_assert_num_queries(queries):
        client.get(reverse("reports:home"))
