"""Figures for whoever watches the machine, in Prometheus' form, on a port of their own; off unless `METRICS` is set.

Each worker of the web server counts its answers in a file of its own folder, as they are processes of their own;
`manage.py serve_metrics` adds the files up when it is asked, and looks the rest up in the database.
What is not known has no line: 0 would say that there is none.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cluster_portal.backups import kept_backups
from cluster_portal.worker import last_beat

#: Seconds; a page should need less than one, and never holds a worker longer than ten.
BUCKETS = (0.1, 0.3, 1, 3, 10)

#: A figure's name, what it tells, and its value.
Figure = tuple[str, str, float]
Reader = Callable[..., Iterable[Figure]]
_READERS: list[Reader] = []


def add_reader(reader: Reader) -> None:
    """Tell what `reader(now=…)` yields, too. Called in an app's `ready`."""
    if reader not in _READERS:
        _READERS.append(reader)


@cache
def _answers() -> Histogram:
    Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
    return Histogram("portal_answer_seconds", "How long answers took.", ["view", "status"], buckets=BUCKETS)


class MetricsMiddleware:
    """Counts every answer by the name of its page – never by its address – its status and its time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.METRICS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.monotonic()
        response = self.get_response(request)
        view = request.resolver_match.view_name if request.resolver_match else ""
        _answers().labels(view, response.status_code).observe(time.monotonic() - began)
        return response


class Readings(Collector):
    """The figures of the machine at the moment they are asked for."""

    def collect(self) -> Iterator[Metric]:
        now = timezone.now()  # the clock: when they are asked for is what the figures are of
        try:
            figures = [figure for reader in _READERS for figure in reader(now=now)]
        except Error:
            figures = []
        else:
            figures.append(("portal_database_up", "Whether the database answers.", 1))
        finally:
            connection.close()
        if not figures:
            figures.append(("portal_database_up", "Whether the database answers.", 0))
        for name, told, value in [*figures, *_of_backups(now)]:
            yield GaugeMetricFamily(name, told, value=value)


def seconds_since(moment: dt.datetime, now: dt.datetime) -> float:
    """Never less than none: clocks of two machines differ."""
    return max(0.0, (now - moment).total_seconds())


def of_tasks(*, now: dt.datetime) -> Iterator[Figure]:
    """The queue, and whether anybody works on it."""
    ready = DBTaskResult.objects.ready().aggregate(count=Count("pk"), first=Min("enqueued_at"))
    yield "portal_tasks_waiting", "Tasks that are ready and not begun.", ready["count"]
    if ready["first"]:
        yield "portal_task_oldest_seconds", "Age of the oldest of them.", seconds_since(ready["first"], now)
    yield "portal_tasks_running", "Tasks under way.", DBTaskResult.objects.running().count()
    yield "portal_tasks_failed", "Tasks that failed and are still on record.", DBTaskResult.objects.failed().count()
    if beat := last_beat():
        yield "portal_worker_seen_seconds", "When a worker was last alive, ago.", seconds_since(beat, now)


def _of_backups(now: dt.datetime) -> Iterator[Figure]:
    kept = kept_backups(Path(settings.BACKUP_FOLDER))
    yield "portal_backups", "Backups that are whole.", len(kept)
    if kept:
        made = dt.datetime.fromtimestamp(kept[-1].stat().st_mtime, tz=dt.UTC)
        yield "portal_backup_seconds", "Age of the newest of them.", seconds_since(made, now)


def registry() -> CollectorRegistry:
    """All that is told, by whichever worker."""
    Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
    told = CollectorRegistry()
    MultiProcessCollector(told, str(settings.METRICS_FOLDER))  # type: ignore[no-untyped-call]
    told.register(Readings())
    return told
