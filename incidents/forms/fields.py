from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator


class _ByGroup(ModelChoiceIterator):  # type: ignore[type-arg]  # not generic at run time
    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for group, categories in groupby(self.queryset, key=attrgetter("group")):
            choices = [self.choice(category) for category in categories]
            # A group of one, such as “Cháy, nổ”, would only say its name twice.
            yield from choices if len(choices) == 1 else [(group.name, choices)]


class CategoryField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Categories under the names of their groups, in the order of the report."""

    iterator = _ByGroup
