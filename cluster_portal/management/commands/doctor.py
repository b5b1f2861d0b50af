"""`manage.py doctor`: whether all that the portal needs is in order, a line a point."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_portal.doctor import State, examine, points


class Command(BaseCommand):
    help = "Look at database, files, disk, fonts, clock, mail, certificates, worker and backups; ends with 1 if wrong."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="only tell what is wrong, for a timer")

        parser.add_argument("point", nargs="?", default="", choices=["", *points()], help="look at this one alone")

    def handle(self, *args: Any, quiet: bool, point: str, **options: Any) -> None:
        is_wrong = False
        for name, finding in examine(now=timezone.localtime(), only=point):
            is_wrong |= finding.state is State.WRONG
            if finding.state is State.WRONG or not quiet:
                self.stdout.write(f"{finding.state.value:<6} {name:<12} {finding.says}")
        sys.exit(1 if is_wrong else 0)
