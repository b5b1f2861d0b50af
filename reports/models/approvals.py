"""Who stands behind a document besides who wrote it: what is put before whom, and who stands in for whom."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.models import User
from reports.models.document_drafts import DocumentDraft


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    def open(self) -> ApprovalRequestQuerySet:
        return self.filter(outcome=ApprovalRequest.Outcome.NONE)

    def latest_first(self) -> ApprovalRequestQuerySet:
        return self.order_by("-asked_at", "-pk")

    def returned_to(self, person: User) -> ApprovalRequestQuerySet:
        """Those that came back to who asked, whose drafts have not been put forward again."""
        newest = ApprovalRequest.objects.filter(draft=OuterRef("draft")).latest_first().values("pk")[:1]
        came_back = self.filter(outcome=ApprovalRequest.Outcome.RETURNED, asked_by=person)
        return came_back.filter(draft__status=DocumentDraft.Status.DRAFT, pk=Subquery(newest))


class ApprovalRequest(models.Model):
    """One time a draft was put before somebody, and what came of it.

    `fingerprint` and `shown` say what it was that was put before them: its facts, and its
    parts in words, kept until it is issued, so that the next time only what is new need be read.
    """

    class Outcome(models.TextChoices):
        NONE = "", _("waits")
        APPROVED = "approved", pgettext_lazy("document", "approved")
        RETURNED = "returned", pgettext_lazy("document", "returned")
        TAKEN_BACK = "taken_back", _("taken back")

    draft = models.ForeignKey(DocumentDraft, on_delete=models.CASCADE, related_name="requests")
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    fingerprint = models.CharField(max_length=80)
    #: Its parts: code, heading, lines.
    shown = models.JSONField(default=list)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.NONE, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    #: What is to be changed: code and heading of the part, and the words.
    comments = models.JSONField(default=list)

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft"], condition=Q(outcome=""), name="one_open_request_a_draft"),
            models.CheckConstraint(condition=~Q(approver=F("asked_by")), name="nobody_is_asked_by_themselves"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True) | ~Q(outcome="") & Q(decided_at__isnull=False),
                name="decided_request_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(outcome__in=("approved", "returned")) | ~Q(decided_by=F("asked_by")),
                name="nobody_decides_on_their_own_request",
            ),
        ]

    def __str__(self) -> str:
        return str(self.draft)


class ApprovalDeputyQuerySet(models.QuerySet["ApprovalDeputy"]):
    def on(self, day: dt.date) -> ApprovalDeputyQuerySet:
        """Those who may approve on `day`; both days of a span belong to it."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)

    def not_over(self, day: dt.date) -> ApprovalDeputyQuerySet:
        return self.filter(ends_on__gte=day).select_related("person", "given_by").order_by("starts_on", "pk")


class ApprovalDeputy(models.Model):
    """Somebody who may approve documents in the place of the chair, for some days; both belong to the span."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="deputyships", verbose_name=_("person"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    objects = ApprovalDeputyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="deputy_ends_after_start"),
            models.CheckConstraint(condition=~Q(person=F("given_by")), name="nobody_makes_themselves_deputy"),
        ]

    def __str__(self) -> str:
        return str(self.person)
