"""The report step by step on a telephone: little tapping, keys as in a spreadsheet, nothing lost between steps."""

import pytest
from playwright.sync_api import expect

from reports.models import Indicator, Submission
from tests.browser.checks import assert_accessible
from tests.browser.test_not_one_word_lost import SOON, WORDS, runs, told
from tests.reports.submissions.test_form import whole_report
from tests.reports.submissions.test_steps import sent_half_a_year_before
from tests.support.factories import RoundFactory
from tests.support.reporting import accepted_report

telephone = pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
CASES = "#id_category__{}__cases"
THEFT, INJURY = CASES.format("trom-cap-tai-san"), CASES.format("co-y-gay-thuong-tich")


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def edit(opened, unit):
    return f"/rounds/{opened.period}/units/{unit.pk}/edit/"


@pytest.fixture
def step(open_page, edit, liaison):
    """`step("tasks")`: a page of the liaison's, open at the step."""

    def open_step(code, **options):
        page = open_page(liaison, **options)
        page.goto(f"{edit}?step={code}")
        if options.get("java_script_enabled", True):
            runs(page)
        return page

    return open_step


def paste(page, selector, text):
    page.focus(selector)
    page.evaluate(
        """([selector, text]) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text", text);
            const field = document.querySelector(selector);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        [selector, text],
    )


class Finger:
    """Taps, and counts them; typing and the keyboard's Next key are no taps."""

    def __init__(self, page):
        self.page, self.taps = page, 0

    def tap(self, place):
        place.click()
        self.taps += 1

    def on(self, selector):
        self.tap(self.page.locator(selector))

    def button(self, name):
        self.tap(self.page.get_by_role("button", name=name).locator("visible=true").last)

    def write(self, selector, text):
        self.on(selector)
        self.page.keyboard.type(text)

    def on_with_next(self, *figures):
        for figure in figures:
            self.page.keyboard.type(figure)
            self.page.keyboard.press("Enter")


@telephone
def test_a_near_minimal_report_takes_twenty_taps_and_no_forced_remark(open_page, cluster, unit, liaison):
    last_year = {"trom-cap-tai-san": {"cases": 3, "serious": 0, "solved": 2, "persons": 3, "damage": 5_000_000}}
    accepted_report(unit, "2021-H1", last_year, dict.fromkeys(Indicator.objects.values_list("code", flat=True), 4))
    RoundFactory()
    page = open_page(liaison)
    page.goto("/")
    finger = Finger(page)
    finger.tap(page.get_by_role("link", name="Lập báo cáo"))
    runs(page)
    finger.write("#id_section__advantages", WORDS)
    finger.button("Mục tiếp theo")
    finger.write("#id_section__leadership", WORDS)
    finger.write("#id_section__outreach", WORDS)
    finger.button("Mục tiếp theo")
    finger.button("Mục tiếp theo")
    finger.on(THEFT)
    finger.on_with_next("4", "1", "2", "3", "1,5 triệu")
    finger.on_with_next("2", "0", "1", "2", "0", "3")
    finger.on_with_next("1", "1", "1", "2", "0", "0", "45000000")
    finger.button("Nhập 0 vụ cho các loại còn để trống")
    finger.button("Mục tiếp theo")
    finger.on(".indicator-rows .figure-cell input >> nth=0")
    finger.on_with_next(*"43524453")
    finger.button("Mục tiếp theo")
    finger.write("#id_section__shortcomings", WORDS)
    finger.button("Mục tiếp theo")
    finger.write("#id_section__tasks", WORDS)
    finger.write("#id_section__proposals", WORDS)
    finger.button("Kiểm tra trước khi gửi")
    finger.tap(page.get_by_label("Tôi cam kết"))
    finger.button("Nộp báo cáo")
    expect(page.get_by_text("Biên nhận số")).to_be_visible()
    version = Submission.objects.get(round__period="2022-H1").versions.get()
    assert (version.figures.filter(cases__gt=0).count(), version.indicator_figures.count()) == (3, 8)
    assert not version.figures.exclude(remark="").exists()
    assert finger.taps <= 20


@telephone
def test_steps_change_without_a_line_and_every_word_arrives(step, open_page):
    page = step("leadership")
    page.context.set_offline(True)
    page.fill("#id_section__outreach", WORDS)
    page.get_by_role("button", name="Mục tiếp theo").click()
    expect(page.get_by_role("heading", name="Phong trào, mô hình")).to_be_focused()
    page.get_by_role("button", name="Các mục").click()
    page.locator(".report-steps").get_by_role("button", name="Phương hướng").click()
    page.fill("#id_section__tasks", WORDS)
    told(page, "mất kết nối")
    page.context.set_offline(False)
    expect(page.locator("#report-state")).to_contain_text("Đã lưu lúc", timeout=SOON)
    typed = Submission.objects.get().typed
    assert (typed["section__outreach"], typed["section__tasks"]) == (WORDS, WORDS)
    page.go_back()
    expect(page.locator(".report-steps")).to_be_visible()
    expect(page.locator("#state-leadership")).to_contain_text("còn thiếu: 1")
    open_page.complaints.clear()  # the console tells of the lost connection


def test_every_step_is_accessible_and_none_is_wider_than_the_page(step, screenshot):
    page = step("situation")
    for code in ("leadership", "movement", "violations", "activities", "shortcomings", "tasks"):
        page.goto(page.url.partition("?")[0] + f"?step={code}")
        runs(page)
        assert_accessible(page)
        screenshot(page, f"report-step-{code}")
        assert page.locator(".report-bar").bounding_box()["height"] < 110
    page.goto(page.url.partition("?")[0])
    runs(page)
    assert_accessible(page)
    screenshot(page, "report-steps")


def test_the_page_to_check_is_accessible_with_faults_and_without(step, as_user, liaison, opened, unit, screenshot):
    sent_half_a_year_before(unit, liaison)
    page = step("tasks")
    check = page.url.partition("?")[0].replace("/edit/", "/check/")
    page.goto(check)
    assert_accessible(page)
    screenshot(page, "report-check-faults")
    sent = whole_report(section__outreach="Tuyên truyền được năm buổi tại các thôn, có sáu trăm lượt người dự.")
    as_user(liaison).post(check.partition(page.url.split("/rounds")[0])[2].replace("check", "save"), sent)
    page.goto(check)
    assert_accessible(page)
    screenshot(page, "report-check")
    page.locator(".edit-point").last.click()
    expect(page.locator("#id_section__proposals")).to_be_focused()


@telephone
def test_without_scripts_each_step_has_its_own_address_and_button(step):
    page = step("leadership", java_script_enabled=False)
    expect(page.locator("#id_section__tasks")).to_be_hidden()
    page.fill("#id_section__outreach", WORDS)
    page.get_by_role("button", name="Mục tiếp theo").click()
    assert page.url.endswith("?step=movement")
    page.get_by_role("button", name="Các mục").click()
    expect(page.locator("#state-leadership")).to_contain_text("còn thiếu: 1")
    page.locator(".report-steps").get_by_role("button", name="Tình hình vi phạm").click()
    page.fill(THEFT, "12 345")
    page.keyboard.press("Enter")
    expect(page.locator(THEFT)).to_have_value("12 345")
    page.get_by_role("button", name="Lưu bản nháp").click()
    expect(page.locator("#error-summary")).to_contain_text("“12 ⏎ 345” có nhiều số trong một ô")
    typed = Submission.objects.get().typed
    assert (typed["section__outreach"], typed["category__trom-cap-tai-san__cases"]) == (WORDS, "12 345")


@pytest.mark.parametrize("viewport", ["desk"], indirect=True)
def test_enter_and_arrows_move_as_in_a_spreadsheet_and_send_nothing(step):
    page = step("violations")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.is_navigation_request() else None)
    page.focus(THEFT)
    for key, place in [("Enter", INJURY), ("ArrowUp", THEFT), ("ArrowDown", INJURY), ("Shift+Enter", THEFT)]:
        page.keyboard.press(key)
        expect(page.locator(place)).to_be_focused()
    page.keyboard.type("4")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_category__trom-cap-tai-san__serious")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator(THEFT)).to_be_focused()
    page.locator("#id_category__trom-cap-tai-san__remark_fold").evaluate("fold => fold.open = true")
    page.focus("#id_category__trom-cap-tai-san__remark")
    page.keyboard.press("Enter")
    assert posts == []


@telephone
def test_a_pasted_column_fills_the_fields_below_and_can_be_undone(step):
    page = step("violations")
    page.fill(INJURY, "7")
    paste(page, THEFT, "12\n345\n\n6\r\n")
    values = [page.locator(".is-cases input").nth(number).input_value() for number in range(4)]
    assert values == ["12", "345", "", "6"]
    expect(page.locator("[data-pasted]")).to_contain_text("Số ô đã điền: 3")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.locator(THEFT)).to_have_value("")
    expect(page.locator(INJURY)).to_have_value("7")


@telephone
def test_a_pasted_block_with_names_goes_by_the_columns_of_the_sheet(step):
    page = step("violations")
    paste(page, THEFT, "Trộm cắp tài sản\t12\t1\t10\t9\tx\tx\t1,5 triệu\nCố ý gây thương tích\t3\t0\t3\t4\t0\t2\t8")
    expect(page.locator("#id_category__trom-cap-tai-san__damage")).to_have_value("1,5 triệu")
    expect(page.locator("#id_category__trom-cap-tai-san__damage_told")).to_have_text(
        "một triệu năm trăm nghìn đồng", timeout=SOON
    )
    expect(page.locator("#id_category__co-y-gay-thuong-tich__injuries")).to_have_value("2")


@telephone
def test_a_pasted_block_keeps_a_blank_first_column_and_passes_over_a_groups_heading(step):
    page = step("violations")
    paste(page, THEFT, "\t1\n\t2")
    expect(page.locator("#id_category__trom-cap-tai-san__serious")).to_have_value("1")
    expect(page.locator(THEFT)).to_have_value("")
    paste(page, THEFT, "Nhóm trật tự\t\t\nTrộm cắp tài sản\t\t\nCố ý gây thương tích\t7\t3")
    expect(page.locator(INJURY)).to_have_value("7")
    expect(page.locator(THEFT)).to_have_value("")


@telephone
@pytest.mark.parametrize(
    ("block", "cells"),
    [
        ("TT\tNội dung\tSố vụ\n1\tCố ý gây thương tích\t7\n2\tTrộm cắp tài sản\t4", {THEFT: "4", INJURY: "7"}),
        ("Nội dung\tSố vụ\nLoại lạ\t9\n2. trộm cắp  tài sản\t4", {THEFT: "4", INJURY: ""}),
        ('"Cố ý\ngây thương tích"\t"1\n2"\n"Trộm cắp tài sản"\t"4"', {THEFT: "4", INJURY: "1 2"}),
        ("Tên khác\tSố vụ\tNghiêm trọng\nLoại lạ\t4\t0\nLoại khác\tkhông có\t0", {THEFT: "4", INJURY: "không có"}),
    ],
)
def test_a_pasted_block_goes_by_the_names_in_it_whatever_stands_around_them(step, block, cells):
    page = step("violations")
    paste(page, THEFT, block)
    for place, text in cells.items():
        expect(page.locator(place)).to_have_value(text)
    left = page.locator("[data-left]")
    expect(left).to_be_visible() if "Loại lạ\t9" in block else expect(left).to_be_hidden()


@telephone
def test_what_is_impossible_is_told_as_it_is_typed(step):
    page = step("violations")
    page.fill(THEFT, "2")
    page.fill("#id_category__trom-cap-tai-san__serious", "3")
    expect(page.locator("#id_category__trom-cap-tai-san__serious_told")).to_contain_text("số vụ (2)", timeout=SOON)
    page.fill(THEFT, "ba")
    expect(page.locator(f"{THEFT}_told")).to_contain_text("“ba” không phải là số", timeout=SOON)


@telephone
def test_last_halfs_text_is_taken_over_and_changed(step, liaison, unit, opened):
    sent_half_a_year_before(unit, liaison)
    page = step("leadership")
    page.get_by_text("Nội dung 6 tháng cuối năm 2021").click()
    page.get_by_role("button", name="Lấy nội dung này").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Tăng một buổi.")
    expect(page.locator("#report-state")).to_contain_text("Đã lưu lúc", timeout=SOON)
    assert Submission.objects.get(round=opened).typed["section__outreach"].endswith("lượt người dự. Tăng một buổi.")
