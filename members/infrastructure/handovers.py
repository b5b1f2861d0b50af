"""The lead of the cluster passing from one unit to the next, as one act that is prepared ahead of its day."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting


class HandoverQuerySet(models.QuerySet["Handover"]):
    def latest_first(self) -> HandoverQuerySet:
        return self.select_related("lead__unit", "deputy__unit").order_by("-on", "-pk")


class Handover(models.Model):
    """From the day `on` another unit leads, perhaps with another deputy; the terms say which.

    Letterheads are dated by themselves; the accounts that begin and end are its `planned` changes.
    """

    on = models.DateField(_("handover on"))
    lead = models.OneToOneField("members.LeadTerm", on_delete=models.PROTECT, related_name="handover")
    deputy = models.OneToOneField("members.LeadTerm", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("members.User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = HandoverQuerySet.as_manager()

    def __str__(self) -> str:
        return str(_("handover of the lead on %(day)s") % {"day": formatting.date(self.on)})

    def get_absolute_url(self) -> str:
        return reverse("members:handover-detail", args=[self.pk])
