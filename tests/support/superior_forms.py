"""Invented forms of superiors, of unlike build."""

from __future__ import annotations

import io
import zipfile

import openpyxl
from docx import Document
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from reports.superior_forms import actions
from tests.support.factories import NOW


def saved(file):
    target = io.BytesIO()
    file.save(target)
    return target.getvalue()


def tabular_workbook():
    """A form by Excel's book: merged heads, totals below, a chart, a second sheet that computes from the first."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "BIỂU TỔNG HỢP TÌNH HÌNH VI PHẠM"
    sheet["A1"].font = Font(bold=True, size=14)
    for column, text in enumerate(["Loại vụ việc", "Kỳ này", "Cùng kỳ", "Tăng, giảm (%)"], start=1):
        sheet.cell(3, column, text)
    sheet["A4"], sheet["A5"], sheet["A6"] = "Trộm cắp", "Tai nạn giao thông", "Tổng"
    for row in (4, 5):
        sheet[f"B{row}"].number_format = sheet[f"C{row}"].number_format = "#,##0"
        sheet[f"D{row}"].number_format = "0.00%"
    sheet["B6"], sheet["C6"] = "=SUM(B4:B5)", "=SUM(C4:C5)"
    sheet.column_dimensions["A"].width = 31
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=5))
    sheet.add_chart(chart, "F3")
    other = book.create_sheet("Nhận xét")
    other["A1"] = "Tổng số vụ"
    other["B1"] = "='Biểu 01'!B6"
    return saved(book)


#: A form as a program writes it: no addresses, texts in the cells, results of formulas kept, no styles.
BARE_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>'
    '<col min="3" max="3" width="12"/></cols><sheetData>'
    '<row><c t="inlineStr"><is><t>Chỉ tiêu</t></is></c><c t="inlineStr"><is><t>Số vụ</t></is></c></row>'
    '<row r="4"><c t="inlineStr"><is><t>Trộm cắp</t></is></c><c><v>99</v></c><c><f>B4*2</f><v>198</v></c></row>'
    "</sheetData></worksheet>"
)


def bare_workbook():
    """Written without a library: the transposed, bare kind that other portals export."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    of_sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return zipped({
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{of_sheets}.sheet.main+xml"/>'
        f'<Override PartName="/xl/s.xml" ContentType="{of_sheets}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Bieu" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="b" '
        f'Type="{office}/worksheet" Target="/xl/s.xml"/></Relationships>',
        "xl/s.xml": BARE_SHEET,
    })  # fmt: skip


def zipped(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def table_document():
    """A Word form as a table, with a place in its header."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Đơn vị báo cáo: {{ đơn vị }}"
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ["Loại", "Kỳ này", "Cùng kỳ"], strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ["Trộm cắp", "{{kỳ này}}", "{{ cùng kỳ }}"], strict=True):
        cell.text = text
    return saved(document)


def prose_document():
    """A Word form in running text, whose place Word has cut into runs of different looks."""
    document = Document()
    paragraph = document.add_paragraph("Trong kỳ, ")
    paragraph.add_run("{{ tình").bold = True
    paragraph.add_run(" hình ")
    paragraph.add_run("trộm cắp }}").italic = True
    paragraph.add_run("; tai nạn: {{ tai nạn }}.")
    return saved(document)


FORMS = {
    "tabular.xlsx": tabular_workbook,
    "bare.xlsx": bare_workbook,
    "table.docx": table_document,
    "prose.docx": prose_document,
}


def superior_form(which="tabular.xlsx"):
    """The form, uploaded."""
    return actions.upload_form(
        name=f"Biểu mẫu {which}", content=FORMS[which](), file_name=which.partition(".")[0], by=None, now=NOW
    )


def bind(form, places, written_as="number"):
    for place, address in places.items():
        actions.bind_place(form=form, place=place, address=address, written_as=written_as, by=None, now=NOW)
