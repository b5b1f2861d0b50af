"""What was stored from a file, so that it can be recognised, shown and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting
from members.infrastructure.capabilities import Can, visible_rows

if TYPE_CHECKING:
    from members.models import User


class TableImportQuerySet(models.QuerySet["TableImport"]):
    def visible_to(self, user: User) -> TableImportQuerySet:
        """Who manages units sees all, a liaison what their unit stored, nobody else anything."""
        return visible_rows(self, user, own_unit=lambda unit: Q(stored_by__unit_id=unit), whole=Can.MANAGE_UNITS)

    def standing(self) -> TableImportQuerySet:
        return self.filter(undone_at=None)

    def latest_first(self) -> TableImportQuerySet:
        return self.select_related("stored_by").order_by("-stored_at", "-pk")


class TableImport(models.Model):
    """One file that was stored. Of the file nothing is kept but its digest and the shape of its head.

    `kind` is the key of its `ImportKind`, `columns` are the columns a person chose for that
    shape, by place; `created` is what the undo of its kind needs, row by row.
    """

    kind = models.CharField(max_length=60)
    file_name = models.CharField(_("file"), max_length=150)
    digest = models.CharField(max_length=64)
    shape = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(_("rows"))
    created = models.JSONField(default=list)
    stored_at = models.DateTimeField()
    stored_by = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = TableImportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "stored_at"], name="table_import_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="undone_import_names_who_did_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({formatting.date(timezone.localtime(self.stored_at).date())})"
