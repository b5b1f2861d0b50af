"""Kiến nghị, đề xuất: what units ask for, what they are answered, and what is still open."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import Period
from members.infrastructure.capabilities import visible_rows
from members.infrastructure.editing import Revised
from members.models import Unit, User
from reports.models.submissions import SubmissionVersion


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> ProposalQuerySet:
        """A liaison sees the own unit's."""
        return visible_rows(self, user, own_unit=lambda unit: Q(unit=unit))

    def open(self) -> ProposalQuerySet:
        """Not settled: they are carried from period to period."""
        return self.exclude(state=Proposal.State.SETTLED)

    def dealt_with_in(self, period: Period) -> ProposalQuerySet:
        """Raised in the period, or carried into it from an earlier one."""
        carried = Q(period__lt=period.halves[0]) & ~Q(state=Proposal.State.SETTLED)
        return self.filter(Q(period__in=period.halves) | carried)

    def unanswered(self) -> ProposalQuerySet:
        return self.filter(state__in=(Proposal.State.NEW, Proposal.State.CONSIDERED))

    def in_order(self) -> ProposalQuerySet:
        """The newest period first, within it as the units stand."""
        return self.order_by("-period", "unit__order", "unit_id", "pk")

    def with_sources(self) -> ProposalQuerySet:
        return self.select_related("unit", "version__submission__round", "answered_by")


class Proposal(Revised):
    """One thing a unit asks for, as it stood in the unit's report on the half-year `period`."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("proposal", "new")
        CONSIDERED = "considered", pgettext_lazy("proposal", "being considered")
        ANSWERED = "answered", pgettext_lazy("proposal", "answered")
        SETTLED = "settled", pgettext_lazy("proposal", "settled")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("unit"))
    period = PeriodField(_("period"))
    version = models.ForeignKey(SubmissionVersion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("proposal"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    answer = models.TextField(_("answer"), blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "text"], name="proposal_is_taken_once"),
            models.CheckConstraint(condition=~Q(text=""), name="proposal_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=("new", "considered")) | ~Q(answer=""), name="answered_proposal_has_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.short_name}: {self.text[:80]}"

    def get_absolute_url(self) -> str:
        return reverse("reports:proposal-detail", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.state == self.State.SETTLED

    @property
    def counts_no_more(self) -> bool:
        """The report it stood in was returned, or another version of it counts since."""
        return self.version.submission.accepted_version_id != self.version_id
