"""The way back for who lost the telephone: one colleague asks, another one carries it out."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

#: A request that nobody carried out is void after so long.
OPEN_FOR = dt.timedelta(days=3)


class SecondFactorResetQuerySet(models.QuerySet["SecondFactorReset"]):
    def open(self, now: dt.datetime) -> SecondFactorResetQuerySet:
        return self.filter(settled_at=None, asked_at__gt=now - OPEN_FOR)


class SecondFactorReset(models.Model):
    """`asked_by` vouches for the person; `settled_by`, another colleague, took the factor away or turned it down."""

    person = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("members.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    is_carried_out = models.BooleanField(default=False)

    objects = SecondFactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("asked_by")), name="nobody_vouches_for_themselves"),
            models.CheckConstraint(
                condition=Q(is_carried_out=False) | ~Q(settled_by=F("asked_by")) & ~Q(settled_by=F("person")),
                name="two_people_take_a_factor_away",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
