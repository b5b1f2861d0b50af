"""The navigation shows each role its own places, and where one is."""

import re

import pytest

HOME, DOCUMENTS, MEETINGS, CASES, AUDIT, MAIL = "/", "/documents/", "/meetings/", "/incidents/", "/audit/", "/mail/"
SENT = "/documents/sent/"
ROUNDS, SUMMARIES, UNITS, PEOPLE, CLUSTER = "/rounds/", "/summaries/", "/units/", "/people/", "/cluster/"
DEPUTIES, CATALOGUE = "/documents/deputies/", "/catalogue/"


def navigation(page):
    """The addresses the navigation leads to, in order, and the one marked as open."""
    part = re.search(r'<nav class="portal-nav.*?</nav>', page.content.decode(), re.DOTALL)[0]
    current = re.search(r'href="([^"]+)" aria-current="page"', part)
    return re.findall(r'href="([^"]+)"', part), current and current[1]


def test_the_secretariat_gets_everywhere(as_user, secretariat, cluster):
    places, here = navigation(as_user(secretariat).get(UNITS))
    assert places[:6] == [HOME, ROUNDS, SUMMARIES, DOCUMENTS, MEETINGS, CASES]
    assert places[6:] == [UNITS, PEOPLE, CATALOGUE, MAIL, CLUSTER, AUDIT]
    assert here == UNITS


def test_the_chair_sees_what_the_cluster_does(as_user, chair, cluster):
    places, _here = navigation(as_user(chair).get(UNITS))
    assert places == [HOME, ROUNDS, SUMMARIES, DOCUMENTS, MEETINGS, CASES, UNITS, DEPUTIES]


def test_six_places_stand_open_and_the_rest_behind_one(as_user, secretariat, cluster):
    page = as_user(secretariat).get(UNITS).content.decode()
    more = re.search(r'<details class="nav-more".*?</details>', page, re.DOTALL)[0]
    assert "Quản trị" in more
    assert re.findall(r'href="([^"]+)"', more) == [UNITS, PEOPLE, CATALOGUE, MAIL, CLUSTER, AUDIT]


def test_a_page_is_marked_in_one_place(as_user, chair, cluster):
    part = re.search(r'<nav class="portal-nav.*?</nav>', as_user(chair).get(DEPUTIES).content.decode(), re.DOTALL)[0]
    assert re.findall(r'href="([^"]+)" aria-current', part) == [DEPUTIES]


def open_places(page):
    """The addresses the navigation marks as the place the page belongs to."""
    part = re.search(r'<nav class="portal-nav.*?</nav>', page.content.decode(), re.DOTALL)[0]
    return re.findall(r'href="([^"]+)" aria-current="true"', part)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/library/", DOCUMENTS), ("/library/add/", DOCUMENTS), ("/superior-forms/", DOCUMENTS),
        ("/proposals/", ROUNDS), ("/figures/import/", ROUNDS), ("/trend/", SUMMARIES),
    ],
)  # fmt: skip
def test_a_page_with_an_address_elsewhere_is_marked_where_it_is_reached_from(
    as_user, secretariat, cluster, path, place
):
    assert open_places(as_user(secretariat).get(path)) == [place]


def test_a_liaison_reaches_the_library_from_the_documents(as_user, liaison, cluster):
    assert open_places(as_user(liaison).get("/library/")) == [SENT]


def test_a_liaison_finds_the_own_unit(as_user, liaison, cluster):
    own = liaison.unit.get_absolute_url()
    places, here = navigation(as_user(liaison).get(own))
    assert places == [HOME, SENT, MEETINGS, CASES, own, AUDIT]
    assert here == own
