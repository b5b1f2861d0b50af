from django import forms
from django.db import models
from django.utils.text import capfirst


def lines(rows: int) -> forms.Textarea:
    """A text box of `rows` lines."""
    return forms.Textarea(attrs={"rows": rows})


def field_label(model: type[models.Model], name: str) -> str:
    """The field's label as Django writes it on a form, for a field that is made by hand."""
    return str(capfirst(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
