"""The rules of comparing, checked against rows that were published."""

from decimal import Decimal

import pytest

from cluster_portal import formatting
from reports.comparison.pair import Comparison, add, share
from reports.content import Measure
from reports.prose.telling import Base, Words, told

CASES = Measure.CASES


@pytest.mark.parametrize(
    ("current", "base", "printed"),
    [
        (318, 303, "tăng 15 vụ (4,95%)"),
        (180, 183, "giảm 03 vụ (1,64%)"),
        (3558, 3334, "tăng 224 vụ (6,72%)"),
        (38, 23, "tăng 15 vụ (65,22%)"),
        (9398, 12407, "giảm 3.009 vụ (24,25%)"),
        (41, 48, "giảm 07 vụ (14,58%)"),
    ],
)
def test_published_comparisons_are_reproduced(current, base, printed):
    movement = Comparison(current, base).movement(CASES.amount, "cùng kỳ năm 2021")
    assert movement == f"{printed} so với cùng kỳ năm 2021"


def test_published_share_of_theft():
    assert formatting.percent(share(53, 180)) == "29,44%"


def test_a_base_of_zero_gives_the_change_and_no_percent():
    comparison = Comparison(1, 0)
    assert (comparison.change, comparison.percent) == (1, None)


def test_missing_is_not_zero():
    assert Comparison(5, None).change is None
    assert Comparison(None, 5).change is None
    assert add([None, None]) is None
    assert add([None, 0]) == 0


def test_percent_is_signed_and_rounded_half_up():
    assert Comparison(41, 48).percent == Decimal("-14.58")
    assert Comparison(201, 200).percent == Decimal("0.50")
    assert Comparison(10_041, 10_000).percent == Decimal("0.41")
    assert Comparison(20_001, 20_000).percent == Decimal("0.01")  # 0,005 goes up


@pytest.mark.parametrize(
    ("current", "base", "phrase"),
    [
        (41, 48, "xảy ra 41 vụ, giảm 07 vụ (14,58%) so với cùng kỳ năm 2021"),
        (4, 4, "xảy ra 04 vụ, bằng cùng kỳ năm 2021"),
        (0, 3, "không xảy ra, giảm 03 vụ (100,00%) so với cùng kỳ năm 2021"),
        (0, 0, "không xảy ra, bằng cùng kỳ năm 2021"),
        (1, 0, "xảy ra 01 vụ, tăng 01 vụ so với cùng kỳ năm 2021 (cùng kỳ năm 2021 không xảy ra)"),
        (7, None, "xảy ra 07 vụ, chưa có số liệu cùng kỳ năm 2021"),
        (None, 7, "chưa có số liệu"),
    ],
)
def test_the_phrase_tells_every_case(current, base, phrase):
    assert told(Comparison(current, base), Words.of_measure(CASES), Base("cùng kỳ năm 2021")) == phrase


def test_damage_is_written_in_large_units():
    assert Measure.DAMAGE.amount(219_180_000_000) == "219,18 tỷ đồng"
    assert Measure.DAMAGE.amount(45_000_000) == "45 triệu đồng"
    assert Measure.DAMAGE.amount(900_000) == "900.000 đồng"
