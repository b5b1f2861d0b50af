"""The rows the portal needs whatever a cluster does with it."""

from django.db import models


class WorkerBeat(models.Model):
    """When a worker last said that it lives."""

    worker = models.CharField(max_length=64, unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} ({self.seen_at:%Y-%m-%d %H:%M:%S})"
