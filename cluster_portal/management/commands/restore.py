"""`manage.py restore FILE`: put a backup in the place of what is there."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from cluster_portal.backups import (
    UnusableBackup,
    put_database_in_place,
    put_media_in_place,
    settle_what_was_under_way,
    unpack,
)


class Command(BaseCommand):
    help = (
        "Put a backup in place. Stop the portal first. A database that holds anything is replaced with --replace only."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="give up what the database holds now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        rows = rows_that_would_be_lost()
        media = Path(settings.MEDIA_ROOT)
        media.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=media.parent) as scratch:
            try:
                manifest = unpack(file, Path(scratch))
                if rows and not replace:
                    raise UnusableBackup(
                        f"The database holds {rows} rows, which would be lost: all that was entered after "
                        f"{manifest['made']}. Make a backup of them first, then repeat with --replace."
                    )
                put_database_in_place(Path(scratch) / manifest["database"])
                kept = put_media_in_place(Path(scratch))
            except (OSError, UnusableBackup) as refusal:
                raise CommandError(str(refusal)) from refusal
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"The portal is as it was at {manifest['made']}.")
        for said in settle_what_was_under_way():
            self.stdout.write(said)
        if kept:
            self.stdout.write(f"The files of before are in {kept}; remove that folder when all is well.")


def rows_that_would_be_lost() -> int:
    """How many people and acts the database knows; a freshly migrated one knows none."""
    tables = set(connection.introspection.table_names())
    count = 0
    with connection.cursor() as cursor:
        for table in sorted(name for name in tables if name in ("members_user", "members_auditentry")):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 – names of our own
            count += cursor.fetchone()[0]
    return count
