from django import forms
from django.db import models
from django.utils.text import capfirst


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def lines(rows: int) -> forms.Textarea:
    """A text box of `rows` lines."""
    return forms.Textarea(attrs={"rows": rows})


def field_label(model: type[models.Model], name: str) -> str:
    """The field's label as Django writes it on a form, for a field that is made by hand."""
    return str(capfirst(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
