"""What belongs to a number goes to the next line with it, however the text was typed."""

from __future__ import annotations

import re

NO_BREAK = "\N{NO-BREAK SPACE}"

#: ``năm 2022``, ``Phụ lục II``, ``Điều 7``: the number stands behind what it numbers.
_NUMBERED = re.compile(r"\b(ngày|tháng|quý|năm|số|lần|Điều|Phụ lục|Bảng) (?=\d|[IVX]+\b)", re.IGNORECASE)
#: ``6 tháng``, ``07 vụ``, ``219,18 tỷ``: the number stands before its unit. Of two syllables the first is enough.
_UNITS = (
    "tháng năm ngày giờ phút lần kỳ vụ người đồng nghìn triệu tỷ đơn đối lượt buổi cuộc ý tham nhiệm chỉ tiêu tập cá "
    "đại mô tin trường điểm trang văn loại xã phường doanh"
)
_UNIT = re.compile(
    rf"(?<![\w/.,-])(?<!ngày{NO_BREAK})(?<!tháng{NO_BREAK})(?<!năm{NO_BREAK})"  # nothing that it numbers itself
    rf"(\d[\d.,]*(?:/\d+)?) (?=(?:{_UNITS.replace(' ', '|')})\b)"
)
#: ``Xã mẫu 01``, ``Nhà máy Z117``: the last word of a name isn't a number alone.
_LAST = re.compile(r"(?<=[^\W\d]) (?=[A-Z]?\d{1,3}$)")
_MONEY = re.compile(r"\b(nghìn|triệu|tỷ) (?=đồng\b)")
#: A period's name, as "6 tháng đầu năm 2022" or "first half of 2022", and a count with what it counts.
_WHOLE = re.compile(
    r"\d+ tháng (?:đầu|cuối)(?: năm \d{4})?|(?:năm|kỳ) \d+|\d+ (?:đơn vị|tháng|vụ)|(?:first|second) half of \d{4}"
)
_MARKUP = re.compile(r"(<(title|style|script)\b.*?</\2>|<[^>]*>)|[^<]+", re.DOTALL)


def unbroken(text: str) -> str:
    """The text with spaces that don't break between a number and its unit, or what it numbers.

    ``6 tháng đầu năm 2022`` may break before ``đầu`` and ``năm`` alone, a date before ``tháng`` and ``năm``.
    """
    if not any(map(str.isdigit, text)) and not _NUMBERED.search(text):
        return text
    text = _LAST.sub(NO_BREAK, _NUMBERED.sub(rf"\1{NO_BREAK}", text))
    text = _UNIT.sub(_with_unit, text)
    return _MONEY.sub(rf"\1{NO_BREAK}", text)


def _with_unit(found: re.Match[str]) -> str:
    number = found[1]
    return found[0] if number[-1] in ".," else number + NO_BREAK


def unbroken_html(html: str) -> str:
    """The same in what a page of HTML shows; its markup, title and styles stay."""
    return _MARKUP.sub(lambda part: part[0] if part[1] else unbroken(part[0]), html)


def kept_whole(text: str) -> str:
    """A heading whose periods and amounts stay on one line: ``6 tháng đầu năm 2022``, ``28 đơn vị``."""
    return _WHOLE.sub(lambda found: found[0].replace(" ", NO_BREAK), text)
