"""The outbox at a desk and on a telephone, with a letter of every state."""

import pytest
from playwright.sync_api import expect

from members.models import Letter
from tests.browser.checks import faults
from tests.browser.conftest import VIEWPORTS
from tests.support.factories import NOW
from tests.support.letters import letter


@pytest.mark.parametrize("viewport", ["desk"])
def test_letters_of_every_state_are_told_and_sent_again(open_page, cluster, secretariat, screenshot):
    for state, attempts in [(state, 0) for state in Letter.State.values] + [("waiting", 3)]:
        key = f"{state}-{attempts}"
        letter(key, address=f"{key}@example.vn", name="Xã Thử Một", by=secretariat)
        Letter.objects.filter(key=key).update(state=state, attempts=attempts, sent_at=NOW, fault="refused", said="550")
    page = open_page(secretariat)
    page.goto("/mail/")
    found = []
    for size in VIEWPORTS.values():
        page.set_viewport_size(size)
        found += faults(page)
        screenshot(page, f"outbox-{size['width']}")
    assert found == []
    page.get_by_role("button", name="Gửi lại (unclear-0@example.vn)").click()
    expect(page.get_by_text("Đang gửi lại thư cho unclear-0@example.vn.")).to_be_visible()
