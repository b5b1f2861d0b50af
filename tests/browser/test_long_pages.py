"""Long pages on a telephone: what a thumb would have to scroll past is folded, or a link away."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.factories import UnitFactory
from tests.support.reporting import THEFT, accepted_report
from tests.support.superior_forms import superior_form


@pytest.fixture
def comparison(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 53, "cuop-tai-san": 0})
    accepted_report(UnitFactory(), "2022-H1", {THEFT: 1, "cuop-tai-san": 0})  # one unit alone has no table of units
    return "/summaries/2022-H1/"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_group_unfolds_its_categories_with_and_without_scripts(open_page, chair, comparison, has_scripts):
    page = open_page(chair, java_script_enabled=has_scripts)
    page.goto(comparison)
    theft = page.get_by_role("rowheader", name="Trộm cắp tài sản")
    expect(theft).to_be_hidden()
    page.get_by_label("Xem các loại vụ việc của Trật tự xã hội").check()
    expect(theft).to_be_visible()
    expect(page.get_by_role("rowheader", name="Cướp tài sản")).to_be_hidden()
    page.get_by_label(re.compile("loại không ghi nhận vụ việc nào")).check()
    expect(page.get_by_role("rowheader", name="Cướp tài sản")).to_be_visible()


def test_the_long_tables_of_the_comparison_are_folded_on_a_telephone_only(open_page, chair, comparison, viewport):
    page = open_page(chair)
    page.goto(f"{comparison}units/")
    unit = page.get_by_role("rowheader", name="Xã Thử Một").first
    expect(unit).to_be_visible(visible=viewport == "desk")
    page.get_by_role("heading", name="Số vụ theo đơn vị").click()
    expect(unit).to_be_visible(visible=viewport == "telephone")


@pytest.mark.parametrize("viewport", ["telephone"])
def test_a_link_to_a_folded_table_unfolds_it(open_page, chair, comparison):
    page = open_page(chair)
    page.goto(f"{comparison}units/#table-units")
    expect(page.get_by_role("rowheader", name="Xã Thử Một").first).to_be_visible()
    expect(page.get_by_role("rowheader", name="Xã, phường").first).to_be_hidden()


@pytest.mark.parametrize("viewport", ["desk"])
def test_the_figures_offered_for_a_form_stand_in_lines(open_page, secretariat, comparison):
    """Once they stood in a third of the width: a word a line, and twenty screens of them."""
    page = open_page(secretariat)
    page.goto(f"/superior-forms/{superior_form().pk}/bind/?place=Biểu 01!B4")
    form = page.locator("main form").nth(1)
    labels = form.locator(".form-check-label")
    heights = labels.evaluate_all("found => found.map(each => each.getBoundingClientRect().height)")
    assert heights
    assert max(heights) < 80
