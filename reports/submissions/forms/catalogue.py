"""What is counted, as the secretariat edits it."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cluster_portal.names import confusable
from cluster_portal.text import fold
from incidents.models import Category, CategoryGroup
from members.forms.revision import RevisionForm
from reports.models import Indicator


class EntryForm(RevisionForm):
    """An entry of the catalogue; its code is made from the name once and stays, as figures are filed under it."""

    def clean_name(self) -> str:
        """The name, unless another entry has it in other spelling: imports look entries up by name."""
        name = self.cleaned_data["name"]
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
    class Meta:
        model = Category
        fields = ["name", "group", "polarity", "order", "is_active"]


class IndicatorForm(EntryForm):
    class Meta:
        model = Indicator
        fields = ["name", "noun", "polarity", "order", "is_active"]


FORMS: dict[str, type[EntryForm]] = {"groups": GroupForm, "categories": CategoryForm, "indicators": IndicatorForm}
