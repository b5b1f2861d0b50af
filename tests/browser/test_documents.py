"""Documents, walked: issued by the secretariat, checked by anybody who holds the file."""

import pytest
from playwright.sync_api import expect

from tests.browser.checks import assert_accessible
from tests.support.documents import issued_report
from tests.support.reporting import THEFT, accepted_report


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})


@pytest.mark.parametrize("viewport", ["desk"])
def test_a_report_is_signed_off_issued_and_found_in_the_archive(open_page, secretariat, reported):
    page = open_page(secretariat)
    page.goto("/summaries/2022-H1/")
    page.get_by_role("button", name="Lập văn bản để ban hành").click()
    page.get_by_role("button", name="Duyệt").click()
    page.get_by_role("button", name="Ban hành văn bản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("01/BC-CĐBAT", timeout=30_000)
    page.goto("/documents/?q=ket+qua+xay+dung")
    expect(page.get_by_role("link", name="01/BC-CĐBAT")).to_be_visible()


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
