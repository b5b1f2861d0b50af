import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_portal.text import clean_line, clean_lines, fold, name_key, sort_key


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


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Xã mẫu 01\u200b", "Xã mẫu 01"),
        ("Xã\u00a0mẫu\u3000 01", "Xã mẫu 01"),
        ("Tham\x02 luận\x00", "Tham luận"),
        ("Tham luận\r\nBcc: x@example.com", "Tham luận Bcc: x@example.com"),
        ("một\u2028hai\u0085ba\vbốn", "một hai ba bốn"),
        ("\u202eđảo\u202c \u2066ngược\u2069\ufeff", "đảo ngược"),
        ("a\u034fb\u115fc\ufe0fd\U000e0041e", "abcde"),
        ("\ud800x\ufffe\ufdd0\ue000", "x"),
        (unicodedata.normalize("NFD", "Đồng Xuân"), "Đồng Xuân"),
        ("e\u200b\u0301", "é"),
        ("“Sóc Sơn” – 50% ± 3 m² 😀", "“Sóc Sơn” – 50% ± 3 m² 😀"),
    ],
)
def test_a_line_is_stored_without_what_nobody_sees(typed, stored):
    assert clean_line(typed) == stored


def test_running_text_keeps_its_lines_and_its_no_break_spaces():
    assert clean_lines("một\r\nhai\rba\n\n6\u00a0tháng\tx\u200b") == "một\nhai\nba\n\n6\u00a0tháng x"


@given(st.text())
def test_clean_text_is_clean_and_can_be_stored_anywhere(typed):
    lines, line = clean_lines(typed), clean_line(typed)

    assert clean_lines(lines) == lines
    assert clean_line(line) == line == clean_line(lines)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in lines.replace("\n", ""))
    assert "\n" not in line
    line.encode()
