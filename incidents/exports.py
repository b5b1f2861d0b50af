"""The register as a CSV file: a short one at once, a long one by the worker, each whole or not at all."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
from collections.abc import Iterator

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from cluster_portal.files import finished_files
from cluster_portal.files.spreadsheets import csv_lines
from cluster_portal.models import FinishedFile
from incidents.filters import as_asked
from incidents.models.register import IncidentQuerySet
from incidents.tables import COLUMNS, incident_rows
from members.infrastructure.capabilities import Can, allowed
from members.models import User

HEAD = [name.capitalize() for name in COLUMNS.values()]
#: So many cases are written while somebody waits: some two seconds.
MOST_AT_ONCE = 20_000


def as_csv(cases: IncidentQuerySet) -> bytes:
    return "".join(_lines(cases)).encode()


def _lines(cases: IncidentQuerySet) -> Iterator[str]:
    return csv_lines(head=HEAD, rows=incident_rows(cases.with_further_units().iterator(chunk_size=1000)))


def key_of(ticket: str, *, by: User) -> str:
    """Under which a file lies on the shelf: nobody else finds it by the same ticket."""
    return hashlib.sha256(f"register {by.pk} {ticket}".encode()).hexdigest()


def ask_for_csv(ticket: str, asked: QueryDict, *, by: User, now: dt.datetime) -> str:
    """Have the worker write it; its key. What the person may see is asked when it is written."""
    key = key_of(ticket, by=by)
    query = asked.urlencode()
    finished_files.have_made(key, lambda: make_csv.enqueue(key=key, user_id=by.pk, asked=query), now=now)
    return key


@task
def make_csv(key: str, user_id: int, asked: str) -> None:
    """Write what `ask_for_csv` was asked for, packed. May run twice: the second time there is nothing to do."""

    def make(_waiting: FinishedFile) -> bytes:
        by = User.objects.get(pk=user_id)
        if not (by.is_active and allowed(by, Can.SEE_INCIDENTS)):
            raise NoLongerAllowed
        packed = io.BytesIO()
        today = timezone.localdate()  # the clock: the worker's turn is when it is written
        with override("vi"), gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=5, mtime=0) as file:
            for line in _lines(as_asked(QueryDict(asked), by=by, today=today).qs):
                file.write(line.encode())
        return packed.getvalue()

    finished_files.finish(key, make)


class NoLongerAllowed(Exception):
    """Whoever asked may not see the register any more."""
