"""`manage.py seed_demo`: fill an empty portal with sample data, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from reports.demo import SIGN_INS, NotSampleData, seed

SAMPLE_PASSWORD = "cum-dia-ban-mau"  # noqa: S105 – of sample accounts on a developer's machine


class Command(BaseCommand):
    help = "Fill an empty portal with sample data. A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", help="password of the sample accounts (required outside DEBUG)")

    def handle(self, *args: Any, password: str | None, **options: Any) -> None:
        if not password and not settings.DEBUG:
            raise CommandError("Outside DEBUG name a password for the sample accounts with --password.")
        try:
            filled = seed(password=password or SAMPLE_PASSWORD)
        except NotSampleData as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("Sample data is in place." if filled else "Sample data was in place already.")
        if settings.DEBUG and not password:
            for sign_in in SIGN_INS:
                self.stdout.write(f"  {sign_in.role}: {sign_in.email} / {SAMPLE_PASSWORD}")
