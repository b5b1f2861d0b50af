"""Rows are dragged by their handle, moved with the arrow keys on it, and without scripts by buttons."""

import pytest
from playwright.sync_api import expect

from tests.support.meetings import held_meeting, speech_of


@pytest.fixture
def speeches(unit, secretariat):
    meeting = held_meeting(unit, secretariat)
    return meeting, [speech_of(unit, meeting, title=title) for title in ("Một", "Hai", "Ba")]


def titles(meeting):
    return [speech.title for speech in meeting.speeches.in_order()]


def test_speeches_are_dragged_and_moved_with_the_arrow_keys(open_page, secretariat, speeches):
    meeting, _rows = speeches
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/speeches/")
    handles = page.locator("[data-order-handle]")
    saved = page.get_by_role("status").filter(has_text="Đã lưu thứ tự.")

    handles.nth(2).focus()
    page.keyboard.press("ArrowUp")
    expect(saved).to_have_count(1)
    assert titles(meeting) == ["Một", "Ba", "Hai"]
    expect(page.locator("[data-order-item] h2")).to_have_text(["1. Một", "2. Ba", "3. Hai"])

    handles.nth(0).scroll_into_view_if_needed()
    start, end = handles.nth(0).bounding_box(), page.locator("[data-order-item]").nth(2).bounding_box()
    page.mouse.move(start["x"] + 5, start["y"] + 5)
    page.mouse.down()
    page.mouse.move(end["x"] + 20, end["y"] + end["height"] - 5, steps=8)
    with page.expect_response("**/order/speeches/"):
        page.mouse.up()
    assert titles(meeting) == ["Ba", "Hai", "Một"]


def test_of_two_quick_moves_the_later_order_stays(open_page, secretariat, speeches):
    """The first was held up on its way, arrived last, and was stored under “Đã lưu”."""
    meeting, _rows = speeches
    page, held = open_page(secretariat), []

    def hold_up_the_first(route):
        if not held:
            held.append(route)
            page.wait_for_timeout(1_500)
        route.continue_()

    page.goto(f"/meetings/{meeting.pk}/speeches/")
    page.route("**/order/speeches/", hold_up_the_first)
    page.locator("[data-order-handle]").nth(2).focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("status").filter(has_text="Đã lưu thứ tự.")).to_have_count(1)
    page.wait_for_timeout(2_000)
    assert titles(meeting) == ["Ba", "Một", "Hai"]
