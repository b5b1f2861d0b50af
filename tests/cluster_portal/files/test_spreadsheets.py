"""Files people made are read as they stand, or refused with a sentence; none of them stops the portal."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from cluster_portal.files import spreadsheets
from cluster_portal.files.spreadsheets import SpreadsheetError, read_table


def read(data, filename="table.xlsx"):
    return [row.cells["cases"] for row in read_table(io.BytesIO(data), filename=filename, required=["cases"])]


def workbook(*cells):
    book, file = Workbook(), io.BytesIO()
    for cell in cells:
        book.active.append([cell])
    book.save(file)
    return file.getvalue()


def with_part(data, name, content):
    """The package with one of its parts replaced."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return file.getvalue()


def test_a_fraction_is_never_read_as_thousands():
    assert read(workbook("cases", 7.0, 1.234)) == ["7", "1,234"]


@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<worksheet><sheetData><row><c t='s'><v>9</v></c>"])
def test_a_damaged_excel_file_is_refused(content):
    data = with_part(workbook("cases", 1), "xl/worksheets/sheet1.xml", content)

    with pytest.raises(SpreadsheetError, match="Excel"):
        read(data)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread():
    huge = b" " * (spreadsheets.MAX_UNPACKED_BYTES + 1)

    with pytest.raises(SpreadsheetError, match="giải nén"):
        read(with_part(workbook("cases", 1), "xl/theme/theme1.xml", huge))


def test_lines_may_end_as_on_old_macs():
    assert read(b"cases\r1\r2\r", "table.csv") == ["1", "2"]


def test_a_csv_file_with_a_cell_too_long_is_refused():
    with pytest.raises(SpreadsheetError, match="CSV"):
        read(b'cases\n"' + b"9" * 200_000, "table.csv")
