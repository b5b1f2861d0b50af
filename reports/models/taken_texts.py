"""Where the words of a report come from that were taken over from a unit's."""

from __future__ import annotations

from django.db import models

from members.models import User
from reports.models.document_drafts import DocumentDraft
from reports.models.submissions import SubmissionVersion


class TakenTextQuerySet(models.QuerySet["TakenText"]):
    def with_sources(self) -> TakenTextQuerySet:
        """With what they are shown by, in the order in which they were taken."""
        return self.select_related("version__submission__unit").order_by("taken_at", "pk")


class TakenText(models.Model):
    """A sentence or paragraph of a unit's report that was put into a passage; reworded there, it keeps its source.

    The clerk sees it; the print doesn't.
    """

    draft = models.ForeignKey(DocumentDraft, on_delete=models.CASCADE, related_name="taken_texts")
    passage = models.CharField(max_length=30)
    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="+")
    section = models.CharField(max_length=30)
    text = models.TextField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = TakenTextQuerySet.as_manager()

    def __str__(self) -> str:
        return self.text

    @property
    def counts_no_more(self) -> bool:
        """The report was returned, or another version of it counts since."""
        return self.version.submission.accepted_version_id != self.version_id
