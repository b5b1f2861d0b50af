"""The list of cases: who sees what, filters, words, order, pages."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.paging import LongListPaginator
from incidents.models import Incident
from tests.support.factories import IncidentFactory, category

LIST = reverse("incidents:incident-list")


def found(response):
    return {incident.pk for incident in response.context["page"]}


def test_a_liaison_sees_the_own_units_cases_and_those_that_name_it(as_user, liaison, unit, other_unit):
    own, other, shared = IncidentFactory(unit=unit), IncidentFactory(unit=other_unit), IncidentFactory(unit=other_unit)
    shared.further_units.add(unit)
    assert found(as_user(liaison).get(LIST)) == {own.pk, shared.pk} - {other.pk}


@pytest.mark.parametrize("role", ["secretariat", "chair"])
def test_secretariat_and_chair_see_all(request, as_user, unit, other_unit, role):
    cases = {IncidentFactory(unit=unit).pk, IncidentFactory(unit=other_unit).pk}
    assert found(as_user(request.getfixturevalue(role)).get(LIST)) == cases


@pytest.mark.parametrize(
    "words", ["trom cap", "Trộm CẮP", "xe dap", "XE ĐẠP thon", "trom xe dap"], ids=lambda words: words
)
def test_words_are_found_with_and_without_diacritics_in_text_and_category(as_user, secretariat, words):
    wanted = IncidentFactory(narrative="Mất xe đạp", place="Thôn Đông")
    IncidentFactory(narrative="Cháy bếp", place="", category=category("chay-no"))
    assert found(as_user(secretariat).get(LIST, {"q": words})) == {wanted.pk}


def test_wildcards_in_the_words_are_words(as_user, secretariat):
    wanted = IncidentFactory(narrative="Giảm 50% giá_rẻ")
    IncidentFactory(narrative="Giảm 500 gia re")
    assert found(as_user(secretariat).get(LIST, {"q": "50% gia_re"})) == {wanted.pk}


@pytest.mark.parametrize(
    "narrowed",
    [
        {"period": "2022-H1"},
        {"group": "trat-tu-xa-hoi"},
        {"category": "danh-bac"},
        {"severity": "3"},
        {"state": "handling"},
        {"first_day": "2022-02-01", "last_day": "2022-02-28"},
        {"kind": "school"},
    ],
    ids=str,
)
def test_each_filter_finds_what_it_names(as_user, secretariat, unit, narrowed):
    unit.kind = "school"
    unit.save()
    wanted = IncidentFactory(
        unit=unit,
        category=category("danh-bac"),
        severity=Incident.Severity.VERY_SERIOUS,
        state="handling",
        happened_on=dt.date(2022, 2, 3),
    )
    IncidentFactory(happened_on=dt.date(2021, 2, 3), category=category("chay-no"))
    assert found(as_user(secretariat).get(LIST, narrowed)) == {wanted.pk}


def test_the_list_says_by_what_it_is_narrowed_down(as_user, secretariat, unit):
    page = as_user(secretariat).get(LIST, {"unit": unit.pk, "group": "nhom-ma-tuy", "q": "xe"}).text
    assert "<strong>Đơn vị, Nhóm vụ việc</strong>" in page


def test_the_unit_filter_is_not_a_way_to_another_units_cases(as_user, liaison, unit, other_unit):
    own = IncidentFactory(unit=unit)
    IncidentFactory(unit=other_unit)
    assert found(as_user(liaison).get(LIST, {"unit": other_unit.pk})) == {own.pk}


def test_words_are_not_a_way_to_another_units_cases(as_user, liaison, other_unit):
    IncidentFactory(unit=other_unit, narrative="Chuyện kín")
    response = as_user(liaison).get(LIST, {"q": "chuyen kin"})
    assert found(response) == set()
    assert "Chuyện kín" not in response.text


def test_a_filter_that_makes_no_sense_is_told(as_user, secretariat):
    response = as_user(secretariat).get(LIST, {"period": "2022-H9"})
    assert "period" in response.context["filter"].form.errors


@pytest.mark.parametrize("sort", ["day", "-day", "unit", "category", "-severity", "-recorded"])
def test_every_order_pages_through_all_cases_once(db, sort):
    from incidents.filters import IncidentFilter

    for number in range(7):
        IncidentFactory(severity=number % 3, happened_on=dt.date(2022, 1, 1 + number % 2))
    ordered = IncidentFilter.in_order(None, Incident.objects.all(), "sort", sort)
    pages = LongListPaginator(ordered, 2)
    assert [case.pk for number in pages.page_range for case in pages.page(number)] == [case.pk for case in ordered]


def test_the_pages_keep_what_was_asked_for(as_user, secretariat, monkeypatch):
    monkeypatch.setattr("incidents.views.register.PER_PAGE", 1)
    IncidentFactory.create_batch(2)
    asked = {"q": "xe", "group": "trat-tu-xa-hoi", "kind": "commune", "sort": "day"}
    response = as_user(secretariat).get(LIST, asked)
    assert "?q=xe&amp;group=trat-tu-xa-hoi&amp;kind=commune&amp;sort=day&amp;page=2" in response.text
    assert f"{reverse('incidents:incident-export-csv')}?q=xe&amp;group=trat-tu-xa-hoi&amp;kind" in response.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_a_fixed_number_of_queries(as_user, secretariat, cluster, django_assert_num_queries, rows):
    IncidentFactory.create_batch(rows)
    client = as_user(secretariat)
    with django_assert_num_queries(12):
        client.get(LIST, {"q": "xe", "page": "last"})


def test_an_empty_register_says_what_it_is_for(as_user, liaison):
    assert "Chưa có vụ việc nào" in as_user(liaison).get(LIST).text
