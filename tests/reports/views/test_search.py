"""One search from every page: what the person may see, with and without diacritics, and nothing else."""

import pytest
from django.db import connection
from django.urls import reverse

from incidents.models import Incident
from reports.views.search import SHOWN
from tests.support.factories import IncidentFactory, UnitFactory
from tests.support.library import library_paper
from tests.support.meetings import planned_meeting

pytestmark = pytest.mark.django_db
URL = reverse("reports:search")


@pytest.fixture
def things(cluster, unit, other_unit, secretariat):
    planned_meeting(unit, secretariat, title="Hội nghị giao ban Thử", place="Hội trường Xã")
    for each in (unit, other_unit):
        IncidentFactory(unit=each, narrative="Mất trộm gỗ Thử")
    library_paper(subject="Kế hoạch Thử", readers="office")


@pytest.fixture
def found(client):
    """The names that are found, a list a kind."""

    def search(person, words):
        client.force_login(person)
        return [[hit.name for hit in group.hits] for group in client.get(URL, {"q": words}).context["found"]]

    return search


def cases_of(person):
    return [str(case) for case in Incident.objects.visible_to(person).order_by("-happened_on", "-pk")]


def test_each_kind_is_found_without_diacritics(found, things, secretariat, unit):
    assert ["Hội nghị giao ban Thử"] in found(secretariat, "giao ban")
    assert found(secretariat, "trom go") == [cases_of(secretariat)]
    assert found(secretariat, "ke hoach thu") == [["Kế hoạch Thử"]]
    assert found(secretariat, "thư ký thử") == [["Thư Ký Thử"]]
    assert [unit.name] in found(secretariat, "thử một")


def test_nobody_finds_what_they_may_not_see(found, things, liaison):
    [cases] = found(liaison, "thử")
    assert cases == cases_of(liaison)
    assert len(cases) == 1


def test_more_than_a_few_lead_to_the_list(client, cluster, secretariat):
    for number in range(SHOWN + 1):
        UnitFactory(name=f"Xã Mẫu {number}", short_name=f"Mẫu {number}")
    client.force_login(secretariat)

    answer = client.get(URL, {"q": "mẫu"})

    [group] = answer.context["found"]
    assert len(group.hits) == SHOWN
    assert group.all_url == "/units/?q=m%E1%BA%ABu&status=all"


def test_more_than_a_few_without_a_list_are_not_kept_quiet(client, unit, secretariat, cluster):
    for number in range(SHOWN):
        planned_meeting(unit, secretariat, title=f"Hội nghị Mẫu {number}")
    client.force_login(secretariat)
    told = "Còn kết quả khác"
    assert told not in client.get(URL, {"q": "mẫu"}).text

    planned_meeting(unit, secretariat, title="Hội nghị Mẫu nữa")

    assert told in client.get(URL, {"q": "mẫu"}).text


@pytest.mark.parametrize("typed", ["", "   ", "x" * 201, "không có gì như vậy"])
def test_without_words_too_many_or_none_that_match_it_says_so(client, cluster, secretariat, typed):
    client.force_login(secretariat)
    answer = client.get(URL, {"q": typed})
    assert answer.status_code == 200
    assert answer.context["found"] == []


def test_it_is_a_click_away_on_every_page(client, cluster, secretariat):
    client.force_login(secretariat)
    assert f'href="{URL}"' in client.get("/units/").text


def test_it_asks_each_kind_once(client, things, secretariat, django_assert_num_queries):
    client.force_login(secretariat)
    client.get(URL, {"q": "thử"})
    # SQLite is asked whether it has an index of words, and how many cases one holds, by text and by category
    with django_assert_num_queries({"sqlite": 19, "postgresql": 16}[connection.vendor]):
        client.get(URL, {"q": "thử"})
