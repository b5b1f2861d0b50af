"""Forms of this wing: a file to upload, and the figure that belongs in one of its places."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.files.office_forms.asking import MAX_BYTES
from reports.documents.forms.documents import SizedFileField
from reports.models import FormBinding, SuperiorForm
from reports.prose.reference_labels import offers
from reports.prose.references import References


class UploadForm(forms.ModelForm[SuperiorForm]):
    file = SizedFileField(
        largest=MAX_BYTES,
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "An Excel workbook (.xlsx) or a Word file (.docx) of at most 5 MB. In Word write a name in double braces, "
            "as in {{ number of cases }}, wherever a figure belongs."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.docx"}),
    )

    class Meta:
        model = SuperiorForm
        fields = ["name"]


class CellForm(forms.Form):
    """Any cell by its address, also one that the page doesn't show."""

    sheet = forms.ChoiceField(label=gettext_lazy("Worksheet"))
    cell = forms.RegexField(
        r"^\s*[A-Za-z]{1,3}[1-9][0-9]{0,6}\s*$",
        label=gettext_lazy("Cell"),
        error_messages={"invalid": gettext_lazy("Write a cell by its column and row, for example C7.")},
    )

    def __init__(self, *args: Any, form: SuperiorForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [sheet["name"] for sheet in form.sheets]
        cast(forms.ChoiceField, self.fields["sheet"]).choices = [(name, name) for name in names]

    @property
    def place(self) -> str:
        return f"{self.cleaned_data['sheet']}!{self.cleaned_data['cell'].strip().upper()}"


class BindingForm(forms.Form):
    """A figure of one row, from the list that the editor of texts has, and how it is written."""

    address = forms.ChoiceField(label=gettext_lazy("Figure"), widget=forms.RadioSelect)
    written_as = forms.ChoiceField(label=gettext_lazy("written as"), choices=FormBinding.WrittenAs)

    def __init__(self, *args: Any, references: References, row: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["address"]).choices = [
            (title, [(offer.address, f"{offer.label}: {offer.text}") for offer in offered])
            for title, offered in offers(references, row)
        ]
