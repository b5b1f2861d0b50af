"""Documents of the office's own words: begun, and written."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import LongTextField
from cluster_portal.identifiers import AskAboutIdentifiers
from members.forms.conflicts import tell_conflict
from members.forms.revision import RevisionForm
from members.infrastructure.editing import Revised
from reports.documents.free_text import BODY, COUNTERPART
from reports.documents.kinds import FREE_TEXTS, kind_of
from reports.models import DocumentDraft

LONGEST_BODY = 60_000


class BeginForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of document"), choices=[(entry.code, entry.name) for entry in FREE_TEXTS]
    )
    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "vi"}),
        help_text=gettext_lazy("What the document is about, without its kind."),
    )


class BodyForm(AskAboutIdentifiers, RevisionForm):
    """The text as it is printed, one paragraph a line, and who of another party signs."""

    free_text = (BODY, COUNTERPART)

    body = LongTextField(
        label=gettext_lazy("Text"),
        longest=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "vi"}),
        help_text=gettext_lazy(
            "One paragraph a line. A line that begins with “I.” or “1.” and has no full stop is a heading; "
            "a line “Phụ lục” begins an annex, whose title is the next line."
        ),
    )
    counterpart = LongTextField(
        label=gettext_lazy("Who signs beside"),
        longest=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "vi"}),
        help_text=gettext_lazy("In whose right first, the name in the last line. Empty where nobody else signs."),
    )

    class Meta:
        model = DocumentDraft
        fields = ("addressees",)
        widgets = {"addressees": forms.Textarea(attrs={"rows": 2, "lang": "vi"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.free_text:
            self.initial[name] = self.stored_text(name)
        if not kind_of(self.instance).is_of_two:
            del self.fields[COUNTERPART]
        field = self.fields["addressees"]
        field.label = _("Addressed to (Kính gửi)")
        field.help_text = _("One a line; empty where the document goes to nobody by name.")
        if not kind_of(self.instance).is_addressed:
            del self.fields["addressees"]

    def show_conflict(self, current: Revised) -> None:
        """Tell, beside each field that differs, what somebody else saved; saving again overrules it."""
        draft = cast(DocumentDraft, current)
        stored = {name: draft.text.get(name, "") for name in self.free_text} | {"addressees": draft.addressees}
        theirs = {name: stored[name] for name in self.fields if name in stored}
        typed = self.cleaned_data
        differing = {name: text for name, text in theirs.items() if text != typed.get(name)}
        tell_conflict(self, theirs=differing, revision=current.revision)

    @property
    def text(self) -> dict[str, str]:
        """As the draft keeps it."""
        return {name: self.cleaned_data[name] for name in self.free_text if name in self.cleaned_data}

    def stored_text(self, name: str) -> str:
        text: str = self.instance.text.get(name, "")
        return text
