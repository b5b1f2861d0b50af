"""Recording a case and changing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import LARGEST_AMOUNT, CountField, HourField, PastDayField
from cluster_portal.identifiers import AskAboutIdentifiers
from incidents.forms.fields import CategoryField
from incidents.forms.questions import AskAboutSimilarCases
from incidents.models import Category, Incident
from incidents.models.register import FREE_TEXT
from members.forms.revision import RevisionForm
from members.infrastructure.capabilities import Can, allowed
from members.models import Unit, User

EARLIEST = dt.date(2000, 1, 1)

#: What a hurried person on a telephone fills in, and what can be added later.
AT_ONCE = ("unit", "category", "happened_on", "happened_at", "place", "narrative", "severity", "state")
LATER = ("handling", "is_solved", "persons", "deaths", "injuries", "damage", "source", "further_units")


class IncidentForm(AskAboutIdentifiers, AskAboutSimilarCases, RevisionForm):
    free_text = FREE_TEXT

    category = CategoryField(queryset=Category.objects.none(), label=gettext_lazy("Category"))
    persons = CountField(label=gettext_lazy("Persons handled"))
    deaths = CountField(label=gettext_lazy("Deaths"))
    injuries = CountField(label=gettext_lazy("Injured"))
    damage = CountField(label=gettext_lazy("Damage (đồng)"), largest=LARGEST_AMOUNT)

    class Meta:
        model = Incident
        fields = (*AT_ONCE, *LATER)
        field_classes = {"happened_on": PastDayField, "happened_at": HourField}
        widgets = {
            "narrative": forms.Textarea(attrs={"rows": 5}),
            "handling": forms.Textarea(attrs={"rows": 3}),
            "further_units": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "narrative": gettext_lazy("No names, no numbers that tell who a person is, no state secrets."),
            "severity": gettext_lazy("Only for crimes, as told by the police; leave it open otherwise."),
            "further_units": gettext_lazy("They can read the case; it counts for the unit it happened in."),
        }

    def __init__(self, *args: Any, by: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.today = by, today
        self.is_for_any_unit = allowed(by, Can.REMOVE_INCIDENTS)
        units = Unit.objects.in_order()
        if not self.is_for_any_unit:
            del self.fields["unit"]
            units = units.exclude(pk__in=[self.instance.unit_id, by.unit_id])
        else:
            self._offer("unit", units)
        self._offer("further_units", units)
        kept = [self.instance.category_id] if self.instance.pk else []
        self._offer("category", Category.objects.filter(Q(is_active=True) | Q(pk__in=kept)).in_order())
        self.fields["happened_on"].widget.attrs["max"] = today.isoformat()
        if self.instance.text_removed_on:
            del self.fields["narrative"], self.fields["handling"]

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = rows

    @property
    def values(self) -> dict[str, Any]:
        """For the actions; a liaison's cases are always their own unit's."""
        values = {name: value for name, value in super().values.items() if name in (*AT_ONCE, *LATER)}
        return values if self.is_for_any_unit else {"unit": self.by.unit, **values}

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in AT_ONCE if name in self.fields]

    @property
    def later_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LATER if name in self.fields]

    @property
    def later_fields_are_open(self) -> bool:
        """Whether the second half of the form must be seen: it holds an error or something to change."""
        return bool(self.instance.pk) or any(field.errors for field in self.later_fields)

    def clean_happened_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["happened_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day < EARLIEST:
            raise ValidationError(_("The register begins with the year 2000."))
        return day

    def clean_severity(self) -> int:
        return self.cleaned_data["severity"] or Incident.Severity.NOT_STATED

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        unit = cleaned.get("unit")
        if unit and unit in (cleaned.get("further_units") or ()):
            self.add_error("further_units", _("The unit it happened in can't be a further unit as well."))
        if not self.instance.pk:
            self.ask_about_similar_cases({"unit": self.by.unit, **cleaned})
        return cleaned
