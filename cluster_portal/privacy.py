"""Pointing out what would tell who a person is, before text is stored.

Persons are counted, never named (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). The rules
look for shapes, not for truth: they rather show a number too many than miss one, and
what they show is for a person to decide on. Sums of money are left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentifierKind(models.TextChoices):
    IDENTITY_NUMBER = "identity_number", _("identity number")
    TELEPHONE = "telephone", _("telephone number")


@dataclass(frozen=True, order=True)
class Identifier:
    """A place in a text: `text[start:end]` is what was found."""

    start: int
    end: int
    kind: IdentifierKind
    text: str


_GAP = "[ \u00a0.\\-–]"
_DATE = r"\d{1,2}[.\-]\d{1,2}[.\-]\d{4}(?!\d)"
_NOT_INSIDE_A_NUMBER = r"(?<!\d)(?<!\d[.,])"
_ENDS_HERE = r"(?!\d)(?![.,]\d)"

#: +84, 0084 or a nought, then nine or ten digits: 0912 345 678, (024) 3885.1234, +84-912-345-678.
_TELEPHONE = re.compile(
    rf"{_NOT_INSIDE_A_NUMBER}(?!{_DATE})"
    rf"(?:(?:\+|00)84{_GAP}?(?:\(0\))?{_GAP}?[1-9]|\(?0[1-9])(?:\)?{_GAP}?\d){{8,9}}{_ENDS_HERE}"
)
#: CCCD: twelve digits (grouped ones start with a nought, as all do); CMND: nine.
_IDENTITY = re.compile(
    rf"{_NOT_INSIDE_A_NUMBER}(?:\d{{12}}|\d{{9}}|0\d{{2}}(?:{_GAP}\d{{3}}){{3}}|0\d{{3}}(?:{_GAP}\d{{4}}){{2}}"
    rf"|\d{{3}}(?:{_GAP}\d{{3}}){{2}}){_ENDS_HERE}"
)
_DOTTED_NUMBER = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_UNIT_AFTER = re.compile(
    r"\s*(?:₫|đồng|đ(?!\w)|vnđ|vnd|usd|triệu|nghìn|ngàn|tỷ|tỉ|(?:m2|m²|kg|km|ha)(?!\w))", re.IGNORECASE
)
_MONEY_BEFORE = re.compile(
    r"(?:thiệt hại|trị giá|giá trị|số tiền|tổng tiền|kinh phí|phạt tiền|tiền phạt|nộp ngân sách)"
    r"(?:\s+(?:là|khoảng|ước tính|trên|gần|hơn))*\s*[:=]?\s*$",
    re.IGNORECASE,
)


def find_identifiers(text: str) -> list[Identifier]:
    """Identity and telephone numbers in `text`, in the order they stand there."""
    found = [
        Identifier(match.start(), match.end(), IdentifierKind.TELEPHONE, match[0])
        for match in _TELEPHONE.finditer(text)
    ]
    taken = {place for identifier in found for place in range(identifier.start, identifier.end)}
    found += [
        Identifier(match.start(), match.end(), IdentifierKind.IDENTITY_NUMBER, match[0])
        for match in _IDENTITY.finditer(text)
        if match.start() not in taken and not _is_quantity(text, match)
    ]
    return sorted(found)


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are a sum or an amount: ``125000000 đồng``, ``trị giá 125000000``, ``125.000.000``."""
    return bool(
        _DOTTED_NUMBER.fullmatch(match[0])
        or _UNIT_AFTER.match(text, match.end())
        or _MONEY_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    )
