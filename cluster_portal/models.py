"""The rows the portal needs whatever a cluster does with it."""

from django.db import models


class WorkerBeat(models.Model):
    """When a worker last said that it lives."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} ({self.seen_at:%Y-%m-%d %H:%M:%S})"


class CacheEntry(models.Model):
    """A row of the table behind `CACHES`, which `createcachetable` makes."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        managed = False
        db_table = "portal_cache"

    def __str__(self) -> str:
        return self.cache_key
