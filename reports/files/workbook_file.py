"""The summary as a workbook: one sheet a table, figures as numbers, ready to print.

What people typed – names of units and categories – is written as text, whatever sign
it begins with, so that nothing computes on somebody else's machine.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from cluster_portal import formatting
from cluster_portal.files.finished import kept
from cluster_portal.files.office_packages import finished_package, printable
from cluster_portal.files.room import FACE, LINE_HEIGHT, lines_of, make_room, print_setup
from reports.files.summary_report import KEY, SummaryReport
from reports.layout.table import Cell, Column, Table, TableLine
from reports.prose import phrases

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET_NAMES = {
    "measures": "Số liệu chung",
    "categories": "Theo loại vụ việc",
    "kinds": "Theo loại hình",
    "units": "Theo đơn vị",
    "indicators": "Các mặt công tác",
    "history": "Qua các kỳ",
    "category-details": "Chi tiết loại vụ việc",
    "unit-details": "Chi tiết đơn vị",
    "recorded": "Đã ghi nhận",
}
NUMBER, AT_LEAST, CHANGE = "#,##0", '"≥ "#,##0', "+#,##0;-#,##0;0"
PERCENT, CHANGED_PERCENT = "0.00%", "+0.00%;-0.00%;0.00%"

THIN = Side(style="thin", color="999999")
GRID = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
FIRST_HEAD_ROW = 3
#: How wide the texts' column is, in characters.
TEXT_WIDTH = 90
#: How many fewer letters stand in a line if they are bold.
BOLD = 0.9
SUM_LABEL = "Cộng các dòng (công thức)"
#: Above this width, in characters, a sheet is printed across: upright its letters would be too small.
WIDE = 95


@kept
def write(report: SummaryReport) -> bytes:
    """The workbook; the same report gives the same bytes."""
    return write_workbook(
        title=report.head.title,
        creator=report.head.letterhead.issuer,
        facts=_facts(report),
        sheets=[(SHEET_NAMES[table.code], table) for table in report.tables],
        prose=[(passage.heading, paragraph) for passage in report.passages for paragraph in passage.paragraphs],
    )


def write_workbook(
    *,
    title: str,
    creator: str,
    facts: Sequence[tuple[str, str]],
    sheets: Iterable[tuple[str, Table]],
    prose: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A workbook whose first sheet tells `facts`, name by name, whose last holds `prose`, and each other a table."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    workbook.properties.title = title
    workbook.properties.creator = creator
    workbook.properties.language = "vi-VN"
    _texts(workbook.create_sheet("Thông tin"), facts, width=20)
    for name, table in sheets:
        _sheet(workbook.create_sheet(name), table)
    if prose:
        _texts(workbook.create_sheet("Nội dung"), prose, width=28)
    file = io.BytesIO()
    workbook.save(file)
    return finished_package(file.getvalue())


def _facts(report: SummaryReport) -> list[tuple[str, str]]:
    """What the workbook is on, what it is compared with, and what a reader must know."""
    head, summary = report.head, report.summary
    facts = [
        (head.kind, head.subject),
        ("Cơ quan ban hành", head.letterhead.issuer),
        ("Kỳ báo cáo", phrases.period_name(summary.period)),
        *([("So với", phrases.baseline_name(summary))] if summary.has_base else []),
        ("Phạm vi số liệu", " ".join((phrases.coverage(summary), *phrases.incomplete_because(summary)))),
        *(("Kết quả", passage.paragraphs[0]) for passage in report.passages if passage.code == "general"),
        *(("Lưu ý", warning) for warning in phrases.warnings(summary)),
        ("Ký hiệu", KEY),
    ]
    if head.number is not None:
        facts[1:1] = [("Số, ký hiệu", head.notation), ("Ngày ban hành", formatting.date(head.date))]
    if report.opening:
        facts.insert(1, ("Thay thế", report.opening))
    if head.letterhead.is_sample:
        facts.append(("Chú ý", head.letterhead.sample_mark))
    return facts


def _texts(sheet: Worksheet, lines: Iterable[tuple[str, str]], *, width: int) -> None:
    """Name and text, a line a row; the names' column is `width` characters wide."""
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = width, TEXT_WIDTH
    for row, (name, text) in enumerate(lines, start=1):
        _text(sheet.cell(row, 1), name, bold=True)
        _text(sheet.cell(row, 2), text)
        make_room(sheet, row, [(name, width), (text, TEXT_WIDTH)])
    print_setup(sheet, wide=False)


def _sheet(sheet: Worksheet, table: Table) -> None:
    _text(sheet.cell(1, 1), table.title, bold=True, size=13)
    sheet.cell(1, 1).alignment = Alignment(vertical="center")
    widths = [_width(table, place, column) for place, column in enumerate(table.columns, start=1)]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    first_row = _head(sheet, table, widths)
    for row, line in enumerate(table.lines, start=first_row):
        _line(sheet, row, line)
        make_room(sheet, row, [(cell.text, width) for cell, width in zip(line.cells, widths, strict=True)])
    last_row = first_row + len(table.lines) - 1
    if sums := _sums(table, first_row):
        last_row += 1
        _sum_line(sheet, last_row, table, sums)
    area = f"$A$1:${get_column_letter(len(widths))}${last_row}"
    sheet.print_area = area
    _name(sheet, table, f"$A${FIRST_HEAD_ROW}:${get_column_letter(len(widths))}${last_row}")
    sheet.freeze_panes = sheet.cell(first_row, 2)
    sheet.print_title_rows = f"{FIRST_HEAD_ROW}:{first_row - 1}"
    print_setup(sheet, wide=sum(widths) > WIDE)


def _name(sheet: Worksheet, table: Table, area: str) -> None:
    """What a formula elsewhere calls the table, such as ``Bang_categories``."""
    name = f"Bang_{table.code.replace('-', '_')}"
    sheet.parent.defined_names[name] = DefinedName(name, attr_text=f"{quote_sheetname(sheet.title)}!{area}")


def _sums(table: Table, first_row: int) -> dict[int, list[int]]:
    """Which rows add up to the total, by column: those just below it in rank, where they do."""
    total = next((line for line in table.lines if line.level == "total"), None)
    rank = next((level for level in ("group", "row") if any(line.level == level for line in table.lines)), "")
    parts = [(row, line) for row, line in enumerate(table.lines, start=first_row) if line.level == rank]
    found = {}
    for place, column in enumerate(table.columns):
        whole = total.cells[place].value if total else None
        values = [(row, line.cells[place].value) for row, line in parts]
        told = [(row, value) for row, value in values if isinstance(value, int)]
        if column.kind == "number" and told and sum(value for _row, value in told) == whole:
            found[place + 1] = [row for row, _value in told]
    return found


def _sum_line(sheet: Worksheet, row: int, table: Table, sums: Mapping[int, Sequence[int]]) -> None:
    """The totals once more, computed from the rows: who changes one sees the other; “≥” where the total has it."""
    is_part = [cell.at_least for line in table.lines if line.level == "total" for cell in line.cells]
    for place, column in enumerate(table.columns, start=1):
        cell = sheet.cell(row, place)
        _text(cell, SUM_LABEL if place == 1 else "", horizontal="left")
        if place in sums:
            letter = get_column_letter(place)
            cell.value = f"=SUM({','.join(f'{letter}{first}:{letter}{last}' for first, last in _runs(sums[place]))})"
            cell.number_format = CHANGE if column.signed else AT_LEAST if is_part[place - 1] else NUMBER
            cell.alignment = Alignment(horizontal="right", vertical="center")
        cell.font = Font(name=FACE, size=11, italic=True)
        cell.border = GRID


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows that follow one another, by the first and last of each run."""
    first = last = rows[0]
    for row in rows[1:]:
        if row != last + 1:
            yield first, last
            first = row
        last = row
    yield first, last


def _head(sheet: Worksheet, table: Table, widths: Sequence[float]) -> int:
    """Write the headings; returns the first row below them."""
    heights = dict.fromkeys(range(FIRST_HEAD_ROW, FIRST_HEAD_ROW + len(table.head)), 1)
    for placed in table.placed_head:
        row, column, heading = FIRST_HEAD_ROW + placed.row, placed.column + 1, placed.heading
        last_row, last_column = row + heading.rows - 1, column + heading.columns - 1
        _text(sheet.cell(row, column), heading.text, bold=True, horizontal="center")
        if (last_row, last_column) != (row, column):
            sheet.merge_cells(start_row=row, start_column=column, end_row=last_row, end_column=last_column)
        for line in sheet.iter_rows(row, last_row, column, last_column):
            for cell in line:
                cell.border = GRID
        needed = lines_of(heading.text, sum(widths[column - 1 : last_column]) * BOLD) - heading.rows + 1
        heights[last_row] = max(heights[last_row], needed)
    for row, lines in heights.items():
        sheet.row_dimensions[row].height = lines * LINE_HEIGHT + 3
    return FIRST_HEAD_ROW + len(table.head)


def _line(sheet: Worksheet, row: int, line: TableLine) -> None:
    bold = line.level != "row"
    for place, (column, cell) in enumerate(line.with_columns, start=1):
        target = sheet.cell(row, place)
        if cell.value is None:
            is_figure = column.is_numeric or (place > 1 and cell.text[:1].isdigit())  # “27/28” is one
            _text(target, cell.text, bold=bold, horizontal="right" if is_figure else "left")
        else:
            _number(target, column, cell, bold=bold)
        target.border = GRID


def _text(cell: SheetCell, text: str, *, bold: bool = False, size: int = 11, horizontal: str = "left") -> None:
    cell.value = printable(text)
    cell.data_type = "s"  # also where it begins with "="
    cell.font = Font(name=FACE, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=horizontal, vertical="center", wrap_text=True)


def _number(target: SheetCell, column: Column, cell: Cell, *, bold: bool) -> None:
    """A figure as a number; percentages as Excel keeps them, 14,58% as 0.1458."""
    if column.kind == "percent":
        target.value = cell.value / 100 if cell.value is not None else None
        target.number_format = CHANGED_PERCENT if column.signed else PERCENT
    else:
        target.value = cell.value
        target.number_format = CHANGE if column.signed else AT_LEAST if cell.at_least else NUMBER
    target.font = Font(name=FACE, size=11, bold=bold)
    target.alignment = Alignment(horizontal="right", vertical="center")


def _width(table: Table, place: int, column: Column) -> float:
    """Wide enough for the longest figure, and for names up to a line of 44 characters."""
    longest = max(_lengths(table, place - 1), default=0)
    if place == 1:
        return min(44, max(24, longest + 2))
    return max(14 if not column.group else 11, min(24, longest + 3))


def _lengths(table: Table, place: int) -> Iterable[int]:
    return (len(line.cells[place].text) for line in table.lines)
