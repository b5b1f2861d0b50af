"""Any period against any other of its length, chosen by a link, and kept by every file."""

import io
import json

import openpyxl
import pypdf
import pytest
from django.core.management import CommandError, call_command
from docx import Document

from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.models import DocumentDraft
from tests.support.documents import as_typed
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

HALVES = {"2020-H1": 8, "2020-H2": 2, "2021-H1": 5, "2021-H2": 10, "2022-H1": 15, "2022-H2": 5}


@pytest.fixture
def reported(cluster, unit):
    for period, cases in HALVES.items():
        accepted_report(unit, period, {THEFT: cases})


def totals(current, baseline):
    cases = summarise(current=Period.parse(current), baseline=Period.parse(baseline)).total.figures.cases
    return cases.current, cases.base, str(cases.percent)


@pytest.mark.parametrize(
    ("current", "baseline", "told"),
    [
        ("2022-H1", "2020-H2", (15, 2, "650.00")),
        ("2022-H1", "2021-H2", (15, 10, "50.00")),
        ("2022", "2020", (20, 10, "100.00")),
    ],
)
def test_a_period_is_compared_with_any_earlier_one_of_its_length(reported, current, baseline, told):
    assert totals(current, baseline) == told


@pytest.mark.parametrize(
    ("current", "base", "told"),
    [
        ("2020-H1", "2022-H1", "Chỉ so sánh được 6 tháng đầu năm 2020 với kỳ trước đó, không so sánh được với"),
        ("2022-H1", "2022-H2", "Chỉ so sánh được 6 tháng đầu năm 2022 với kỳ trước đó, không so sánh được với"),
        ("2021", "2022", "Chỉ so sánh được năm 2021 với kỳ trước đó, không so sánh được với"),
    ],
)
def test_what_came_later_is_no_base(as_user, secretariat, reported, current, base, told):
    client = as_user(secretariat)
    for address in ("", "summary.json", "summary.pdf"):
        page = client.get(f"/summaries/{current}/{address}?baseline={base}", follow=True).content.decode()
        assert told in page
    assert told in client.post(f"/summaries/{current}/prepare/?baseline={base}", follow=True).content.decode()
    assert not DocumentDraft.objects.exists()


def test_the_command_writes_no_comparison_with_a_later_period(reported, tmp_path):
    with pytest.raises(CommandError, match="Chỉ so sánh được 6 tháng đầu năm 2022 với kỳ trước đó"):
        call_command("export_summary", "2022-H1", baseline="2022-H2", output=str(tmp_path / "file.json"))
    assert not list(tmp_path.iterdir())


def links(as_user, chair, address):
    return {item.url: item.is_chosen for item in as_user(chair).get(address).context["baselines"]}


def test_the_half_year_before_is_one_click_away(as_user, chair, reported):
    offered = links(as_user, chair, "/summaries/2022-H1/")
    assert offered == {"/summaries/2022-H1/": True, "/summaries/2022-H1/?baseline=2021-H2": False}


def test_the_click_keeps_the_other_choices(as_user, chair, reported):
    offered = links(as_user, chair, "/summaries/2022-H1/?baseline=2021-H2&kind=commune")
    assert offered == {
        "/summaries/2022-H1/?kind=commune": False,
        "/summaries/2022-H1/?baseline=2021-H2&kind=commune": True,
    }


def test_of_a_year_the_year_before_is_offered_once(as_user, chair, reported):
    assert links(as_user, chair, "/summaries/2022/?baseline=2020") == {"/summaries/2022/": False}


def told_by(name, content):
    """The text of a file."""
    if name == "json":
        return json.loads(content)["headline"]
    if name == "docx":
        return as_typed(" ".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs))
    if name == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Thông tin"]
        return " ".join(str(cell) for row in sheet.values for cell in row)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("name", ["pdf", "docx", "xlsx", "json"])
def test_each_file_keeps_the_choice_of_the_page(as_user, chair, reported, name):
    client = as_user(chair)
    address = f"/summaries/2022/summary.{name}?baseline=2020"
    assert f'href="{address}"' in client.get("/summaries/2022/?baseline=2020").content.decode()
    assert "tăng 10 vụ (100,00%) so với năm 2020" in told_by(name, client.get(address).content)
