from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.appointment import Appointment
from meetings.models.meeting import Meeting


class Announcement(Appointment):
    """What the invitations said when they were issued: the first time, and each time the appointment was changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announcements")
    issued_at = models.DateTimeField(_("issued"))

    class Meta:
        ordering = ["issued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.issued_at:%Y-%m-%d %H:%M})"

    @property
    def is_outdated(self) -> bool:
        """Whether it names another day, hour or place than the plan does by now."""
        return self.meeting.is_planned and self.appointment != self.meeting.appointment
