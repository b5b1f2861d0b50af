"""Whoever does nothing is told before the session ends, and after; typing tells the server that somebody is there."""

import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

pytestmark = [pytest.mark.one_database, pytest.mark.parametrize("viewport", ["telephone"], indirect=True)]

PAGE = "/notices/"
LIMIT = 30 * 60  # seconds, for the secretariat


@pytest.fixture
def page(open_page, settings, cluster, secretariat):
    settings.IDLE_TIMEOUT = True
    page = open_page(secretariat)
    page.clock.install(time=time.time())
    page.goto(PAGE)
    return page


def told(page, part):
    return page.locator(f"#idle-warning [data-{part}]").first


def test_two_minutes_before_the_end_the_page_warns_and_a_key_takes_it_back(page):
    page.clock.fast_forward((LIMIT - 3 * 60) * 1000)
    expect(page.locator("#idle-warning")).to_be_hidden()
    page.clock.fast_forward(70_000)
    expect(told(page, "ends")).to_be_visible()
    expect(told(page, "ended")).to_be_hidden()
    with page.expect_request("**/presence/?active=1"):
        page.keyboard.press("Shift")
    expect(page.locator("#idle-warning")).to_be_hidden()


def test_after_the_end_the_page_says_so_until_somebody_has_signed_in_again(page, client, secretariat, live_server):
    Session.objects.all().delete()
    page.clock.fast_forward((LIMIT + 61) * 1000)
    expect(told(page, "ended")).to_be_visible()
    expect(told(page, "ends")).to_be_hidden()
    client.force_login(secretariat)  # on another page
    page.context.clear_cookies()
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.clock.fast_forward(6_000)
    page.keyboard.press("Shift")
    expect(page.locator("#idle-warning")).to_be_hidden()


def test_another_page_in_use_keeps_this_one_from_saying_that_it_is_over(page):
    """Only the server knows; a page asks it, and is no use of the session by that."""
    with page.expect_response(lambda response: response.url.endswith("/presence/")):
        page.clock.fast_forward((LIMIT + 61) * 1000)
    page.evaluate("new Promise(requestAnimationFrame)")  # what the answer leads to is done
    expect(told(page, "ended")).to_be_hidden()


def test_a_clock_that_is_set_back_neither_hides_somebody_from_the_server_nor_the_end_from_them(page):
    page.clock.set_system_time(time.time() - 24 * 3600)
    with page.expect_request("**/presence/?active=1"):
        page.keyboard.press("Shift")
    page.clock.fast_forward((LIMIT - 60) * 1000)
    expect(told(page, "ends")).to_be_visible()
