"""`manage.py backup`: database and files as one file, proved by unpacking it again."""

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cluster_portal.backups import UnusableBackup, unpack, write_backup
from cluster_portal.encryption import ENDING


class Command(BaseCommand):
    help = "Write database and files into one file, prove it, and remove those that are older than --keep days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=Path(settings.BACKUP_FOLDER))
        parser.add_argument("--keep", type=int, default=30, help="days for which backups are kept (30)")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        now = timezone.localtime()
        target = folder / f"portal-{now:%Y%m%d-%H%M%S}.tar{ENDING if settings.BACKUP_KEY else ''}"
        try:
            manifest = write_backup(target, now=now)
            with tempfile.TemporaryDirectory(dir=folder) as scratch:
                unpack(target, Path(scratch))
        except (OSError, UnusableBackup) as fault:
            target.unlink(missing_ok=True)
            raise CommandError(f"No backup was made. {fault}") from fault
        self.stdout.write(f"{target}: the database and {len(manifest['sha256']) - 1} files, read back and whole.")
        oldest = (now - dt.timedelta(days=keep)).timestamp()
        for earlier in folder.glob("portal-*.tar*"):
            if earlier != target and earlier.stat().st_mtime < oldest:
                earlier.unlink()
                self.stdout.write(f"Removed {earlier.name}, older than {keep} days.")
