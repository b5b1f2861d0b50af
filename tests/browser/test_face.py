"""The bare pages, the same for everybody: signing in, the own account, errors."""

import time

import pytest
from playwright.sync_api import expect

from members.models import LeadTerm
from tests.browser.checks import assert_accessible

OPEN_PAGES = ["/accounts/password/reset/", "/accounts/password/reset/done/", "/accounts/inactive/"]
OWN_PAGES = ["/accounts/2fa/", "/accounts/password/change/", "/accounts/logout/", "/accounts/reauthenticate/"]
NO_SUCH_PAGE = "/khong-co-trang-nay/"


@pytest.fixture
def person(liaison):
    liaison.set_password("mot-mat-khau-dai")
    liaison.save()
    return liaison


@pytest.mark.parametrize("path", [*OPEN_PAGES, NO_SUCH_PAGE])
def test_pages_before_sign_in_are_readable_by_everybody(open_page, cluster, path):
    page = open_page()
    page.goto(path)
    assert_accessible(page)


@pytest.mark.parametrize("path", [*OWN_PAGES, NO_SUCH_PAGE])
def test_pages_of_the_own_account_are_readable_by_everybody(open_page, cluster, person, path):
    page = open_page(person)
    page.goto(path)
    assert_accessible(page)


def test_errors_are_read_first_and_lead_to_their_field(open_page, cluster):
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_role("main").get_by_role("button").click()
    expect(page.locator("#error-summary")).to_be_focused()
    assert_accessible(page)
    page.locator("#error-summary a").first.click()
    expect(page.locator("#id_login")).to_be_focused()


@pytest.mark.parametrize("viewport", ["desk"])
def test_the_skip_link_leads_past_the_bar(open_page, cluster):
    page = open_page()
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_language_is_a_click_away_and_remembered(open_page, cluster):
    page = open_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/accounts/password/reset/")
    expect(page.get_by_role("heading", name="Forgotten password")).to_be_visible()


@pytest.mark.parametrize("viewport", ["telephone"])
def test_the_menu_opens_on_a_telephone(open_page, cluster, person):
    page = open_page(person)
    page.goto("/accounts/2fa/")
    page.locator(".navbar-toggler").click()
    page.get_by_role("button", name=person.full_name).click()
    expect(page.get_by_role("link", name="Đổi mật khẩu")).to_be_visible()
    assert_accessible(page)


@pytest.mark.both_databases
@pytest.mark.parametrize("viewport", ["telephone"])
def test_a_double_click_sends_a_form_once(open_page, cluster, secretariat, unit):
    term = LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=unit.joined_on)
    page = open_page(secretariat)
    sent = []
    page.on("request", lambda request: sent.append(request.method))
    page.goto(f"/lead-terms/{term.pk}/remove/")
    page.route("**/remove/", lambda route: (time.sleep(0.3), route.continue_()))
    page.locator("main form button").evaluate("button => { button.click(); setTimeout(() => button.click(), 100); }")
    expect(page.get_by_role("heading", name="Cụm trưởng, cụm phó, đơn vị thường trực")).to_be_visible()
    assert sent.count("POST") == 1
