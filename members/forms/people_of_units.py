"""Liaisons of several units, invited from the list of units in one go."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from members.forms.people import PersonForm
from members.models import Unit, User

FIELDS = ("full_name", "email", "telephone")


@dataclass(frozen=True)
class UnitRow:
    unit: Unit
    fields: tuple[BoundField, ...]


class PeopleOfUnitsForm(forms.Form):
    """A row for each unit; one nobody typed in is left out. The unit's own address is proposed."""

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        for unit in units:
            for name in FIELDS:
                field = copy(PersonForm.base_fields[name])
                field.required, field.help_text = False, ""
                field.widget = copy(field.widget)
                field.widget.attrs = {**field.widget.attrs, "aria-label": f"{field.label}: {unit.short_name}"}
                field.initial = unit.email if name == "email" else ""
                self.fields[f"{name}_{unit.pk}"] = field

    @property
    def rows(self) -> list[UnitRow]:
        return [UnitRow(unit, tuple(self[f"{name}_{unit.pk}"] for name in FIELDS)) for unit in self.units]

    def clean(self) -> dict[str, Any]:
        """Each row is judged by the form of one person; two rows never have one address."""
        cleaned = super().clean() or self.cleaned_data
        self.people: list[dict[str, Any]] = []
        seen: set[str] = set()
        for unit in self.units:
            told = {name: cleaned.get(f"{name}_{unit.pk}") or "" for name in FIELDS}
            if any(f"{name}_{unit.pk}" in self.errors for name in FIELDS):
                continue
            if not told["full_name"]:
                if told["telephone"] or told["email"].lower() not in ("", unit.email.lower()):
                    self.add_error(f"full_name_{unit.pk}", _("Enter this person's name, or clear the row."))
                continue
            form = PersonForm({**told, "role": User.Role.LIAISON, "unit": unit.pk})
            for name, faults in form.errors.items():
                self.add_error(f"{name}_{unit.pk}" if name in FIELDS else None, list(faults))
            email = told["email"].lower()
            if email and email in seen:
                self.add_error(f"email_{unit.pk}", _("This address stands in another row already."))
            seen.add(email)
            if form.is_valid():
                self.people.append(form.values)
        if not self.people and not self.errors:
            self.add_error(None, _("Enter the name of at least one person."))
        return cleaned
