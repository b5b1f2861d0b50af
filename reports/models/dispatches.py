"""What became of an issued document: to whom it was sent, when and how, and who has read it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.infrastructure.append_only import AppendOnly, AppendOnlyQuerySet
from members.models import Unit, User
from reports.models.issued import IssuedDocument


class Dispatch(AppendOnly):
    """One sending to one recipient: a member unit, in the portal and by e-mail, or anybody else on paper."""

    class Way(models.TextChoices):
        PORTAL = "portal", pgettext_lazy("dispatch", "in the portal")
        PAPER = "paper", pgettext_lazy("dispatch", "on paper")

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="dispatches")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="dispatches")
    #: Its name then, or whoever is no unit.
    recipient = models.CharField(_("recipient"), max_length=250)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    #: How many liaisons of the unit were written to.
    people_mailed = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "recipient"], name="document_is_sent_to_each_once"),
            models.UniqueConstraint(fields=["document", "unit"], name="document_is_sent_to_a_unit_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, way="portal") | Q(unit__isnull=True, way="paper"),
                name="units_are_sent_to_in_the_portal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} → {self.recipient}"


class DocumentReading(AppendOnly):
    """The first time a person of a unit opened a document that the unit was sent."""

    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["read_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["document", "person"], name="document_is_first_read_once")]

    def __str__(self) -> str:
        return f"{self.document}: {self.person}"
