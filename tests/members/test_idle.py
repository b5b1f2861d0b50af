"""A session that isn't used ends, sooner for who sees everything."""

import time

import pytest


@pytest.fixture
def later(settings, monkeypatch, cluster):
    """`later(minutes)`: the clock goes on."""
    settings.IDLE_TIMEOUT = True
    began, passed = time.time(), [0.0]
    monkeypatch.setattr("members.idle.time.time", lambda: began + passed[0])

    def go_on(minutes):
        passed[0] += minutes * 60

    return go_on


@pytest.mark.parametrize(("role", "minutes"), [("secretariat", 30), ("chair", 30), ("liaison", 120)])
def test_a_session_that_is_not_used_ends_after_the_time_of_its_role(request, as_user, later, role, minutes):
    client = as_user(request.getfixturevalue(role))
    client.get("/notices/")
    later(minutes - 1)
    assert client.get("/notices/").status_code == 200

    later(minutes + 1)
    assert client.get("/notices/").url == "/accounts/login/?next=/notices/"


def test_what_a_page_asks_for_by_itself_is_no_use_but_typing_is(as_user, secretariat, later):
    client = as_user(secretariat)
    client.get("/notices/")
    later(20)
    client.get("/presence/?active=1")
    later(20)
    client.get("/presence/")
    assert client.get("/notices/").status_code == 200

    later(20)
    client.get("/presence/")
    later(20)
    assert client.get("/presence/").json()["user"] == ""


def test_a_form_sent_too_late_by_a_script_is_told_so_and_not_acknowledged(as_user, secretariat, later):
    client = as_user(secretariat)
    client.get("/notices/")
    later(31)
    answer = client.post("/notices/", {"kept": "abc1"}, headers={"HX-Request": "true"})

    assert (answer.status_code, answer.headers["X-Refusal"]) == (401, "signed-out")
    assert "kept" not in answer.cookies


def test_the_page_warns_before_and_only_where_sessions_end(as_user, secretariat, later, settings):
    client = as_user(secretariat)
    assert 'data-idle="1800"' in client.get("/notices/").text
    settings.IDLE_TIMEOUT = False
    assert "idle" not in client.get("/notices/").text


@pytest.mark.parametrize("path", ["/accounts/login/", "/verify/"])
def test_strangers_are_not_told_that_a_session_ends(client, later, path):
    page = client.get(path)

    assert page.status_code == 200
    assert "idle" not in page.text


def test_a_session_in_use_is_written_once_a_minute(as_user, secretariat, later):
    client = as_user(secretariat)
    client.get("/notices/")
    first = client.session["seen"]
    later(0.5)
    client.get("/notices/")
    assert client.session["seen"] == first
    later(1)
    client.get("/notices/")
    assert client.session["seen"] > first


def test_what_a_page_without_scripts_sent_too_late_is_given_back_and_nobody_elses_to_send(
    as_user, secretariat, chair, later
):
    client = as_user(secretariat)
    client.get("/notices/")
    later(31)
    page = client.post("/notices/", {"wants_notices": "on"}, headers={"Origin": "http://testserver"})

    assert page.status_code == 401
    assert dict(page.context["fields"]) == {"wants_notices": "on", "kept_by": str(secretariat.pk)}
    assert as_user(chair).post("/notices/", dict(page.context["fields"])).status_code == 403
    assert as_user(secretariat).post("/notices/", dict(page.context["fields"])).status_code == 302
