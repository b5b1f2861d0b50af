from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting


class Appointment(models.Model):
    """When and where people are asked to meet: what an invitation tells them."""

    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=300)

    class Meta:
        abstract = True

    @property
    def appointment(self) -> dict[str, dt.date | dt.time | str | None]:
        """The four facts by name; equal for two rows that ask people to the same place at the same time."""
        return {
            "held_on": self.held_on,
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "place": self.place,
        }

    @property
    def hours(self) -> str:
        """``từ 08 giờ đến 11 giờ 30 phút`` as printed; empty where no hour is set."""
        starts, ends = clock(self.starts_at), clock(self.ends_at)
        return f"từ {starts} đến {ends}" if starts and ends else starts

    @property
    def when(self) -> str:
        """``từ 08 giờ đến 11 giờ 30 phút, ngày 16 tháng 8 năm 2022``."""
        return ", ".join(part for part in (self.hours, formatting.long_date(self.held_on)) if part)


def clock(time: dt.time | None) -> str:
    """``08 giờ 30 phút``; ``08 giờ`` on the hour."""
    if time is None:
        return ""
    return f"{time.hour:02d} giờ" + (f" {time.minute:02d} phút" if time.minute else "")
