"""What is done with the catalogue: groups, categories with what they ask, indicators."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from cluster_portal.periods import Period
from incidents.models import ALWAYS, AskedMeasures, Category
from members.infrastructure.audit import record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import Revised, change
from members.models import User
from reports.models import SubmissionVersion


@transaction.atomic
def add_to_catalogue(
    *, model: type[Revised], values: dict[str, Any], asked: dict[str, Any] | None = None, by: User, now: dt.datetime
) -> Revised:
    """Add a group, a category with what it asks, or an indicator; `model` says which."""
    entry = model(**values)
    with refuse_twin(entry):
        entry.save()
    if isinstance(entry, Category) and asked:
        AskedMeasures.objects.create(category=entry, since=ALWAYS, **asked)
    given = {name: (None, value) for name, value in {**values, **(asked or {})}.items()}
    record(verb="catalogue.added", target=entry, by=by, now=now, changes=given)
    return entry


@transaction.atomic
def change_catalogue(
    *,
    entry: Revised,
    values: dict[str, Any],
    asked: dict[str, Any] | None = None,
    revision: int,
    by: User,
    now: dt.datetime,
) -> None:
    """Change an entry; one that is out of use stays in the reports that hold it. Raises `StaleEdit`.

    What a category asks changes from the first half-year on that nobody has reported on.
    """
    change(entry, values=values, revision=revision, verb="catalogue.changed", by=by, now=now)
    if isinstance(entry, Category) and asked:
        _ask(entry, asked, by=by, now=now)


def _ask(category: Category, asked: dict[str, Any], *, by: User, now: dt.datetime) -> None:
    since = _first_half_without_reports()
    stored = max(category.asked.all(), key=lambda row: row.since, default=None)
    before = {name: getattr(stored, name) if stored else None for name in asked}
    changes = {name: (before[name], value) for name, value in asked.items() if before[name] != value}
    if stored and isinstance(asked["measures"], list) and sorted(stored.measures) == sorted(asked["measures"]):
        changes.pop("measures", None)
    if changes:
        AskedMeasures.objects.update_or_create(category=category, since=since, defaults=asked)
        record(
            verb="catalogue.changed", target=category, by=by, now=now, changes={**changes, "since": (None, str(since))}
        )


def _first_half_without_reports() -> Period:
    """The half-year after the last that a unit has sent a report on; since always where none has."""
    sent = SubmissionVersion.objects.order_by("-submission__round__period")
    newest = sent.values_list("submission__round__period", flat=True).first()
    return newest.next if newest else ALWAYS
