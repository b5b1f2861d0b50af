"""What upper floors ask of the register: how many cases a span holds, and the list that shows them."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from incidents.models import Incident


def cases_url(first_day: dt.date, last_day: dt.date, **narrowed: int | str) -> str:
    """The list of registered cases of these days, narrowed down further."""
    query = {"first_day": first_day.isoformat(), "last_day": last_day.isoformat()}
    query |= {name: str(value) for name, value in narrowed.items() if value}
    return f"{reverse('incidents:incident-list')}?{urlencode(query)}"


def cases_by_unit(first_day: dt.date, last_day: dt.date) -> dict[int, int]:
    """How many cases each unit has in the register."""
    rows = Incident.objects.happened_between(first_day, last_day).order_by().values_list("unit_id")
    return dict(rows.annotate(Count("pk")))
