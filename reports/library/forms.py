"""Papers of the library: which are asked for, and what is said of one."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from cluster_portal.fields import DayField, PastDayField
from cluster_portal.files.unusable import UnusableFile
from meetings.uploads import SpeechFile
from members.forms.revision import RevisionForm
from reports.library.uploads import read_library_file
from reports.models import LibraryPaper
from reports.models.library import LibraryPaperQuerySet


class LibraryFilter(forms.Form):
    """What the list shows: papers in force unless asked otherwise."""

    q = forms.CharField(label=gettext_lazy("Search words"), required=False, max_length=LONGEST_SEARCH)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of paper"),
        required=False,
        choices=[("", gettext_lazy("All")), *LibraryPaper.Kind.choices],
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Validity"),
        required=False,
        choices=[("", gettext_lazy("In force today")), ("all", gettext_lazy("All papers"))],
    )

    def found(self, papers: LibraryPaperQuerySet, *, today: dt.date) -> LibraryPaperQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("status") != "all":
            papers = papers.in_force_on(today)
        if asked.get("kind"):
            papers = papers.filter(kind=asked["kind"])
        return papers.matching(asked.get("q", "")).in_order()


class LibraryForm(RevisionForm):
    """A paper with its file, which a paper that is there keeps where none is chosen."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF, DOCX, XLSX, ODT or PPTX without macros, up to 30 MB."),
    )

    class Meta:
        model = LibraryPaper
        fields = (
            "kind",
            "number",
            "subject",
            "issuer",
            "issued_on",
            "valid_from",
            "valid_until",
            "readers",
            "superseded_by",
        )
        field_classes = {"issued_on": PastDayField, "valid_from": DayField, "valid_until": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = LibraryPaper.objects.exclude(pk=self.instance.pk).in_order()
        cast("forms.ModelChoiceField[LibraryPaper]", self.fields["superseded_by"]).queryset = others
        if self.instance.pk:
            self.fields["upload"].required = False
            self.fields["upload"].label = _("File that takes the place of this one")

    def clean_upload(self) -> SpeechFile | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        try:
            return read_library_file(upload)
        except UnusableFile as fault:
            raise forms.ValidationError(str(fault)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        begins, ends = cleaned.get("valid_from") or cleaned.get("issued_on"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("Enter a day that is not before the first day it is valid on."))
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "upload"}
