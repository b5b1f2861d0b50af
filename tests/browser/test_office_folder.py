"""An office's folder of three years goes in as it lies there: no file is touched, everything is seen first."""

import datetime as dt
import re

import pytest
from playwright.sync_api import expect

from incidents.models import Incident
from members.models import TableImport, Unit
from reports.models import Figure
from tests.browser.checks import assert_accessible
from tests.support.office_folder import files

FOLDER = files()


def upload(page, address, name):
    page.goto(address)
    content = {"name": name, "mimeType": "application/octet-stream", "buffer": FOLDER[name]}
    page.get_by_label("Tệp").set_input_files(content)
    page.get_by_role("button", name="Kiểm tra tệp").click()


def store(page, rows):
    page.get_by_role("button", name=f"Lưu {rows} dòng").click()
    expect(page.get_by_role("heading", name="Dữ liệu đã nhập từ tệp")).to_be_visible()


def choose(page, label, option):
    page.get_by_label(label).select_option(option)
    page.get_by_role("button", name="Đọc lại tệp").click()


def figures():
    """What counts, as unit, half-year, category, cases, solved, damage."""
    for figure in Figure.objects.accepted().select_related("category", "version__submission__unit"):
        submission = figure.version.submission
        where = (submission.unit.short_name, str(submission.round.period), figure.category.code)
        yield (*where, figure.cases, figure.solved, figure.damage)


@pytest.mark.parametrize("viewport", ["desk"], indirect=True)
def test_five_sheets_of_different_build_are_taken_in_without_touching_them(
    open_page, cluster, secretariat, screenshot, starting_rows
):
    page = open_page(secretariat)
    units, of_2019, of_2020, of_2021, cases = FOLDER

    upload(page, "/units/import/", units)
    store(page, 3)

    upload(page, "/figures/import/", of_2019)
    expect(page.get_by_role("cell", name="12.500.000")).to_be_visible()
    screenshot(page, "folder-figures")
    store(page, 3)

    upload(page, "/figures/import/", of_2020)
    expect(page.get_by_text("viết không dấu").first).to_be_visible()
    store(page, 2)

    upload(page, "/figures/import/", of_2021)
    expect(page.get_by_role("alert").filter(has_text="Thiếu cột “Nội dung”")).to_be_visible()
    choose(page, re.compile("Hạng mục"), "Nội dung")
    store(page, 3)

    upload(page, "/incidents/import/", cases)
    expect(page.get_by_role("alert").filter(has_text="05/03/2021 hay 03/05/2021")).to_be_visible()
    screenshot(page, "folder-days-asked")
    assert_accessible(page)
    choose(page, "Cột lẫn ngày thật và ngày dạng chữ", "keep")
    store(page, 3)

    assert list(Unit.objects.order_by("order").values_list("kind", "telephone")) == [
        ("commune", "0912345678"), ("commune", "0987654321"), ("school", "024 3885 0001"),
    ]  # fmt: skip
    assert sorted(figures()) == [
        ("Mẫu Tây", "2019-H1", "trom-cap-tai-san", 2, 2, 0),
        ("Mẫu Tây", "2020-H1", "trom-cap-tai-san", 3, 1, 0),
        ("Mẫu Tây", "2021-H1", "trom-cap-tai-san", 1, 0, None),
        ("Mẫu Đông", "2019-H1", "trom-cap-tai-san", 7, 5, 12_500_000),
        ("Mẫu Đông", "2019-H2", "trom-cap-tai-san", 4, 0, 3_000_000),
        ("Mẫu Đông", "2020-H1", "trom-cap-tai-san", 6, 6, 4_500_000),
        ("Mẫu Đông", "2021-H1", "ma-tuy", 2, 2, None),
        ("Mẫu Đông", "2021-H1", "trom-cap-tai-san", 5, 4, None),
    ]
    assert list(Incident.objects.order_by("happened_on").values_list("happened_on", "happened_at", "damage")) == [
        (dt.date(2021, 3, 5), dt.time(14, 30), 5_000_000),
        (dt.date(2021, 3, 25), dt.time(23), None),
        (dt.date(2021, 4, 1), None, 0),
    ]
    assert TableImport.objects.standing().count() == 5


def test_the_same_file_again_is_recognised_and_taken_back(open_page, cluster, secretariat, starting_rows, viewport):
    page = open_page(secretariat)
    (units, *_rest) = FOLDER
    upload(page, "/units/import/", units)
    store(page, 3)
    page.get_by_role("button", name="Hoàn tác lần nhập này").click()
    expect(page.get_by_text("Đã hoàn tác toàn bộ dữ liệu")).to_be_visible()
    assert not Unit.objects.exists()
