"""The fields a half-year report is asked with: sections, figures, remarks, answers and ticks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, LARGEST_COUNT, CountField, LongTextField
from reports.content import (
    SECTIONS,
    Measure,
)


class RemarkField(LongTextField):
    def __init__(self, *, about: str, word: str = "") -> None:
        widget = forms.TextInput(attrs={"class": "form-control"})
        super().__init__(required=False, longest=1000, widget=widget, label=f"{about} – {word or _('Remark')}")


class AnswerField(LongTextField):
    """What the unit answers to a reviewer's comment."""

    def __init__(self, *, about: str) -> None:
        widget = forms.Textarea(attrs={"class": "form-control", "rows": 2})
        super().__init__(required=False, longest=2000, widget=widget, label=f"{about} – {_('Answer')}")


class LacksField(forms.BooleanField):
    """Ticked where what is left blank in a category is not known yet."""

    def __init__(self, *, about: str) -> None:
        widget = forms.CheckboxInput(attrs={"class": "form-check-input"})
        super().__init__(required=False, widget=widget, label=f"{about} – {_('No figures yet for what is left blank')}")


class SettledField(LacksField):
    """Ticked where the unit takes a reviewer's comment for settled."""

    def __init__(self, *, about: str) -> None:
        super().__init__(about=about)
        self.label = f"{about} – {_('Settled')}"


def section_field(code: str) -> forms.Field:
    section = SECTIONS[code]
    rows = 4 if section.required else 3
    return LongTextField(
        label=section.title,
        required=False,
        longest=20_000,
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control"}),
    )


def measure_field(measure: Measure, *, about: str) -> CountField:
    largest = LARGEST_AMOUNT if measure.facts.is_money else LARGEST_COUNT
    return CountField(label=f"{about} – {measure.title}", largest=largest)
