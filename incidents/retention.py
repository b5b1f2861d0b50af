"""Removing the free text of cases that were closed long ago; their counts stay."""

from __future__ import annotations

import calendar
import datetime as dt

from django.db import transaction
from django.utils import timezone

from incidents.models import Incident
from incidents.models.register import IncidentQuerySet
from members.infrastructure.audit import record


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_for_removal(*, months: int, today: dt.date) -> IncidentQuerySet:
    """Closed cases whose description is older than the set time."""
    return Incident.objects.filter(closed_on__lte=months_before(today, months), text_removed_on__isnull=True)


def remove_old_texts(*, months: int, now: dt.datetime) -> int:
    """Remove what happened and how it was handled from cases closed `months` ago, earlier wordings too.

    The audit trail never held these texts. Each case is an act of its own, so that an
    interrupted run can simply be repeated. Returns how many cases there were.
    """
    today = timezone.localdate(now)
    due = list(due_for_removal(months=months, today=today).values_list("pk", flat=True))
    for pk in due:
        _remove(pk, today=today, now=now)
    return len(due)


@transaction.atomic
def _remove(pk: int, *, today: dt.date, now: dt.datetime) -> None:
    locked = Incident.objects.select_for_update(of=("self",)).select_related("unit", "category")
    incident = locked.get(pk=pk)
    if incident.closed_on is None or incident.text_removed_on:
        return  # reopened or removed meanwhile
    incident.narrative = incident.handling = ""
    incident.text_removed_on = today
    incident.search_text = incident.folded_text()
    incident.revision += 1
    incident.save(update_fields=["narrative", "handling", "text_removed_on", "search_text", "revision"])
    incident.earlier_texts.all().delete()
    record(verb="incident.text_removed", target=incident, by=None, now=now, unit_id=incident.unit_id)
