"""The rows the portal needs whatever a cluster does with it."""

from django.db import models


class WorkerBeat(models.Model):
    """When a worker last said that it lives."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} ({self.seen_at:%Y-%m-%d %H:%M:%S})"


class FinishedFile(models.Model):
    """A file that was made once, under a key that covers all it is made of; or one that is being made.

    `html` is what the worker makes it of, "" where it is done; `page` is how far it is, 0 before the first.
    """

    key = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, db_index=True)
    has_failed = models.BooleanField(default=False)
    page = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0)
    html = models.TextField(blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="finished_file_has_its_content",
                condition=models.Q(made_at__isnull=True, content__isnull=True)
                | models.Q(made_at__isnull=False, content__isnull=False, html=""),
            )
        ]

    def __str__(self) -> str:
        return self.key


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
