"""What was typed for a report that was closed meanwhile, left for the secretariat."""

from __future__ import annotations

from django.db import models

from members.models import Unit, User
from reports.models.submissions import ReportingRound


class SubmissionNote(models.Model):
    """Texts that came too late for a unit's report: `texts` are pairs of a field's label and what was typed."""

    round = models.ForeignKey(ReportingRound, on_delete=models.PROTECT, related_name="notes")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    texts = models.JSONField()
    left_at = models.DateTimeField()
    left_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["left_at", "pk"]

    def __str__(self) -> str:
        return f"{self.unit} – {self.round}"
