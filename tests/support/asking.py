"""Asking many addresses of one set of rows, none of which finds what the one before left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction

from tests.support.sitemap import Route


def each_undone(routes: Iterable[Route], ask: Callable[[Route], Any]) -> Iterator[tuple[str, int]]:
    """Name and status of each; what an answer changed in the database is taken back."""
    for route in routes:
        with transaction.atomic():
            response = ask(route)
            b"".join(response)  # a file that is read to its end is closed; `close()` would close the database, too
            yield route.name, response.status_code
            transaction.set_rollback(True)
