"""Forms of whom the office reports to: uploaded once, filled in each period."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import User


class SuperiorForm(models.Model):
    """An Excel or Word file as it was uploaded; `outline` tells its places, as `office_forms.asking` found them."""

    class Kind(models.TextChoices):
        EXCEL = "xlsx", "Excel"
        WORD = "docx", "Word"

    name = models.CharField(_("name of the form"), max_length=120, unique=True)
    kind = models.CharField(max_length=4, choices=Kind)
    file_name = models.CharField(max_length=124)
    content = models.BinaryField()
    outline = models.JSONField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reports:superior-form-detail", args=[self.pk])

    @property
    def is_excel(self) -> bool:
        return self.kind == self.Kind.EXCEL

    @property
    def sheets(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.outline.get("sheets", [])
        return found

    @property
    def places(self) -> dict[str, str]:
        """The named places of a Word file, each with the paragraph it stands in."""
        found: dict[str, str] = self.outline.get("places", {})
        return found


class FormBinding(models.Model):
    """A place of a form, ``Sheet!B7`` or a name in braces, and the figure that belongs there.

    `address` is a reference (`reports.prose.references`), so that renaming a category or a
    unit unbinds nothing.
    """

    class WrittenAs(models.TextChoices):
        NUMBER = "number", _("a number")
        THOUSANDS = "thousands", _("a number in thousands")
        MILLIONS = "millions", _("a number in millions")
        BILLIONS = "billions", _("a number in billions")
        WORDS = "words", _("the words of the report")

    form = models.ForeignKey(SuperiorForm, on_delete=models.CASCADE, related_name="bindings")
    place = models.CharField(max_length=160)
    address = models.CharField(max_length=160)
    written_as = models.CharField(_("written as"), max_length=10, choices=WrittenAs)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "place"], name="one_figure_a_place_of_a_form"),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.place}"
