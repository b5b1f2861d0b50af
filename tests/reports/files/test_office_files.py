"""The report as Word and Excel files: what an office expects of them beside the right figures."""

import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from cluster_portal.files import word
from cluster_portal.files.document_head import Letterhead
from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.files import word_file, workbook_file
from reports.files.summary_report import build_report
from tests.support.factories import UnitFactory
from tests.support.reporting import THEFT, TRAFFIC, accepted_report

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.one_database]

FORMULA = '=HYPERLINK("http://xau.example","Xã")'
LETTERHEAD = Letterhead(
    issuer="Cụm địa bàn",
    superior="UBND huyện",
    place="Sóc Sơn",
    signer_name="Nguyễn Văn Mẫu",
    signer_capacity="Cụm trưởng",
)


@pytest.fixture
def report(cluster):
    unit = UnitFactory(name=FORMULA)
    accepted_report(unit, "2022-H1", {THEFT: {"cases": 1234, "damage": 5}, TRAFFIC: 3})
    accepted_report(unit, "2021-H1", {THEFT: {"cases": 1000}, TRAFFIC: 0})
    return build_report(summarise(current=Period(2022, 1)), LETTERHEAD)


@pytest.fixture
def opened(report):
    return Document(io.BytesIO(word_file.write(report)))


@pytest.fixture
def workbook(report):
    return openpyxl.load_workbook(io.BytesIO(workbook_file.write(report)))


def with_style(document, style):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == style.name]


def test_the_headings_are_real_headings(opened, report):
    assert with_style(opened, word.HEADING_1) == [f"{part.number}. {part.heading}" for part in report.parts]
    assert with_style(opened, word.KIND) == ["Báo cáo"]


def test_the_letterhead_is_that_of_the_pdf(opened, report):
    left, right = opened.tables[0].rows[0].cells
    lines = [text for text in left.text.split("\n") if text]
    assert lines == ["UBND huyện", "Cụm địa bàn", report.head.notation, "DỰ THẢO"]
    assert right.text.split("\n")[:2] == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]
    assert right.text.split("\n")[-1] == report.head.place_and_date


def test_the_heads_of_tables_repeat_and_rows_do_not_split(opened):
    for table in opened.tables[1:2]:
        marks = [[child.tag for child in row._tr.trPr] for row in table.rows]
        heads = [row for row in marks if qn("w:tblHeader") in row]
        assert heads
        below = [[qn("w:cantSplit")]] * (len(marks) - len(heads))
        assert marks == [[qn("w:cantSplit"), qn("w:tblHeader")]] * len(heads) + below


def test_the_page_has_the_margins_of_the_decree_and_annexes_lie_across(opened):
    page = opened.sections[0]
    assert [round(margin / Mm(1)) for margin in (page.top_margin, page.right_margin, page.left_margin)] == [20, 15, 30]
    assert opened.sections[-1].orientation == WD_ORIENT.LANDSCAPE


def test_pages_are_numbered_from_the_second_on(opened):
    page = opened.sections[0]
    assert "PAGE" in page.header._element.xpath("string()")
    assert page.different_first_page_header_footer
    assert page.first_page_header.paragraphs[0].text == ""


def test_the_offices_own_base_keeps_its_page_and_styles(report):
    own = Document(io.BytesIO(word.standard_base()))
    own.add_paragraph("Thay bằng nội dung")
    own.sections[0].left_margin = Mm(35)
    own.styles["Body Text"].font.italic = True
    file = io.BytesIO()
    own.save(file)
    written = Document(io.BytesIO(word_file.write(report, base=file.getvalue())))
    assert round(written.sections[0].left_margin / Mm(1)) == 35
    assert written.styles["Body Text"].font.italic
    assert "Thay bằng nội dung" not in [paragraph.text for paragraph in written.paragraphs]


def test_any_word_file_can_be_the_base(report):
    file = io.BytesIO()
    Document().save(file)
    written = Document(io.BytesIO(word_file.write(report, base=file.getvalue())))
    assert with_style(written, word.HEADING_1)[0] == "I. Tình hình chung"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken", workbook_file])
def test_what_is_no_word_file_can_not_be_the_base(content, request):
    if content is workbook_file:
        content = workbook_file.write(request.getfixturevalue("report"))
    with pytest.raises(word.UnusableBase):
        word.check_base(content)


def test_control_characters_in_a_name_do_not_break_the_files(cluster):
    accepted_report(UnitFactory(name="Xã \x0bHai"), "2022-H1", {THEFT: 1})
    report = build_report(summarise(current=Period(2022, 1)), LETTERHEAD)
    names = [row.cells[0].text for row in Document(io.BytesIO(word_file.write(report))).tables[4].rows]
    assert "Xã Hai" in names
    assert openpyxl.load_workbook(io.BytesIO(workbook_file.write(report)))


def test_a_name_that_looks_like_a_formula_stays_text(workbook):
    cell = workbook["Theo đơn vị"]["A5"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")


def test_figures_are_numbers_with_a_format_that_shows_their_sign(workbook):
    theft = workbook["Theo loại vụ việc"][4]
    assert [cell.value for cell in theft[1:5]] == [1237, 1000, 237, 0.237]
    assert [cell.number_format for cell in theft[1:5]] == [
        "#,##0",
        "#,##0",
        workbook_file.CHANGE,
        workbook_file.CHANGED_PERCENT,
    ]


def test_each_table_has_a_sheet_with_a_frozen_head_set_up_for_print(workbook, report):
    assert [sheet.title for sheet in workbook.worksheets if not sheet.freeze_panes] == ["Thông tin", "Lời văn"]
    for table, sheet in zip(report.tables, workbook.worksheets[1:-1], strict=True):
        below = workbook_file.FIRST_HEAD_ROW + len(table.head)
        assert sheet.freeze_panes == f"B{below}"
        assert sheet.print_title_rows == f"${workbook_file.FIRST_HEAD_ROW}:${below - 1}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)


def test_the_same_report_gives_the_same_bytes(report):
    assert word_file.write(report) == word_file.write(report)
    assert workbook_file.write(report) == workbook_file.write(report)


def test_the_package_holds_nothing_of_the_librarys_own_template(report):
    package = zipfile.ZipFile(io.BytesIO(word_file.write(report)))
    names = " ".join(package.namelist())
    assert [leftover for leftover in ("thumbnail", "stylesWithEffects", "customXml") if leftover in names] == []
    told = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    assert (b"python-docx" in told, b'w:themeFontLang w:val="vi-VN"' in told) == (False, True)


def test_the_language_of_the_text_is_vietnamese(opened):
    languages = {mark.get(qn("w:val")) for mark in opened.styles.element.iter(qn("w:lang"))}
    assert languages == {"vi-VN"}


def test_rules_are_drawn_as_long_as_the_decree_says(report):
    long = "Cụm địa bàn an toàn khu vực phía Đông Nam huyện Sóc Sơn, thành phố Hà Nội"
    letterhead = replace(LETTERHEAD, issuer=long)
    lengths = []
    for head in (report.head, replace(report.head, letterhead=letterhead, subject=long)):
        written = word_file.write(replace(report, head=head))
        shapes = Document(io.BytesIO(written)).element.body.iter("{urn:schemas-microsoft-com:vml}rect")
        lengths.append([float(re.search(r"width:([\d.]+)pt", shape.get("style"))[1]) / 72 * 25.4 for shape in shapes])
    (short, motto, subject), (longest, same_motto, long_subject) = lengths
    assert motto == same_motto == pytest.approx(58.2, abs=0.1)
    assert 10 < short < longest < 0.5 * 66
    assert subject / 149 == pytest.approx(0.4, abs=0.01)
    assert long_subject == pytest.approx(0.4 * 149, abs=15)


def test_rules_are_no_borders_of_paragraphs(report):
    assert b"pBdr" not in zipfile.ZipFile(io.BytesIO(word_file.write(report))).read("word/document.xml")


def test_the_end_of_an_annex_is_not_alone_on_its_page(opened):
    tables = opened.tables[-1]
    assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in tables.rows[-1].cells)
