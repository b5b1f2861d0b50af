from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import DayField, PlannedDayField
from members.models import LeadTerm, Unit


class HandOverForm(forms.Form):
    """A unit takes a role over. Overlaps are the action's to tell, which sees them under a lock."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=LeadTerm.Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.in_order(), label=gettext_lazy("Unit"))
    starts_on = PlannedDayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("The open term of this role, if there is one, ends the day before."),
    )
    ends_on = DayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Leave empty while the end is open.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("A term does not end before it begins."))
        return cleaned


class EndTermForm(forms.Form):
    ends_on = DayField(label=gettext_lazy("Last day"))
