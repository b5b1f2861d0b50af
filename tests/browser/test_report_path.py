"""The main job, walked by its three people: fill in, submit, accept, compare, take home."""

import pytest
from playwright.sync_api import expect

from cluster_portal.periods import CutOffRule, Period
from tests.browser.checks import assert_accessible
from tests.support.factories import RoundFactory
from tests.support.reporting import accepted_report

THEFT = "#id_category__trom-cap-tai-san__cases"


@pytest.fixture
def opened(cluster, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    return RoundFactory()


@pytest.fixture
def form(open_page, opened, liaison):
    """The report's form, reached as the liaison reaches it: from the first page.

    A click does not wait for the page it leads to. What is typed before its script runs is kept by the
    form but not seen by the script, and a connection lost before it has come leaves the page without it.
    """
    page = open_page(liaison)
    page.goto("/")
    page.get_by_role("link", name="Lập báo cáo").click()
    page.get_by_role("heading", name="Đặc điểm tình hình").wait_for()
    page.goto(page.url.replace("?step=situation", "?step=all"))
    expect(page.get_by_role("button", name="Nhập 0 vụ cho các loại còn để trống")).to_be_visible()  # its script runs
    return page


def fill_in_whole(page):
    page.fill(THEFT, "41")
    page.get_by_role("button", name="Nhập 0 vụ cho các loại còn để trống").click()
    page.check(f"{THEFT.removesuffix('__cases')}__lacks")  # persons and damage of the thefts aren't known yet
    for section in ("leadership", "outreach", "shortcomings", "tasks"):
        page.fill(f"#id_section__{section}", "Đã thực hiện theo kế hoạch.")


def check(page):
    page.locator(".report-bar").get_by_role("button", name="Kiểm tra trước khi gửi").click()
    expect(page.get_by_role("heading", name="Kiểm tra trước khi gửi", level=1)).to_be_visible()


def saved(page):
    expect(page.locator("#report-state")).to_contain_text("Đã lưu lúc")


@pytest.mark.both_databases
def test_a_report_goes_from_the_liaison_to_the_chair(open_page, form, opened, unit, secretariat, chair, screenshot):
    fill_in_whole(form)
    saved(form)
    check(form)
    form.get_by_label("Tôi cam kết báo cáo này không có nội dung bí mật nhà nước.").check()
    form.get_by_role("button", name="Nộp báo cáo").click()
    expect(form.get_by_role("status").first).to_contain_text("Đã nộp báo cáo")
    screenshot(form, "report-submitted")

    office = open_page(secretariat)
    office.goto("/")
    office.get_by_role("link", name=unit.name).first.click()
    office.get_by_role("button", name="Tiếp nhận báo cáo").click()
    expect(office.get_by_text("đã tiếp nhận", exact=True)).to_be_visible()

    desk = open_page(chair)
    desk.goto("/")
    expect(desk.get_by_text("giảm 07 vụ (14,58%)").first).to_be_visible()
    link = desk.get_by_role("link", name="Tải báo cáo tổng hợp (PDF)")
    pdf = desk.request.get(link.evaluate("link => link.href"))  # a click opens it
    assert pdf.headers["content-disposition"].startswith("inline")
    assert pdf.body().startswith(b"%PDF-")


def test_the_change_is_told_as_it_is_typed(form):
    form.fill(THEFT, "41")
    expect(form.locator(f"{THEFT}_movement")).to_have_text("−7 (−14,58%)")


def test_what_was_typed_is_still_there_on_another_device(form, open_page, liaison):
    form.fill("#id_section__tasks", "Tăng cường tuần tra ban đêm.")
    saved(form)
    telephone = open_page(liaison)
    telephone.goto(form.url)
    expect(telephone.locator("#id_section__tasks")).to_have_value("Tăng cường tuần tra ban đêm.")


def test_errors_stand_beside_the_field_and_in_a_summary_that_leads_there(form, screenshot):
    fill_in_whole(form)
    form.fill("#id_category__trom-cap-tai-san__serious", "50")
    check(form)
    summary = form.locator("#error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Trộm cắp tài sản – Vụ nghiêm trọng").click()
    expect(form.locator("#id_category__trom-cap-tai-san__serious")).to_be_focused()
    expect(form.locator("#id_category__trom-cap-tai-san__serious")).to_have_value("50")
    assert_accessible(form)
    screenshot(form, "report-errors")


@pytest.mark.both_databases
def test_a_second_window_is_told_and_loses_nothing(form, open_page, liaison):
    second = open_page(liaison)
    second.goto(form.url)
    form.fill(THEFT, "41")
    saved(form)
    second.fill(THEFT, "43")
    expect(second.locator("#report-state")).to_contain_text("Chưa lưu")
    second.get_by_role("button", name="Lưu bản nháp").click()
    expect(second.locator(THEFT)).to_have_value("43")
    expect(second.get_by_text("Bản đã lưu: 41").first).to_be_visible()


@pytest.mark.both_databases
def test_a_second_window_that_saved_nothing_is_not_closed_without_a_question(form, open_page, liaison):
    second, asked = open_page(liaison), []
    second.goto(form.url)
    form.fill(THEFT, "41")
    saved(form)
    second.fill(THEFT, "43")
    expect(second.locator("#report-state")).to_contain_text("Chưa lưu")
    second.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    second.goto("/")
    assert asked == ["beforeunload"]


def test_a_saving_without_a_connection_is_said_and_made_up_for(form, open_page):
    form.context.set_offline(True)
    form.fill(THEFT, "41")
    expect(form.get_by_text("Chưa lưu được: mất kết nối.")).to_be_visible()
    form.context.set_offline(False)
    expect(form.locator("#report-state")).to_contain_text("Đã lưu lúc", timeout=10_000)
    open_page.complaints.clear()  # the console tells of the lost connection


def test_the_form_is_accessible(form, screenshot):
    assert_accessible(form)
    screenshot(form, "report-form")


def test_choosing_another_half_year_proposes_its_dates(open_page, cluster, secretariat):
    page = open_page(secretariat)
    page.goto("/rounds/open/")
    other = page.locator("#id_period option").nth(3).get_attribute("value")
    page.get_by_label("Kỳ báo cáo").select_option(other)
    cut_off = Period.parse(other).last_day(CutOffRule.CALENDAR)
    expect(page.get_by_label("Ngày chốt số liệu")).to_have_value(f"{cut_off:%d/%m/%Y}")
    assert_accessible(page)
    page.get_by_role("button", name="Mở đợt báo cáo").click()
    expect(page.get_by_role("heading", name=Period.parse(other).label)).to_be_visible()
