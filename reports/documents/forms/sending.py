"""To whom an issued document is sent."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Unit, UnitQuerySet

LONGEST = 250


class SendForm(forms.Form):
    """Member units that were not sent it yet, all of them ticked; and anybody else it goes to on paper."""

    units = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=gettext_lazy("Units"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They find it on their home page; their liaisons get an e-mail with a link."),
    )
    others = forms.CharField(
        label=gettext_lazy("Others, on paper"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
        help_text=gettext_lazy("One a line. It is noted that it was sent to them; the portal sends them nothing."),
    )

    def __init__(self, *args: Any, units: UnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField[Unit]", self.fields["units"]).queryset = units
        self.initial["units"] = [unit.pk for unit in units]

    def clean_others(self) -> list[str]:
        lines = [line.strip(" ;.") for line in self.cleaned_data["others"].splitlines()]
        names = [line for line in lines if line]
        if too_long := next((name for name in names if len(name) > LONGEST), None):
            raise forms.ValidationError(
                _("A recipient has at most %(n)d characters: “%(name)s…”") % {"n": LONGEST, "name": too_long[:40]}
            )
        return names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("units") and not cleaned.get("others"):
            self.add_error("units", _("Please choose to whom the document is sent."))
        return cleaned
