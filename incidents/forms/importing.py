from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class CaseFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Excel (.xlsx) or CSV in UTF-8, at most 5,000 cases."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    mask = forms.BooleanField(
        label=gettext_lazy("Mask numbers that may tell who a person is"),
        help_text=gettext_lazy("Identity, telephone and account numbers, licence plates. Otherwise each is a fault."),
        required=False,
    )
