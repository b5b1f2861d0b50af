"""Who came to a unit after its merger was recorded goes over on the merger's day, as those before did."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.timezone import localdate

from members.infrastructure.refusals import locked
from members.models import AccountChange, UnitMerger, User

Act = AccountChange.Act


def follow_mergers(*, now: dt.datetime) -> None:
    """Plan the moves of those who came meanwhile, as soon as the day of a merger has come."""
    for merger in UnitMerger.objects.followed_on(localdate(now)):
        follow_merger(merger)


@transaction.atomic
def follow_merger(merger: UnitMerger) -> None:
    """Plan that the accounts now at its units move along, unless they have a move of their own ahead.

    Where somebody has still to come to one of its units, by another merger, it waits for them.
    """
    merger = locked(merger)
    if merger.undone_at or not merger.people_follow:
        return
    passed: dict[int | None, int] = dict(merger.successions.values_list("predecessor", "successor"))
    moves = AccountChange.objects.filter(act=Act.MOVE)
    has_own_way = moves.planned() | moves.filter(merger=merger)
    came = User.objects.active().filter(unit__in=passed).exclude(pk__in=has_own_way.values("person"))
    for person in came.order_by("pk"):
        merger.moved.append([person.pk, person.unit_id, passed[person.unit_id]])
        about = {"left_id": person.unit_id, "unit_id": passed[person.unit_id], "merger": merger}
        AccountChange.objects.create(person=person, act=Act.MOVE, on=merger.on, **about)
    merger.people_follow = moves.planned().filter(unit__in=passed).exists()
    merger.save(update_fields=["moved", "people_follow"])
