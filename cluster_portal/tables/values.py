"""What people mean by what they write into a cell: days, hours, counts, amounts, periods.

Nothing is guessed where two readings are possible: such a cell is `Unreadable`, with a
sentence that says what to write. What is read in a way worth telling is noted.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.figures import UNITS, NoFigure, read_figure, whole
from cluster_portal.periods import Period
from cluster_portal.tables.cells import Cell, ErrorValue, FormulaWithoutValue
from cluster_portal.tables.clock import read_clock
from cluster_portal.tables.old_fonts import old_font
from cluster_portal.text import clean_line, clean_lines, fold

Note = Callable[[str], None]

#: Day 0 of Excel's calendar, with its leap day of 1900 that never was.
_EPOCH = dt.date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000  # 1954 to 2119


class Unreadable(Exception):
    """The cell doesn't say what its column asks for; `str()` is a sentence."""


def shown(cell: Cell) -> str:
    """The cell as a fault quotes it."""
    match cell:
        case None:
            return ""
        case ErrorValue(code):
            return code
        case FormulaWithoutValue():
            return "="
        case bool():
            return "TRUE" if cell else "FALSE"
        case dt.datetime():
            return cell.strftime("%d/%m/%Y %H:%M")
        case dt.date():
            return formatting.date(cell)
        case dt.time():
            return cell.strftime("%H:%M")
        case float():
            return str(cell).replace(".", ",")
    return clean_line(str(cell))


def filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(clean_line(cell)))


def refuse_formulas(cell: Cell) -> None:
    """Formulas give their stored value; where it failed or is missing nothing takes its place."""
    if isinstance(cell, ErrorValue):
        raise Unreadable(
            _("The cell shows the error %(code)s instead of a value. Enter the value.") % {"code": cell.code}
        )
    if isinstance(cell, FormulaWithoutValue):
        raise Unreadable(
            _(
                "The cell holds a formula without a stored value. "
                "Open the file in Excel and save it, or enter the value."
            )
        )
    if isinstance(cell, str) and (font := old_font([cell])):
        raise Unreadable(_("The text is typed for an old font (%(font)s). Convert it to Unicode.") % {"font": font})


def line(cell: Cell) -> str:
    """One line of text; a number or a day is written as it is shown."""
    return shown(cell)


def lines(cell: Cell) -> str:
    """Text that may have several lines."""
    return clean_lines(cell).strip() if isinstance(cell, str) else shown(cell)


_WEEKDAY = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn)\b[ ,.]*")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY = re.compile(
    rf"(?:ngay )?(\d{{1,2}})\s?(?:[/.\-]|thang)\s?(\d{{1,2}}|(?:thg|th) ?\d{{1,2}}|{'|'.join(_MONTHS)})"
    r"\s?(?:[/.\-]|,? ?nam)\s?(\d{4}|\d{2})\.?(?:[ ,t]+0{1,2}:00(?::00)?)?"
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t]00:00(?::00)?)?")


def is_real_day(cell: Cell) -> bool:
    """Whether the spreadsheet program took the cell for a day, not the person for text."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | dt.date):
        return False
    return isinstance(cell, dt.date) or _FIRST_SERIAL <= cell <= _LAST_SERIAL


def day(cell: Cell) -> dt.date:
    """A day: a real one, a serial number, or text with the day first. Never month first."""
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = fold(shown(cell))
    if is_real_day(cell) or (isinstance(cell, str) and re.fullmatch(r"\d{5}", text)):
        serial = int(float(text.replace(",", ".")))
        if _FIRST_SERIAL <= serial <= _LAST_SERIAL:
            return _EPOCH + dt.timedelta(days=serial)
    if found := _ISO.fullmatch(text):
        return _date(*map(int, found.groups()))
    if found := _DAY.fullmatch(_WEEKDAY.sub("", text.lstrip("'’‘`"), count=1)):
        number, year = int(found[1]), int(found[3])
        return _date(year if year > 99 else 2000 + year, _month(found[2]), number)
    raise Unreadable(_("Write the date as day/month/year, for example 01/07/2025."))


def _month(text: str) -> int:
    """``05``, ``thg 5`` as a Vietnamese Excel writes it, ``may`` as an English one does."""
    return _MONTHS.index(text) + 1 if text in _MONTHS else int(re.sub(r"\D", "", text))


#: A longer text says no day and hour: it is not searched for them.
_LONGEST_MOMENT = 200


def day_and_hour(cell: Cell) -> tuple[Cell, Cell]:
    """A day and the hour that stands with it in one cell, each for itself: “14h30 ngày 03/5/2022”."""
    if isinstance(cell, dt.datetime):
        return cell.date(), cell.time()
    if isinstance(cell, float) and is_real_day(cell):
        return int(cell), cell - int(cell)
    if isinstance(cell, str) and len(cell) <= _LONGEST_MOMENT:
        text = fold(shown(cell))
        before = re.fullmatch(r"(.*\d.*?)[ ,]*\bngay (\d.*)", text) or re.fullmatch(
            r"((?:luc )?\d{1,2}[:hg]\d{0,2}(?: phut)?)[ ,]+(\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4})", text
        )
        after = re.fullmatch(
            r"(\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4})(?:[ ,]+|(?<=\d)t(?=\d))(?:luc )?(\d{1,2}[:hg]\d{0,2}(?::\d{2})?)",
            text,
        )
        if before:
            return before[2], before[1]
        if after:
            return after[1], after[2]
    return cell, None


def _date(year: int, month: int, number: int) -> dt.date:
    try:
        return dt.date(year, month, number)
    except ValueError:
        pass
    if month > 12 >= number:
        raise Unreadable(_("There is no month %(month)d; the day comes first, then the month.") % {"month": month})
    raise Unreadable(_("There is no such day. Write the date as day/month/year, for example 01/07/2025."))


def hour(cell: Cell, note: Note) -> dt.time:
    """A time of day: a real one, a part of a day (0.604), ``14h30``, ``14:30``, ``14.30``."""
    if isinstance(cell, dt.datetime | dt.time):
        time = cell.time() if isinstance(cell, dt.datetime) else cell
        return _rounded(time.hour * 3600 + time.minute * 60 + time.second + time.microsecond / 1e6)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _numeric_hour(cell, note)
    text = fold(shown(cell))
    if re.fullmatch(r"0[.,]\d{3,}", text):
        return _rounded(float(text.replace(",", ".")) * 86400)
    if clock := read_clock(text):
        return clock
    raise Unreadable(_("Write the time of day like 14:30 or 14h30."))


def _numeric_hour(number: float, note: Note) -> dt.time:
    if 0 <= number < 1:
        return _rounded(number * 86400)
    if not 0 <= number < 24:
        raise Unreadable(_("Write the time of day like 14:30 or 14h30."))
    whole, minutes = divmod(round(number * 100), 100)
    two_digits = abs(number * 100 - round(number * 100)) < 1e-9
    if two_digits and minutes < 60 and minutes != 50:
        read = dt.time(whole, minutes)
        if minutes and minutes % 10 == 0:
            note(
                _("The number %(number)s was read as the time %(time)s.")
                % {"number": shown(number), "time": f"{read:%H:%M}"}
            )
        return read
    raise Unreadable(_("Write the time of day like 14:30 or 14h30."))


def _rounded(seconds: float) -> dt.time:
    minutes = min(round(seconds / 60), 24 * 60 - 1)
    return dt.time(minutes // 60, minutes % 60)


#: ``(một triệu đồng)``: the figure once more, in words. Of “khoảng 50 triệu” the figure is read, and that is told.
_IN_WORDS = re.compile(
    r"\((?:bằng chữ:?|không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b[^()\d]*\)\s*\.?$", re.IGNORECASE
)
_APPROXIMATE = re.compile(r"^(?:(?:ước tính|ước|khoảng|trị giá)(?: khoảng)?:?\s+|[~≈]\s?)", re.IGNORECASE)


def count(cell: Cell, note: Note, *, largest: int, factor: int = 1) -> int:
    """A whole number of 0 or more; `factor` is what the column's head says one stands for (triệu đồng)."""
    try:
        if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
            return whole(Decimal(str(cell)) * factor, shown(cell), largest=largest)
        if isinstance(cell, str):
            told = cell.strip().lstrip("'’‘`")
            figure = _APPROXIMATE.sub("", _IN_WORDS.sub("", told).rstrip())
            found = read_figure(figure, largest=largest, factor=factor, is_a_cell=True, note=note)
            if _APPROXIMATE.match(told):
                note(_("“%(text)s” was read as the number itself.") % {"text": told})
            return found
    except NoFigure as unread:
        raise Unreadable(str(unread)) from None
    sentence = _("“%(text)s” is no number. Enter digits, such as 1.250 or 1,5 triệu.")
    raise Unreadable(sentence % {"text": shown(cell)})


_LARGE = re.compile(
    r"\b(nghin|ngan|trieu|ty)\b|\b(1[. ]?000|tr|ti)\.? ?(?:dong|d|vnd)\b|\((?:dvt:? ?)?(1[. ]?000|tr|ti)\.?\)"
)


def factor_in(head: str) -> int:
    """What one in a column stands for by its head: ``Thiệt hại (triệu đồng)`` → 1,000,000."""
    found = _LARGE.search(fold(head))
    return 1 if not found else UNITS.get(next(filter(None, found.groups())), 1000)


def names_no_unit(head: str) -> bool:
    """Whether a head leaves open what its column is counted in."""
    return factor_in(head) == 1 and not re.search(r"\b(?:dong|d|vnd)\b", fold(head))


_YEAR = r"(?:nam )?(\d{4})"
_SIX = r"(?:ky |so lieu |so ket |bao cao |trong )*(?:6|06|sau) ?(?:thang|th|t)\s?"
_FIRST, _SECOND = r"(?:dau|dn)", r"(?:cuoi|cn)"
#: Signs that mean no other half-year; brackets stand around a year, and Roman numerals may be letters of their own.
_PLAIN_PERIOD = str.maketrans({"–": "-", "_": "-", "Ⅰ": "I", "Ⅱ": "II", "(": " ", ")": " ", "[": " ", "]": " "})
_HALVES = (
    (re.compile(rf"(?:{_SIX}|nua ){_FIRST}(?: nam)?[ ,\-/]*{_YEAR}"), 1),
    (re.compile(rf"(?:{_SIX}|nua ){_SECOND}(?: nam)?[ ,\-/]*{_YEAR}"), 2),
    (re.compile(rf"(?:ky |dot )?(?:i|h1|1h)\s?[/\-., ]\s?{_YEAR}"), 1),
    (re.compile(rf"(?:ky |dot )?(?:ii|h2|2h)\s?[/\-., ]\s?{_YEAR}"), 2),
    (re.compile(rf"(?:ky|dot) (?:1|01)(?:\s?[/\-.,]\s?|\s){_YEAR}"), 1),
    (re.compile(rf"(?:ky|dot) (?:2|02)(?:\s?[/\-.,]\s?|\s){_YEAR}"), 2),
    (re.compile(rf"{_YEAR}\s?[/\-., ]?\s?(?:h1|1h|i|(?:{_SIX}|nua ){_FIRST}(?: nam)?)"), 1),
    (re.compile(rf"{_YEAR}\s?[/\-., ]?\s?(?:h2|2h|ii|(?:{_SIX}|nua ){_SECOND}(?: nam)?)"), 2),
)


def half_year(cell: Cell) -> Period:
    """A half-year: ``6 tháng đầu năm 2025``, ``2025-H1``, ``I/2025``; never a quarter, a month or a whole year."""
    text = fold(shown(cell).translate(_PLAIN_PERIOD)).rstrip(".")
    if isinstance(cell, str):
        for pattern, half in _HALVES:
            if found := pattern.fullmatch(text):
                try:
                    return Period.parse(f"{int(found[1])}-H{half}")
                except ValueError:
                    break
    raise Unreadable(_("Write the half-year like “6 tháng đầu năm 2021”, 2021-H1 or I/2021."))


def telephone(cell: Cell, note: Note) -> str:
    """A telephone number; the zero that Excel took from it is put back, and told."""
    text = re.sub(r"^(\d+)\.0$", r"\1", shown(cell).lstrip("'’‘`"))
    digits = re.sub(r"[\s.\-]", "", text)
    if re.search(r"\d[.,]?e\+?\d", fold(text)):
        raise Unreadable(_("Excel has cut the number down. Format the cell as text, then enter the number anew."))
    if isinstance(cell, int | float) and digits.startswith("84") and len(digits) == 11:
        digits = digits[2:]
    if re.fullmatch(r"[35789]\d{8}|2\d{9}|1[2689]\d{8}", digits):
        note(_("The zero at the beginning of telephone numbers was put back: %(number)s.") % {"number": f"0{digits}"})
        return f"0{digits}"
    return text


def yes(cell: Cell) -> bool:
    """Whether something is so; an empty cell isn't asked here."""
    word = fold(shown(cell))
    if word in ("khong", "no", "0", "false", "chua", "-"):
        return False
    if word in ("co", "x", "yes", "1", "true", "roi", "da lam ro", "v", "✓", "✔"):
        return True
    raise Unreadable(_("Write “có” or leave it empty."))
