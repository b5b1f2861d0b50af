"""Units that merged in one act, so that the act can be shown and taken back as one."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting


class UnitMergerQuerySet(models.QuerySet["UnitMerger"]):
    def followed_on(self, today: dt.date) -> UnitMergerQuerySet:
        """Those whose day has come, and along with which accounts have still to go; one after the other."""
        return self.filter(people_follow=True, undone_at=None, on__lte=today).order_by("on", "pk")

    def latest_first(self) -> UnitMergerQuerySet:
        return self.select_related("recorded_by", "undone_by").order_by("-on", "-pk")


class UnitMerger(models.Model):
    """Several units that became fewer on the day `on`; its successions name which became which.

    `created` are the units it brought, by key and revision. `moved` are the accounts that
    went along, by key, with the units they left and came to. `people_follow`: on its day whoever
    has come to its units since goes along, too.
    """

    on = models.DateField(_("effective from"))
    created = models.JSONField(default=list)
    moved = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")
    people_follow = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = UnitMergerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_by=None) | models.Q(undone_at__isnull=False),
                name="undone_merger_says_when",
            ),
        ]

    def __str__(self) -> str:
        return str(_("merger of %(day)s") % {"day": formatting.date(self.on)})

    def get_absolute_url(self) -> str:
        return reverse("members:merger-detail", args=[self.pk])
