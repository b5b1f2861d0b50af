"""What goes along with a report: photographs, and the report itself, signed and scanned."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.infrastructure.capabilities import Can, allowed, visible_rows
from members.models import User
from reports.models.submissions import Submission, SubmissionVersion


def attachment_path(attachment: Attachment, _filename: str) -> str:
    return f"reports/attachments/{uuid.uuid4().hex}.{attachment.kind}"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> AttachmentQuerySet:
        """Whoever only reads reports sees what went along with a version that was sent, nothing of a draft."""
        rows = visible_rows(self, user, own_unit=lambda unit: Q(submission__unit_id=unit))
        sent = Attachment.versions.through.objects.values("attachment")
        return rows if allowed(user, Can.FILL_REPORTS) else rows.filter(pk__in=sent)

    def current(self) -> AttachmentQuerySet:
        """What goes along when the report is sent next."""
        return self.filter(removed_at__isnull=True)


class Attachment(models.Model):
    """A picture or a PDF, as the portal wrote it anew; never the file that was sent.

    What went along with a version stays with it, though it be `removed_at` from what is sent next.
    """

    class Kind(models.TextChoices):
        PICTURE = "jpg", _("picture")
        PDF = "pdf", "PDF"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="attachments")
    versions = models.ManyToManyField(SubmissionVersion, related_name="attachments")
    kind = models.CharField(max_length=3, choices=Kind.choices)
    file = models.FileField(upload_to=attachment_path, max_length=120)
    name = models.CharField(_("file"), max_length=130)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.submission}: {self.name}"

    @property
    def is_picture(self) -> bool:
        return self.kind == self.Kind.PICTURE
