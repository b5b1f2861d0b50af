"""What is asked before a case is stored: numbers that tell who a person is, and cases already there.

Nothing typed is lost over a question: the form comes back with it, and with the answers
to choose from.
"""

from __future__ import annotations

import hashlib
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.privacy import Excerpt, excerpts, find_identifiers, mask
from incidents.actions import FREE_TEXT
from incidents.duplicates import similar_cases
from incidents.models import Incident

MASK, CONFIRM = "mask", "confirm"


class AskFirst(forms.Form):
    """Mixed into the form of a case. The answer about numbers holds for the numbers it was given on."""

    identifiers = forms.ChoiceField(
        label=gettext_lazy("What these numbers are"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (MASK, gettext_lazy("Mask them: they belong to a person.")),
            (CONFIRM, gettext_lazy("Keep them: I confirm that they tell of no person.")),
        ],
    )
    identifiers_seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_another_case = forms.BooleanField(label=gettext_lazy("This is another case; record it as well."), required=False)

    #: What the questions are about; empty where nothing is asked.
    excerpts: tuple[Excerpt, ...] = ()
    similar: tuple[Incident, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance  # type: ignore[attr-defined]
        self._known = {found.text for name in FREE_TEXT for found in find_identifiers(getattr(row, name) or "")}

    def ask_about_identifiers(self, cleaned: dict[str, Any]) -> None:
        """Point out new identifiers in the free text, mask them, or take the word of who confirms them."""
        found = [
            excerpt
            for name in FREE_TEXT
            for excerpt in excerpts(cleaned.get(name) or "")
            if excerpt.marked not in self._known
        ]
        if not found:
            return
        self.excerpts = tuple(found)
        fingerprint = hashlib.sha256("\n".join(sorted(excerpt.marked for excerpt in found)).encode()).hexdigest()
        answer = cleaned.get("identifiers") if cleaned.get("identifiers_seen") == fingerprint else ""
        if answer == MASK:
            cleaned.update({name: mask(cleaned[name]) for name in FREE_TEXT if cleaned.get(name)})
        elif answer != CONFIRM:
            self.add_error(
                "identifiers", _("The text holds numbers that may tell who a person is. Mask or confirm them.")
            )
        self._put("identifiers_seen", fingerprint)

    def ask_about_similar_cases(self, cleaned: dict[str, Any]) -> None:
        """Point out cases of the same unit, category and day that read alike."""
        facts = {name: cleaned.get(name) for name in ("unit", "category", "happened_on", "narrative")}
        if not all(facts.values()):
            return
        self.similar = tuple(similar_cases(**facts))  # type: ignore[arg-type]
        if self.similar and not cleaned.get("is_another_case"):
            self.add_error("is_another_case", _("The register holds such a case already. Look whether it is the same."))

    def _put(self, name: str, value: str) -> None:
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix(name)] = value
        self.data = data
