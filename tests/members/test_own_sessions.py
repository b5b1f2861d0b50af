"""Everybody sees where they are signed in, and signs out everywhere else."""

import pytest
from django.test import Client

PASSWORD = "mot-bai-hat-dai"
SESSIONS = "/accounts/sessions/"


@pytest.fixture
def person(liaison, cluster):
    liaison.set_password(PASSWORD)
    liaison.save()
    return liaison


def signed_in(person, **options):
    client = Client(**options)
    assert client.post("/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def test_own_sessions_are_listed_with_device_and_address(person, other_liaison):
    other_liaison.set_password(PASSWORD)
    other_liaison.save()
    signed_in(other_liaison, HTTP_USER_AGENT="Máy của người khác")
    here = signed_in(person, HTTP_USER_AGENT="Máy này")
    signed_in(person, HTTP_USER_AGENT="Máy kia", REMOTE_ADDR="203.0.113.9")

    page = here.get(SESSIONS)

    shown = {(row.user_agent, row.ip) for row in page.context["sessions"]}
    assert shown == {("Máy này", "127.0.0.1"), ("Máy kia", "203.0.113.9")}
    assert "<strong>Trình duyệt này</strong> – Máy này" in page.text
    assert "Máy của người khác" not in page.text


def test_signing_out_everywhere_else_leaves_this_browser_alone(person):
    here, there = signed_in(person), signed_in(person)

    page = here.post(SESSIONS, follow=True)

    assert "Đã đăng xuất khỏi các nơi khác" in page.text
    assert here.get("/notices/").status_code == 200
    assert there.get("/notices/").status_code == 302
