"""What is counted, as the secretariat edits it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.names import confusable
from cluster_portal.text import fold
from incidents.models import Category, CategoryGroup
from members.forms.revision import RevisionForm
from reports.content import MEASURES, Measure
from reports.models import Indicator

#: The cases are always asked.
ASKABLE = tuple(measure for measure in MEASURES if measure is not Measure.CASES)


HELP = forms.Textarea(attrs={"rows": 3})


class EntryForm(RevisionForm):
    """An entry of the catalogue; its code is made from the name once and stays, as figures are filed under it."""

    @property
    def asked(self) -> dict[str, Any]:
        """What the entry asks; only a category asks anything."""
        return {}

    def clean_name(self) -> str:
        """The name, unless another entry has it in other spelling: imports look entries up by name."""
        name: str = self.cleaned_data["name"]
        others = self._meta.model._default_manager.exclude(pk=self.instance.pk)
        if any(confusable(name, other) for other in others.values_list("name", flat=True)):
            raise forms.ValidationError(_("There is an entry of this name already."))
        return name

    def new_code(self, model: type[models.Model]) -> str:
        """A code for a new entry, from its name; numbered where another has taken it."""
        stem = slugify(fold(self.cleaned_data["name"]))[:36] or "muc"
        taken = set(model._default_manager.filter(code__startswith=stem).values_list("code", flat=True))
        return next(code for code in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if code not in taken)


class GroupForm(EntryForm):
    class Meta:
        model = CategoryGroup
        fields = ["name", "order"]


class CategoryForm(EntryForm):
    """A category, with what it asks from the first half-year on that nobody has reported on."""

    measures = forms.MultipleChoiceField(
        label=gettext_lazy("figures asked beside the cases"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "A change holds from the first half-year no unit has reported on; earlier reports stay."
        ),
    )
    is_investigated = forms.BooleanField(label=gettext_lazy("cases are investigated (clearance rate)"), required=False)

    class Meta:
        model = Category
        fields = ["name", "group", "polarity", "help", "order", "is_active"]
        widgets = {"help": HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = cast(forms.MultipleChoiceField, self.fields["measures"])
        choices.choices = [(measure.value, measure.title) for measure in ASKABLE]
        asked = max(self.instance.asked_rows, key=lambda row: row.since, default=None) if self.instance.pk else None
        self.initial["measures"] = [m.value for m in ASKABLE if asked is None or m in asked.measures]
        self.initial["is_investigated"] = bool(asked and asked.is_investigated)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_investigated") and Measure.SOLVED.value not in cleaned.get("measures", ()):
            self.add_error(
                "measures", _("What is investigated must ask “%(solved)s”.") % {"solved": Measure.SOLVED.title}
            )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        """The category's own fields; what it asks is dated and kept apart."""
        return {name: value for name, value in super().values.items() if name not in ("measures", "is_investigated")}

    @property
    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("measures", "is_investigated")}


class IndicatorForm(EntryForm):
    class Meta:
        model = Indicator
        fields = ["name", "noun", "polarity", "help", "order", "is_active"]
        widgets = {"help": HELP}


FORMS: dict[str, type[EntryForm]] = {"groups": GroupForm, "categories": CategoryForm, "indicators": IndicatorForm}
