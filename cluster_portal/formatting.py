"""How figures, money and dates are written: the one place that knows.

Vietnamese conventions everywhere, on the English pages too, so that a page and the
paper beside it never show two spellings of one figure: a dot for thousands, a comma
for decimals, one-digit counts with a leading zero in prose.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.periods import Period

NOT_REPORTED = "–"
#: What stands where a measure is not asked: it is neither reported nor missing.
NOT_ASKED = "x"
MINUS = "−"
ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def within_sentence(text: str) -> str:
    """A name or heading as it goes on a sentence: ``Trộm cắp`` → ``trộm cắp``; an abbreviation stays: ``UBND xã``."""
    if any(map(str.isupper, text.partition(" ")[0][1:])):
        return text
    return text[:1].lower() + text[1:]


def number(value: int | None) -> str:
    """3558 → ``3.558``; a missing figure is a dash, never a nought."""
    if value is None:
        return NOT_REPORTED
    digits = f"{abs(value):,}".replace(",", ".")
    return f"{MINUS}{digits}" if value < 0 else digits


def at_least(value: int | None, written: Callable[[int | None], str] = number) -> str:
    """A sum that lacks a part: 3558 → ``≥ 3.558``, and ``≥ 0``; one that lacks all is a dash."""
    return written(value) if value is None else f"≥ {written(value)}"


def count(value: int) -> str:
    """A count in running text: 7 → ``07``, 0 → ``0``."""
    return f"0{value}" if 0 < value < 10 else number(value)


def decimals(value: Decimal) -> str:
    """Two decimals with a comma: ``14,58``."""
    whole, _point, fraction = f"{abs(value):.2f}".partition(".")
    return f"{number(int(whole))},{fraction}"


def middle(value: Decimal) -> str:
    """A median of counts, which may lie half-way between two of them: ``9``, ``9,5``, ``−1,5``."""
    whole, half = divmod(abs(value), 1)
    return f"{MINUS if value < 0 else ''}{number(int(whole))}{',5' if half else ''}"


def signed(value: int | None) -> str:
    """A change in a table: ``+224``, ``−3.009``, ``0``."""
    if value is None:
        return NOT_REPORTED
    return f"+{number(value)}" if value > 0 else number(value)


def percent(value: Decimal | None) -> str:
    """A share: ``29,44%``."""
    return NOT_REPORTED if value is None else f"{decimals(value)}%"


def signed_percent(value: Decimal | None) -> str:
    """A relative change in a table, with its sign: ``−14,58%``."""
    if value is None:
        return NOT_REPORTED
    sign = {1: "+", 0: "", -1: MINUS}[(value > 0) - (value < 0)]
    return f"{sign}{decimals(value)}%"


def money(dong: int) -> str:
    """An amount in đồng in running text: ``219,18 tỷ đồng``, ``45 triệu đồng``, ``900.000 đồng``."""
    for size, name in ((10**9, "tỷ đồng"), (10**6, "triệu đồng")):
        if dong >= size:
            rounded = (Decimal(dong) / size).quantize(Decimal("0.01"), ROUND_HALF_UP)
            text = decimals(rounded)
            return f"{text.removesuffix(',00')} {name}"
    return f"{number(dong)} đồng"


def millions(dong: int | None) -> str:
    """An amount in million đồng where there is little room: ``219.184``; what is less is no nought: ``<1``."""
    if dong is not None and 0 < dong < 10**6:
        return "<1"
    return number(None if dong is None else int((Decimal(dong) / 10**6).quantize(Decimal(1), ROUND_HALF_UP)))


def date(value: dt.date | None) -> str:
    """``05/01/2022``."""
    return NOT_REPORTED if value is None else value.strftime("%d/%m/%Y")


def moment(value: dt.datetime | None) -> str:
    """``05/01/2022, 08:30``: the day before the hour, as everywhere on a page."""
    return NOT_REPORTED if value is None else value.strftime("%d/%m/%Y, %H:%M")


def long_date(value: dt.date) -> str:
    """``ngày 05 tháng 01 năm 2022``: days below 10 and months 1 and 2 are padded
    (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    month = f"0{value.month}" if value.month <= 2 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def printed_date(value: dt.date) -> str:
    """``16/8/2022``, ``05/01/2022``: on paper, padded as in `long_date`."""
    month = f"0{value.month}" if value.month <= 2 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def roman(number: int) -> str:
    """``IV`` for 4: what numbers the parts and annexes of a document; up to 39."""
    written = ""
    for value, sign in ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def row_told(headings: Sequence[str], cells: Sequence[str]) -> str:
    """The one row of a table as a sentence: ``Buổi tuần tra: kỳ này 12; cùng kỳ 10; tăng, giảm +2.``

    The first cell names it; what is not reported or not asked is left out.
    """
    told = [
        f"{within_sentence(heading)} {cell}"
        for heading, cell in zip(headings[1:], cells[1:], strict=True)
        if cell not in ("", NOT_REPORTED, NOT_ASKED)
    ]
    return f"{cells[0]}: {'; '.join(told) or 'chưa có số liệu'}."


def written(value: Any) -> str:
    """A stored value as pages write it; an empty one is a dash, never a nought."""
    match value:
        case None | "":
            return NOT_REPORTED
        case bool():
            return _("yes") if value else _("no")
        case int():
            return number(value)
        case dt.time():
            return f"{value:%H:%M}"
        case dt.date():
            return date(value)
        case Period():
            return value.label
    return str(value)
