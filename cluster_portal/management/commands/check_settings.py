"""`manage.py check_settings`: whether this portal may be served; run before every start."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cluster_portal.serving import NotForServing, refuse_newer_database, refuse_sample_accounts


class Command(BaseCommand):
    help = "Tell what keeps the portal from being served: wrong settings, a database that is away, sample accounts."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Wrong settings are told before a command runs at all (`cluster_portal.configuration`)."""
        if settings.DEBUG:
            raise CommandError("DEBUG is true: for development alone. -> Set it to false in .env.")
        try:
            refuse_newer_database()
            refuse_sample_accounts()
        except NotForServing as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as fault:
            said = " ".join(str(fault).split())
            raise CommandError(f"The database that DATABASE_URL names does not answer: {said}") from fault
        self.stdout.write("The settings are in order.")
