"""The order of speeches, awards, tasks and photos; no act worth a line in the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from meetings.actions.guards import locked_open
from meetings.models import Meeting


def next_order(rows: Any) -> int:
    """The place after the last of `rows`."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def arrange(*, meeting: Meeting, rows: QuerySet[Any], keys: Sequence[int]) -> None:
    """Put the ordered `rows` in the order of `keys`; what came meanwhile stands at the end, what went is gone."""
    locked_open(meeting)
    left = {row.pk: row for row in rows.all()}  # read anew: a page may have read them before the lock
    named = [left.pop(key) for key in dict.fromkeys(keys) if key in left]
    for number, row in enumerate([*named, *left.values()], start=1):
        if row.order != number:
            row.order = number
            row.save(update_fields=["order"])


def moved(keys: Sequence[int], key: int, *, up: bool) -> list[int]:
    """The keys with one of them a place further up or down; as they are where it can't go there, or isn't there."""
    ordered = list(keys)
    place = ordered.index(key) if key in ordered else 0
    target = place - 1 if up else place + 1
    if key in ordered and 0 <= target < len(ordered):
        ordered[place], ordered[target] = ordered[target], ordered[place]
    return ordered
