"""Which number an office had reached when it came to the portal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import CountField
from reports.models import Kind

#: No office of a cluster gives more in a year.
MOST = 9_999


class SeriesForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), choices=Kind.numbered)
    reached = CountField(
        label=gettext_lazy("Last number given"),
        largest=MOST,
        help_text=gettext_lazy("The next document of this kind gets the number after it."),
    )

    def clean_reached(self) -> Any:
        reached = self.cleaned_data["reached"]
        if reached is None:
            raise forms.ValidationError(_("Enter the last number that was given, 0 where none was."))
        return reached
