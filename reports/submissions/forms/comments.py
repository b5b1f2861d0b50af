"""A reviewer's comment on a place of a report, and what is said to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import LongTextField
from cluster_portal.identifiers import AskAboutIdentifiers
from reports.submissions.typed import place_of

LONGEST = 2000


def _row(name: str) -> tuple[str, str]:
    """The section, category or indicator a field belongs to."""
    place = place_of(name)
    return place.kind, place.code


class _Said(AskAboutIdentifiers):
    free_text = ("text",)

    def stored_text(self, name: str) -> str:
        """What is said stands in no row yet."""
        return ""


class CommentOnForm(_Said):
    """A comment; `places` are all it can be on, the form's field → its name."""

    field = forms.ChoiceField(label=gettext_lazy("About"))
    text = LongTextField(
        label=gettext_lazy("Comment"),
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what the unit should look at.")},
    )

    def __init__(self, *args: Any, places: Mapping[str, str], about: str, **kwargs: Any) -> None:
        """Of a row of figures that is asked `about`, only its figures are offered; of anything unknown, all places."""
        super().__init__(*args, **kwargs)
        of_row = [(name, label) for name, label in places.items() if _row(name) == _row(about)]
        self.fields["field"].choices = of_row or list(places.items())  # type: ignore[attr-defined]
        self.initial["field"] = about
        self.order_fields(["field", "text", "identifiers", "identifiers_seen"])


class AnswerForm(_Said):
    """An answer; without a text the comment can still be marked as settled."""

    text = LongTextField(
        label=gettext_lazy("Answer"), longest=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("text") and not self.is_settled and "text" not in self.errors:
            self.add_error("text", _("Write the answer, or mark the comment as settled."))
        return cleaned

    @property
    def is_settled(self) -> bool:
        """Whether the button was pressed that settles the comment with the answer."""
        return "settle" in self.data
