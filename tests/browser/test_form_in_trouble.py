"""The half-year report on a telephone while the database is away, with a stuck key, without scripts; by keys alone."""

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from playwright.sync_api import expect

from reports.models import Submission
from tests.browser.checks import assert_accessible
from tests.browser.test_not_one_word_lost import (
    TASKS,
    WORDS,
    edit,
    end_session,
    form,
    opened,
    runs,
    saved,
    stored,
    told,
)
from tests.browser.test_report_steps import THEFT
from tests.reports.submissions.test_form import whole_report
from tests.support.reporting import accepted_report

__all__ = ["edit", "form", "opened"]  # fixtures

SLOW = 20_000  # milliseconds, for a page that is sent as a whole
telephone = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)


@pytest.fixture
def goes_away(monkeypatch):
    """The database goes away with each change of a report, after it was made and before it is kept."""
    execute = CursorWrapper._execute

    def executed(self, sql, params, *rest):
        found = execute(self, sql, params, *rest)
        if sql.startswith(("INSERT", "UPDATE")) and "reports_submission" in sql:
            raise OperationalError("server closed the connection unexpectedly")
        return found

    monkeypatch.setattr(CursorWrapper, "_execute", executed)
    return monkeypatch


@pytest.mark.both_databases
@telephone
def test_words_are_kept_while_the_database_is_away_and_saved_once_it_is_back(form, goes_away):
    form.fill(TASKS, WORDS)
    told(form, "máy chủ không trả lời")
    expect(form.locator("#report-state")).not_to_contain_text("Đã lưu lúc")
    goes_away.undo()
    assert not Submission.objects.exists()
    saved(form)
    expect(form.locator(TASKS)).to_have_value(WORDS)
    assert stored() == WORDS


@telephone
def test_a_stuck_key_is_told_at_its_field_and_the_report_opens_again(form):
    form.fill(TASKS, WORDS)
    form.fill(THEFT, "9" * 26)
    expect(form.locator("#report-state")).to_contain_text("Đã lưu", timeout=SLOW)
    form.reload()
    runs(form)
    expect(form.locator(THEFT)).to_have_value("9" * 26)
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(form.locator("#error-summary")).to_contain_text("9" * 26, timeout=SLOW)
    form.fill(THEFT, "9")
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(form.locator("#error-summary")).to_have_count(0, timeout=SLOW)
    assert (stored(), stored("category__trom-cap-tai-san__cases")) == (WORDS, "9")


@telephone
def test_without_scripts_words_outlive_the_session(open_page, edit, liaison, screenshot):
    liaison.set_password("mat-khau-thu-2022")
    liaison.save()
    page = open_page(liaison, java_script_enabled=False)
    page.goto(edit)
    page.fill(TASKS, WORDS)
    end_session()
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text(WORDS)).to_be_visible(timeout=SLOW)
    screenshot(page, "unsent-signed-out")
    with page.context.expect_page() as opened_beside:
        page.get_by_role("link", name="Đăng nhập lại ở trang mới").click()
    beside = opened_beside.value
    beside.fill("#id_login", liaison.email)
    beside.fill("#id_password", "mat-khau-thu-2022")
    beside.get_by_role("button", name="Đăng nhập").click()
    expect(beside.locator(TASKS)).to_be_visible(timeout=SLOW)
    page.get_by_role("button", name="Gửi lại").click()
    screenshot(page, "unsent-signed-in")
    page.get_by_role("button", name="Gửi lại").click()
    expect(page.locator(TASKS)).to_have_value(WORDS, timeout=SLOW)
    assert stored() == WORDS


class Keys:
    """A page that nobody points at: what is wanted is gone to with the Tab key."""

    def __init__(self, page):
        self.page = page

    def to(self, place):
        wanted = place.element_handle()
        for _key in range(300):
            if wanted.evaluate("each => each === document.activeElement"):
                shown = "each => { const style = getComputedStyle(each); return style.outlineStyle + style.boxShadow; }"
                assert wanted.evaluate(shown) != "nonenone"
                return self.page.keyboard
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way by keys to {place}")

    def press(self, name, role="button"):
        self.to(self.page.get_by_role(role, name=name).locator("visible=true").last).press("Enter")

    def write(self, selector, text):
        self.to(self.page.locator(selector)).type(text)


@pytest.mark.parametrize("viewport", ["desk"], indirect=True)
def test_from_the_home_page_to_the_receipt_by_keys_alone(open_page, opened, unit, liaison):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 3})
    page = open_page(liaison)
    page.goto("/")
    keys = Keys(page)
    keys.press("Lập báo cáo", role="link")
    runs(page)
    asked = {name: text for name, text in whole_report().items() if name.startswith("section")}
    for number, fields in enumerate((2, 2, 2, 1, 0, 2, 2)):
        assert_accessible(page)
        texts = [name for name in asked if page.locator(f"#id_{name}").is_visible()]
        assert len(texts) == fields
        for name in texts:
            keys.write(f"#id_{name}", WORDS)
        if number == 3:
            keys.press("Nhập 0 vụ cho các loại còn để trống")
        keys.press("Mục tiếp theo" if number < 6 else "Kiểm tra trước khi gửi")
    page.wait_for_url("**/check/")
    assert_accessible(page)
    keys.to(page.get_by_label("Tôi cam kết")).press("Space")
    keys.press("Nộp báo cáo")
    expect(page.get_by_text("Biên nhận số")).to_be_visible(timeout=SLOW)
    assert Submission.objects.get(round=opened).status == "submitted"
