"""Form fields that take figures and days as people type them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from cluster_portal import formatting

LARGEST_COUNT = 2**31 - 1
LARGEST_AMOUNT = 10**15


class CountField(forms.Field):
    """A whole number of 0 or more as people type it; empty is None, "not reported"."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": gettext_lazy("Write a whole number of 0 or more, with digits only."),
        "too_large": gettext_lazy("This number is too large."),
    }

    def __init__(self, *, largest: int = LARGEST_COUNT, **kwargs: Any) -> None:
        self.largest = largest
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control num"}
        super().__init__(required=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:
        try:
            number = formatting.parse_count(str(value if value is not None else ""))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if number is not None and number > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return number


class TableFileField(forms.FileField):
    """A file of rows to import, as `cluster_portal.tables.books.read_book` takes it."""

    widget = forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"})

    def __init__(self, **kwargs: Any) -> None:
        told = gettext_lazy("Excel (.xlsx, .xls), OpenDocument (.ods) or CSV, at most 10 MB.")
        super().__init__(**{"label": gettext_lazy("File"), "help_text": told, **kwargs})


class DayInput(forms.DateInput):
    """The browser's own date picker, which shows days in the reader's order and sends ISO."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, from a date picker or typed (or imported) in Vietnamese order; never month first.

    Django's own formats would take 01/07/2025 for the 7th of January.
    """

    widget = DayInput
    input_formats = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]
    default_error_messages = {
        "invalid": gettext_lazy("Write the date as day/month/year, for example 01/07/2025."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": self.input_formats, **kwargs})
