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
from reports.documents.free_text import BODY
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
    """The text as it is printed, one paragraph a line."""

    free_text = (BODY,)

    body = LongTextField(
        label=gettext_lazy("Text"),
        longest=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 24, "lang": "vi"}),
        help_text=gettext_lazy(
            "One paragraph a line. A line that begins with “I.” or “1.” and has no full stop is a heading."
        ),
    )

    class Meta:
        model = DocumentDraft
        fields = ("addressees",)
        widgets = {"addressees": forms.Textarea(attrs={"rows": 2, "lang": "vi"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial[BODY] = self.stored_text(BODY)
        field = self.fields["addressees"]
        field.label = _("Addressed to (Kính gửi)")
        field.help_text = _("One a line; empty where the document goes to nobody by name.")
        if not kind_of(self.instance).is_addressed:
            del self.fields["addressees"]

    def show_conflict(self, current: Revised) -> None:
        """Tell, beside each field that differs, what somebody else saved; saving again overrules it."""
        draft = cast(DocumentDraft, current)
        stored = {BODY: draft.text.get(BODY, ""), "addressees": draft.addressees}
        theirs = {name: stored[name] for name in self.fields if name in stored}
        typed = self.cleaned_data
        differing = {name: text for name, text in theirs.items() if text != typed.get(name)}
        tell_conflict(self, theirs=differing, revision=current.revision)

    def stored_text(self, name: str) -> str:
        text: str = self.instance.text.get(name, "")
        return text
