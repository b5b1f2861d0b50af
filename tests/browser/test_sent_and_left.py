"""What is typed while a page is on its way, in two windows, on an older telephone, before somebody else is kept."""

import re
import time

import pytest
from playwright.sync_api import expect

from reports.models import Submission
from tests.browser.test_not_one_word_lost import (
    OUTREACH,
    SOON,
    TASKS,
    WORDS,
    edit,
    form,
    opened,
    runs,
    saved,
    stored,
    told,
)
from tests.browser.test_report_steps import THEFT
from tests.reports.submissions.test_form import CASES, url, whole_report
from tests.support.reporting import accepted_report

__all__ = ["edit", "form", "opened"]  # fixtures
pytestmark = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
#: Where another text of the field is offered: of a window that was closed, or saved by its last breath.
OTHER = "[data-twice], [data-conflict]"


def sends_the_page(request):
    return request.method == "POST" and request.is_navigation_request()


def type_on_the_way(page, text):
    """What is typed once the pressed button has sent the form, and before another page is here."""
    page.evaluate(
        """([selector, text]) => addEventListener("submit", () => setTimeout(() => {
          const field = document.querySelector(selector);
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }, 100))""",
        [TASKS, text],
    )


def kept_on_the_device(page):
    """The texts of the browser's own database."""
    return page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("keeping", 1);
          opening.onsuccess = () => {
            const all = opening.result.transaction("typed").objectStore("typed").getAll();
            all.onsuccess = () => resolve(all.result.flatMap(({ typed }) => Object.values(typed)));
          };
        })"""
    )


def wait_until_stored(page, text, name="section__tasks"):
    for _try in range(SOON // 250):
        if Submission.objects.exists() and stored(name) == text:
            return
        page.wait_for_timeout(250)
    assert stored(name) == text


def slowly(route):
    if sends_the_page(route.request):
        time.sleep(1)  # a line on which a page takes its time
    route.continue_()


@pytest.mark.both_databases
def test_words_typed_while_the_page_is_on_its_way_are_put_back(form):
    form.fill(TASKS, "Trước")
    form.route("**/save/", slowly)
    type_on_the_way(form, WORDS)
    form.get_by_role("button", name="Lưu bản nháp").click()
    expect(form.get_by_text("Đã lưu bản nháp")).to_be_visible()
    form.unroute("**/save/")
    runs(form)
    expect(form.locator(TASKS)).to_have_value(WORDS)
    expect(form.locator("[data-conflict]")).to_have_count(0)
    wait_until_stored(form, WORDS)


def test_a_page_that_never_comes_is_given_up_and_saving_goes_on(open_page, edit, liaison):
    page = open_page(liaison)
    page.clock.install()
    page.goto(edit)
    runs(page)
    page.route("**/save/", lambda route: route.abort("aborted") if sends_the_page(route.request) else route.continue_())
    page.fill(TASKS, "Trước")
    type_on_the_way(page, WORDS)
    with page.expect_request(sends_the_page):
        page.get_by_role("button", name="Lưu bản nháp").click()
    page.clock.fast_forward(1_000)
    page.clock.fast_forward(31_000)
    page.clock.fast_forward(3_000)
    saved(page)
    assert stored() == WORDS
    open_page.complaints.clear()  # the console tells of the page that was given up


@pytest.fixture
def two_closed(form, edit):
    """A page opened after two windows that typed into one field without a line and were closed."""
    second = form.context.new_page()
    second.goto(edit)
    runs(second)
    form.context.set_offline(True)
    for page, text in ((form, "Một."), (second, "Hai.")):
        page.fill(TASKS, text)
        while text not in kept_on_the_device(page):
            page.wait_for_timeout(100)
        page.close()
    again = form.context.new_page()
    again.context.set_offline(False)
    again.goto(edit)
    runs(again)
    expect(again.locator(TASKS)).to_have_value("Hai.")
    expect(again.locator(OTHER)).to_contain_text("Một.")
    expect(again.locator(".restored")).to_have_count(1)
    return again


def test_of_two_closed_windows_either_text_can_be_taken(two_closed):
    two_closed.locator(OTHER).locator("[data-take-theirs]").click()
    expect(two_closed.locator(TASKS)).to_have_value("Một.")
    wait_until_stored(two_closed, "Một.")
    two_closed.reload()
    runs(two_closed)
    expect(two_closed.locator(OTHER)).to_have_count(0)


def test_the_other_windows_text_is_asked_about_until_it_is_answered(two_closed):
    two_closed.wait_for_timeout(4_000)  # what can be sent, is
    two_closed.reload()
    runs(two_closed)
    shown = [two_closed.locator(TASKS).input_value(), two_closed.locator(OTHER).locator("[data-theirs]").inner_text()]
    assert sorted(shown) == ["Hai.", "Một."]


@pytest.mark.parametrize("missing", ["AbortSignal.timeout", "HTMLFormElement.prototype.requestSubmit"])
def test_an_older_telephone_saves_and_sends_as_well(open_page, edit, liaison, missing):
    page = open_page(liaison)
    page.add_init_script(f"delete {missing}")
    page.goto(edit)
    runs(page)
    page.fill(TASKS, WORDS)
    saved(page)
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.get_by_text("Đã lưu bản nháp")).to_be_visible()
    runs(page)
    page.locator(".report-bar").get_by_role("button", name="Kiểm tra trước khi gửi").click()
    page.wait_for_url("**/check/")
    assert stored() == WORDS


def test_signing_out_on_one_page_clears_the_others_and_what_they_kept(form, edit):
    form.route("**/save/", lambda route: route.fulfill(status=500, body="x"))
    form.fill(TASKS, WORDS)
    told(form, "máy chủ gặp lỗi")
    other = form.context.new_page()
    other.on("dialog", lambda dialog: dialog.accept())
    other.goto("/notices/")
    other.locator(".account-menu > summary").click()
    other.get_by_role("button", name="Đăng xuất").click()
    other.wait_for_url("**/login/**")
    expect(form.get_by_text("Đã đăng xuất ở trang khác")).to_be_visible()
    expect(form.locator(TASKS)).to_have_count(0)
    form.wait_for_timeout(4_000)  # as long as a sending would be tried again
    assert kept_on_the_device(form) == []


def test_a_comment_typed_about_one_place_does_not_come_back_at_another(
    open_page, as_user, liaison, secretariat, opened, unit
):
    as_user(liaison).post(url("submit", opened, unit), whole_report(**{CASES: "40"}))
    add = f"{url('detail', opened, unit)}comments/add/?at="
    page = open_page(secretariat)
    page.goto(f"{add}{CASES}")
    runs(page)
    page.fill("textarea[name=text]", WORDS)
    page.goto(f"{add}section__tasks")
    runs(page)
    expect(page.locator("textarea[name=text]")).to_have_value("")
    page.locator(".unsent-elsewhere a").click()
    runs(page)
    assert page.url.endswith(f"?at={CASES}")
    expect(page.locator("textarea[name=text]")).to_have_value(WORDS)


def test_only_what_a_saving_changed_is_heard_and_a_figure_tells_what_stands_beside_it(open_page, edit, unit, liaison):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    page = open_page(liaison)
    page.goto(edit)
    runs(page)
    page.fill(TASKS, WORDS)
    saved(page)
    page.evaluate(
        """() => {
          window.heard = new Set();
          new MutationObserver((all) => all.forEach(({ target }) => heard.add(target.closest("[id]").id)))
            .observe(document.getElementById("report-form"), { childList: true, subtree: true });
        }"""
    )
    page.fill(THEFT, "4")
    page.fill("#id_category__trom-cap-tai-san__serious", "5")
    expect(page.locator("#id_category__trom-cap-tai-san__serious_told")).to_contain_text("số vụ (4)", timeout=SOON)
    heard = set(page.evaluate("[...heard]"))
    of_the_row = {each for each in heard if each.startswith("id_category__trom-cap-tai-san__")}
    assert f"{THEFT[1:]}_movement" in of_the_row
    assert heard - of_the_row <= {"report-form", "report-saved", "report-state", "state-violations"}
    expect(page.locator(THEFT)).to_have_accessible_description(re.compile(r"cùng kỳ 48"))
    expect(page.locator(f"{THEFT}_movement")).to_have_text("−44 (−91,67%)")
    expect(page.locator("#id_category__trom-cap-tai-san__serious")).to_have_accessible_description(
        re.compile(r"hơn số vụ \(4\)")
    )


def test_the_page_is_called_after_its_step(open_page, opened, unit, liaison):
    page = open_page(liaison)
    page.goto(f"/rounds/{opened.period}/units/{unit.pk}/edit/?step=leadership")
    runs(page)
    expect(page).to_have_title(re.compile(r"^II\.1–2\. Lãnh đạo, chỉ đạo; tuyên truyền – Báo cáo 6 tháng"))
    page.fill(OUTREACH, WORDS)
    page.get_by_role("button", name="Mục tiếp theo").click()
    expect(page).to_have_title(re.compile(r"^II\.3–4\. Phong trào, mô hình; phối hợp, tuần tra – Báo cáo 6 tháng"))
    page.get_by_role("button", name="Các mục").click()
    expect(page).to_have_title(re.compile(r"^Báo cáo 6 tháng"))


def test_a_text_far_too_long_holds_no_other_back_and_is_told(form):
    form.fill(TASKS, "Dài. " * 42_000)
    form.fill(OUTREACH, WORDS)
    told(form, "rút gọn")
    wait_until_stored(form, WORDS, "section__outreach")
    told(form, "rút gọn")
    form.get_by_role("button", name="Lưu bản nháp").click()
    assert len(form.locator(TASKS).input_value()) == 210_000
    form.reload()
    runs(form)
    assert len(form.locator(TASKS).input_value()) == 210_000
    form.fill(TASKS, "Ngắn.")
    wait_until_stored(form, "Ngắn.")
