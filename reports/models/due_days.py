"""Gia hạn: one unit is given more time for its report than the round gives all.

Whoever asks when a report is due asks `DueDays`: the round's own `due_on` is only what
holds for units that were given no other day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from members.infrastructure.editing import Revised
from members.models import Unit, User
from reports.models.submissions import ReportingRound, Submission


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def due_days(self) -> DueDays:
        """When reports are due, as far as these extensions tell (one query)."""
        rows = self.values_list("round_id", "unit_id", "due_on")
        return DueDays({(round_id, unit_id): due_on for round_id, unit_id, due_on in rows})


class Extension(Revised):
    """A later due date for one unit's report in one round, and why; the trail keeps what it was before."""

    round = models.ForeignKey(ReportingRound, on_delete=models.CASCADE, related_name="extensions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(_("new due date"))
    reason = models.CharField(_("reason"), max_length=300, help_text=_("The unit reads it; it is never printed."))
    given_at = models.DateTimeField(editable=False)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_extension_a_unit_and_round"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="extension_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} – {self.round}"


@dataclass(frozen=True)
class DueDays:
    """The day on which each unit's report is due: never earlier than the round's, which may be moved beyond it."""

    extended: Mapping[tuple[int, int], dt.date] = field(default_factory=dict)

    def of(self, opened: ReportingRound, unit_id: int) -> dt.date:
        return max(opened.due_on, self.extended.get((opened.pk, unit_id), opened.due_on))

    def is_extended(self, opened: ReportingRound, unit_id: int) -> bool:
        return self.of(opened, unit_id) > opened.due_on

    def days_late(self, submission: Submission) -> int:
        """By how many days the first version came too late; imported reports never are."""
        if submission.first_submitted_at is None or submission.source == Submission.Source.IMPORT:
            return 0
        due_on = self.of(submission.round, submission.unit_id)
        return max(0, (localdate(submission.first_submitted_at) - due_on).days)
