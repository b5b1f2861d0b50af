import pytest

from cluster_portal.privacy import Identifier, IdentifierKind, find_identifiers


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
