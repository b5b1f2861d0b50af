"""The one reader of figures as people write them, in a form's field as in a cell of a table.

Thousands by dot, comma or space, đồng in words (1,5 triệu; 1500000đ; 1 tỷ 200 triệu), full-width
digits, the noun that is counted. What can be read in two ways is asked about and never guessed:
`NoFigure` says what stands there and shows how to write it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.text import clean_line, clean_lines, fold

#: What one in a column or behind a figure stands for.
UNITS = {"nghin": 10**3, "ngan": 10**3, "k": 10**3, "trieu": 10**6, "tr": 10**6, "ty": 10**9, "ti": 10**9}

_COUNTED = r"(?:vu viec|vu|doi tuong|nguoi|truong hop|luot|buoi|mo hinh|tin|d|dong|vnd|₫)"
_FIGURE = r"[0-9](?:[0-9., ]*[0-9])?"
_NUMBER = re.compile(rf"({_FIGURE})\s?({'|'.join(UNITS)})?\s?{_COUNTED}?\.?")
_ADDED = re.compile(rf"({_FIGURE})\s?(ty|ti|trieu|tr|nghin|ngan|k)\b\s?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*")
_DECIMAL = re.compile(
    r"([1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+),([0-9]+)|([0-9]+)\.([0-9]{1,2}|[0-9]{4,}|(?<=^0\.)[0-9]{3})"
)
#: ``1,500,000.00``: naughts behind the point, which no group of thousands has.
_WHOLE_IN_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.0{1,2}")
_DASHES = {"-", "–", "—", "−", "--", "---"}
_NONE = {"khong", "khong co", "khong xay ra", "ko"}
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)} | {0xFF0C: ",", 0xFF0E: "."}
_LONGEST = 60  # characters; no figure is longer

Note = Callable[[str], None]


class NoFigure(ValueError):
    """The text is no figure, or could be two; `str()` is a sentence that quotes it and shows an example."""


def read_figure(
    text: str, *, largest: int, factor: int = 1, is_a_cell: bool = False, note: Note = lambda _told: None
) -> int:
    """A whole number of 0 or more; `factor` is what the column's head says one stands for (triệu đồng).

    `is_a_cell`: the text stood alone in a cell of a table. There a dash means none, and a space can only part
    thousands; in a form a dash is the sign of "not reported", and a space may be what a browser makes of two
    pasted lines. `note` is told where a word was read as 0. Raises `NoFigure`.
    """
    if len(clean_lines(text).strip().splitlines()) > 1 or "\t" in text.strip():
        raise NoFigure(_several(text))
    plain = clean_line(text)
    if _says_none(plain, is_a_cell=is_a_cell):
        note(_("“%(text)s” was read as 0.") % {"text": plain})
        return 0
    return whole(_read(fold(plain.translate(_FULL_WIDTH)), plain, factor, is_a_cell), plain, largest=largest)


def whole(value: Decimal, plain: str, *, largest: int) -> int:
    """The value as a whole number from 0 to `largest`; `plain` is how it was written. Raises `NoFigure`."""
    if value < 0:
        raise NoFigure(_("“%(text)s” is below 0. Enter a whole number, such as 1.250.") % {"text": _quoted(plain)})
    if value != int(value):
        raise NoFigure(_("“%(text)s” is a fraction. Enter a whole number, such as 1.250.") % {"text": plain})
    if value > largest:
        told = {"text": _quoted(plain), "largest": formatting.number(largest)}
        raise NoFigure(_("“%(text)s” is too large; the most is %(largest)s. Check the number of digits.") % told)
    return int(value)


def _says_none(plain: str, *, is_a_cell: bool) -> bool:
    if plain in _DASHES and not is_a_cell:
        raise NoFigure(
            _("“%(text)s” may mean none or not known. Enter 0 for none, leave it empty if not known.") % {"text": plain}
        )
    return plain in _DASHES or fold(plain) in _NONE


def _read(folded: str, plain: str, factor: int, is_a_cell: bool) -> Decimal:
    if re.match(r"[-−]\s?[0-9]", folded):
        return Decimal(-1)
    found = _NUMBER.fullmatch(folded) if len(folded) <= _LONGEST else None
    if found is None:
        value = _sum_of_units(folded) if len(folded) <= _LONGEST else None
        if value is None:
            told = {"text": _quoted(plain)}
            raise NoFigure(_("“%(text)s” is no number. Enter digits, such as 1.250 or 1,5 triệu.") % told)
        return value
    figure, unit = found[1], UNITS.get(found[2] or "", 0)
    if " " in figure and not is_a_cell:
        raise NoFigure(_several(plain))
    value = _decimal(figure, has_unit=bool(unit) or factor > 1)
    if value is None:
        raise NoFigure(_ambiguous(plain))
    return value * (unit or factor)


def _sum_of_units(folded: str) -> Decimal | None:
    """``1 ty 200 trieu``: units that get smaller, each with its figure; None for anything else."""
    parts, end = [], 0
    folded = re.sub(r"\s?(?:d|dong|vnd|₫)\.?$", "", folded)
    while found := _ADDED.match(folded, end):
        parts.append((_decimal(found[1].strip(), has_unit=True), UNITS[found[2]]))
        end = found.end()
    units = [unit for _figure, unit in parts]
    if end != len(folded) or len(parts) < 2 or units != sorted(set(units), reverse=True):
        return None
    if any(figure is None or figure >= 1000 for figure, _unit in parts[1:]) or parts[0][0] is None:
        return None
    return sum((figure * unit for figure, unit in parts if figure is not None), Decimal(0))


def _decimal(text: str, *, has_unit: bool) -> Decimal | None:
    """Digits with thousands by dot, comma or space; with a unit behind them a comma begins decimals.

    No thousands begin with a nought: ``0.750`` is three quarters, whatever its sign.
    None where it can be read in two ways: ``1,250.5``.
    """
    if text.isdigit():
        return Decimal(text)
    grouped = _GROUPED.fullmatch(text)
    if grouped and not (has_unit and grouped[1] == "," and text.count(",") == 1):
        return Decimal(re.sub(r"[^0-9]", "", text))
    if english := _WHOLE_IN_ENGLISH.fullmatch(text):
        return Decimal(english[1].replace(",", ""))
    found = _DECIMAL.fullmatch(text)
    if found:
        whole, fraction = (found[1], found[2]) if found[1] else (found[3], found[4])
        return Decimal(f"{re.sub(r'[. ]', '', whole)}.{fraction}")
    return None


def _several(text: str) -> str:
    sentence = _("“%(text)s” holds more than one number. Enter one number a field, such as 1.250.")
    return sentence % {"text": _quoted(" ⏎ ".join(text.split()))}


def _ambiguous(plain: str) -> str:
    sentence = _("“%(text)s” can be read in two ways. Part thousands by dots and enter a whole number, such as 1.250.")
    return sentence % {"text": _quoted(plain)}


def _quoted(plain: str) -> str:
    """So much of it as a sentence can hold."""
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu", " tỷ")


def in_words(value: int) -> str:
    """1500000 → ``một triệu năm trăm nghìn``; from 10^18 on there are no words in use, so digits."""
    if value == 0:
        return _DIGITS[0]
    if value >= 10**18:
        return formatting.number(value)
    billions, rest = divmod(value, 10**9)
    words = [f"{in_words(billions)} tỷ"] if billions else []
    for scale in (2, 1, 0):
        group, rest = divmod(rest, 1000**scale)
        if group:
            words.append(_three_digits(group, is_first=not words) + _SCALES[scale])
    return " ".join(words)


def _three_digits(value: int, *, is_first: bool) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or not is_first else []
    if tens > 1:
        words.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        words.append("mười")
    elif ones and words:
        words.append("lẻ")
    if ones:
        words.append(_ones(ones, tens))
    return " ".join(words)


def _ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    return "lăm" if ones == 5 and tens else _DIGITS[ones]
