"""The cache all processes share, in a table of the database, as JSON.

Django's own keeps pickles there: whoever can write one row of that table can run a
program as the portal.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import transaction
from django.utils import timezone  # a cache forgets by the clock

from cluster_portal.models import CacheEntry

FOREVER = dt.datetime.max.replace(microsecond=0, tzinfo=dt.UTC) - dt.timedelta(days=1)


class JsonCache(BaseDatabaseCache):
    """Takes what JSON can hold: texts, numbers, truths, lists of them. The table is that of `createcachetable`."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self.get_many([key], version).get(key, default)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        names = {self.make_and_validate_key(key, version=version): key for key in keys}
        found = CacheEntry.objects.filter(cache_key__in=names, expires__gt=_now())
        values = {entry.cache_key: _value(entry.value) for entry in found.order_by()}
        return {names[name]: value for name, value in values.items() if value is not None}

    def set(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        name = self.make_and_validate_key(key, version=version)
        with transaction.atomic():
            CacheEntry.objects.update_or_create(cache_key=name, defaults=self._columns(value, timeout))
        self._cull()

    def add(self, key: str, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Whether it was not there; of several who add it at once, one is told so."""
        name = self.make_and_validate_key(key, version=version)
        with transaction.atomic():
            CacheEntry.objects.filter(cache_key=name, expires__lte=_now()).delete()
            _entry, is_new = CacheEntry.objects.get_or_create(cache_key=name, defaults=self._columns(value, timeout))
        return is_new

    def touch(self, key: str, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        alive = CacheEntry.objects.filter(cache_key=name, expires__gt=_now())
        return bool(alive.update(expires=self._until(timeout)))

    def delete(self, key: str, version: int | None = None) -> bool:
        name = self.make_and_validate_key(key, version=version)
        return bool(CacheEntry.objects.filter(cache_key=name).delete()[0])

    def has_key(self, key: str, version: int | None = None) -> bool:
        return key in self.get_many([key], version)

    def clear(self) -> None:
        CacheEntry.objects.all().delete()

    def _columns(self, value: Any, timeout: float | None) -> dict[str, Any]:
        return {"value": json.dumps(value), "expires": self._until(timeout)}

    def _until(self, timeout: float | None) -> dt.datetime:
        seconds = self.get_backend_timeout(timeout)
        return FOREVER if seconds is None else dt.datetime.fromtimestamp(seconds, dt.UTC)

    def _cull(self) -> None:
        """What has expired goes when the table is full, and if that isn't enough what expires next."""
        if CacheEntry.objects.count() <= self._max_entries:
            return
        CacheEntry.objects.filter(expires__lte=_now()).delete()
        excess = CacheEntry.objects.count() - self._max_entries
        if excess > 0:
            first = CacheEntry.objects.order_by("expires", "pk").values_list("pk", flat=True)[:excess]
            CacheEntry.objects.filter(pk__in=list(first)).delete()


def _now() -> dt.datetime:
    return timezone.now()  # the clock: a cache forgets by it


def _value(text: str) -> Any:
    """None for what isn't JSON: an earlier version kept pickles here."""
    try:
        return json.loads(text)
    except ValueError:
        return None
