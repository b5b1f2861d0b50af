"""Tables that are written for Excel: nothing cut off, ready to print, the same bytes twice."""

import io

import openpyxl

from cluster_portal.files.spreadsheets import WIDEST, write_xlsx

LONG = "Diễn biến dài của vụ việc " * 12


def written(rows):
    return write_xlsx(title="Vụ việc", head=("TT", "Diễn biến", "Ngày"), rows=iter(rows))


def test_columns_are_as_wide_as_their_texts_and_long_ones_run_over_lines():
    sheet = openpyxl.load_workbook(io.BytesIO(written([(1, LONG.strip(), None), (2, "Ngắn", None)])))["Vụ việc"]
    assert [sheet.column_dimensions[letter].width for letter in "ABC"] == [14, WIDEST, 14]
    assert [sheet[cell].alignment.wrap_text for cell in ("B2", "B3")] == [True, None]


def test_a_table_is_set_up_for_print_with_its_head_on_each_page():
    sheet = openpyxl.load_workbook(io.BytesIO(written([])))["Vụ việc"]
    assert (sheet.print_title_rows, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (
        "$1:$1",
        "landscape",
        0,
    )
    assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)


def test_the_same_rows_give_the_same_bytes():
    assert written([(1, "a", None)]) == written([(1, "a", None)])
