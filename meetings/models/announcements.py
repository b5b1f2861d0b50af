from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.appointment import Appointment
from meetings.models.meeting import Meeting


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Of one meeting, what was announced; the last is what the invitees were told last."""

    def former(self) -> Announcement | None:
        """What they were told before the last, where the appointment was changed."""
        *_earlier, former, _last = (None, None, *self.all())
        return former


class Announcement(Appointment):
    """What the invitations said when they were issued: the first time, and each time the appointment was changed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="announcements")
    issued_at = models.DateTimeField(_("issued"))

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["issued_at", "pk"]

    def __str__(self) -> str:
        return f"{self.meeting} ({self.issued_at:%Y-%m-%d %H:%M})"

    @property
    def is_outdated(self) -> bool:
        """Whether it names another day, hour or place than the plan does by now."""
        return self.meeting.is_planned and self.appointment != self.meeting.appointment
