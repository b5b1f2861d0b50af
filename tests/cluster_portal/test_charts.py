from pathlib import Path

import pytest

from cluster_portal.charts import Column, Pair, Point, columns, pairs, sparkline, stacked, upright


def test_bars_stand_on_the_floor_side_by_side_and_the_highest_reaches_the_top():
    assert upright([10, 5, None], width=300, top=20, floor=120, share=0.5) == [
        Column(x=25.0, y=20, width=50.0, height=100.0, middle=50.0),
        Column(x=125.0, y=70.0, width=50.0, height=50.0, middle=150.0),
        Column(x=225.0, y=120, width=50.0, height=0.0, middle=250.0),
    ]


def test_nothing_and_noughts_have_no_height():
    assert upright([], width=300, top=20, floor=120, share=0.5) == []
    assert [bar.height for bar in columns("Thử", [Point("a", 0), Point("b", None)]).bars] == [0, 0]


def test_a_bar_says_its_label_in_full_and_one_that_stands_back_is_pale():
    early, late = columns("Thử", [Point("H1", 1, said="nửa đầu năm", stands_back=True), Point("H2\n2022", None)]).bars
    assert (early.told, early.is_pale) == ("nửa đầu năm: 1", True)
    assert (late.told, late.is_pale, [text for text, _y in late.lines]) == (
        "H2 2022: chưa có số liệu",
        False,
        ["H2", "2022"],
    )


@pytest.mark.parametrize(("bars", "size"), [(6, 14.5), (12, 13.0), (24, 11.0)])
def test_labels_are_as_large_as_stand_side_by_side(bars, size):
    assert columns("Thử", [Point("01/2022", 1)] * bars).label_size == size


def test_one_template_draws_all_bars_that_say_something():
    """Bars of a second drawing would have other words for those who don't see them: the rest repeat figures beside."""
    drawing = {path.name: path.read_text() for path in Path("templates").rglob("*.html") if "<rect" in path.read_text()}
    told = [name for name, text in drawing.items() if 'aria-hidden="true"' not in text]
    assert told == ["_bar_chart.html"]
    assert set(drawing) == {"_bar_chart.html", "_board_bar.html", "_pair.html", "_sparkline.html"}


def test_a_bar_of_states_is_as_long_as_all_of_them():
    shares = stacked({"overdue": 1, "draft": 0, "accepted": 3})
    assert [(share.code, share.count, share.x, share.width) for share in shares] == [
        ("overdue", 1, 0.0, 25.0),
        ("accepted", 3, 25.0, 75.0),
    ]
    assert stacked({}) == []


def test_bars_of_rows_share_a_scale_and_show_nothing_for_no_figure():
    assert pairs([(5, 10), (None, None), (0, None)]) == [Pair(50.0, 100.0), None, Pair(0.0, None)]
    assert pairs([]) == []
    assert pairs([(0, 0)]) == [Pair(0.0, 0.0)]


def test_a_sparkline_has_a_bar_a_period_and_none_for_a_gap():
    drawn = sparkline([Point("a", 4, stands_back=True), Point("b", None), Point("c", 2)], width=30, height=12)
    assert [(bar.height, is_pale) for bar, is_pale in drawn.bars] == [(10.0, True), (0, False), (5.0, False)]
