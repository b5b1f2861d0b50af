"""The parts of a report: numbered, closed up, left out, moved."""

from dataclasses import replace

import pytest

from reports.prose.outline import (
    FLAT,
    MOST_PARTS,
    USUAL,
    OutlinePart,
    as_values,
    moved,
    outline_of,
    rank_fault,
    standing,
    told_of,
    with_own_part,
)

A, B, B1, B2, B2A, C = (
    OutlinePart(code, code.upper(), rank)
    for code, rank in (("a", 1), ("b", 1), ("b1", 2), ("b2", 2), ("b2a", 3), ("c", 1))
)
SMALL = (A, B, B1, B2, B2A, C)


def numbers(outline, *filled):
    return [f"{number} {part.code}" for number, part in standing(outline, filled.__contains__)]


def codes(outline):
    return [part.code for part in outline]


def test_parts_sections_and_points_are_numbered_each_below_the_other():
    assert numbers(SMALL, *codes(SMALL)) == ["I a", "II b", "1 b1", "2 b2", "a b2a", "III c"]


def test_what_nobody_wrote_is_no_heading_and_the_numbers_close_up():
    assert numbers(SMALL, "b2a", "c") == ["I b", "1 b2", "a b2a", "II c"]
    assert numbers(SMALL, "c") == ["I c"]
    assert numbers(SMALL) == []


def test_a_heading_stands_as_soon_as_something_stands_below_it():
    assert numbers(SMALL, "b1") == ["I b", "1 b1"]


def test_what_is_left_out_is_so_with_all_below_it():
    outline = tuple(replace(part, is_left_out=part.code in ("a", "b2")) for part in SMALL)
    assert numbers(outline, *codes(outline)) == ["I b", "1 b1", "II c"]
    assert list(told_of(outline)) == ["b", "b1", "c"]


def test_points_follow_the_vietnamese_alphabet():
    points = tuple(OutlinePart(f"p{n}", "P", 3) for n in range(25))
    told = [number for number, _part in standing((A, B1, *points), lambda _code: True)]
    assert told[:9] == ["I", "1", "a", "b", "c", "d", "đ", "e", "g"]
    assert told[-2:] == ["24", "25"]


def test_the_usual_parts_have_the_figures_at_the_fifth_section_of_results():
    told = {part.code: f"{number} {part.heading}" for number, part in standing(USUAL, lambda _code: True)}
    assert told["basis"] == " Căn cứ"
    assert [told[code] for code in ("situation", "results", "shortcomings", "tasks", "proposals", "coverage")] == [
        "I Đặc điểm, tình hình",
        "II Kết quả thực hiện",
        "III Tồn tại, hạn chế và nguyên nhân",
        "IV Phương hướng, nhiệm vụ",
        "V Kiến nghị, đề xuất",
        "VI Phạm vi số liệu",
    ]
    assert (told["violations"], told["other_work"]) == ("5 Tình hình vi phạm pháp luật", "6 Công tác khác")
    assert rank_fault(USUAL) is None


def test_an_outline_is_stored_and_read_again():
    assert outline_of(as_values(USUAL)) == USUAL
    assert outline_of([]) == FLAT


@pytest.mark.parametrize("ranks", [(2,), (1, 3), (1, 0), (3, 1)])
def test_a_part_that_stands_below_nothing_is_a_fault(ranks):
    assert rank_fault(tuple(OutlinePart(str(n), "X", rank) for n, rank in enumerate(ranks)))


@pytest.mark.parametrize(
    ("code", "up", "order"),
    [
        ("c", True, "a c b b1 b2 b2a"),
        ("a", False, "b b1 b2 b2a a c"),
        ("b", False, "a c b b1 b2 b2a"),
        ("b2", True, "a b b2 b2a b1 c"),
        ("b1", False, "a b b2 b2a b1 c"),
        ("b1", True, "a b1 b b2 b2a c"),
        ("b2", False, "a b b1 c b2 b2a"),
        ("b2a", True, "a b b1 b2a b2 c"),
        ("a", True, "a b b1 b2 b2a c"),
        ("c", False, "a b b1 b2 b2a c"),
        ("b2a", False, "a b b1 b2 b2a c"),
        ("gone", True, "a b b1 b2 b2a c"),
    ],
)
def test_a_part_moves_with_what_stands_below_it(code, up, order):
    assert codes(moved(SMALL, code, up=up)) == order.split()


@pytest.mark.parametrize("up", [True, False])
def test_moving_never_makes_a_fault_and_loses_nothing(up):
    for part in USUAL:
        changed = moved(USUAL, part.code, up=up)
        assert rank_fault(changed) is None
        assert sorted(codes(changed)) == sorted(codes(USUAL))


def test_parts_of_the_offices_own_stand_before_the_scope_of_the_figures():
    twice = with_own_part(with_own_part(USUAL, "Thi đua"), "Khen thưởng")
    assert [(part.code, part.heading) for part in twice[-3:]] == [
        ("own-1", "Thi đua"),
        ("own-2", "Khen thưởng"),
        ("coverage", "Phạm vi số liệu"),
    ]
    assert len(twice) < MOST_PARTS
