"""What `manage.py serve_metrics` tells of the post."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Min

from cluster_portal.metrics import Figure, seconds_since
from members.infrastructure.outbox.letters import Letter


def of_letters(*, now: dt.datetime) -> Iterator[Figure]:
    due = Letter.objects.due(now).aggregate(count=Count("pk"), first=Min("due_at"))
    failed = Letter.objects.filter(state__in=(Letter.State.FAILED, Letter.State.UNCLEAR)).count()
    yield "portal_letters_waiting", "E-mails that are not sent yet.", Letter.objects.waiting().count()
    yield "portal_letters_due", "Of them those that should be on their way.", due["count"]
    if due["first"]:
        yield (
            "portal_letter_oldest_due_seconds",
            "How long the oldest of those is due.",
            seconds_since(due["first"], now),
        )
    yield "portal_letters_failed", "E-mails that failed, or of which nobody knows whether they went.", failed
