"""The text of a document as a form: a box for each passage an office may edit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from cluster_portal.identifiers import AskAboutIdentifiers
from members.forms.conflicts import tell_conflict
from members.forms.revision import RevisionForm
from members.infrastructure.editing import Revised
from reports.comparison.values import Summary
from reports.documents.kinds import generated_text
from reports.models import DocumentDraft, TakenText
from reports.prose.checked_text import CheckedPassage, checked
from reports.prose.outline import SCOPE, Outline, outline_of, told_of
from reports.prose.reference_labels import rows_to_choose
from reports.prose.references import References

ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"


class PassageField(forms.CharField):
    """Paragraphs, one a line, without blanks that nobody sees."""

    widget = forms.Textarea(attrs={"class": "form-control", "rows": 6, "lang": "vi"})

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "").replace(ZERO_WIDTH_SPACE, "")
        lines = (" ".join(line.split()) for line in text.splitlines())
        return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class PassageBox:
    """A passage on the page: its field, what its text reads as, and what somebody else saved meanwhile."""

    field: forms.BoundField
    checked: CheckedPassage
    is_edited: bool
    theirs: CheckedPassage | None
    sources: tuple[TakenText, ...] = ()


class TextForm(AskAboutIdentifiers, RevisionForm):
    """Each field remembers what it was shown with, so that only what was typed counts as edited."""

    class Meta:
        model = DocumentDraft
        fields: list[str] = []

    def __init__(self, *args: Any, summary: Summary, **kwargs: Any) -> None:
        draft = kwargs["instance"]
        self.outline = self._shown(outline_of(draft.outline), args[0] if args else None)
        self.codes = tuple(part.code for part in self.outline if part.code != SCOPE)
        self.free_text = self.codes  # type: ignore[misc]  # of this report's parts
        super().__init__(*args, **kwargs)
        self.summary = summary
        self.generated = generated_text(draft, summary)
        self.theirs: dict[str, str] = {}
        headings = {part.code: part.heading for part in self.outline}
        for code, text in self._texts_of(self.instance).items():
            self.initial[code] = text
            self.fields[code] = PassageField(
                label=headings[code], required=False, max_length=20_000, show_hidden_initial=True
            )

    @staticmethod
    def _shown(outline: Outline, typed: QueryDict | None) -> Outline:
        """The parts that are told, and those that somebody left out while the text of them was being typed."""
        told, posted = told_of(outline), set(typed or ())
        shown = (part for part in outline if part.code in told or f"initial-{part.code}" in posted)
        return tuple(replace(part, is_left_out=False) for part in shown)

    def stored_text(self, name: str) -> str:
        text: str = self.instance.text.get(name, "")
        return text

    def _texts_of(self, draft: Any) -> dict[str, str]:
        return {code: draft.text.get(code, self.generated[code]) for code in self.codes}

    @property
    def text(self) -> dict[str, str]:
        """The passages that stand edited once this is saved; `restore` names one to be generated again."""
        changed = {code: self.cleaned_data[code] for code in self.codes if code in self.changed_data}
        edited = {**self.instance.text, **changed}
        restored = self.data.get("restore")
        return {code: text for code, text in edited.items() if code != restored and text != self.generated.get(code)}

    def show_conflict(self, current: Revised) -> None:
        """Show what somebody else saved beside what was typed; passages only they touched are taken over."""
        data = cast(QueryDict, self.data).copy()
        for code, theirs in self._texts_of(current).items():
            mine, seen = self.cleaned_data[code], self.fields[code].to_python(data.get(self.add_initial_prefix(code)))
            if code not in self.changed_data:
                data[code] = theirs
            elif theirs not in (mine, seen):
                self.theirs[code] = theirs
            data[self.add_initial_prefix(code)] = theirs
        self.data = data
        tell_conflict(self, theirs=self._beginnings(), revision=current.revision)

    def _beginnings(self) -> dict[str, str]:
        """How what somebody else saved begins; its whole text stands below, to be copied with its figures."""
        passages = checked(self.theirs, self.summary, self.outline).passages
        texts = {passage.code: "".join(piece.text for piece in passage.pieces) for passage in passages}
        return {code: Truncator(text).words(20, truncate=" …") for code, text in texts.items()}

    @property
    def passages(self) -> list[PassageBox]:
        texts = {code: str(self.fields[code].to_python(self[code].value())) for code in self.codes}
        theirs = {passage.code: passage for passage in checked(self.theirs, self.summary, self.outline).passages}
        sources = list(self.instance.taken_texts.with_sources())
        return [
            PassageBox(
                self[passage.code],
                passage,
                passage.code in self.instance.text,
                theirs.get(passage.code),
                tuple(source for source in sources if source.passage == passage.code),
            )
            for passage in checked(texts, self.summary, self.outline).passages
        ]


class FigureRowForm(forms.Form):
    """Which row's figures are offered to be inserted."""

    row = forms.ChoiceField(label=gettext_lazy("Unit or group"), required=False)

    def __init__(self, *args: Any, references: References, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["row"]).choices = rows_to_choose(references)
