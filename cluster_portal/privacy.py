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

from cluster_portal.text import fold

#: What stands where an identifier was taken out.
MASK = "•••"


class IdentifierKind(models.TextChoices):
    IDENTITY_NUMBER = "identity_number", _("identity number")
    TELEPHONE = "telephone", _("telephone number")
    BANK_ACCOUNT = "bank_account", _("bank account")
    LICENCE_PLATE = "licence_plate", _("licence plate")


@dataclass(frozen=True, order=True)
class Identifier:
    """A place in a text: `text[start:end]` is what was found."""

    start: int
    end: int
    kind: IdentifierKind
    text: str


_GAP = "[ \u00a0.\\-–]"
_DATE = (
    r"(?:(?:\d{1,2}[.\-]\d{1,2}[.\-]\d{4}|(?:0?[1-9]|[12]\d|3[01])[ /](?:0?[1-9]|1[0-2])[ /](?:19|20)\d{2}"
    r"|(?:19|20)\d{2}-(?:0?[1-9]|1[0-2])-(?:0?[1-9]|[12]\d|3[01]))(?!\d))"
)
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
#: Cards and long accounts show by their length alone, shorter accounts by the word before them.
_LONG_NUMBER = re.compile(rf"{_NOT_INSIDE_A_NUMBER}(?:\d{{10,19}}|\d{{4}}(?:{_GAP}\d{{4}}){{3}}){_ENDS_HERE}")
_ACCOUNT = re.compile(rf"{_NOT_INSIDE_A_NUMBER}(?!{_DATE})\d(?:{_GAP}?\d){{5,18}}{_ENDS_HERE}")
_ACCOUNT_BEFORE = re.compile(r"(?:\b(?:stk|tk|tai khoan|account)\b)[^\d]{0,30}$")
#: 29A-123.45, 29-B1 123.45, 29MĐ1-12345, 80-NG-123-45; in small letters only where nothing else is meant.
_PLATE_NUMBER = r"(?:\d{3}[.\-]?\d{2}|\d{4})(?!\d)(?![.,]\d)"
_PLATE = re.compile(
    rf"(?<![\w.,/])\d{{2}}(?:[ .\-]?[A-ZĐ]{{1,2}}\d?[ .\-]?|-?(?![ghkm]\d|ha|kg|km)[a-zđ]{{1,2}}\d?-?){_PLATE_NUMBER}"
)
#: Plates of the forces (KT 12-34) look like much else; the word before tells.
_FORCES_PLATE = re.compile(r"(?<!\w)[A-Z]{2}[ \-]?\d{2}[\-.]\d{2}(?!\d)")
_PLATE_BEFORE = re.compile(r"\b(?:bien so|bien kiem soat|bks|xe)\b[^\d]{0,25}$")
#: 12345678901/QĐ-UBND, Quyết định xử phạt số 12345678901: the number of a document, whatever its length.
_NOTATION_AFTER = re.compile(r"\s?/\s?[A-ZĐ]{2}")
_DOCUMENT_BEFORE = re.compile(
    r"\b(?:quyet dinh|cong van|van ban|thong bao|bien ban|ke hoach|to trinh|ban an|cong dien|chi thi)\b"
    r"[^\d.;:,()]{0,40}\bso\b\s*:?\s*$"
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

_NEVER_A_QUANTITY = (IdentifierKind.TELEPHONE, IdentifierKind.LICENCE_PLATE)


def find_identifiers(text: str) -> list[Identifier]:
    """Numbers in `text` that tell who a person is, in the order they stand there."""
    found: list[Identifier] = []
    taken = bytearray(len(text))  # 1 where something was found: what overlaps it is no second find
    for kind, pattern, before in (
        (IdentifierKind.LICENCE_PLATE, _PLATE, None),
        (IdentifierKind.LICENCE_PLATE, _FORCES_PLATE, _PLATE_BEFORE),
        (IdentifierKind.BANK_ACCOUNT, _ACCOUNT, _ACCOUNT_BEFORE),
        (IdentifierKind.TELEPHONE, _TELEPHONE, None),
        (IdentifierKind.IDENTITY_NUMBER, _IDENTITY, None),
        (IdentifierKind.BANK_ACCOUNT, _LONG_NUMBER, None),
    ):
        for match in pattern.finditer(text):
            if before and not before.search(fold(text[max(0, match.start() - 40) : match.start()])):
                continue
            if kind not in _NEVER_A_QUANTITY and _is_quantity(text, match):
                continue
            if kind is not IdentifierKind.LICENCE_PLATE and _numbers_a_document(text, match):
                continue
            if taken.find(1, match.start(), match.end()) < 0:
                taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
                found.append(Identifier(match.start(), match.end(), kind, match[0]))
    return sorted(found)


@dataclass(frozen=True)
class Excerpt:
    """What was found, with the words around it."""

    kind: IdentifierKind
    before: str
    marked: str
    after: str


def excerpts(text: str, *, around: int = 40) -> list[Excerpt]:
    """Each place in `text` that holds an identifier, to show to the one who typed it."""
    return [
        Excerpt(
            kind=found.kind,
            before=("…" if found.start > around else "") + text[max(0, found.start - around) : found.start],
            marked=found.text,
            after=text[found.end : found.end + around] + ("…" if found.end + around < len(text) else ""),
        )
        for found in find_identifiers(text)
    ]


def mask(text: str) -> str:
    """`text` with every identifier replaced by a sign that something stood there."""
    parts, done = [], 0
    for found in find_identifiers(text):
        parts += [text[done : found.start], MASK]
        done = found.end
    return "".join([*parts, text[done:]])


def _numbers_a_document(text: str, match: re.Match[str]) -> bool:
    before = fold(text[max(0, match.start() - 80) : match.start()])
    return bool(_NOTATION_AFTER.match(text, match.end()) or _DOCUMENT_BEFORE.search(before))


def _is_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether the digits are a sum or an amount: ``125000000 đồng``, ``trị giá 125000000``, ``125.000.000``."""
    return bool(
        _DOTTED_NUMBER.fullmatch(match[0])
        or _UNIT_AFTER.match(text, match.end())
        or _MONEY_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    )
