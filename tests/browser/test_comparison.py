"""The comparison narrowed down, and the trend beside it, as a reader chooses them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.support.factories import UnitFactory
from tests.support.reporting import DRUGS, THEFT, accepted_report


@pytest.fixture
def reported(cluster, unit):
    school = UnitFactory(name="Trường Thử", short_name="Trường Thử", kind="school")
    for place, period in enumerate(("2020-H2", "2021-H1", "2021-H2", "2022-H1")):
        accepted_report(unit, period, {THEFT: 1200 + place, DRUGS: {"cases": 1, "damage": 12_500_000_000}})
        accepted_report(school, period, {DRUGS: place})


def test_a_comparison_is_narrowed_down_to_a_kind_and_widened_to_its_trend(open_page, chair, reported):
    page = open_page(chair)
    page.goto("/summaries/2022-H1/")
    page.get_by_text("Thay đổi").click()
    page.get_by_label("Số liệu của", exact=True).select_option(label="nhà trường")
    page.get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile(re.escape("/summaries/2022-H1/?kind=school") + "$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("nhà trường")
    assert_accessible(page)
    page.get_by_role("link", name="Diễn biến của từng nhóm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Diễn biến qua các kỳ – Số vụ: nhà trường")
    assert_accessible(page)


def test_the_choices_of_a_trend_stand_in_its_address(open_page, chair, reported, screenshot):
    page = open_page(chair)
    page.goto("/trend/")
    page.get_by_label("Số liệu", exact=True).select_option(label="Thiệt hại (đồng)")
    page.get_by_label("Số kỳ").select_option(label="10 kỳ")
    page.get_by_role("button", name="Xem").click()
    expect(page).to_have_url(re.compile(re.escape("/trend/?until=2022-H1&length=10&measure=damage") + "$"))
    assert_accessible(page)
    screenshot(page, "trend-damage")
