"""Checks that neither the audit trail nor what stands for good was altered."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.infrastructure import trail
from members.infrastructure.trail_checks import further_faults


class Command(BaseCommand):
    help = (
        "Checks the chain of the audit trail, link by link, and the issued documents against it. "
        "Ends with 1 and names every fault where something was altered."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head",
            action="append",
            default=[],
            help="the head printed below the code of an issued document (“Nhật ký: …”): it must fit the chain, too",
        )

    def handle(self, *, head: list[str], **options: Any) -> None:
        end = trail.seal()
        found = [*trail.faults(), *further_faults(), *filter(None, map(trail.head_fault, head))]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults: the trail or the documents were altered.")
        self.stdout.write(f"The trail is whole: {end.position} entries, head {end}.")
