"""What is asked before a new case is stored: whether the register holds it already.

Nothing typed is lost over the question: the form comes back with it, and with the
answer to tick.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from incidents.duplicates import similar_cases
from incidents.models import Incident


class AskAboutSimilarCases(forms.Form):
    """Mixed into the form of a case."""

    is_another_case = forms.BooleanField(label=gettext_lazy("This is another case; record it as well."), required=False)

    #: What the question is about; empty where nothing is asked.
    similar: tuple[Incident, ...] = ()

    def ask_about_similar_cases(self, cleaned: dict[str, Any]) -> None:
        """Point out cases of the same unit, category and day that read alike."""
        facts = {name: cleaned.get(name) for name in ("unit", "category", "happened_on", "narrative")}
        if not all(facts.values()):
            return
        self.similar = tuple(similar_cases(**facts))  # type: ignore[arg-type]
        if self.similar and not cleaned.get("is_another_case"):
            self.add_error("is_another_case", _("The register holds such a case already. Look whether it is the same."))
