"""What reading a file costs grows with what is read; nothing a file does reaches the portal's own process."""

import contextlib
import resource
import subprocess
import sys
import time

import pytest

from cluster_portal.tables import books, child, values
from cluster_portal.tables.books import read_book
from cluster_portal.tables.cells import MAX_LENGTH, Book, Sheet
from cluster_portal.tables.finding import NoTable, find_table
from cluster_portal.tables.layout import Column, TableKind
from cluster_portal.tables.refusals import Refusal, UnreadableFile
from tests.support.tables import with_part, xlsx

LONG = [
    (part * MAX_LENGTH)[:MAX_LENGTH]
    for part in ("1", "1.", "t2 ", "don vi ", "5 (một ", "1 000 ", "(", "ước ", "a/", "tổng ")
]
LONG += [f"5{' ' * (MAX_LENGTH - 2)}x", "ngày " * (MAX_LENGTH // 11) + "tháng " * (MAX_LENGTH // 11)]

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
STRINGS = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</sst>'
PLAIN = xlsx(["a", "b"], [1, 2])


def refusal(data):
    with pytest.raises(UnreadableFile) as refused:
        read_book(data)
    return refused.value.refusal


def sheet(rows):
    return with_part(PLAIN, "xl/worksheets/sheet1.xml", SHEET.format(rows).encode())


def test_millions_of_empty_texts_are_refused_at_once():
    data = with_part(PLAIN, "xl/sharedStrings.xml", STRINGS.format("<si><t/></si>" * 4_600_000).encode())
    assert len(data) < 200_000
    assert refusal(data) is Refusal.UNPACKS_TOO_LARGE


def test_one_long_text_in_a_thousand_cells_is_refused():
    """It costs the archive nothing, and each of its places as much as the text is long."""
    text = STRINGS.format(f"<si><t>{'x' * MAX_LENGTH}</t></si>").encode()
    cells = '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 500
    data = with_part(
        with_part(PLAIN, "xl/sharedStrings.xml", text), "xl/worksheets/sheet1.xml", SHEET.format(cells).encode()
    )
    assert len(data) < 20_000
    assert refusal(data) is Refusal.UNPACKS_TOO_LARGE


def test_a_package_that_unpacks_to_a_huge_one_is_refused_unread():
    assert refusal(with_part(PLAIN, "xl/theme/theme1.xml", b" " * (child.MAX_UNPACKED_BYTES + 1))) is (
        Refusal.UNPACKS_TOO_LARGE
    )


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 100_000,
    ],
    ids=["far away", "many"],
)
def test_a_sheet_of_too_many_rows_is_refused(rows):
    assert refusal(sheet(rows)) is Refusal.TOO_MANY_ROWS


def test_a_cell_far_to_the_right_ends_the_child_and_not_the_portal():
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="39999"><c r="XFD39999"><v>1</v></c></row>'
    assert refusal(sheet(rows)) is Refusal.TOO_MUCH_WORK


def test_a_text_file_of_too_many_rows_is_refused():
    assert refusal(b"a;b\n" * 20_002) is Refusal.TOO_MANY_ROWS


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(books, "MAX_WAIT", 0.001)
    begun = time.monotonic()
    assert refusal(PLAIN) is Refusal.TOO_MUCH_WORK
    assert time.monotonic() - begun < 10


def test_the_child_has_limits_of_its_own():
    limits = (
        "import resource; from cluster_portal.tables import child; child.main(); import sys; print(file=sys.stderr);"
    )
    limits += "print(resource.getrlimit(resource.RLIMIT_AS)[0], file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", limits], input=b"a;b", capture_output=True, check=True)
    assert int(told.stderr) == child.MAX_MEMORY
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != child.MAX_MEMORY


@pytest.mark.parametrize("content", [b"", b"<worksheet", b"<worksheet><sheetData><row><c t='s'><v>9</v></c>"])
def test_a_damaged_sheet_is_refused(content):
    assert refusal(with_part(PLAIN, "xl/worksheets/sheet1.xml", content)) is Refusal.DAMAGED


def test_entities_are_not_expanded():
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>' + SHEET.format("&c;").encode()
    assert refusal(with_part(PLAIN, "xl/worksheets/sheet1.xml", bomb)) is Refusal.DAMAGED


def test_lines_may_end_as_on_old_macs():
    assert list(read_book(b"so vu;b\r1;2\r2;3\r").sheets[0].rows) == [1, 2, 3]


@pytest.mark.parametrize("text", [b'a;b\n"1;2\n3;4\n', b'a\n"' + b"9" * 200_000])
def test_a_quotation_mark_without_its_end_is_refused(text):
    assert refusal(text) is Refusal.OPEN_QUOTE


def unheard(_told):
    pass


READERS = {
    "day": values.day,
    "day and hour": values.day_and_hour,
    "hour": lambda cell: values.hour(cell, unheard),
    "count": lambda cell: values.count(cell, unheard, largest=10**9),
    "half-year": values.half_year,
    "telephone": lambda cell: values.telephone(cell, unheard),
    "head": values.names_no_unit,
    "a table": lambda cell: find_table(
        Book((Sheet("a", {1: [cell], 2: ["Tên", "Số"], 3: ["a", 1], 4: [cell]}),)),
        TableKind("a", (Column("name", "Tên", is_required=True), Column("count", "Số", is_required=True))),
    ),
}


@pytest.mark.usefixtures("two_seconds_of_work")
@pytest.mark.parametrize("cell", LONG, ids=lambda cell: cell[:8])
@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
def test_a_long_text_where_a_short_one_belongs_holds_nobody_up(read, cell):
    """The portal's own process reads it: a worker that is held up serves nobody."""
    with contextlib.suppress(values.Unreadable, NoTable):
        read(cell)
