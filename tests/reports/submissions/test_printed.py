"""What a unit's printed report adds up, and what it doesn't."""

import pytest

from reports.content import CategoryFigures, Measure, SubmissionContent
from reports.submissions.printed import PrintedRow, PrintedTable, Sum, _group, _total
from reports.submissions.readable import ReadFigure, ReadGroup, ReadRow, ReadSubmission


def content(**categories):
    return SubmissionContent(
        categories={
            code: CategoryFigures(dict(zip((Measure.CASES, Measure.PERSONS), values, strict=False)))
            for code, values in categories.items()
        }
    )


@pytest.mark.parametrize(
    ("told", "asked", "printed", "whole"),
    [
        (content(a=(3, 2), b=(4, 5)), "ab", "7", 7),
        (content(a=(3, None), b=(4, 5)), "ab", "≥ 5", None),
        (content(a=(3, None), b=(4, 0)), "ab", "≥ 0", None),
        (content(a=(3, None), b=(4, 5)), "b", "5", 5),  # stored content has a blank for what isn't asked, too
        (content(b=(4, 5)), "ab", "≥ 5", None),
        (content(a=(0, None), b=(4, 5)), "ab", "5", 5),  # nothing happened, so nobody was handled
        (content(a=(3, None)), "a", "–", None),
        (content(a=(3, None)), "", "x", None),
        (content(), "", "x", None),
        (content(a=(3,)), "", "x", None),
        (content(a=(3, 2)), "", "2", 2),  # asked when it was sent
        (None, "a", "–", None),
    ],
)
def test_a_sum_of_persons(told, asked, printed, whole):
    total = Sum.of(told, Measure.PERSONS, asked=asked)
    assert total.whole == whole
    assert total.printed == printed


BOTH = (Measure.CASES, Measure.PERSONS)


def read_report(**asked):
    """Of categories that ask the measures given."""
    details = (Measure.PERSONS,) if BOTH in asked.values() else ()
    return ReadSubmission((), (), (), (), details, asked)


def test_the_cases_of_all_categories_are_added_up_and_compared():
    row = _total(read_report(a=BOTH, b=BOTH), content(a=(3, 2), b=(6, 1)), content(a=(4, 4), b=(8, 0)))
    assert row == PrintedRow(("Tổng số", "9", "12", "−3", "−25,00%", "3"), "total")


def test_what_lacks_a_part_is_not_compared():
    row = _total(
        read_report(a=(Measure.CASES,), b=(Measure.CASES,)), content(a=(3, 2), b=(None, None)), content(a=(4, 4))
    )
    assert row.cells == ("Tổng số", "≥ 3", "4", "–", "–")


def test_sums_over_other_categories_are_not_compared():
    """“12 | 10 | +2 (+20,00%)”, of thefts and drugs beside thefts alone, which had fallen from 10 to 5."""
    asked = read_report(a=(Measure.CASES,), b=(Measure.CASES,))
    assert _total(asked, content(a=(5, 0), b=(7, 0)), content(a=(10, 0))).cells == ("Tổng số", "12", "10", "–", "–")
    gone = read_report(a=(Measure.CASES,))
    assert _total(gone, content(a=(5, 0)), content(a=(3, 0), b=(7, 0))).cells == ("Tổng số", "5", "10", "–", "–")


def read_row(name):
    return ReadRow(name, "", (ReadFigure("Số vụ", "1", "2", "−1", "−50,00%", None),), "")


@pytest.mark.parametrize(
    ("group", "rows", "names"),
    [
        ("Ma túy", ["Ma túy"], ["Ma túy"]),
        ("Cháy, nổ", ["Cháy nhà"], ["Cháy, nổ", "Cháy nhà"]),
        ("Trật tự", ["Trộm", "Cướp"], ["Trật tự", "Trộm", "Cướp"]),
    ],
)
def test_a_group_of_one_row_of_its_own_name_is_that_row(group, rows, names):
    assert [row.cells[0] for row in _group(ReadGroup(group, tuple(map(read_row, rows))), 0)] == names


def printed_table(*rows):
    return PrintedTable("Các mặt công tác", ("Nội dung", "Kỳ này", "Cùng kỳ"), rows)


def test_a_table_of_one_row_is_told_as_a_sentence():
    """A total beside the one row, or its group's name above it, makes it no table."""
    row, total = PrintedRow(("Trộm cắp", "2", "1")), PrintedRow(("Tổng số", "2", "1"), "total")
    for rows in ([row], [row, total], [PrintedRow(("Trật tự", "", ""), "group"), row, total]):
        table = printed_table(*rows)
        assert (table.is_of_several, table.sentence) == (False, "Trộm cắp: kỳ này 2; cùng kỳ 1.")
    assert printed_table(row, row).is_of_several
