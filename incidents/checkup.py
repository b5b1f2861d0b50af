"""What `manage.py doctor` tells of the register."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import connection

from cluster_portal import word_index
from cluster_portal.doctor import Finding, note, ok, wrong
from incidents.models import Incident

MEANS = {"sqlite": "FTS5 of SQLite 3.34 and later", "postgresql": "the extension pg_trgm"}


def search(*, now: dt.datetime) -> Iterator[Finding]:
    """Whether words are looked for through an index, and whether that holds every case."""
    table = Incident._meta.db_table
    if not word_index.stands(connection, table):
        yield note(f"words are looked for by reading every case: {MEANS[connection.vendor]} was not to be had")
    elif missing := word_index.missing(connection, table):
        yield wrong(
            f"the index of words and the register differ by {missing} cases: migrate incidents 0010, then migrate"
        )
    else:
        yield ok("words are looked for through an index")
