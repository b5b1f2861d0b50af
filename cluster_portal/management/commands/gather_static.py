"""`manage.py gather_static`: `collectstatic`, which takes seconds to compress, only where a file changed."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Gather and compress the static files, unless they are as they were the last time."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        root = Path(settings.STATIC_ROOT)
        digests = _digests()
        gathered, wanted = root / ".gathered", _digest(digests)
        is_whole = all((root / name).is_file() for name in digests)
        if is_whole and gathered.is_file() and gathered.read_text() == wanted:
            self.stdout.write("The static files are as they were.")
            return
        gathered.unlink(missing_ok=True)  # an end in the middle must not pass for done
        for name, digest in digests.items():  # collectstatic goes by dates alone, which a checkout may set back
            if (root / name).is_file() and _digest_of((root / name).open("rb")) != digest:
                (root / name).unlink()
        call_command("collectstatic", interactive=False, verbosity=0)
        gathered.write_text(wanted)
        self.stdout.write("The static files are gathered anew.")


def _digests() -> dict[str, bytes]:
    """By the names they are gathered under; what is found first counts."""
    found: dict[str, bytes] = {}
    left_out = StaticFilesConfig.ignore_patterns  # by collectstatic, too
    for finder in get_finders():
        for name, storage in finder.list(left_out):
            gathered = str(Path(getattr(storage, "prefix", None) or "") / name)
            if gathered not in found:
                found[gathered] = _digest_of(storage.open(name))
    return found


def _digest_of(file: Any) -> bytes:
    with file:
        return hashlib.sha256(file.read()).digest()


def _digest(digests: dict[str, bytes]) -> str:
    """Of all names and contents, and of how they are stored; a copy of the folder with other dates is the same."""
    told = repr((settings.STORAGES["staticfiles"], sorted(digests.items())))
    return hashlib.sha256(told.encode()).hexdigest()
