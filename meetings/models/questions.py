from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models.attendance import Attendance
from meetings.models.meeting import Meeting
from members.infrastructure.capabilities import Can, visible_rows
from members.models import User


class OpenQuestionQuerySet(models.QuerySet["OpenQuestion"]):
    def visible_to(self, user: User) -> OpenQuestionQuerySet:
        """The secretariat's own business: nobody else reads them, and no document prints them."""
        return visible_rows(self, user, own_unit=lambda _unit: Q(pk__in=()), whole=Can.MANAGE_MEETINGS)

    def by_field(self) -> dict[str, list[OpenQuestion]]:
        """The questions under the field each concerns."""
        found: dict[str, list[OpenQuestion]] = {}
        for question in self.select_related("attendance__unit"):
            found.setdefault(question.field, []).append(question)
        return found

    def unsettled(self) -> OpenQuestionQuerySet:
        return self.filter(settled_at__isnull=True)


class OpenQuestion(models.Model):
    """A contradiction the sources leave open, noted beside the field it concerns until somebody settles it."""

    class Field(models.TextChoices):
        HELD_ON = "held_on", _("date")
        PLACE = "place", _("place")
        CHAIR = "chair_title", _("chair")
        PERSON = "person", _("name or title of an invitee")
        SPEECHES = "speeches", _("speeches")
        AWARDS = "awards", _("awards")
        RESULTS = "results", _("results")
        SHORTCOMINGS = "shortcomings", _("shortcomings and causes")
        CONCLUSION = "conclusion", _("the chair's conclusion")
        PHOTOS = "photos", _("photos")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="questions")
    field = models.CharField(_("concerns"), max_length=12, choices=Field.choices)
    attendance = models.ForeignKey(
        Attendance,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("which invitee"),
    )
    note = models.TextField(_("what is open"))
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.CharField(_("how it was settled"), max_length=300, blank=True)

    objects = OpenQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | ~Q(resolution=""), name="settled_question_says_how"
            ),
        ]

    def __str__(self) -> str:
        return self.note
