"""Forms of documents: their subject and date, finding them again, checking a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from cluster_portal.fields import PastDayField
from cluster_portal.periods import Period
from members.forms.revision import RevisionForm
from reports.models import DocumentDraft, IssuedDocumentQuerySet, Kind

MAX_BASE = 2 * 2**20
MAX_CHECKED = 40 * 2**20
MAX_COPY = 20 * 2**20


class SubjectForm(RevisionForm):
    class Meta:
        model = DocumentDraft
        fields = ["subject", "urgency", "circulation", "drafter"]
        widgets = {"subject": forms.Textarea(attrs={"rows": 3, "lang": "vi"})}


class IssueForm(forms.Form):
    issued_on = PastDayField(
        label=gettext_lazy("Date of issue"),
        help_text=gettext_lazy("It is printed on the document, and its year names the series of numbers."),
        error_messages={"too_late": gettext_lazy("A document can't be issued with a day that has not come yet.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class ArchiveFilter(forms.Form):
    """Which issued documents are shown; offers the years and periods that occur."""

    q = forms.CharField(
        label=gettext_lazy("Number, subject or signer"),
        required=False,
        max_length=LONGEST_SEARCH,
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of document"), required=False)
    year = forms.TypedChoiceField(label=gettext_lazy("Year"), required=False, coerce=int, empty_value=None)
    period = forms.ChoiceField(label=gettext_lazy("Period"), required=False)

    def __init__(self, *args: Any, documents: IssuedDocumentQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = documents
        rows = list(documents.order_by().values_list("kind", "year", "period").distinct())
        kinds = [(kind.value, str(kind.label)) for kind in Kind if kind.value in {row[0] for row in rows}]
        years = [(year, str(year)) for year in sorted({row[1] for row in rows}, reverse=True)]
        periods: list[Period] = sorted({row[2] for row in rows if row[2]}, reverse=True)
        self._offer("kind", _("All documents"), kinds)
        self._offer("year", _("All years"), years)
        self._offer("period", _("All periods"), [(str(period), period.label) for period in periods])

    def _offer(self, name: str, everything: str, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything), *choices]

    def found(self) -> IssuedDocumentQuerySet:
        """The documents asked for; none as long as the question is faulty."""
        if not self.is_valid():
            return self.documents.none()
        asked = self.cleaned_data
        limits = {name: asked[name] for name in ("kind", "year", "period") if asked[name]}
        return self.documents.filter(**limits).matching(asked["q"]).in_order()


class SizedFileField(forms.FileField):
    """A file of at most so many bytes."""

    def __init__(self, *, largest: int, **kwargs: Any) -> None:
        self.largest = largest
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > self.largest:
            raise forms.ValidationError(_("The file is larger than %(size)d MB.") % {"size": self.largest // 2**20})
        return file


class CheckForm(forms.Form):
    file = SizedFileField(
        largest=MAX_CHECKED,
        label=gettext_lazy("File to check"),
        help_text=gettext_lazy("Drop the file here or choose it. It is compared and not kept."),
    )


class SignedCopyForm(forms.Form):
    file = SizedFileField(
        largest=MAX_COPY,
        label=gettext_lazy("Signed PDF"),
        help_text=gettext_lazy("The digitally signed file, or a scan of the signed paper: a PDF of at most 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Verification code"),
        max_length=40,
        help_text=gettext_lazy("It stands below the signature, such as 7K3M-Q9XT-2BDF."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class WordBaseForm(forms.Form):
    file = SizedFileField(
        largest=MAX_BASE,
        label=gettext_lazy("Word file"),
        help_text=gettext_lazy("A .docx of at most 2 MB. Its page set-up, header, footer and styles are taken over."),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
    )
