"""Signing in, the first thing anybody does."""

from tests.browser.checks import assert_accessible


def test_the_sign_in_page_is_readable_by_everybody(open_page, cluster, screenshot):
    page = open_page()
    page.goto("/accounts/login/")

    assert_accessible(page)
    screenshot(page, "sign-in")
