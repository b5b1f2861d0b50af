"""Units, people and the audit trail, as the secretariat and a liaison meet them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from members.actions import change_unit, hand_over_lead, record_succession
from members.models import Letter, User
from tests.browser.checks import assert_accessible
from tests.support.factories import NOW, UnitFactory

PAGES = [
    "unit-list",
    "unit-create",
    "unit-import",
    "succession-create",
    "lead-term-list",
    "lead-term-hand-over",
    "person-list",
    "person-invite",
    "cluster-edit",
    "audit-list",
]
PASSWORD = "mot-bai-hat-kho-doan"
UNITS = "tên đơn vị;tên viết tắt;loại hình;ngày tham gia\nXã Mới;Mới;xã;01/07/2025\n"


@pytest.fixture
def history(cluster, unit, secretariat):
    """A unit to which everything has happened once."""
    hand_over_lead(unit=unit, role="lead", starts_on=unit.joined_on, by=secretariat, now=NOW)
    change_unit(unit, values={"leader": "Bà An"}, revision=1, by=secretariat, now=NOW)
    old = UnitFactory(name="Xã Cũ", short_name="Cũ")
    day = NOW.date()
    record_succession(predecessors=[old], successors=[unit], on=day, predecessors_end=True, by=secretariat, now=NOW)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("name", PAGES)
def test_pages_of_the_secretariat_are_readable_by_everybody(open_page, secretariat, screenshot, name):
    page = open_page(secretariat)
    page.goto(reverse(f"members:{name}"))
    screenshot(page, name)
    assert_accessible(page)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("name", ["unit-detail", "unit-edit", "person-edit"])
def test_pages_about_one_are_readable_by_everybody(open_page, secretariat, liaison, unit, screenshot, name):
    page = open_page(secretariat)
    page.goto(reverse(f"members:{name}", args=[liaison.pk if name.startswith("person") else unit.pk]))
    page.wait_for_load_state("networkidle")
    screenshot(page, name)
    assert_accessible(page)


@pytest.mark.usefixtures("history")
def test_a_liaison_finds_the_own_unit_and_its_trail(open_page, liaison, unit, screenshot):
    page = open_page(liaison)
    page.goto(unit.get_absolute_url())
    page.wait_for_load_state("networkidle")
    screenshot(page, "own-unit")
    assert_accessible(page)
    page.get_by_role("link", name="Toàn bộ nhật ký").click()
    expect(page.get_by_text("Bà An")).to_be_visible()


@pytest.mark.parametrize("viewport", ["telephone"])
def test_an_invited_person_sets_a_password_and_signs_in(open_page, cluster, secretariat, unit):
    page = open_page(secretariat)
    page.goto(reverse("members:person-invite"))
    page.get_by_label("Họ và tên").fill("Đầu Mối Mới")
    page.get_by_label("Thư điện tử").fill("moi@example.vn")
    page.get_by_label("Vai trò").select_option("liaison")
    page.locator("#id_unit").select_option(str(unit.pk))
    page.get_by_role("main").get_by_role("button", name="Mời").click()
    page.wait_for_url("**/invitation/")
    assert_accessible(page)
    (link,) = re.findall(r"https?://\S+/reset/key/\S+", Letter.objects.get(address="moi@example.vn").body)

    theirs = open_page()
    theirs.goto(link)
    for field in ("password1", "password2"):
        theirs.locator(f"#id_{field}").fill(PASSWORD)
    theirs.get_by_role("main").get_by_role("button").click()
    theirs.wait_for_load_state()

    assert User.objects.get(email="moi@example.vn").check_password(PASSWORD)


@pytest.mark.both_databases
def test_units_are_imported_after_a_look_at_them(open_page, cluster, secretariat, screenshot):
    page = open_page(secretariat)
    for text, stored in ((UNITS.replace("01/07", "31/02"), False), (UNITS, True)):
        page.goto(reverse("members:unit-import"))
        file = {"name": "don-vi.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.get_by_label("Tệp").set_input_files(file)
        page.get_by_role("button", name="Kiểm tra tệp").click()
        screenshot(page, f"import-{'good' if stored else 'faulty'}")
        assert_accessible(page)
        expect(page.get_by_role("button", name="Lưu 1 dòng")).to_have_count(int(stored))
    page.get_by_role("button", name="Lưu 1 dòng").click()
    page.get_by_role("main").get_by_role("link", name="Đơn vị").last.click()
    expect(page.get_by_role("link", name="Xã Mới")).to_be_visible()


def test_what_was_typed_survives_an_error(open_page, cluster, secretariat, unit, screenshot):
    page = open_page(secretariat)
    page.goto(reverse("members:unit-create"))
    page.locator("#id_name").fill(unit.name)
    page.get_by_role("main").get_by_role("button", name="Lưu").click()
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_name")).to_have_value(unit.name)
    screenshot(page, "unit-faulty")
    assert_accessible(page)
