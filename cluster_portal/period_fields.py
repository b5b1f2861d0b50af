"""Periods in addresses, forms and tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy

from cluster_portal.periods import PATTERN, Period


class PeriodConverter:
    """URL converter: a broken period never reaches a view."""

    regex = PATTERN

    def to_python(self, value: str) -> Period:
        return Period.parse(value)

    def to_url(self, value: Period | str) -> str:
        return str(value)


class HalfYearConverter(PeriodConverter):
    """A period that is reported on: half-years only."""

    regex = r"[0-9]{4}-H[12]"


class PeriodFormField(forms.CharField):
    default_error_messages = {
        "invalid_period": gettext_lazy("Write the period like 2022-H1 (first half) or 2022 (whole year)."),
    }

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        """`max_length` is the stored text's; a `Period` has none."""
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Period):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Period.parse(text.strip().upper())
        except ValueError:
            raise ValidationError(self.error_messages["invalid_period"], code="invalid_period") from None


class PeriodChoiceField(forms.TypedChoiceField):
    """A period chosen from those of some years, the latest first, each by its label; `also` stands among them."""

    def __init__(self, *, years: Iterable[int], also: Period | None = None, **kwargs: Any) -> None:
        offered = {Period(year, half) for year in years for half in (0, 1, 2)} | ({also} if also else set())
        choices = [("", "---------"), *((period, period.label) for period in sorted(offered, key=_latest_first))]
        super().__init__(choices=choices, coerce=Period.parse, empty_value=None, **kwargs)


def _latest_first(period: Period) -> tuple[int, int]:
    """A year stands before its halves, the second half before the first."""
    return -period.year, -(period.half or 3)


class PeriodField(models.CharField):  # type: ignore[type-arg]  # not generic at run time
    """Stores a `Period` as its text, which sorts in the order of time."""

    # What django-stubs reads the type of an attribute from.
    _pyi_private_set_type: Period | str  # type: ignore[assignment]
    _pyi_private_get_type: Period  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 7)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, expression: object, connection: object) -> Period | None:
        return None if value is None else Period.parse(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid_period") from error

    def run_validators(self, value: Any) -> None:
        super().run_validators(self.get_prep_value(value))

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PeriodFormField, **kwargs})
