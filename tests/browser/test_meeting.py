"""The real meeting of 16/8/2022, entered through the pages and read back from its summary."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.demo import CAPTIONS, CONTRADICTION, GUEST, PLAN, RECORD, SPEECHES, TASKS, sample_image
from meetings.models import Meeting
from members.models import LeadTerm
from tests.browser.checks import assert_accessible
from tests.browser.conftest import VIEWPORTS
from tests.support.factories import UnitFactory
from tests.support.meetings import facts_missing_in, planned_meeting
from tests.support.reporting import accepted_report, close_early
from tests.support.worker import work


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page, name):
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def save(page):
    with page.expect_navigation():
        press(page, "Lưu")
    expect(page.locator("#error-summary")).to_have_count(0)


def fill(page, **values):
    for name, value in values.items():
        page.fill(f"#id_{name}", value)


def plan(page, host):
    page.goto("/meetings/plan/")
    page.select_option("#id_kind", "semiannual")
    page.select_option("#id_host", label=host.name)
    page.select_option("#id_period", label="6 tháng đầu năm 2022")
    fill(page, held_on="2022-08-16")
    fill(page, **{name: PLAN[name] for name in ("title", "place", "chair_name", "chair_title", "agenda")})
    with page.expect_navigation():
        press(page, "Lưu")
    fill(page, reason="Ghi lại hội nghị đã họp")
    save(page)


def invite(page, url):
    page.goto(f"{url}invitees/")
    follow(page, "Thêm khách mời")
    fill(page, **GUEST)
    save(page)
    page.goto(f"{url}questions/note/")
    page.select_option("#id_field", "person")
    page.select_option("#id_attendance", label=GUEST["name"])
    fill(page, note=CONTRADICTION)
    save(page)
    expect(page.get_by_text(CONTRADICTION)).to_be_visible()


def contribute(page, url, units):
    for number, unit in enumerate(units[:SPEECHES], start=1):
        page.goto(f"{url}speeches/register/")
        page.select_option("#id_unit", label=unit.name)
        fill(page, title=f"Tham luận mẫu {number}")
        save(page)
    page.goto(f"{url}awards/propose/")
    page.select_option("#id_form", "other")
    page.select_option("#id_recipient_kind", "collective")
    page.select_option("#id_status", "granted")
    fill(page, recipient="Các tập thể có thành tích trong công tác cụm địa bàn an toàn", achievement="Có thành tích")
    save(page)


def tick_everybody(page, url):
    """In the hall, on a telephone."""
    page.set_viewport_size(VIEWPORTS["telephone"])
    page.goto(f"{url}hall/")
    for row in page.locator(".hall-row").all():
        row.get_by_role("button", name="có mặt", exact=True).click()
        expect(row.get_by_role("button", name="có mặt", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#hall-count")).to_contain_text("28/28 đơn vị có mặt")
    assert_accessible(page)
    page.set_viewport_size(VIEWPORTS["desk"])


def write_record(page, url):
    page.goto(f"{url}record/")
    fill(page, **RECORD)
    with page.expect_navigation():
        press(page, "Lưu hồ sơ")
    for task in TASKS:
        page.goto(f"{url}tasks/set/")
        fill(page, text=task)
        save(page)
    for number, caption in enumerate(CAPTIONS, start=1):
        page.goto(f"{url}photos/add/")
        fill(page, caption=caption)
        photo = {"name": f"anh{number}.png", "mimeType": "image/png", "buffer": sample_image(number).getvalue()}
        page.set_input_files("#id_images", photo)
        save(page)


@pytest.mark.parametrize("viewport", ["desk"])
def test_the_real_meeting_is_entered_and_each_fact_found_in_its_summary(
    open_page, cluster, unit, secretariat, chair, screenshot
):
    units = UnitFactory.create_batch(27)
    LeadTerm.objects.create(unit=unit, role=LeadTerm.Role.LEAD, starts_on=unit.joined_on)
    accepted_report(unit, "2021-H1", {"ma-tuy": 4})
    accepted_report(unit, "2022-H1", {"ma-tuy": 3})
    close_early("2022-H1")
    office = open_page(secretariat)
    plan(office, unit)
    url = Meeting.objects.get().get_absolute_url()
    invite(office, url)
    contribute(office, url, units)
    office.goto(url)
    press(office, "Bắt đầu hội nghị")
    tick_everybody(office, url)
    write_record(office, url)
    office.goto(url)
    screenshot(office, "meeting-entered")

    desk = open_page(chair)
    desk.goto("/")
    link = desk.get_by_role("link", name="Báo cáo kết quả hội nghị (PDF)")
    summary = desk.request.get(link.evaluate("link => link.href")).body()  # a click opens it
    assert facts_missing_in(summary) == []


def test_enter_in_the_box_of_the_deputys_name_says_that_the_unit_is_represented(open_page, cluster, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/hall/")
    represented = page.get_by_role("button", name="cử người dự thay", exact=True)
    represented.click()
    page.get_by_label(f"Người dự thay của {unit.name}").fill("Lê Văn Thay")
    page.keyboard.press("Enter")
    expect(page.locator(".hall-state")).to_have_text("Cử người dự thay: Lê Văn Thay")
    expect(represented).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)


@pytest.mark.both_databases
@pytest.mark.parametrize("viewport", ["telephone"])
def test_the_hall_is_narrowed_down_while_one_types_and_says_why_somebody_is_away(
    open_page, cluster, unit, other_unit, secretariat
):
    meeting = planned_meeting(unit, secretariat)
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/hall/")
    page.get_by_label("Tìm đơn vị, khách mời").fill("khong co ai")
    expect(page.locator(".hall-row").first).to_be_hidden()
    page.get_by_label("Tìm đơn vị, khách mời").fill("xa thu mot")
    row = page.locator(".hall-row", has_text=unit.name)
    row.get_by_label("Vắng", exact=True).click()
    row.get_by_role("button", name="vắng có lý do", exact=True).click()
    expect(row.locator(".hall-state")).to_contain_text("Vắng có lý do")
    assert_accessible(page)


@pytest.mark.parametrize("viewport", ["telephone"])
def test_mails_are_asked_for_once_however_often_the_button_is_tapped(open_page, cluster, unit, secretariat, mailoutbox):
    meeting = planned_meeting(unit, secretariat, held_on=timezone.localdate())
    meeting.attendances.update(email="donvi@example.vn")
    page = open_page(secretariat)
    page.goto(f"/meetings/{meeting.pk}/invitees/")
    page.get_by_role("link", name="Gửi giấy mời").click()
    button = page.get_by_role("button", name="Gửi giấy mời")
    button.evaluate("button => { button.click(); setTimeout(() => button.click(), 200); }")
    expect(page.get_by_text("Đang gửi thư điện tử cho 1 đơn vị, khách mời")).to_be_visible()
    work()
    assert len(mailoutbox) == 1
    page.reload()
    expect(page.get_by_text("1 đã gửi")).to_be_visible()
    page.get_by_role("link", name="Xem các thư này").click()
    expect(page.get_by_role("row").filter(has_text="donvi@example.vn")).to_contain_text("đã gửi")


@pytest.mark.parametrize("viewport", ["telephone"])
def test_the_chair_sees_the_next_meeting_and_its_downloads_on_one_screen(
    open_page, cluster, unit, secretariat, chair, screenshot
):
    office = open_page(secretariat)
    plan(office, unit)
    telephone = open_page(chair)
    telephone.goto("/")
    expect(telephone.get_by_role("link", name=PLAN["title"])).to_be_in_viewport()
    expect(telephone.get_by_text("Giấy mời: chưa gửi")).to_be_in_viewport()
    expect(telephone.get_by_role("link", name="Toàn bộ hồ sơ (ZIP)")).to_be_in_viewport()
    screenshot(telephone, "meeting-chair-home")
