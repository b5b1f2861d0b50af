"""The points of `manage.py doctor` that need no upper floor."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, models
from django.utils import timezone

from cluster_portal.backups import kept_backups
from cluster_portal.doctor import Finding, add_check, note, ok, wrong
from cluster_portal.files.word_styles import FACE
from cluster_portal.health import unready
from cluster_portal.worker import DEAD_AFTER, is_recent, last_beat

#: Less room than this is too little for a backup and a day's photos.
LEAST_ROOM = 2 * 2**30
#: A nightly backup that is older did not happen.
OLDEST_BACKUP = dt.timedelta(hours=30)
#: A file may stand without its row for so long: somebody is just storing it.
BEING_STORED = dt.timedelta(hours=1)
#: Seconds by which two clocks may differ.
MOST_APART = 60
#: Days before the end of a certificate at which somebody should know.
SOON = 21
#: So many lost or astray files are named; the rest is counted.
NAMED = 20


def readiness(*, now: dt.datetime) -> Iterator[Finding]:
    """What keeps the portal from working at all: database, migrations, folder of files."""
    missing = unready()
    yield from map(wrong, missing)
    if not missing:
        yield ok(f"the database answers ({connection.vendor}) and fits the program; files can be stored")
    if settings.DEBUG:
        yield note("DEBUG is true: for development alone")


def database(*, now: dt.datetime) -> Iterator[Finding]:
    """Whether it is whole, and no row names another that is gone. (PostgreSQL sees to the latter itself.)"""
    if connection.vendor != "sqlite":
        yield ok("PostgreSQL sees to it itself that rows stay together")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        said = [row[0] for row in cursor.fetchall()]
    yield ok("the database file is whole") if said == ["ok"] else wrong(f"the database file is damaged: {said[0]}")
    try:
        connection.check_constraints()
    except IntegrityError as fault:
        yield wrong(f"a row belongs to one that is gone: {fault}")


def files(*, now: dt.datetime) -> Iterator[Finding]:
    """Every row finds its file, every file has its row."""
    named = dict(_named_files())
    lost = sorted((name, row) for name, row in named.items() if not default_storage.exists(name))
    if lost:  # somebody may have removed one since
        named = {name: row for name, row in _named_files() if name in named}
        lost = [(name, row) for name, row in lost if name in named]
    astray = sorted(name for name in _stored_files(now) if name not in named)
    yield from (wrong(f"{name} is gone; {row} names it") for name, row in lost[:NAMED])
    yield from (note(f"{name} belongs to nothing; it may be deleted") for name in astray[:NAMED])
    if len(lost) > NAMED or len(astray) > NAMED:
        yield note(f"in all {len(lost)} files are gone, {len(astray)} belong to nothing")
    if not lost and not astray:
        yield ok(f"all {len(named)} files are there, and none too many")


def _named_files() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        fields = [field.name for field in model._meta.get_fields() if isinstance(field, models.FileField)]
        for row in model._base_manager.values("pk", *fields) if fields else ():
            yield from ((row[name], f"{model._meta.label} {row['pk']}") for name in fields if row[name])


def _stored_files(now: dt.datetime) -> Iterator[str]:
    root = Path(settings.MEDIA_ROOT)
    before = (now - BEING_STORED).timestamp()
    for folder, _folders, names in os.walk(root):
        for path in (Path(folder) / name for name in names):
            with suppress(FileNotFoundError):  # one that was being stored has its own name now
                if path.stat().st_mtime < before:
                    yield path.relative_to(root).as_posix()


def disk(*, now: dt.datetime) -> Iterator[Finding]:
    """Room where the portal writes: files, backups, what is being uploaded, and a database that is a file."""
    places = {
        str(settings.MEDIA_ROOT): "files",
        str(settings.BACKUP_FOLDER): "backups",
        tempfile.gettempdir(): "uploads",
    }
    if connection.vendor == "sqlite":
        places[str(Path(connection.settings_dict["NAME"]).parent)] = "database"
    for place, what in places.items():
        folder = Path(place).absolute()
        while not folder.exists():
            folder = folder.parent
        free = shutil.disk_usage(folder).free
        said = f"{free / 2**30:.1f} GB free for {what} in {folder}"
        yield ok(said) if free >= LEAST_ROOM else wrong(said)


def fonts(*, now: dt.datetime) -> Iterator[Finding]:
    """Documents are set in a face with the measures of Times New Roman; another one would break their lines anew."""
    ask = ["fc-match", "--format=%{family}", FACE]
    told = subprocess.run(ask, capture_output=True, text=True, check=True)  # noqa: S603 – our own words
    is_same = told.stdout in (FACE, "Liberation Serif")
    said = f"documents are set in {told.stdout}"
    yield ok(said) if is_same else wrong(f"{said}, not in {FACE}: apt-get install fonts-liberation2")


def clock(*, now: dt.datetime) -> Iterator[Finding]:
    """Codes of a second factor and dates of documents depend on it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs((cursor.fetchone()[0] - timezone.now()).total_seconds())  # the clock: it is what is looked at
        if apart > MOST_APART:
            yield wrong(f"this machine and that of the database differ by {apart:.0f} seconds")
    beat = last_beat()
    if beat and beat > now + dt.timedelta(seconds=MOST_APART):
        yield wrong(f"the clock went back: a worker lived at {beat:%Y-%m-%d %H:%M:%S}")
    if not shutil.which("timedatectl"):
        yield note(f"it is {now:%Y-%m-%d %H:%M:%S %Z}; whether something keeps the clock right can't be seen here")
        return
    asked = ["timedatectl", "show", "--property=NTPSynchronized", "--value"]
    kept = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603
    said = f"it is {now:%Y-%m-%d %H:%M:%S %Z}"
    yield ok(f"{said}, and kept right") if kept == "yes" else note(f"{said}; nothing keeps the clock right (NTP)")


def https(*, now: dt.datetime) -> Iterator[Finding]:
    """How long the certificate that people's browsers are shown is still good."""
    parts = urlsplit(settings.PORTAL_ADDRESS)
    if parts.scheme != "https" or not parts.hostname:
        yield note("PORTAL_ADDRESS names no HTTPS")
        return
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), timeout=5) as line,
            ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname) as safe,
        ):
            ends = str((safe.getpeercert() or {})["notAfter"])
    except (OSError, KeyError) as fault:
        yield wrong(f"{settings.PORTAL_ADDRESS} does not answer as it should: {fault}")
        return
    days = int((ssl.cert_time_to_seconds(ends) - now.timestamp()) // 86_400)
    said = f"the certificate of {parts.hostname} is good for {days} days"
    yield ok(said) if days > SOON else wrong(said)


def worker(*, now: dt.datetime) -> Iterator[Finding]:
    """E-mails and long work wait without one."""
    beat = last_beat()
    if beat is None:
        yield wrong("no worker was ever started: manage.py work")
    elif is_recent(beat, now=now):
        yield ok("a worker is alive")
    else:
        yield wrong(f"no worker lived since {timezone.localtime(beat):%Y-%m-%d %H:%M} (alive: within {DEAD_AFTER})")


def backups(*, now: dt.datetime) -> Iterator[Finding]:
    """Whether last night's is there."""
    folder = Path(settings.BACKUP_FOLDER)
    kept = kept_backups(folder)
    if not kept:
        yield wrong(f"there is no backup in {folder}: manage.py backup")
        return
    age = now - dt.datetime.fromtimestamp(kept[-1].stat().st_mtime, tz=dt.UTC)
    said = f"{kept[-1].name} is the last of {len(kept)} backups, {age.total_seconds() / 3600:.0f} hours old"
    yield ok(said) if age < OLDEST_BACKUP else wrong(said)
    if empty := sum(path.stat().st_size == 0 for path in kept):
        yield wrong(f"{empty} backups are empty files")


def add_checkups() -> None:
    for name, check in {
        "portal": readiness, "database": database, "files": files, "disk": disk, "fonts": fonts, "clock": clock,
        "https": https, "worker": worker, "backup": backups,
    }.items():  # fmt: skip
        add_check(name, check)
