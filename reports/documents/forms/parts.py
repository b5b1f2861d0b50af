"""The parts of a report as a form: heading, rank, whether printed, whether kept; moved by buttons that save as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.identifiers import AskAboutIdentifiers
from members.forms.conflicts import tell_conflict
from members.forms.revision import RevisionForm
from members.infrastructure.editing import Revised
from reports.models import DocumentDraft
from reports.prose.outline import (
    BEFORE,
    MOST_PARTS,
    PART,
    POINT,
    SECTION,
    Outline,
    OutlinePart,
    moved,
    outline_of,
    with_own_part,
)

RANKS = (
    (PART, gettext_lazy("part (I.)")),
    (SECTION, gettext_lazy("section (1.)")),
    (POINT, gettext_lazy("point (a)")),
)


@dataclass(frozen=True)
class PartRow:
    """A part on the page; what is fixed about it has no field."""

    part: OutlinePart
    heading: forms.BoundField | None
    rank: forms.BoundField | None
    left_out: forms.BoundField | None
    kept: forms.BoundField | None


class PartsForm(AskAboutIdentifiers, RevisionForm):
    """Every button saves what is typed; one that moves a part or adds one does so besides.

    A part that somebody added meanwhile stays as it is.
    """

    class Meta:
        model = DocumentDraft
        fields = ("addressees",)

    addressees = forms.CharField(
        label=gettext_lazy("Addressed to (Kính gửi)"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "Where the report goes to a superior: one a line. “Như trên” is then the first of the recipients."
        ),
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 2, "lang": "vi"}),
    )
    added = forms.CharField(
        label=gettext_lazy("Heading of another part"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"class": "form-control", "lang": "vi"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        draft = kwargs["instance"]
        self.stored = outline_of(draft.outline)
        self._texts = {f"heading:{part.code}": part.heading for part in self.stored}
        self._texts["addressees"] = draft.addressees
        self.free_text = ("added", *self._texts)  # type: ignore[misc]  # of this report's parts
        super().__init__(*args, **kwargs)
        for part in self.stored:
            self._add_fields(part)

    def _add_fields(self, part: OutlinePart) -> None:
        named = {"part": part.heading}
        if part.rank != BEFORE:
            self.fields[f"heading:{part.code}"] = forms.CharField(
                label=_("Heading: %(part)s") % named,
                initial=part.heading,
                max_length=150,
                required=not self.is_bound or self._is_typed(part),
                widget=forms.TextInput(attrs={"class": "form-control", "lang": "vi"}),
            )
        if not part.is_scope:
            self.fields[f"kept:{part.code}"] = _tick(_("Keep its text for the next periods: %(part)s") % named)
            self.fields[f"out:{part.code}"] = _tick(_("Leave out: %(part)s") % named)
            self.initial.update({f"kept:{part.code}": part.is_kept, f"out:{part.code}": part.is_left_out})
        if not part.is_fixed:
            self.fields[f"rank:{part.code}"] = forms.TypedChoiceField(
                label=_("Rank: %(part)s") % named,
                initial=part.rank,
                choices=RANKS,
                coerce=int,
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    def _is_typed(self, part: OutlinePart) -> bool:
        """False for one that somebody added after this page was opened."""
        return part.rank == BEFORE or f"heading:{part.code}" in self.data

    def stored_text(self, name: str) -> str:
        return self._texts.get(name, "")

    def clean_added(self) -> str:
        heading: str = self.cleaned_data["added"]
        if heading and len(self.stored) >= MOST_PARTS:
            raise forms.ValidationError(
                _("A report has at most %(n)d parts; use one that is left out.") % {"n": MOST_PARTS}
            )
        return heading

    @property
    def outline(self) -> Outline:
        """As typed, with the part that is added, and moved as the button pressed says (``up:<code>``)."""
        outline = tuple(self._typed(part) for part in self.stored)
        if added := self.cleaned_data["added"]:
            outline = with_own_part(outline, added)
        direction, _colon, code = self.data.get("move", "").partition(":")
        return moved(outline, code, up=direction == "up") if code else outline

    def _typed(self, part: OutlinePart) -> OutlinePart:
        if not self._is_typed(part):
            return part
        typed = self.cleaned_data
        return replace(
            part,
            heading=typed.get(f"heading:{part.code}", part.heading),
            rank=typed.get(f"rank:{part.code}") or part.rank,
            is_left_out=typed.get(f"out:{part.code}", part.is_left_out),
            is_kept=typed.get(f"kept:{part.code}", part.is_kept),
        )

    def show_conflict(self, current: Revised) -> None:
        """Tell what somebody else saved of each part; the parts stand in the order they were given."""
        theirs: dict[str, Any] = {}
        for mine, part in ((self._typed(part), part) for part in self.stored):
            if mine.heading != part.heading:
                theirs[f"heading:{part.code}"] = part.heading
            if mine.rank != part.rank:
                theirs[f"rank:{part.code}"] = dict(RANKS)[part.rank]
            if mine.is_left_out != part.is_left_out:
                theirs[f"out:{part.code}"] = part.is_left_out
            if mine.is_kept != part.is_kept:
                theirs[f"kept:{part.code}"] = part.is_kept
        if self.cleaned_data["addressees"] != self._texts["addressees"]:
            theirs["addressees"] = self._texts["addressees"]
        tell_conflict(self, theirs=theirs, revision=current.revision)

    @property
    def rows(self) -> Iterator[PartRow]:
        for part in self.stored:
            names = (f"{name}:{part.code}" for name in ("heading", "rank", "out", "kept"))
            yield PartRow(part, *(self[name] if name in self.fields else None for name in names))


def _tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(
        label=label, required=False, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )
