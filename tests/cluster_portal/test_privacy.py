import time

import pytest

from cluster_portal.privacy import Excerpt, Identifier, IdentifierKind, excerpts, find_identifiers, mask


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "0912-345-678",
        "0912 34 56 78",
        "+84 912 345 678",
        "+84912345678",
        "0084 912 345 678",
        "02438851234",
        "(024) 3885 1234",
        "024.3885.1234",
        "01234567890",
    ],
)
def test_telephone_numbers_are_found(number):
    start = len("Liên hệ ")
    found = find_identifiers(f"Liên hệ {number}, gặp trực ban")

    assert found == [Identifier(start, start + len(number), IdentifierKind.TELEPHONE, number)]


@pytest.mark.parametrize(
    "number",
    ["001085012345", "001 085 012 345", "0010 8501 2345", "001.085.012.345", "012345678", "123456789", "123 456 789"],
)
def test_identity_numbers_are_found(number):
    found = find_identifiers(f"CCCD {number}.")

    assert [(identifier.kind, identifier.text) for identifier in found] == [(IdentifierKind.IDENTITY_NUMBER, number)]


@pytest.mark.parametrize(
    "plate",
    [
        "29A-123.45",
        "30E-1234",
        "51G12345",
        "29-B1 123.45",
        "29B1-12345",
        "29X1 1234",
        "29MĐ1-123.45",
        "80-NG-123-45",
        "29a1-12345",
    ],
)
def test_licence_plates_are_found(plate):
    found = find_identifiers(f"Đi xe {plate}, màu đỏ")

    assert [(identifier.kind, identifier.text) for identifier in found] == [(IdentifierKind.LICENCE_PLATE, plate)]


def test_a_plate_of_the_forces_is_found_by_the_word_before_it():
    assert [found.text for found in find_identifiers("xe biển số KT 12-34 đi qua")] == ["KT 12-34"]
    assert find_identifiers("theo NĐ 30-20") == []


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("STK 123456", "123456"),
        ("so tai khoan: 19034567890123", "19034567890123"),
        ("chuyển vào tài khoản ngân hàng 0071 0012 34567", "0071 0012 34567"),
        ("chuyển vào 19034567890123 của", "19034567890123"),
        ("thẻ 9704 3668 1234 5678", "9704 3668 1234 5678"),
    ],
)
def test_bank_accounts_are_found(text, account):
    found = find_identifiers(text)

    assert [(identifier.kind, identifier.text) for identifier in found] == [(IdentifierKind.BANK_ACCOUNT, account)]


@pytest.mark.parametrize(
    "text",
    [
        "thiệt hại 125000000 đồng",
        "125000000đ",
        "125.000.000 đồng",
        "1.125.000.000 đồng",
        "125.000.000",
        "trị giá khoảng 125000000",
        "125 000 000 đồng",
        "125000000000 VNĐ",
        "từ 15.12.2021 đến 14.06.2022",
        "hồi 09.12.2022 08 giờ 30",
        "15-12-2021",
        "3.558 vụ, giảm 3.009 vụ (24,25%)",
        "Quyết định số 1234/QĐ-UBND ngày 01/07/2025",
        "0 vụ, 07 vụ, 12 đối tượng",
        "năm 2021 2022 2023",
        "lúc 22h 1530 người đã về",
        "chiếm đoạt trong tài khoản 50.000.000 đồng",
        "tài khoản bị khóa ngày 15.12.2021",
        "10 kg 1234",
        "Quyết định số 12345678901/QĐ-UBND",
        "số 01234567890/QĐ-XPHC ngày 01/07/2025",
        "Quyết định xử phạt vi phạm hành chính số 12345678901 ngày 01/07/2025",
        "theo Công văn số 0912345678",
        "hồi 09 12 2022 08 giờ 30",
        "tài khoản bị khóa ngày 2022-08-16",
        "tài khoản bị khóa ngày 16/08/2022",
        "từ 01 07 2025 đến 30 06 2026",
    ],
)
def test_sums_dates_and_counts_are_left_alone(text):
    assert find_identifiers(text) == []


def test_every_number_in_a_text_is_found_in_its_order():
    text = "CMND 012345678, ĐT 0912 345 678, ngày 15.12 gọi 0987654321"

    assert [(found.kind.value, text[found.start : found.end]) for found in find_identifiers(text)] == [
        ("identity_number", "012345678"),
        ("telephone", "0912 345 678"),
        ("telephone", "0987654321"),
    ]


@pytest.mark.parametrize(
    "text", ["gọi số 0912345678", "Quyết định số 12, gọi 0912345678", "biên bản: ông A, số 0912345678/0987654321"]
)
def test_a_number_near_a_document_is_still_found(text):
    assert "0912345678" in [found.text for found in find_identifiers(text)]


def test_a_text_full_of_numbers_is_looked_through_once():
    """Its work grows with its length: ten times the text takes about ten times as long, not a hundred times."""

    def seconds(times):
        text = "0912345678, 001085012345 và 29A-123.45; " * times
        began = time.process_time()
        assert len(find_identifiers(text)) == 3 * times
        assert find_identifiers(mask(text)) == []
        return time.process_time() - began

    seconds(100)

    assert seconds(5000) < 40 * seconds(500)


def test_what_is_found_is_shown_with_the_words_around_it():
    assert excerpts("Gọi 0912345678 nhé", around=3) == [Excerpt(IdentifierKind.TELEPHONE, "…ọi ", "0912345678", " nh…")]


def test_masking_takes_every_number_out_and_leaves_the_rest():
    masked = mask("CCCD 001085012345, xe 29A-123.45, mất 125.000.000 đồng")

    assert masked == "CCCD •••, xe •••, mất 125.000.000 đồng"
    assert find_identifiers(masked) == []
