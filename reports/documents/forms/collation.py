"""Which section of the units' reports is read, and which words are looked for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from reports.content import PARTS
from reports.prose.collation import PASSAGE_OF


class CollationForm(forms.Form):
    section = forms.ChoiceField(
        label=gettext_lazy("Section of the units' reports"),
        choices=[
            (section.code, f"{part.number}. {part.heading}" + (f" – {section.heading}" if section.heading else ""))
            for part in PARTS
            for section in part.sections
        ],
    )
    q = forms.CharField(label=gettext_lazy("Search words"), required=False, max_length=LONGEST_SEARCH)

    @property
    def asked(self) -> tuple[str, str]:
        """Section and words; the first section where none, or none there is, was asked for."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["section"], self.cleaned_data["q"]
        return next(iter(PASSAGE_OF)), ""
