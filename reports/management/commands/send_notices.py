"""`manage.py send_notices`: for a timer."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from cluster_portal.addresses import public_url
from reports.submissions.notices import post_notices


class Command(BaseCommand):
    help = "Post the e-mails that tell liaisons of due dates; each once, however often this is run."

    def handle(self, *args: Any, **options: Any) -> None:
        count = post_notices(origin=public_url("/"), now=timezone.now())
        self.stdout.write(f"{count} notices were posted")
