"""Annexes as Nghị định 30/2020/NĐ-CP, Phụ lục I, III.1 wants them, in PDF and Word alike."""

import datetime as dt
import io
from dataclasses import replace

import pypdf
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from cluster_portal.files.document_head import Letterhead
from cluster_portal.periods import Period
from reports.comparison.scope import Scope
from reports.comparison.summarise import summarise
from reports.files import pdf_file, word_file
from reports.files.summary_report import build_report
from tests.support.documents import as_typed
from tests.support.factories import ClusterFactory, UnitFactory
from tests.support.reporting import THEFT, TRAFFIC, accepted_report
from tests.support.rows import undone

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LETTERHEAD = Letterhead(issuer="CỤM ĐỊA BÀN", issuer_name="Cụm địa bàn", notation_suffix="CĐBAT")
ATTACHED = "(Kèm theo Báo cáo số 05/BC-CĐBAT ngày 05 tháng 01 năm 2023 của Cụm địa bàn)"


@pytest.fixture(scope="module")
def written(django_db_setup, django_db_blocker):
    """The report of two units, built once for all tests of this module."""
    with undone(django_db_blocker):
        ClusterFactory()
        accepted_report(UnitFactory(name="Xã Một"), "2022-H1", {THEFT: 4, TRAFFIC: 3})
        accepted_report(UnitFactory(name="Xã Hai"), "2021-H1", {THEFT: 1})
        return build_report(summarise(current=Period(2022, 1)), LETTERHEAD, number=5, date=dt.date(2023, 1, 5))


@pytest.fixture(scope="module")
def report(written):
    """With annexes that run over pages."""
    long = [
        replace(annex, table=replace(annex.table, lines=(annex.table.lines * 40)[:40])) for annex in written.annexes
    ]
    return replace(written, annexes=tuple(long))


@pytest.fixture(scope="module")
def pages(report):
    return pypdf.PdfReader(io.BytesIO(pdf_file.write(report))).pages


@pytest.fixture(scope="module")
def texts(pages):
    return [as_typed(page.extract_text()) for page in pages]


@pytest.fixture(scope="module")
def text(texts):
    return one_line("".join(texts))


@pytest.fixture(scope="module")
def word(report):
    return Document(io.BytesIO(word_file.write(report)))


def one_line(text):
    return " ".join(text.split())


def page_numbers(texts):
    """Of each part – text, annexes – the numbers on its pages; empty where there is none."""
    parts = [[]]
    for text in texts:
        if text.lstrip().startswith("Phụ lục"):
            parts.append([])
        last = text.split()[-1]
        parts[-1].append(last if last.isdigit() and len(last) < 3 else "")
    return parts


def test_the_text_refers_to_each_annex_and_ends_there(report, text):
    names = ", ".join(f"Phụ lục {annex.number}" for annex in report.annexes)
    assert len(report.annexes) >= 2
    assert f"Số liệu chi tiết tại {names} kèm theo./. Nơi nhận" in text


def test_the_text_and_each_annex_end_with_the_sign(report, text, word):
    assert text.count("./.") == 1 + len(report.annexes)
    assert [p.text[-3:] for p in word.paragraphs if p.text.endswith("./.")] == ["./."] * (1 + len(report.annexes))


def test_each_annex_names_its_document_with_number_and_date(report, text, word):
    assert text.count(ATTACHED) == len(report.annexes)
    assert [as_typed(p.text) for p in word.paragraphs].count(ATTACHED) == len(report.annexes)


def test_an_annex_of_what_is_not_issued_leaves_number_and_date_open(written):
    head = replace(written.head, number=None, date=None)
    last = pypdf.PdfReader(io.BytesIO(pdf_file.write(replace(written, head=head)))).pages[-1]
    attached = one_line(head.attached)
    assert attached == "(Kèm theo Báo cáo số /BC-CĐBAT ngày tháng năm của Cụm địa bàn)"
    assert last.extract_text()  # written at all


def test_the_pages_of_each_annex_are_numbered_anew_and_the_first_not_at_all(report, texts):
    _text, *annexes = page_numbers(texts)
    assert len(annexes) == len(report.annexes)
    assert all(len(numbers) > 1 for numbers in annexes[:2])
    assert all(numbers == ["", *(str(n) for n in range(2, len(numbers) + 1))] for numbers in annexes)


def test_the_pages_of_each_annex_are_numbered_anew_in_word(report, word):
    annexes = word.sections[1:]
    assert len(annexes) == len(report.annexes)
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in annexes]
    assert starts == ["1"] * len(annexes)
    assert all(section.different_first_page_header_footer for section in annexes)


def test_pages_across_keep_the_edges_of_the_decree(pages, word):
    across = [page for page in pages if page.mediabox.width > page.mediabox.height]
    assert across
    for section in word.sections:
        edges = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(edge / Mm(1)) for edge in edges] == [30, 15, 20, 20]
    assert [section.orientation for section in word.sections[1:]] == [WD_ORIENT.LANDSCAPE] * len(word.sections[1:])
    for page in across:
        left, right = edges_of_text(page)
        assert (left >= 30, right >= 14.9) == (True, True)


def edges_of_text(page):
    """How far the page's rules and text stay away from its left and right edge, in millimetres."""
    places = []

    def visit(text, matrix, text_matrix, _font, _size):
        if text.strip() and not text.strip().isdigit():
            places.append(matrix[0] * text_matrix[4] + matrix[4])

    page.extract_text(visitor_text=visit)
    width = float(page.mediabox.width)
    return min(places) / 72 * 25.4, (width - max(places)) / 72 * 25.4


def test_the_comparison_of_a_single_unit_has_no_table_of_units(cluster):
    unit = UnitFactory(name="Xã Một")
    accepted_report(unit, "2022-H1", {THEFT: 4})
    accepted_report(unit, "2021-H1", {THEFT: 1})
    report = build_report(summarise(current=Period(2022, 1), scope=Scope(unit=unit.pk)), LETTERHEAD)
    tables = [numbered.table.code for part in report.parts for numbered in part.tables]
    assert (tables[0], {"units", "kinds"} & set(tables)) == ("measures", set())
    assert [(annex.number, annex.table.code) for annex in report.annexes] == [("I", "category-details")]
    assert all(part.paragraphs or part.tables for part in report.parts)


def test_no_page_is_blank_for_the_break_before_an_annex(report):
    """A full page has room for it: “page 6” of a meeting's report held nothing."""
    body = Document(io.BytesIO(word_file.write(report))).element.body
    breaks = [found.getparent() for found in body.iter(qn("w:sectPr")) if found.getparent().tag == qn("w:pPr")]
    assert len(breaks) == len(report.annexes)
    for layout in breaks:
        spacing = layout.find(qn("w:spacing"))
        assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("20", "exact")
