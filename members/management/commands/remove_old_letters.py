"""`manage.py remove_old_letters`: to be run regularly, for example every night."""

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.infrastructure.outbox.letters import Letter

KEPT = dt.timedelta(days=365)


class Command(BaseCommand):
    help = "Remove e-mails that were posted a year ago or earlier, and sent, withdrawn or over; the audit trail stays."

    def handle(self, *args: Any, **options: Any) -> None:
        _rows, removed = Letter.objects.ended().filter(posted_at__lte=timezone.now() - KEPT).delete()
        self.stdout.write(f"{removed.get(Letter._meta.label, 0)} e-mails removed.")
