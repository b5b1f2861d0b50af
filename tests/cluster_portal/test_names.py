import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_portal.names import Ambiguous, Names, confusable, find, spelled

UNITS = Names(
    [
        ("Xã Phù Minh", 1),
        ("Phù Minh", 1),
        ("Xã Phú Minh", 2),
        ("Phú Minh", 2),
        ("Xã Hòa Bình", 3),
        ("Hòa Bình", 3),
        ("Phường Đông Xuân", 4),
        ("Xã Mẫu 01", 5),
    ]
)


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("Xã Phù Minh", 1),
        ("XÃ PHÚ MINH", 2),
        ("phú  minh", 2),
        ("Xã Hoà Bình", 3),
        ("xa hoa binh", 3),
        ("Xã Hoa Bình", 3),
        ("phuong dong xuan", 4),
        ("Phường Đông Xuan", 4),
        ("Xã\u200b Mẫu\u00a001", 5),
        (unicodedata.normalize("NFD", "Xã Phù Minh"), 1),
        ("Xã Phủ Minh", None),
        ("Phường Dồng Xuân", None),
        ("Xã Hóa Bình", None),
        ("Xã", None),
        ("", None),
    ],
)
def test_a_name_is_found_by_its_writing_never_by_another_diacritic(typed, unit):
    assert UNITS.find(typed) == unit


def test_a_name_without_its_diacritics_that_fits_two_is_ambiguous():
    assert UNITS.find("Xa Phu Minh") == Ambiguous(("Xã Phù Minh", "Xã Phú Minh"))
    assert "“Xã Phù Minh”, “Xã Phú Minh”" in str(UNITS.find("Xa Phu Minh"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("Ma tuý", "Ma túy"), ("Huỷ hoại", "Hủy hoại"), ("Thuỷ sản", "thủy sản"), ("Hoà", "Hòa"), ("khoẻ", "khỏe")],
)
def test_the_tone_may_stand_on_the_other_vowel(typed, name):
    assert find(typed, {name: name}) == name
    assert spelled(typed) == spelled(name)


def test_the_full_name_of_one_that_is_the_bare_name_of_another_is_that_one():
    assert find("Xã Phu Minh", [("Xã Phù Minh", 1), ("Xã Phu Minh", 2)]) == 2


def test_two_things_of_one_name_are_ambiguous_and_two_names_of_one_thing_are_not():
    assert find("Mẫu", [("Mẫu", 1), ("mẫu", 2), ("Mẫu", 2)]) == Ambiguous(("Mẫu", "Mẫu"))
    assert find("Mẫu", [("Mẫu", 1), ("Mẫu", 1)]) == 1


def test_another_diacritic_is_another_name():
    assert spelled("Phù Minh") != spelled("Phú Minh") != spelled("Phu Minh")


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Phù Minh", "Phú Minh", False),
        ("Phu Minh", "Phú Minh", True),
        ("Phú Minh", "phu minh", True),
        ("Ma tuý", "Ma túy", True),
        ("Mẫu 01", "Mẫu 02", False),
    ],
)
def test_two_names_are_confusable_where_one_can_be_a_writing_of_the_other(name, other, alike):
    assert confusable(name, other) == confusable(other, name) == alike


@given(st.text(), st.text(alphabet="aăâáàoôđd e\u0301\u0323\u0306"))
def test_whatever_is_typed_finds_itself_and_breaks_nothing(typed, name):
    for wanted in (typed, name):
        assert find(wanted, [(wanted, 1)]) == (1 if wanted.strip() and spelled(wanted) else None)
    find(typed, [(name, 1)])
    find(name, [(f"{name} ", 1), (name.upper(), 2)])
