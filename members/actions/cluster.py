"""The cluster's name, letterhead and rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from members.infrastructure.audit import Changes, record
from members.infrastructure.editing import StaleEdit, change
from members.models import Cluster, User


@transaction.atomic
def set_up_cluster(*, values: dict[str, Any], by: User | None, now: dt.datetime) -> Cluster:
    """Name the cluster this installation serves; `StaleEdit` where somebody else just did."""
    cluster, created = Cluster.objects.get_or_create(pk=Cluster.SINGLETON, defaults=values)
    if not created:
        raise StaleEdit(cluster)
    given = {name: (None, value) for name, value in values.items() if value}
    record(verb="cluster.set_up", target=cluster, by=by, now=now, changes=given)
    return cluster


def change_cluster(
    cluster: Cluster, *, values: dict[str, Any], revision: int, by: User | None, now: dt.datetime
) -> Changes:
    """Change the cluster's settings; documents already issued keep theirs."""
    return change(cluster, values=values, revision=revision, verb="cluster.changed", by=by, now=now)
