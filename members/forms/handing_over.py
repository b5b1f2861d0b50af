"""The lead of the cluster handed over: to whom and when, and whose accounts begin and end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.fields import PlannedDayField
from members.infrastructure.capabilities import needs_unit
from members.models import AccountChange, Handover, Unit, User


class HandoverForm(forms.Form):
    on = PlannedDayField(
        label=gettext_lazy("Handover on"),
        help_text=gettext_lazy("The first day on which the next unit leads; the term before ends the day before."),
    )
    lead = forms.ModelChoiceField(Unit.objects.in_order(), label=gettext_lazy("Next lead unit"))
    deputy = forms.ModelChoiceField(
        Unit.objects.in_order(),
        label=gettext_lazy("Next deputy unit"),
        required=False,
        empty_label=gettext_lazy("As it is"),
    )


class LeavingForm(forms.Form):
    """Whose accounts close on the day: of those who work for the whole cluster."""

    people = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Accounts that close on the day"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        closing = handover.planned.filter(act=AccountChange.Act.CLOSE).values_list("person", flat=True)
        super().__init__(*args, **{"initial": {"people": list(closing)}, **kwargs})
        above = [role for role in User.Role.values if not needs_unit(role)]
        people = User.objects.filter(role__in=above, is_active=True) | User.objects.filter(pk__in=closing)
        self.fields["people"].queryset = people.in_order()  # type: ignore[attr-defined]
