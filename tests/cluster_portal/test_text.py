import unicodedata

import pytest

from cluster_portal.text import fold, name_key, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Trộm cắp tài sản", "trom cap tai san"),
        ("ĐÁNH BẠC", "danh bac"),
        ("  Xã   Mẫu 03 ", "xa mau 03"),
        (unicodedata.normalize("NFD", "Phường Đồng Xuân"), "phuong dong xuan"),
        ("ưỡn ẹo, Ỷ lại", "uon eo, y lai"),
        ("", ""),
    ],
)
def test_text_is_folded_to_bare_lower_case_letters(text, folded):
    assert fold(text) == folded


def test_letters_sort_as_in_a_vietnamese_dictionary():
    words = ["đa", "da", "âm", "ăn", "an", "ưa", "ua", "Ôn", "on", "ơn", "ba"]

    assert sorted(words, key=sort_key) == ["an", "ăn", "âm", "ba", "da", "đa", "on", "Ôn", "ơn", "ua", "ưa"]


def test_tones_decide_only_between_equal_letters():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma", "mat"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ", "mat",
    ]  # fmt: skip


def test_persons_sort_by_their_given_name():
    names = ["Nguyễn Văn Đức", "Trần Thị An", "Lê Văn Dũng"]

    assert sorted(names, key=name_key) == ["Trần Thị An", "Lê Văn Dũng", "Nguyễn Văn Đức"]
