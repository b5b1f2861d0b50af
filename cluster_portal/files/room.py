"""Room for texts in a workbook's cells, and how its sheets print: no program but Excel works that out by itself."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

FACE = "Times New Roman"
#: How high a line is, and the highest row there is, in points.
LINE_HEIGHT, HIGHEST = 15, 409
#: How much of a line words fill before they are broken.
FILLED = 0.95


def lines_of(text: str, width: float) -> int:
    """How many lines the words of a text take in so many characters."""
    return sum(_lines_of_one(line, width) for line in text.split("\n"))


def _lines_of_one(line: str, width: float) -> int:
    lines, used = 1, 0.0
    for word in line.split():
        if used and used + 1 + len(word) > width * FILLED:
            lines, used = lines + 1, 0.0
        used += len(word) + (1 if used else 0)
        lines += int(used // max(width, 1)) if len(word) > width else 0
    return lines


def make_room(sheet: Worksheet, row: int, cells: Iterable[tuple[str, float]]) -> None:
    """Let the row be as high as its longest text needs, given the width of each in characters."""
    lines = max((lines_of(text, width) for text, width in cells), default=1)
    sheet.row_dimensions[row].height = min(lines * LINE_HEIGHT + 3, HIGHEST)


def print_setup(sheet: Worksheet, *, wide: bool) -> None:
    """A4, all columns on one page, each page numbered."""
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4  # a sheet that is only written has no such name
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left, sheet.page_margins.right = 0.8, 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.8
    sheet.oddFooter.center.text = "&P/&N"
