"""One account can't take the portal from all others, from whatever address it comes; nothing typed is refused."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from members.limits import too_often
from members.models import User
from tests.support.asking import each_undone
from tests.support.factories import NOW
from tests.support.sitemap import routes
from tests.support.url_args import values_for

CSV = "/incidents/export/csv/"
GUARDED = [route for route in routes() if route.capability]


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """A minute of the clock that doesn't end while a test runs."""
    moment = [NOW.replace(second=20)]
    monkeypatch.setattr("members.limits.timezone", SimpleNamespace(now=lambda: moment[0]))
    return moment


@pytest.fixture
def limits(settings):
    settings.ACCOUNT_LIMITS = {"files": 2, "searches": 2, "uploads": 2}


def statuses(asked):
    return [answer.status_code for answer in asked]


def upload(client):
    return client.post("/units/import/", {"file": SimpleUploadedFile("a.csv", b"x")})


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.get(CSV),
        lambda client: client.get("/incidents/import/template/"),
        lambda client: client.get("/units/", {"q": "a"}),
        lambda client: client.get("/audit/", {"q": "b"}),
        lambda client: client.head("/units/", {"q": "a"}),
        upload,
    ],
    ids=["export", "template", "units", "trail", "head", "upload"],
)
def test_an_account_has_so_many_a_minute(as_user, secretariat, cluster, limits, moment, ask):
    client = as_user(secretariat)

    asked = [ask(client) for _time in range(3)]
    assert statuses(asked)[:2] != [429, 429]
    assert (asked[2].status_code, asked[2].headers["Retry-After"]) == (429, "40")
    if asked[2].content:
        assert "Vui lòng quay lại và thử lại sau 40 giây." in " ".join(asked[2].text.split())

    moment[0] += dt.timedelta(seconds=40)
    assert ask(client).status_code != 429


def test_a_count_that_the_cache_let_go_of_is_no_error(as_user, secretariat, cluster, limits, monkeypatch):
    monkeypatch.setattr("members.limits.cache.add", lambda *_all, **_named: False)
    assert as_user(secretariat).get(CSV).status_code == 200


def test_other_kinds_and_pages_go_on(as_user, secretariat, cluster, limits):
    client = as_user(secretariat)
    for _time in range(3):
        client.get(CSV)

    assert client.get(CSV).status_code == 429
    assert statuses([client.get("/units/", {"q": "a"}), client.get("/units/"), client.get("/")]) == [200, 200, 200]


def test_what_is_typed_is_saved_however_often(as_user, secretariat, cluster, unit, limits):
    client = as_user(secretariat)

    saved = [client.post("/cluster/", {"name": f"Cụm {number}"}) for number in range(6)]
    assert 429 not in statuses(saved)


def test_another_person_at_the_same_address_goes_on(secretariat, chair, cluster, limits):
    one, other = Client(), Client()
    one.force_login(secretariat)
    other.force_login(chair)
    asked = [one.get(CSV) for _time in range(3)]

    assert (asked[2].status_code, other.get(CSV).status_code) == (429, 200)


def test_another_address_of_the_same_person_does_not(as_user, secretariat, cluster, limits):
    client = as_user(secretariat)
    asked = [client.get(CSV, REMOTE_ADDR=f"203.0.113.{number}") for number in range(3)]

    assert statuses(asked) == [200, 200, 429]


def test_it_is_said_in_the_readers_language(as_user, secretariat, cluster, limits):
    client = as_user(secretariat)
    client.cookies["django_language"] = "en"
    asked = [client.get(CSV) for _time in range(3)]

    assert "go back and try again in 40 seconds" in " ".join(asked[2].text.split())


def test_who_signs_in_too_often_is_told_when_to_come_back(db, cluster):
    request = RequestFactory().get("/")
    request.user = User(role="")
    page = too_often(request)

    assert page.headers["Retry-After"] == "60"


@pytest.mark.usefixtures("_empty_pdfs")
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_that_sends_a_file_is_counted(as_user, secretariat, unit, cluster, method):
    values, sent = values_for(unit), set()

    def ask(route):
        answer = getattr(client, method)(route.url(values))
        if getattr(answer, "sent_name", ""):
            sent.add(route.name)
        return answer

    client = as_user(secretariat)
    for _name, _status in each_undone(GUARDED, ask):
        pass
    assert len(sent) >= {"get": 35, "post": 1}[method]
    assert sent - {route.name for route in GUARDED if route.sends_file} == set()
