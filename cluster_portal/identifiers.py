"""A question in a form: numbers that tell who a person is are shown before free text is stored.

Nothing typed is lost over the question: the form comes back with the places marked,
and with the answers to choose from.
"""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.privacy import Excerpt, excerpts, find_identifiers, mask

MASK, CONFIRM = "mask", "confirm"
ANSWERS = [
    (MASK, gettext_lazy("Mask them: they belong to a person.")),
    (CONFIRM, gettext_lazy("Keep them: I confirm that they identify no one.")),
]


class AskAboutIdentifiers(forms.Form):
    """Mixed into a model's form that names its `free_text`; the page includes `_identifiers.html`.

    The answer holds for the numbers it was given on, and numbers that stand in the row
    already are not asked about again. A page that lists its fields shows `identifiers`
    (hidden until there is something to ask) and `identifiers_seen`.
    """

    #: The fields that are looked through.
    free_text: ClassVar[tuple[str, ...]] = ()

    identifiers = forms.ChoiceField(
        label=gettext_lazy("What these numbers are"),
        required=False,
        widget=forms.HiddenInput,
        choices=ANSWERS,
    )
    identifiers_seen = forms.CharField(required=False, widget=forms.HiddenInput)

    #: The places the question is about; empty where nothing is asked.
    excerpts: tuple[Excerpt, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {found.text for name in self.free_text for found in find_identifiers(self.stored_text(name))}

    def stored_text(self, name: str) -> str:
        """What stands in the row already."""
        return getattr(self.instance, name) or ""  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The row's values; the answer is no part of them."""
        cleaned = super().clean() or {}
        self._ask(cleaned)
        return {name: value for name, value in cleaned.items() if name not in ("identifiers", "identifiers_seen")}

    def _ask(self, cleaned: dict[str, Any]) -> None:
        """Point out new identifiers, mask them, or take the word of who confirms them."""
        found = [
            excerpt
            for name in self.free_text
            for excerpt in excerpts(cleaned.get(name) or "")
            if excerpt.marked not in self._known
        ]
        if not found:
            return
        self.excerpts = tuple(found)
        fingerprint = hashlib.sha256("\n".join(sorted(excerpt.marked for excerpt in found)).encode()).hexdigest()
        answer = cleaned.get("identifiers") if cleaned.get("identifiers_seen") == fingerprint else ""
        if answer == MASK:
            cleaned.update({name: mask(cleaned[name]) for name in self.free_text if cleaned.get(name)})
        elif answer != CONFIRM:
            self.add_error(
                "identifiers", _("The text holds numbers that may tell who a person is. Mask or confirm them.")
            )
        self._show_question(fingerprint)

    def _show_question(self, fingerprint: str) -> None:
        self.fields["identifiers"].widget = forms.RadioSelect(choices=ANSWERS)
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("identifiers_seen")] = fingerprint
        self.data = data


class ReasonForm(forms.Form):
    """Why something is taken out. The reason stays in the audit trail, so it must tell of nobody."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def clean_reason(self) -> str:
        return nobody_told(self.cleaned_data["reason"])


def nobody_told(reason: str) -> str:
    """The reason, if no number in it may tell who a person is."""
    if find_identifiers(reason):
        raise forms.ValidationError(_("Leave out numbers that may tell who a person is: the reason is kept for good."))
    return reason
