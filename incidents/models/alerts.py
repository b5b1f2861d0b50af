"""Who was told of a grave case, and has taken note of it."""

from __future__ import annotations

from django.db import models

from incidents.models.register import Incident
from members.models import User


class AlertQuerySet(models.QuerySet["Alert"]):
    def open_for(self, user: User) -> AlertQuerySet:
        """What this person has not taken note of yet, newest first, with what its case is called by."""
        mine = self.filter(recipient=user, noted_at__isnull=True)
        return mine.select_related("incident__unit", "incident__category").order_by("-raised_at", "-pk")


class Alert(models.Model):
    """A very or exceptionally serious case, put before one person until they take note of it."""

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="alerts")
    recipient = models.ForeignKey(User, on_delete=models.PROTECT, related_name="alerts")
    raised_at = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "recipient"], name="one_alert_a_case_and_person"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} – {self.recipient}"
