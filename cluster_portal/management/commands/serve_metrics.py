"""`manage.py serve_metrics`: the figures for Prometheus, until it is told to stop."""

from __future__ import annotations

import signal
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import start_http_server

from cluster_portal.metrics import registry


class Command(BaseCommand):
    help = "Tell Prometheus how the portal is, at the address that METRICS names; nothing where it names none."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS:
            self.stdout.write("METRICS is not set: nothing is told.")
            return
        host, _colon, port = settings.METRICS.rpartition(":")
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_told: stopped.set())
        try:
            server, thread = start_http_server(int(port), host.strip("[]"), registry())
        except OSError as fault:
            raise CommandError(f"{settings.METRICS} can't be listened at: {fault.strerror}") from None
        self.stdout.write(f"The figures are at http://{settings.METRICS}/metrics")
        self.stdout.flush()
        stopped.wait()
        server.shutdown()
        thread.join()
