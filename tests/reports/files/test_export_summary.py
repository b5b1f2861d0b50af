"""`manage.py export_summary`: the same summary as the page, in a file."""

import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from docx import Document

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.files import json_file as json_export
from tests.support.reporting import DRUGS, THEFT, accepted_report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def export(path, period="2022-H1", *options):
    call_command("export_summary", period, "--output", str(path), *options)
    return path.read_bytes()


@pytest.fixture
def reported(cluster, unit, other_unit):
    accepted_report(unit, "2022-H1", {THEFT: 53, DRUGS: 7})
    accepted_report(unit, "2021-H1", {THEFT: 60, DRUGS: 7})
    accepted_report(other_unit, "2022-H1", {THEFT: 9})


def test_json_is_what_the_summary_says(reported, tmp_path):
    content = export(tmp_path / "summary.json", "2022-H1", "--format", "json")
    assert content == json_export.write(summarise(current=Period(2022, 1)))


def test_like_for_like_leaves_out_who_did_not_report_both(reported, tmp_path):
    content = json.loads(export(tmp_path / "summary.json", "2022-H1"))
    assert (content["like_for_like"], content["total"]["cases"]["current"]) == (True, 60)


def test_a_full_year_is_exported_by_its_number(reported, unit, other_unit, tmp_path):
    for each, period in [
        (other_unit, "2021-H1"),
        *((u, f"{year}-H2") for u in (unit, other_unit) for year in (2021, 2022)),
    ]:
        accepted_report(each, period, {THEFT: 1, DRUGS: 1})
    content = json.loads(export(tmp_path / "summary.json", "2022"))
    assert (content["period"], content["baseline"]) == ("2022", "2021")


def test_pdf_and_html_are_written(reported, tmp_path):
    assert export(tmp_path / "summary.pdf", "2022-H1", "--format", "pdf").startswith(b"%PDF-1.7")
    html = export(tmp_path / "summary.html", "2022-H1", "--format", "html").decode()
    assert "<style>" in html
    assert "<link" not in html
    assert "ghi nhận 69 vụ" in html


def test_another_period_can_be_the_base(reported, tmp_path):
    content = json.loads(export(tmp_path / "summary.json", "2022-H1", "--baseline", "2021-H2"))
    assert (content["baseline"], content["total"]["sentence"]) == ("2021-H2", "ghi nhận 69 vụ việc")


@pytest.mark.parametrize("period", ["2022-H3", "first half", "22"])
def test_a_text_that_is_no_period_is_refused_with_an_example(db, tmp_path, period):
    with pytest.raises(CommandError, match=r"is no period. Write 2022-H1"):
        export(tmp_path / "summary.json", period)


def test_a_half_year_nobody_reported_on_has_no_figures(cluster, tmp_path):
    content = json.loads(export(tmp_path / "summary.json", "1975-H1"))
    assert (content["total"]["cases"]["current"], content["total"]["cases"]["base"]) == (None, None)


def test_a_file_that_can_not_be_written_is_named(reported, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere/summary.json can't be written"):
        export(tmp_path / "nowhere" / "summary.json")


PUBLISHED = """unit,period,category,cases,deaths,damage
Thử Một,2022-H1,Trộm cắp tài sản,53,0,0
Thử Một,2022-H1,Đánh bạc,127,,
Thử Một,2022-H1,ma-tuy,7,,
Thử Một,2022-H1,moi-truong,10,,
Thử Một,2022-H1,tai-nan-giao-thong,120,38,219180000000
Thử Một,2022-H1,chay-no,1,4,0
Thử Một,2021-H1,Trộm cắp tài sản,60,0,0
Thử Một,2021-H1,Đánh bạc,123,,
Thử Một,2021-H1,ma-tuy,7,,
Thử Một,2021-H1,moi-truong,10,,
Thử Một,2021-H1,tai-nan-giao-thong,103,23,0
Thử Một,2021-H1,chay-no,0,4,0
"""


@pytest.mark.parametrize(
    ("code", "measure", "sentence"),
    [
        (None, "cases", "ghi nhận 318 vụ việc, tăng 15 vụ (4,95%) so với cùng kỳ năm 2021"),
        ("tai-nan-giao-thong", "deaths", "làm chết 38 người, tăng 15 người (65,22%) so với cùng kỳ năm 2021"),
        (
            "chay-no",
            "cases",
            "xảy ra 01 vụ, tăng 01 vụ so với cùng kỳ năm 2021 (cùng kỳ năm 2021 không xảy ra)",
        ),
        ("chay-no", "deaths", "làm chết 04 người, bằng cùng kỳ năm 2021"),
        (
            "tai-nan-giao-thong",
            "damage",
            "thiệt hại về tài sản 219,18 tỷ đồng, tăng 219,18 tỷ đồng so với cùng kỳ năm 2021"
            " (cùng kỳ năm 2021 không thiệt hại về tài sản)",
        ),
        ("ma-tuy", "deaths", "không thống kê"),
    ],
)
def test_published_rows_are_imported_and_read_back(cluster, unit, tmp_path, code, measure, sentence):
    (tmp_path / "figures.csv").write_text(PUBLISHED)
    call_command("import_figures", str(tmp_path / "figures.csv"))
    content = json.loads(export(tmp_path / "summary.json"))
    row = next(row for row in content["categories"] if row["code"] == code) if code else content["total"]
    assert row[measure]["sentence"] == sentence


def test_the_published_share_is_read_back(cluster, unit, tmp_path):
    (tmp_path / "figures.csv").write_text(PUBLISHED)
    call_command("import_figures", str(tmp_path / "figures.csv"))
    content = json.loads(export(tmp_path / "summary.json"))
    theft = next(row for row in content["categories"] if row["code"] == THEFT)
    assert theft["share"] == "29.44"


def test_word_and_excel_files_are_written(reported, tmp_path):
    word = export(tmp_path / "summary.docx", "2022-H1", "--format", "docx")
    workbook = export(tmp_path / "summary.xlsx", "2022-H1", "--format", "xlsx")
    assert Document(io.BytesIO(word)).core_properties.title.startswith("Báo cáo Tình hình")
    assert openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames[0] == "Thông tin"


@pytest.mark.parametrize(("option", "cases"), [(("--kind", "school"), None), (("--unit", "thử hai"), 9)])
def test_one_kind_or_one_unit_is_exported(reported, tmp_path, option, cases):
    content = json.loads(export(tmp_path / "summary.json", "2022-H1", *option))
    assert content["total"]["cases"]["current"] == cases


def test_a_unit_that_is_none_is_refused(reported, tmp_path):
    with pytest.raises(CommandError, match="There is no unit “Xã Khác”"):
        export(tmp_path / "summary.json", "2022-H1", "--unit", "Xã Khác")
