"""What is to become of an account on a day that is still to come: opened, moved to another unit, closed.

A merger or a handover is recorded ahead of its day. Until then people go on working for
their unit; on the day the worker carries out what was planned
(`members/actions/account_changes.py`).
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

#: What could not be carried out is tried again so much later.
AGAIN = dt.timedelta(hours=1)


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    def planned(self) -> AccountChangeQuerySet:
        return self.filter(done_at=None)

    def due(self, today: dt.date, *, now: dt.datetime) -> AccountChangeQuerySet:
        """Those of the day and before, new accounts first: the last secretary leaves when the next one is there."""
        untried = Q(tried_at=None) | Q(tried_at__lte=now - AGAIN)
        return self.planned().filter(untried, on__lte=today).order_by("on", "act", "pk")

    def in_order(self) -> AccountChangeQuerySet:
        return self.select_related("person", "unit").order_by("on", "act", "person__full_name", "pk")


class AccountChange(models.Model):
    """One account's change on the day `on`; `hindrance` says why it could not be carried out then."""

    class Act(models.IntegerChoices):
        OPEN = 1, _("opens")
        MOVE = 2, _("moves to another unit")
        CLOSE = 3, _("closes")

    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="planned_changes")
    act = models.PositiveSmallIntegerField(choices=Act.choices)
    on = models.DateField(_("on"))
    #: Where somebody moves from and to; of no meaning for the others.
    left = models.ForeignKey("members.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("members.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    merger = models.ForeignKey("members.UnitMerger", on_delete=models.PROTECT, null=True, related_name="planned")
    handover = models.ForeignKey("members.Handover", on_delete=models.PROTECT, null=True, related_name="planned")
    done_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    hindrance = models.TextField(blank=True)

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(act=2, unit__isnull=False) | ~Q(act=2) & Q(unit__isnull=True),
                name="account_that_moves_names_its_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "act"], condition=Q(done_at=None), name="account_change_is_planned_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.get_act_display()}"
