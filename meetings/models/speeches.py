from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.meeting import Meeting
from members.infrastructure.capabilities import Can, visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User


def speech_path(speech: Speech, filename: str) -> str:
    """Where the file is kept; its own name lives in `file_name`, never on the disk."""
    return f"meetings/speeches/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class SpeechQuerySet(models.QuerySet["Speech"]):
    def visible_to(self, user: User) -> SpeechQuerySet:
        """A liaison sees the own unit's speeches, and once the meeting is held those of
        every meeting their unit was invited to.

        Decided so: what was read out before all invitees is no secret among them, but a
        text handed in beforehand is between its unit and the secretariat.
        """
        held = Meeting.objects.visible_to(user).took_place()
        return visible_rows(
            self,
            user,
            own_unit=lambda unit: Q(unit=unit) | Q(meeting__in=held.values("pk")),
            whole=Can.READ_MEETING_RECORDS,
        )

    def in_order(self) -> SpeechQuerySet:
        return self.select_related("unit").order_by("order", "pk")


class Speech(Revised):
    """A contribution of a unit (tham luận), or an address of a guest (phát biểu)."""

    class Kind(models.TextChoices):
        DISCUSSION = "discussion", _("discussion paper")
        ADDRESS = "address", _("speech by a guest")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="speeches")
    kind = models.CharField(_("kind of contribution"), max_length=10, choices=Kind.choices, default=Kind.DISCUSSION)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="speeches", verbose_name=_("unit")
    )
    title = models.CharField(_("title of the speech"), max_length=300)
    speaker = models.CharField(_("speaker"), max_length=120, blank=True)
    speaker_title = models.CharField(_("speaker's title"), max_length=200, blank=True)
    main_points = models.TextField(_("main points"), blank=True, help_text=_("One point a line."))
    file = models.FileField(_("file"), upload_to=speech_path, max_length=120, blank=True)
    file_name = models.CharField(max_length=200, blank=True, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SpeechQuerySet.as_manager()

    class Meta:
        verbose_name = _("speech")

    def __str__(self) -> str:
        return self.title

    @property
    def given_by(self) -> str:
        """The speaker with title and unit, as printed."""
        parts = (self.speaker, self.speaker_title, self.unit.name if self.unit else "")
        return ", ".join(part for part in parts if part)
