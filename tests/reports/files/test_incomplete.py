"""Where data are missing, page, PDF, Word, Excel and JSON say so alike."""

import io
import json

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.comparison_pages import whole_comparison
from tests.support.documents import as_typed
from tests.support.factories import UnitFactory
from tests.support.reporting import THEFT, accepted_report, close_early

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

PAGE = "/summaries/2022-H1/"
TOLD = "ghi nhận 14 vụ (2/3 đơn vị); trong 01 đơn vị có số liệu cả hai kỳ: 05 vụ, giảm 01 vụ (16,67%)"


@pytest.fixture
def incomplete(cluster, unit, other_unit):
    """One unit told both periods, one this period only, one neither but is a member."""
    UnitFactory(name="Xã Thử Ba")
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 5, "persons": None}})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 6, "persons": 4}})
    accepted_report(other_unit, "2022-H1", {THEFT: {"cases": 9, "persons": 11}})
    close_early()


def test_all_say_alike_what_is_recorded_and_what_is_compared(as_user, chair, incomplete, pdf_text):
    client = as_user(chair)
    page = whole_comparison(client, PAGE)
    word = Document(io.BytesIO(client.get(f"{PAGE}summary.docx").content))
    book = load_workbook(io.BytesIO(client.get(f"{PAGE}summary.xlsx").content))
    texts = {
        "page": page,
        "pdf": " ".join(pdf_text(client.get(f"{PAGE}summary.pdf").content).split()),
        "word": as_typed("\n".join(paragraph.text for paragraph in word.paragraphs)),
        "excel": "\n".join(str(cell.value) for sheet in book for line in sheet for cell in line),
        "json": client.get(f"{PAGE}summary.json").text,
    }
    assert [name for name, text in texts.items() if TOLD not in text] == []
    assert [name for name, text in texts.items() if "không có đối tượng" in text] == []
    assert [name for name, text in texts.items() if "ít nhất 11 đối tượng (1/3 đơn vị)" not in text] == []


def test_json_and_excel_have_fields_of_their_own_for_it(as_user, chair, incomplete, unit):
    client = as_user(chair)
    told = json.loads(client.get(f"{PAGE}summary.json").text)["total"]["persons"]
    assert (told["recorded"], told["complete"], told["missing"]) == (11, False, [unit.name, "Xã Thử Ba"])
    sheet = load_workbook(io.BytesIO(client.get(f"{PAGE}summary.xlsx").content))["Đã ghi nhận"]
    formats = {cell.number_format for line in sheet for cell in line if cell.value == 11}
    assert formats == {'"≥ "#,##0', "#,##0"}


def test_how_many_units_told_is_not_broken_over_lines(as_user, chair, cluster, pdf_text):
    """``25/28`` in the narrow column beside figures of hundreds of millions."""
    units = [UnitFactory() for _number in range(12)]
    for period in ("2022-H1", "2021-H1"):
        for unit in units[:11]:
            accepted_report(unit, period, {THEFT: {"cases": 5, "damage": 57_000_000}})
    close_early()
    told = pdf_text(as_user(chair).get(f"{PAGE}summary.pdf").content)
    assert "11/\n" not in told


def test_a_total_that_excel_computes_from_incomplete_rows_says_so_too(as_user, chair, incomplete):
    sheet = load_workbook(io.BytesIO(as_user(chair).get(f"{PAGE}summary.xlsx").content))["Đã ghi nhận"]
    told = [line for line in sheet if line[0].value in ("Tổng cộng", "Cộng các dòng (công thức)")]
    whole, computed = ([cell.number_format for cell in line[1:]] for line in told)
    summed = [place for place, cell in enumerate(told[1][1:]) if str(cell.value).startswith("=SUM(")]
    assert summed
    assert [computed[place] for place in summed] == [whole[place] for place in summed]
    assert '"≥ "#,##0' in computed
