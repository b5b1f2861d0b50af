"""A day is typed, and shown, with the day before the month in a browser of any language."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)


def test_the_strokes_come_by_themselves_and_the_calendar_writes_the_same(open_page, secretariat, cluster, unit):
    page = open_page(secretariat)
    page.goto("/meetings/plan/")
    day = page.locator("[name=held_on]")

    day.press_sequentially("05012030")
    expect(day).to_have_value("05/01/2030")

    day.fill("")
    day.press_sequentially("1/7/2030")
    expect(day).to_have_value("1/7/2030")

    group = page.locator(".day-group", has=day)
    group.locator(".day-calendar").evaluate(
        "box => { box.value = '2030-08-16'; box.dispatchEvent(new Event('change')) }"
    )
    expect(day).to_have_value("16/08/2030")
    expect(group.get_by_role("button", name="Chọn từ lịch")).to_be_enabled()
