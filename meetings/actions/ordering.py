"""The order of speeches, tasks and photos; no act worth a line in the audit trail."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from meetings.actions.guards import locked_open
from members.infrastructure.refusals import locked


def next_order(rows: Any) -> int:
    """The place after the last of `rows`."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def move(row: Any, *, rows: QuerySet[Any], up: bool) -> None:
    """Let `row` change places with its neighbour among the ordered `rows`."""
    locked_open(row.meeting)
    locked(row)
    ordered = list(rows)
    place = next(index for index, other in enumerate(ordered) if other.pk == row.pk)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(ordered):
        return
    ordered[place], ordered[target] = ordered[target], ordered[place]
    for number, other in enumerate(ordered, start=1):
        if other.order != number:
            other.order = number
            other.save(update_fields=["order"])
