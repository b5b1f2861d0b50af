"""Documents, walked: issued by the secretariat, checked by anybody who holds the file."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.support.documents import issued_report, prepared_draft
from tests.support.reporting import THEFT, accepted_report


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})


@pytest.mark.both_databases
@pytest.mark.parametrize("viewport", ["telephone"])
def test_a_report_is_returned_corrected_approved_on_a_telephone_issued_and_read_by_a_unit(
    open_page, client, secretariat, chair, liaison, reported
):
    clerk = open_page(secretariat)
    client.cookies.clear()  # another sign-in with the same cookies would end the clerk's
    head = open_page(chair)
    address = prepared_draft(by=secretariat).get_absolute_url()
    clerk.goto(address)
    clerk.get_by_role("button", name="Trình duyệt").click()
    expect(clerk.get_by_text("Đã trình văn bản để")).to_be_visible()
    head.goto("/")
    head.get_by_role("link", name="Có 1 văn bản chờ duyệt").click()
    head.locator("#drafts-waiting ~ ul a").click()
    head.get_by_role("link", name="Đọc và duyệt").click()
    assert_accessible(head)
    head.get_by_text("Góp ý phần này: Trích yếu").click()
    head.get_by_label("Nội dung cần sửa: Trích yếu").fill("Ghi rõ là sơ kết.")
    head.get_by_role("button", name="Trả lại kèm góp ý").click()
    expect(head.get_by_text("Đã trả lại văn bản kèm góp ý.")).to_be_visible()
    clerk.goto(address)
    expect(clerk.get_by_text("Ghi rõ là sơ kết.")).to_be_visible()
    clerk.get_by_text("Sửa trích yếu").click()
    clerk.get_by_label("trích yếu").fill("Sơ kết 6 tháng đầu năm 2022")
    clerk.get_by_role("button", name="Lưu").click()
    expect(clerk.locator("main p", has_text="Sơ kết 6 tháng đầu năm 2022").first).to_be_visible()
    clerk.get_by_role("button", name="Trình duyệt").click()
    expect(clerk.get_by_text("Đã trình văn bản để")).to_be_visible()
    head.goto(f"{address}read/")
    expect(head.locator("ins", has_text="Sơ kết 6 tháng đầu năm 2022")).to_be_visible()
    head.get_by_role("button", name="Duyệt", exact=True).click()
    expect(head.get_by_text("Đã duyệt văn bản")).to_be_visible()
    clerk.goto(address)
    clerk.get_by_role("link", name="Ban hành văn bản").click()
    clerk.get_by_role("button", name="Ban hành văn bản").click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text("01/BC-CĐBAT", timeout=30_000)
    clerk.goto("/documents/?q=so+ket")
    clerk.get_by_role("link", name="01/BC-CĐBAT").click()
    issued = clerk.url
    clerk.goto(f"{issued}send/")
    clerk.locator("main form button").last.click()
    dispatches = clerk.locator("section[aria-labelledby=dispatches]")
    expect(dispatches.get_by_text("chưa xem", exact=True)).to_be_visible()
    client.cookies.clear()
    unit_page = open_page(liaison)
    unit_page.goto("/")
    unit_page.locator("main").get_by_role("link", name="01/BC-CĐBAT").first.click()
    expect(unit_page.get_by_role("heading", level=1)).to_contain_text("01/BC-CĐBAT")
    clerk.goto(issued)
    expect(dispatches.get_by_text("đã xem", exact=True)).to_be_visible()
    expect(dispatches).to_contain_text(liaison.full_name)


def test_anybody_checks_the_file_they_hold(open_page, reported, tmp_path):
    document = issued_report()
    original, altered = tmp_path / "goc.pdf", tmp_path / "sua.pdf"
    content = bytes(document.files.get(form="pdf").content)
    original.write_bytes(content)
    altered.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    page = open_page()
    page.goto("/verify/")
    assert_accessible(page)
    page.get_by_label("Mã tra cứu").fill(document.code.lower().replace("-", " "))
    page.get_by_role("button", name="Tra cứu").click()
    for file, found in ((original, "đúng là tệp đã ban hành"), (altered, "không phải là tệp đã ban hành")):
        page.get_by_label("Tệp cần kiểm tra").set_input_files(file)
        page.get_by_role("button", name="Kiểm tra tệp").click()
        expect(page.locator("main .alert")).to_contain_text(found)
        assert_accessible(page)
