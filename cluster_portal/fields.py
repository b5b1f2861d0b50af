"""Form fields that take figures, days and hours as people type them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal import formatting
from cluster_portal.days import FIRST_DAY, LAST_DAY, parse_day, parse_hour
from cluster_portal.figures import NoFigure, read_figure
from cluster_portal.files.unusable import UnusableFile
from cluster_portal.text import clean_line

LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = 10**15


class CountField(forms.Field):
    """A whole number of 0 or more as people type it; empty is None, "not reported"."""

    widget = forms.TextInput

    def __init__(self, *, largest: int = LARGEST_COUNT, **kwargs: Any) -> None:
        self.largest = largest
        attrs = {"inputmode": "decimal", "enterkeyhint": "next", "autocomplete": "off", "class": "form-control num"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value if value is not None else "")
        if not text.strip():
            return None
        try:
            return read_figure(text, largest=self.largest)
        except NoFigure as unread:
            raise ValidationError(str(unread), code="invalid") from None


def one_line_end(text: str) -> str:
    """Browsers send a line end as two characters and count it as one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


class LongTextField(forms.CharField):
    """Text that is refused when it is too long, never cut: a browser cuts what is pasted above a `maxlength`.

    The page counts along by `data-longest`. A line end counts once.
    """

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.widget.attrs["data-longest"] = str(longest)

    def to_python(self, value: Any) -> str:
        return one_line_end(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.longest:
            message = _("%(length)s characters: shorten the text to %(longest)s. Nothing of it has been cut off.")
            numbers = {"length": formatting.number(len(value)), "longest": formatting.number(self.longest)}
            raise ValidationError(message % numbers, code="max_length")


#: What a browser offers where pictures are asked for.
PICTURES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each read by `read`; every one that can't be taken is named, with why."""

    def __init__(self, *, read: Callable[[UploadedFile[Any]], Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.read = read

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        uploads = data if isinstance(data, list | tuple) else [data]
        taken, faults = [], []
        for upload in [super(ManyFilesField, self).clean(upload, initial) for upload in uploads or [None]]:
            try:
                upload.seek(0)
                taken.append(self.read(upload))
            except UnusableFile as fault:
                faults.append(f"{upload.name}: {fault}")
        if faults:
            raise ValidationError(faults)
        return taken


class TableFileField(forms.FileField):
    """A file of rows to import, as `cluster_portal.tables.books.read_book` takes it."""

    widget = forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"})

    def __init__(self, **kwargs: Any) -> None:
        told = gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 10 MB.")
        super().__init__(**{"label": gettext_lazy("File"), "help_text": told, **kwargs})


class _ClockInput(forms.DateInput):
    """A plain box, in which the day stands before the month and the hour counts to 24 on every machine.

    The browser's own pickers show the order of its own language, whatever the page's: on an
    English one the 3rd of April as 04/03. `static/js/days.js` adds the calendar, and the
    signs between the digits. What can't be read stands there as it was typed.
    """

    read: Callable[[str], dt.date | dt.time]
    written: str
    usual: ClassVar[dict[str, Any]]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        every = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__({**every, **self.usual, **(attrs or {})}, format=self.written)

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, str) and value:
            try:
                value = type(self).read(clean_line(value))
            except ValueError:
                return str(value)
        shown: str | None = super().format_value(value)
        return shown


def _read_day(typed: str) -> dt.date:
    """As `parse_day` does, and ``05012022``: a telephone's keys for numbers have no stroke."""
    digits = typed.isascii() and typed.isdigit() and len(typed) == 8
    return parse_day(f"{typed[:2]}/{typed[2:4]}/{typed[4:]}" if digits else typed)


def _read_hour(typed: str) -> dt.time:
    """As `parse_hour` does, and ``0830`` or ``830``."""
    digits = typed.isascii() and typed.isdigit() and len(typed) in (3, 4)
    return parse_hour(f"{typed[:-2]}:{typed[-2:]}" if digits else typed)


class DayInput(_ClockInput):
    written = "%d/%m/%Y"
    read = staticmethod(_read_day)

    usual: ClassVar[dict[str, Any]] = {
        "placeholder": gettext_lazy("dd/mm/yyyy"),
        "data-day": gettext_lazy("Choose from the calendar"),
        "maxlength": "40",
    }


class HourInput(_ClockInput):
    written = "%H:%M"
    read = staticmethod(_read_hour)
    usual: ClassVar[dict[str, Any]] = {"placeholder": gettext_lazy("as in 14:30"), "maxlength": "20"}


class DayField(forms.DateField):
    """A day, typed (or imported, or chosen from a calendar) in Vietnamese order; never month first.

    Django's own formats would take 01/07/2025 for the 7th of January. Which days are a slip
    of the finger, as 2062 for 2026, its kinds below say; here, what may stay open for long:
    the end of a term, a task. What another day has to do with it is the form's or action's.
    """

    widget = DayInput
    #: So far ahead of today a day may lie.
    years_ahead: ClassVar[int] = 10
    default_error_messages = {
        "invalid": gettext_lazy("Write the date as day/month/year, for example 01/07/2025."),
        "too_early": gettext_lazy("Choose %(day)s or a later day."),
        "too_late": gettext_lazy("Choose %(day)s or an earlier day."),
    }

    def to_python(self, value: Any) -> dt.date | None:
        day = self._read(value)
        if day is not None and day < FIRST_DAY:
            self._refuse("too_early", FIRST_DAY)
        if day is not None and day > (latest := self.latest()):
            self._refuse("too_late", latest)
        return day

    def latest(self) -> dt.date:
        """The last day that is taken."""
        today = timezone.localdate()  # the clock: a field of a form is made once and judges for years
        return today.replace(month=12, day=31, year=today.year + self.years_ahead) if self.years_ahead else today

    def _refuse(self, code: str, day: dt.date) -> None:
        message = self.error_messages[code]
        raise ValidationError(message, code=code, params={"day": formatting.date(day)})

    def _read(self, value: Any) -> dt.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if not (typed := clean_line(str(value))):
            return None
        try:
            return _read_day(typed)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class PlannedDayField(DayField):
    """The day of what is planned next year at the latest: a meeting, a merger, who joins and leaves."""

    years_ahead = 1


class PastDayField(DayField):
    """The day of what has happened."""

    years_ahead = 0
    default_error_messages = {"too_late": gettext_lazy("This day is still to come.")}


class SoughtDayField(DayField):
    """A day that rows are looked for by; nothing is kept of it."""

    def latest(self) -> dt.date:
        return LAST_DAY


class HourField(forms.TimeField):
    """An hour of the day as it is typed: 14:30, 14h30, 14.30, 1430."""

    widget = HourInput
    default_error_messages = {"invalid": gettext_lazy("Write the hour as hours:minutes, for example 14:30.")}

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        if not (typed := clean_line(str(value))):
            return None
        try:
            return _read_hour(typed)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
