"""Figures as people type them: read for certain or asked about, and echoed in words."""

import pytest
from django import forms

from cluster_portal.fields import LARGEST_AMOUNT, CountField
from cluster_portal.figures import NoFigure, in_words, read_figure
from cluster_portal.tables import values


def read(text, **options):
    return read_figure(text, largest=LARGEST_AMOUNT, **options)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.250", 1250), ("1250", 1250), ("07", 7), ("1,250", 1250), ("12.345.678", 12_345_678),
        ("１２５０", 1250), ("１.２５０", 1250), (" 12 vụ ", 12), ("3 người", 3),
        ("1,5 triệu", 1_500_000), ("1,5tr", 1_500_000), ("1500000đ", 1_500_000), ("1.500.000 đồng", 1_500_000),
        ("2 tỷ", 2_000_000_000), ("500k", 500_000), ("45 triệu đồng", 45_000_000), ("1 tỷ 200 triệu", 1_200_000_000),
        ("1 triệu 500 nghìn đồng", 1_500_000), ("không", 0), ("0", 0),
        ("0.750 tỷ", 750_000_000), ("0,750 tỷ", 750_000_000), ("0.5 triệu", 500_000), ("1.250 triệu", 1_250_000_000),
    ],
)  # fmt: skip
def test_a_figure_is_read_as_people_write_it(text, number):
    assert read(text) == number
    assert read(text, is_a_cell=True) == number
    assert CountField(largest=LARGEST_AMOUNT).clean(text) == number
    assert values.count(text, lambda _told: None, largest=LARGEST_AMOUNT) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,250.5", "1.250,5.3", "12\n345", "12\r\n345", "12\t345", "1,5", "1.23", "-1", "− 3", "ba", "1tr5", "12..3",
        "200 triệu 1 tỷ", "1 tỷ 2 tỷ", "1 tỷ 2000 triệu", "1" + "0" * 30, "9" * 5000, "1e6", "=1+1", "12 13 14",
        "٣", "²", "1.2.3", "1,5 triệu 3", "0.500", "0,500", "012.345", "0.750.000", "012.345 triệu", "1234.567 triệu",
    ],
)  # fmt: skip
def test_what_could_be_another_figure_or_none_is_asked_about_with_what_stands_there(text):
    for is_a_cell in (False, True):
        with pytest.raises(NoFigure) as asked:
            read(text, is_a_cell=is_a_cell)
        assert f"“{text.split()[0][:20]}" in str(asked.value)
    with pytest.raises(forms.ValidationError):
        CountField().clean(text)
    with pytest.raises(values.Unreadable):
        values.count(text, lambda _told: None, largest=LARGEST_AMOUNT)


def test_an_example_shows_how_to_write_it():
    with pytest.raises(NoFigure, match=r"1\.250"):
        read("ba")


def test_two_pasted_lines_of_which_a_browser_makes_one_are_no_figure():
    """Browsers put a space where a line ended; in a cell of a table a space parts thousands."""
    with pytest.raises(NoFigure):
        read("12 345")
    assert read("12 345", is_a_cell=True) == 12_345


def test_a_dash_is_none_in_a_table_and_asked_about_in_a_form():
    told = []
    assert (read("–", is_a_cell=True, note=told.append), len(told)) == (0, 1)
    with pytest.raises(NoFigure):
        read("–")


@pytest.mark.parametrize(
    ("cell", "factor", "number"), [(12, 1, 12), (12.0, 1, 12), (1.5, 10**6, 1_500_000), (0.001, 10**6, 1000)]
)
def test_a_cells_number_is_read_with_what_its_column_counts_in(cell, factor, number):
    assert values.count(cell, lambda _told: None, largest=LARGEST_AMOUNT, factor=factor) == number


@pytest.mark.parametrize("cell", [1.5, 1.234, -1, float("inf"), float("nan"), 1e300, True, None])
def test_a_cells_number_that_is_no_count_is_asked_about(cell):
    with pytest.raises(values.Unreadable):
        values.count(cell, lambda _told: None, largest=LARGEST_AMOUNT)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"), (5, "năm"), (10, "mười"), (15, "mười lăm"), (21, "hai mươi mốt"), (25, "hai mươi lăm"),
        (105, "một trăm lẻ năm"), (110, "một trăm mười"), (1000, "một nghìn"),
        (1250, "một nghìn hai trăm năm mươi"), (1005, "một nghìn không trăm lẻ năm"),
        (1_500_000, "một triệu năm trăm nghìn"), (2_000_000_000, "hai tỷ"),
        (1_000_000_001, "một tỷ không trăm lẻ một"),
        (12_345_678, "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám"),
        (10**15, "một triệu tỷ"),
    ],
)  # fmt: skip
def test_a_figure_is_echoed_in_words(number, words):
    assert in_words(number) == words
