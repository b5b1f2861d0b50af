"""A case on its way: recorded on a telephone in the field, found, taken over into the report, counted."""

import time

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from cluster_portal.periods import CutOffRule, Period
from tests.browser.checks import assert_accessible
from tests.support.factories import RoundFactory

AT_HAND = 120  # milliseconds from letter to letter, on a telephone's keyboard
STORY = "Kẻ gian lấy trộm cắp xe đạp điện trước cổng trường, tổ tự quản đang tìm."


@pytest.fixture
def opened(cluster):
    return RoundFactory(period=Period.half_containing(timezone.localdate(), CutOffRule.CALENDAR))


def record(page, story, *, pace=0):
    page.goto("/incidents/")
    page.get_by_role("link", name="Ghi vụ việc").click()
    page.get_by_label("Loại vụ việc").select_option("Trộm cắp tài sản")
    page.get_by_label("Diễn biến").press_sequentially(story, delay=pace)
    with page.expect_navigation():
        page.get_by_role("button", name="Lưu").click()


def find(page, words):
    page.goto("/incidents/")
    page.get_by_label("Tìm vụ việc").fill(words)
    page.get_by_role("button", name="Tìm").click()


@pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
def test_a_case_recorded_on_a_telephone_is_counted_in_the_half_year_report(
    open_page, opened, unit, liaison, screenshot
):
    page = open_page(liaison, has_touch=True)
    start = time.monotonic()
    record(page, STORY, pace=AT_HAND)
    expect(page.get_by_role("heading", name="Trộm cắp tài sản")).to_be_visible()
    assert time.monotonic() - start < 60

    find(page, "trom cap xe dap")
    expect(page.get_by_role("status").filter(has_text="1 vụ việc")).to_be_visible()
    screenshot(page, "case-found")
    assert_accessible(page)

    page.goto(f"/rounds/{opened.period}/units/{unit.pk}/edit/?step=all")
    expect(page.locator("#id_category__trom-cap-tai-san__cases")).to_have_value("1")
    expect(page.get_by_role("link", name="Sổ ghi 1 vụ")).to_be_visible()
    screenshot(page, "case-counted")
    page.goto("/incidents/insight/")
    expect(page.get_by_text("1 vụ việc từ")).to_be_visible()


def test_numbers_of_a_person_are_asked_about_and_masked(open_page, cluster, liaison, screenshot):
    page = open_page(liaison)
    record(page, "Người dân báo qua số 0912 345 678, xe 29B1-123.45")
    expect(page.locator("mark")).to_have_text(["0912 345 678", "29B1-123.45"])
    screenshot(page, "case-asked")
    assert_accessible(page)
    page.get_by_label("Che đi").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Người dân báo qua số •••, xe •••")).to_be_visible()


@pytest.mark.both_databases
def test_a_repeated_case_is_pointed_out(open_page, cluster, liaison):
    page = open_page(liaison)
    record(page, STORY)
    record(page, f"{STORY} Chưa tìm thấy.")
    expect(page.get_by_role("heading", name="Có thể đã được ghi")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Đây là vụ việc khác, vẫn ghi vào sổ").check()
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_text("Chưa tìm thấy.")).to_be_visible()
