"""Forms on the way of a document to its approver and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.fields import PlannedDayField
from cluster_portal.identifiers import AskAboutIdentifiers
from members.infrastructure.capabilities import Can, roles_that_may
from members.models import User, UserQuerySet
from reports.documents.parts import ReadPart

#: Before the code of a part, in the name of the box beside it.
ON = "on:"


class ApproverForm(forms.Form):
    """Before whom the document is put."""

    approver = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Approver"), empty_label=None)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, approvers: UserQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["approver"]).queryset = approvers


@dataclass(frozen=True)
class Box:
    """A part to be read, and the field for what is to be changed in it."""

    read: ReadPart
    field: forms.BoundField


class DecisionForm(AskAboutIdentifiers):
    """A box beside each part; what was typed on a part that is gone meanwhile stays, at the end."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, parts: Sequence[ReadPart], **kwargs: Any) -> None:
        self.headings = {ON + read.part.code: read.part.heading for read in parts}
        self.free_text = tuple(self.headings)  # type: ignore[misc]  # of this form's parts
        super().__init__(*args, **kwargs)
        typed = [name for name in self.data if name.startswith(ON) and name not in self.headings]
        self.headings |= {name: name.removeprefix(ON) for name in typed}
        self.free_text = tuple(self.headings)  # type: ignore[misc]
        for name, heading in self.headings.items():
            widget = forms.Textarea(attrs={"rows": 2, "lang": "vi", "class": "form-control"})
            self.fields[name] = forms.CharField(label=heading, required=False, max_length=2_000, widget=widget)
        self.parts = parts

    def stored_text(self, name: str) -> str:
        """Nothing is stored before it is returned."""
        return ""

    @property
    def comments(self) -> list[dict[str, str]]:
        texts = {name: self.cleaned_data.get(name, "") for name in self.headings}
        return [
            {"code": name.removeprefix(ON), "heading": self.headings[name], "text": text}
            for name, text in texts.items()
            if text
        ]

    @property
    def boxes(self) -> Iterator[Box]:
        return (Box(read, self[ON + read.part.code]) for read in self.parts)

    @property
    def left_over(self) -> list[forms.BoundField]:
        """Boxes of parts that are gone."""
        there = {ON + read.part.code for read in self.parts}
        return [self[name] for name in self.headings if name not in there]


class DeputyForm(forms.Form):
    """Who may approve documents in the chair's place, and for which days."""

    person = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Deputy"))
    starts_on = PlannedDayField(label=gettext_lazy("From"))
    ends_on = PlannedDayField(label=gettext_lazy("Until"), help_text=gettext_lazy("Both days belong to it."))

    def __init__(self, *args: Any, by: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today
        readers = User.objects.active().filter(role__in=roles_that_may(Can.READ_DRAFTS)).exclude(pk=by.pk)
        cast("forms.ModelChoiceField[User]", self.fields["person"]).queryset = readers.in_order()
