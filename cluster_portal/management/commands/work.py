"""`manage.py work`: the worker, until it is told to stop."""

from __future__ import annotations

import os
import signal
import socket
import sys
import uuid
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection
from django.utils import timezone

from cluster_portal.worker import is_worker_alive, take_turn

#: Seconds between two turns without a task, and before the database is tried again.
PAUSE = 1
PATIENCE = 5


class Command(BaseCommand):
    help = "Do tasks and send e-mails, beside the web server, until stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="only tell whether a worker is alive: ends with 0, or with 1"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if check:
            is_alive = is_worker_alive(now=timezone.now())
            self.stdout.write("a worker is alive" if is_alive else "no worker is alive: e-mails and long work wait")
            sys.exit(0 if is_alive else 1)
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, lambda *_told: stopped.set())
        # a container's name and process ids come again with the next one
        self._work(f"{socket.gethostname()[:40]}-{os.getpid()}-{uuid.uuid4().hex[:8]}", stopped)

    def _work(self, worker: str, stopped: Event) -> None:
        """What is begun is ended first; a database that is away is told in one line and waited for."""
        is_away = False
        while not stopped.is_set():
            close_old_connections()
            try:
                has_worked, is_away = take_turn(worker, now=timezone.now()), False
            except Error as error:
                if not is_away:
                    self.stderr.write(f"The worker waits for the database: {_first_line(error)}")
                is_away, has_worked = True, False
                connection.close()
            if not has_worked:
                stopped.wait(PATIENCE if is_away else PAUSE)


def _first_line(error: Error) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
