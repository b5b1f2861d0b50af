"""Which earlier reports of a unit one can be set beside: those since its area last changed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery

from cluster_portal.periods import Period
from members.models import UnitSuccession
from reports.models import ReportingRound


def area_changed(report: str, *, until: Period) -> Exists:
    """Whether a unit is no longer what it was in an earlier report, which is found at the path `report`.

    It took over another unit or a part of it, or gave one away, before the cut-off of
    `until`: no figure before can be set beside one after.
    """
    unit = OuterRef(f"{report}__unit")
    ends_on = ReportingRound.objects.filter(period=until).values("ends_on")[:1]
    return Exists(
        UnitSuccession.objects.filter(
            Q(predecessor=unit) | Q(successor=unit),
            on__gt=OuterRef(f"{report}__round__starts_on"),
            on__lte=Subquery(ends_on),
        )
    )
