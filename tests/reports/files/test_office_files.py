"""The report as Word and Excel files: what an office expects of them beside the right figures."""

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from django.template.loader import render_to_string
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree

from cluster_portal.files import word, word_base, word_styles
from cluster_portal.files.column_widths import column_widths
from cluster_portal.files.document_head import DocumentHead, Letterhead, Verification
from cluster_portal.files.drawings import bold_width
from cluster_portal.files.pdf import html_to_pdf
from cluster_portal.files.room import lines_of
from cluster_portal.periods import Period
from reports.comparison.summarise import summarise
from reports.files import word_file, workbook_file
from reports.files.summary_report import build_report
from reports.layout import word_tables
from reports.layout.table import Cell, Column, Table, TableLine
from tests.support.factories import UnitFactory
from tests.support.measuring import pages_of
from tests.support.reporting import THEFT, TRAFFIC, accepted_report

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

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
    assert with_style(opened, word_styles.HEADING_1) == [part.heading for part in report.parts]
    assert with_style(opened, word_styles.KIND) == ["Báo cáo"]


def test_word_numbers_the_headings_itself_in_several_levels(opened):
    headings = [each for each in opened.paragraphs if each.style.name == word_styles.HEADING_1.name]
    marks = {(each._p.pPr.numPr.ilvl.val, each._p.pPr.numPr.numId.val) for each in headings}
    ((level, number),) = marks
    numbering = opened.part.numbering_part.element
    (kept,) = numbering.xpath(f"w:num[@w:numId={number}]/w:abstractNumId/@w:val")
    (kind,) = numbering.xpath(f"w:abstractNum[@w:abstractNumId={kept}]")
    assert level == 0
    assert [each.get(qn("w:val")) for each in kind.iter(qn("w:numFmt"))] == ["upperRoman", "decimal", "lowerLetter"]
    assert [each.get(qn("w:val")) for each in kind.iter(qn("w:lvlText"))] == ["%1.", "%2.", "%3)"]


def test_a_heading_that_word_would_count_otherwise_keeps_its_number_as_text():
    document = word.WordDocument(DocumentHead(LETTERHEAD, "Báo cáo", "BC", "Thử"))
    for text, style in [
        ("I. Một", word_styles.HEADING_1),
        ("1. Điểm", word_styles.HEADING_2),
        ("2. Điểm", word_styles.HEADING_2),
        ("II. Hai", word_styles.HEADING_1),
        ("1. Điểm", word_styles.HEADING_2),
        ("IV. Bốn", word_styles.HEADING_1),
        ("Không số", word_styles.HEADING_1),
    ]:
        document.paragraph(text, style)
    told = [each.text for each in document.document.paragraphs]
    assert told == ["Một", "Điểm", "Điểm", "Hai", "Điểm", "IV. Bốn", "Không số"]


def test_a_base_without_lists_gets_one(report):
    parts = zipfile.ZipFile(io.BytesIO(word_base.standard_base()))
    kept = {name: parts.read(name) for name in parts.namelist() if name != "word/numbering.xml"}
    for name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
        kept[name] = re.sub(rb"<(?:Override|Relationship) [^>]*numbering[^>]*/>", b"", kept[name])
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in kept.items():
            package.writestr(name, content)
    assert b"numbering.xml" not in kept["word/_rels/document.xml.rels"]
    written = Document(io.BytesIO(word_file.write(report, base=file.getvalue())))
    assert written.part.numbering_part.element.findall(qn("w:num"))


def test_the_chart_is_a_picture_that_tells_what_it_shows(opened, report):
    (chart,) = [part.chart for part in report.parts if part.chart]
    (shape,) = opened.inline_shapes
    assert shape._inline.docPr.get("descr") == chart.description
    assert "2022" in chart.description
    assert chart.title in with_style(opened, word_styles.PICTURE_CAPTION)


def test_an_issued_file_has_its_code_and_a_picture_that_leads_to_the_check(report):
    verification = Verification("7K3M-Q9XT-2BDF", "https://portal.example.vn/verify/7K3M-Q9XT-2BDF/", "")
    head = replace(report.head, number=5, date=dt.date(2022, 7, 4), verification=verification)
    issued = Document(io.BytesIO(word_file.write(replace(report, head=head))))
    cells = [cell for table in issued.tables for cell in table.rows[0].cells if "Mã tra cứu" in cell.text]
    assert [cell.text for cell in cells] == [
        "Mã tra cứu: 7K3M-Q9XT-2BDF\nTra cứu, xác thực văn bản tại https://portal.example.vn/verify/7K3M-Q9XT-2BDF/"
    ]
    assert len(issued.inline_shapes) == 2
    assert "Mã tra cứu" not in Document(io.BytesIO(word_file.write(report))).element.xpath("string()")


#: The properties of a paragraph and of a cell stand in this order (ECMA-376, CT_PPr and CT_TcPr).
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr tabs spacing ind contextualSpacing jc outlineLvl rPr"
    " sectPr",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "trPr": "cantSplit tblHeader",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
}


@pytest.mark.parametrize("name", ORDERS)
def test_properties_stand_in_the_order_of_the_schema(name, report):
    order = ORDERS[name].split()
    package = zipfile.ZipFile(io.BytesIO(word_file.write(report)))
    found = 0
    for part in ("word/document.xml", "word/styles.xml"):
        for properties in etree.fromstring(package.read(part)).iter(qn(f"w:{name}")):
            names = [etree.QName(child).localname for child in properties]
            # What Word brings along in styles nobody uses is as Word writes it.
            if part == "word/document.xml" or set(names) <= set(order):
                places = [order.index(each) for each in names]
                assert places == sorted(places), names
                found += 1
    assert found


def test_the_letterhead_is_that_of_the_pdf(opened, report):
    (left, right), (number, date) = ([cell.text.split("\n") for cell in row.cells] for row in opened.tables[0].rows)
    assert left == ["UBND huyện", "Cụm địa bàn", ""]
    assert right == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc", ""]
    assert (number, date) == ([report.head.notation, "DỰ THẢO"], [report.head.place_and_date])  # they begin level


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
    own = Document(io.BytesIO(word_base.standard_base()))
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
    assert with_style(written, word_styles.HEADING_1)[0] == "Tình hình chung"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04broken", workbook_file])
def test_what_is_no_word_file_can_not_be_the_base(content, request):
    if content is workbook_file:
        content = workbook_file.write(request.getfixturevalue("report"))
    with pytest.raises(word_base.UnusableBase):
        word_base.check_base(content)


def test_control_characters_in_a_name_do_not_break_the_files(cluster):
    accepted_report(UnitFactory(name="Xã \x0bHai"), "2022-H1", {THEFT: 1})
    UnitFactory()
    report = build_report(summarise(current=Period(2022, 1)), LETTERHEAD)
    tables = Document(io.BytesIO(word_file.write(report))).tables
    names = [row.cells[0].text for table in tables for row in table.rows]
    assert "Xã Hai" in names
    assert openpyxl.load_workbook(io.BytesIO(workbook_file.write(report)))


def test_a_name_that_looks_like_a_formula_stays_text(cluster):
    for name in (FORMULA, "Xã Hai"):
        accepted_report(UnitFactory(name=name), "2022-H1", {THEFT: 1})
    written = workbook_file.write(build_report(summarise(current=Period(2022, 1)), LETTERHEAD))
    workbook = openpyxl.load_workbook(io.BytesIO(written))
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


def test_how_many_of_how_many_stands_to_the_right_as_figures_do(workbook):
    told = [
        cell
        for sheet in workbook
        for row in sheet.iter_rows(min_col=2)
        for cell in row
        if re.fullmatch(r"\d+/\d+", str(cell.value))
    ]
    assert told
    assert {cell.alignment.horizontal for cell in told} == {"right"}


def test_each_table_has_a_sheet_with_a_frozen_head_set_up_for_print(workbook, report):
    assert [sheet.title for sheet in workbook.worksheets if not sheet.freeze_panes] == ["Thông tin", "Nội dung"]
    for table, sheet in zip(report.tables, workbook.worksheets[1:-1], strict=True):
        below = workbook_file.FIRST_HEAD_ROW + len(table.head)
        assert sheet.freeze_panes == f"B{below}"
        assert sheet.print_title_rows == f"${workbook_file.FIRST_HEAD_ROW}:${below - 1}"
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)


def test_a_sheet_lies_across_where_its_letters_would_be_small_upright(workbook):
    for sheet in workbook.worksheets[1:-1]:
        width = sum(column.width for column in sheet.column_dimensions.values())
        assert sheet.page_setup.orientation == ("landscape" if width > 95 else "portrait"), sheet.title
    assert {sheet.page_setup.orientation for sheet in workbook.worksheets} == {"landscape", "portrait"}


def test_totals_stand_beside_a_formula_of_the_rows_they_add_up_from(workbook, report):
    sheet = workbook["Theo loại vụ việc"]
    last = len(report.tables.categories.lines) + workbook_file.FIRST_HEAD_ROW + len(report.tables.categories.head)
    whole, computed = sheet[4], sheet[last]
    assert computed[0].value == workbook_file.SUM_LABEL
    letters = re.findall(r"[A-Z]+(\d+):[A-Z]+(\d+)", computed[1].value)
    rows = [row for first, end in letters for row in range(int(first), int(end) + 1)]
    assert computed[1].value.startswith("=SUM(B")
    assert sum(sheet.cell(row, 2).value for row in rows) == whole[1].value == 1237
    assert [cell.value for cell in computed if cell.column_letter == "E"] == [None]  # a percentage adds up from nothing


def test_tables_have_a_name_and_a_print_area(workbook, report):
    areas = {}
    for table, sheet in zip(report.tables, workbook.worksheets[1:-1], strict=True):
        ((title, area),) = workbook.defined_names[f"Bang_{table.code.replace('-', '_')}"].destinations
        areas[title] = (sheet.title, area)
        assert area.partition(":")[2] == sheet.print_area.partition(":")[2]
        assert area.startswith(f"$A${workbook_file.FIRST_HEAD_ROW}:")
    assert all(title == named for title, (named, _area) in areas.items())


def test_rows_are_as_high_as_their_longest_text(cluster):
    name = "Trường Trung học phổ thông mẫu có tên dài đúng một trăm hai mươi chữ để thử mọi bảng biểu trên khổ giấy"
    accepted_report(UnitFactory(name=name), "2022-H1", {THEFT: 1})
    UnitFactory()
    written = workbook_file.write(build_report(summarise(current=Period(2022, 1)), LETTERHEAD))
    workbook = openpyxl.load_workbook(io.BytesIO(written))
    sheet = workbook["Theo đơn vị"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == name]
    assert sheet.row_dimensions[row].height >= 3 * 15
    heights = [workbook["Nội dung"].row_dimensions[each].height for each in range(1, 3)]
    assert all(heights)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 10, 1), ("một hai ba", 40, 1), ("một hai ba bốn", 8, 2), ("x" * 45, 10, 5), ("một\nhai", 40, 2)],
)
def test_lines_are_counted_as_words_break(text, width, lines):
    assert lines_of(text, width) == lines


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


#: The columns of the figures in common of 28 units, each with its heading and its widest texts.
MEASURES = [
    ("Số liệu", "Vụ nghiêm trọng", "Người bị thương", "Thiệt hại (đồng)"),
    ("Ghi nhận", "435", "630.000.000"),
    ("Số đơn vị có đủ số liệu", "25/28"),
    ("Số đơn vị so sánh", "23"),
    ("6 tháng đầu năm 2022", "420", "617.000.000"),
    ("6 tháng đầu năm 2021", "469", "793.000.000"),
    ("Tăng, giảm", "−49", "−176.000.000"),
    ("Tăng, giảm (%)", "−10,45%", "−100,00%"),
]
AWARDS = [("TT", "1"), ("Tập thể, cá nhân", "Các tập thể có thành tích"), ("Người quyết định; số, ngày quyết định", "")]


@pytest.mark.parametrize("columns", [MEASURES, AWARDS])
def test_columns_break_no_word_and_no_figure(columns):
    widths = column_widths(columns, word_tables.PORTRAIT, size=12)
    assert sum(widths) == pytest.approx(word_tables.PORTRAIT)
    for texts, width in zip(columns, widths, strict=True):
        assert width > max(bold_width(each, 12) for text in texts for each in text.split()) + 2.3


def test_a_pdf_has_the_columns_of_the_word_file():
    """“Vụ nghiêm trọng” took three lines, beside a column twice as wide as its figures."""
    columns = tuple(Column(texts[0], "text" if place == 0 else "number") for place, texts in enumerate(MEASURES))
    rows = [("Vụ nghiêm trọng", "435", "25/28", "23", "420", "469", "−49", "−10,45%")]
    rows.append(("Thiệt hại (đồng)", *(texts[-1] for texts in MEASURES[1:])))
    table = Table.of("measures", "Số liệu", columns, [TableLine(tuple(map(Cell, row))) for row in rows])
    part = render_to_string("documents/_table.html", {"table": table})
    styles = '<link rel="stylesheet" href="css/document.css">'
    (page,) = pages_of(html_to_pdf(f'<html lang="vi"><title>Thử</title>{styles}<h1>Thử</h1>{part}'))
    told = [line.text for line in page.words]
    assert "Vụ nghiêm" in told
    assert {"617.000.000", "793.000.000", "−176.000.000", "25/28"} <= {word for line in told for word in line.split()}
    widths = column_widths(table.texts, word_tables.PORTRAIT, size=12)
    assert [float(share.rstrip("%")) for share in table.shares] == pytest.approx(
        [width / word_tables.PORTRAIT * 100 for width in widths], abs=0.01
    )


def test_names_run_over_two_lines_at_most_beside_figures_of_hundreds_of_millions():
    first = column_widths(MEASURES, word_tables.PORTRAIT, size=12)[0]
    assert all(bold_width(text, 12) <= 2 * (first - 2.4) for text in MEASURES[0])


def test_a_heading_over_empty_cells_runs_over_three_lines_at_most():
    *_others, (heading, _empty) = AWARDS
    *_others, width = column_widths([("Tên", "xã " * 45), AWARDS[2]], word_tables.PORTRAIT, size=12)
    assert width >= bold_width(heading, 12) / 3


def kept_together(document):
    """Whether each block, from the end on, goes along with the next one."""
    blocks = document.element.body.iterchildren(qn("w:p"), qn("w:tbl"))
    return [
        "".join("k" if each.pPr.keepNext is not None else "." for each in block.iter(qn("w:p"))) for block in blocks
    ]


def test_signatures_and_the_code_are_never_alone_on_a_page(report):
    found = Verification(code="ABCD", address="https://portal.example/v/ABCD/", picture="")
    document = word.WordDocument(replace(report.head, verification=found))
    document.letterhead()
    for text in ("Trước.", "Kết thúc./."):
        document.paragraph(text)
    document.signatures()
    document.verification()
    *_head, before, last, space, signed, gap, code = kept_together(document.document)
    assert (before, last, space, set(signed), gap, "k" in code) == (".", "k", "k", {"k"}, "k", False)
