from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting
from members.infrastructure.editing import Revised
from members.models import User


def photo_path(_photo: Photo, _filename: str) -> str:
    return f"meetings/photos/{uuid.uuid4().hex}.jpg"


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> PhotoQuerySet:
        """Who sees a meeting sees its photos."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user).values("pk"))

    def in_order(self) -> PhotoQuerySet:
        return self.order_by("order", "pk")


class Photo(Revised):
    """A photo of the meeting, always our own re-encoded JPEG, never the file that was sent."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="photos")
    image = models.FileField(upload_to=photo_path, max_length=120)
    thumbnail = models.FileField(upload_to=photo_path, max_length=120)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = PhotoQuerySet.as_manager()

    def __str__(self) -> str:
        return self.caption or f"#{self.pk}"
