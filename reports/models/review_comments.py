"""Góp ý: what a reviewer says at a place of a report, what is answered there, and whether it is settled.

A comment stands at the version it was made on and outlives it: what is sent later doesn't
take it away. None of it is ever part of the report, nor printed with it.
"""

from __future__ import annotations

from collections.abc import Set

from django.db import models
from django.db.models import OuterRef, Q, Subquery

from cluster_portal.periods import Period
from members.infrastructure.capabilities import visible_rows
from members.infrastructure.editing import Revised
from members.models import User
from reports.models.submissions import Submission, SubmissionVersion


class ReviewCommentQuerySet(models.QuerySet["ReviewComment"]):
    def visible_to(self, user: User) -> ReviewCommentQuerySet:
        return visible_rows(self, user, own_unit=lambda unit: Q(version__submission__unit_id=unit))

    def on(self, submission: Submission) -> ReviewCommentQuerySet:
        """What was said about the report, whichever version it was made on, the oldest first."""
        return self.filter(version__submission=submission).order_by("pk")

    def open(self) -> ReviewCommentQuerySet:
        return self.filter(resolved_at__isnull=True)

    def answered(self, *, issued: Set[Period]) -> ReviewCommentQuerySet:
        """Open ones in which the unit has the last word, of reports still talked about, the oldest first.

        These are not accepted yet, nor is their half-year one of those `issued`.
        """
        last = ReviewAnswer.objects.filter(comment=OuterRef("pk")).order_by("-pk").values("written_by__role")[:1]
        talked_about = self.open().exclude(
            Q(version__submission__status=Submission.Status.ACCEPTED) | Q(version__submission__round__period__in=issued)
        )
        return talked_about.annotate(last_role=Subquery(last)).filter(last_role=User.Role.LIAISON).order_by("pk")

    def with_answers(self) -> ReviewCommentQuerySet:
        """Each with its version, its people and its answers (two queries)."""
        found = self.select_related("version", "written_by", "resolved_by")
        return found.prefetch_related(models.Prefetch("answers", ReviewAnswer.objects.select_related("written_by")))


class ReviewComment(Revised):
    """What a reviewer says; `field` is where the report's form has what it is about, `label` its name then."""

    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="comments")
    field = models.CharField(max_length=120)
    label = models.CharField(max_length=250)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="review_comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="resolved_comment_names_who_resolved_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.submission} – {self.label}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class ReviewAnswer(models.Model):
    """What was answered to a comment, by the unit or by the secretariat."""

    comment = models.ForeignKey(ReviewComment, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="review_answer_says_something")]

    def __str__(self) -> str:
        return str(self.comment)
