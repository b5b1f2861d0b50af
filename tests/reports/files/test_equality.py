"""Page, PDF, DOCX, XLSX and JSON hold the same figures: each file is read back and compared, cell by cell."""

import io
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from urllib.parse import urlencode

import openpyxl
import pypdf
import pytest
from django.test import Client
from django.utils import translation
from docx import Document
from lxml import html

from cluster_portal import formatting
from cluster_portal.periods import Period
from members.models import Unit
from reports.comparison.period_states import states_of
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.summarise import summarise
from reports.content import MEASURES
from reports.files.workbook_file import FIRST_HEAD_ROW, SHEET_NAMES, SUM_LABEL
from reports.layout.summary_tables import build_tables
from reports.layout.table import Table
from tests.support.comparison_pages import whole_comparison
from tests.support.documents import as_typed
from tests.support.factories import UserFactory
from tests.support.rows import undone
from tests.support.situations import full_year, missing_units_and_base_nought, sample

# django_db: before the tests that flush the database
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OF_UNITS = {"kinds", "units", "unit-details"}
FILES = ("", "summary.pdf", "summary.docx", "summary.xlsx", "summary.json")


def whole():
    return WHOLE_CLUSTER


def one_kind():
    return Scope(kind="school")


def one_unit():
    return Scope(unit=Unit.objects.in_order()[0].pk)


VIEWS = {
    "sample": (sample, whole),
    "one kind": (sample, one_kind),
    "missing units and base nought": (missing_units_and_base_nought, whole),
    "one unit": (missing_units_and_base_nought, one_unit),
    "full year": (full_year, whole),
}


@dataclass(frozen=True)
class View:
    """What the page and the files must show, and what they were."""

    tables: list[Table]
    files: dict[str, bytes]
    is_of_one_unit: bool
    is_collecting: bool

    @property
    def printed(self) -> list[Table]:
        """On paper a single unit has no table of units."""
        return [table for table in self.tables if not (self.is_of_one_unit and table.code in OF_UNITS)]


@pytest.fixture
def is_collecting(view):
    return view.is_collecting


@pytest.fixture(scope="module", params=VIEWS)
def view(request, sample_rows, django_db_blocker):
    """The period and the scope that are looked at: reckoned and written once for all tests of this module."""
    arrange, scope = VIEWS[request.param]
    with undone(django_db_blocker):
        period, scope = arrange(sample_rows), scope()
        client = Client()
        client.force_login(UserFactory(role="chair"))
        with translation.override("vi"):
            current = Period.parse(period)
            is_collecting = states_of([current]).is_collecting(current)
            tables = list(build_tables(summarise(current=current, scope=scope, is_collecting=is_collecting)))
        files = {name: client.get(f"/summaries/{period}/{name}", scope.choices).content for name in FILES if name}
        query = f"?{urlencode(scope.choices)}" if scope.choices else ""
        files[""] = whole_comparison(client, f"/summaries/{period}/", query).encode()
    return View(tables, files, is_of_one_unit=bool(scope.unit), is_collecting=is_collecting)


@pytest.fixture
def tables(view):
    return view.tables


@pytest.fixture
def printed_tables(view):
    return view.printed


@pytest.fixture
def fetch(view):
    return lambda name="": view.files[name]


def texts(table):
    return [[cell.text for cell in line.cells] for line in table.lines]


def text_of(cell):
    return (cell.xpath("string(a)") or cell.text or "").strip()


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_the_page_shows_every_cell_of_every_table(fetch, tables):
    shown = {}
    for found in html.fromstring(fetch().decode()).iter("table"):
        lines = found.xpath("./tbody/tr")
        code = found.get("aria-labelledby").removeprefix("table-")
        shown[code] = [[text_of(cell) for cell in line if cell.get("class") != "pair-cell"] for line in lines]
    assert shown == {table.code: texts(table) for table in tables}


def test_the_pdf_shows_every_line_of_every_table(fetch, printed_tables):
    pages = pypdf.PdfReader(io.BytesIO(fetch("summary.pdf"))).pages
    printed = squeezed("".join(page.extract_text() for page in pages))
    lines = [squeezed("".join(line)) for table in printed_tables for line in texts(table)]
    assert [line for line in lines if line not in printed] == []


def test_the_word_file_shows_every_cell_of_every_table(fetch, printed_tables):
    written = Document(io.BytesIO(fetch("summary.docx"))).tables[1:]  # after the letterhead
    written = [found for found in written if "w:tblHeader" in found._tbl.xml]  # without the signatures
    printed = [
        [[as_typed(cell.text) for cell in row.cells] for row in found.rows][len(table.head) :]
        for table, found in zip(printed_tables, written, strict=True)
    ]
    assert printed == [texts(table) for table in printed_tables]


def test_the_workbook_holds_every_figure_as_a_number(fetch, tables):
    workbook = openpyxl.load_workbook(io.BytesIO(fetch("summary.xlsx")))
    for table in tables:
        sheet = workbook[SHEET_NAMES[table.code]]
        rows = [list(row) for row in sheet.iter_rows(min_row=FIRST_HEAD_ROW + len(table.head), values_only=True)]
        assert rows[: len(table.lines)] == [
            [typed(column, cell) for column, cell in line.with_columns] for line in table.lines
        ]
        assert [row[0] for row in rows[len(table.lines) :]] in ([], [SUM_LABEL])


def typed(column, cell):
    """What a cell of the workbook must hold: a number where there is one, else the text."""
    if cell.value is None:
        return cell.text or None
    return float(cell.value / 100) if isinstance(cell.value, Decimal) else cell.value


def test_the_json_file_tells_the_same_comparisons(fetch, tables, is_collecting):
    content = json.loads(fetch("summary.json"))
    rows = {table.code: {line.cells[0].text: line.cells for line in table.lines} for table in tables}
    # What a head adds to its measure is of how many units it is told.
    heads = {table.code: [column.group.partition(", ")[0] for column in table.columns] for table in tables}
    names = {measure.label: measure.value for measure in MEASURES}
    sides = ("current",) if is_collecting else ("current", "change")  # nothing is compared while reports come in
    for part, code in (("categories", "category-details"), ("units", "unit-details")):
        for row in content[part]:
            line = rows.get(code, {}).get(row["name"])
            if line:  # a category that is alone in its group stands there by the group's name
                assert [(head, cell.value) for head, cell in zip(heads[code], line, strict=True)][1:] == [
                    (title, row[name][side]) for title, name in names.items() for side in sides
                ]
    told = content["total"]["cases"]
    if is_collecting:
        at_least = "" if told["complete"] else "≥ "
        assert rows["categories"]["Tổng cộng"][1].text == f"{at_least}{formatting.number(told['current'])}"
        return
    percent = formatting.signed_percent(told["percent"] and Decimal(told["percent"]))
    assert [cell.text for cell in rows["categories"][tables[1].lines[0].cells[0].text][-5:-1]] == [
        formatting.number(told["current"]),
        formatting.number(told["base"]),
        formatting.signed(told["change"]),
        percent,
    ]


def is_printed(text, pages):
    """On a page, or from one to the next: the words of a chart are read after all others of its page."""
    if any(text in page for page in pages):
        return True
    return any(
        text[:cut] in page and following.startswith(text[cut:])
        for page, following in pairwise(pages)
        for cut in range(1, len(text))
    )


def test_the_prose_is_the_same_in_all_files(fetch):
    told = [text for passage in json.loads(fetch("summary.json"))["narrative"] for text in passage["paragraphs"]]
    word = [as_typed(paragraph.text) for paragraph in Document(io.BytesIO(fetch("summary.docx"))).paragraphs]
    pages = pypdf.PdfReader(io.BytesIO(fetch("summary.pdf"))).pages
    printed = [squeezed(re.sub(r"^\d+\n", "", page.extract_text())) for page in pages]
    page = squeezed(html.fromstring(fetch().decode()).text_content())
    sheet = openpyxl.load_workbook(io.BytesIO(fetch("summary.xlsx")))["Nội dung"]
    assert [row[1] for row in sheet.iter_rows(values_only=True)] == told
    assert told
    assert [
        text
        for text in told
        if text not in word or squeezed(text) not in page or not is_printed(squeezed(text), printed)
    ] == []
