"""One file that holds everything: a copy of the database, the files, and what proves that it is whole.

A backup is a tar archive: `manifest.json` with the version and a SHA-256 of each part, the
database as `database.sqlite3` or `database.pgdump`, and the folder of files as `media/…`.
The database is copied first: files are only ever added while people work, so that each
row that was copied finds its file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from cluster_portal import encryption, word_index
from cluster_portal.files.kept import UNFINISHED
from cluster_portal.files.media import elsewhere, folder_of_all
from cluster_portal.health import known_migrations
from cluster_portal.worker import give_up_tasks

FORM = 1
PIECE = 1 << 20


#: What upper floors do to a database that was put back; each says what it did, or nothing.
_AFTER_RESTORE: list[Callable[[], str]] = []


def add_after_restore(act: Callable[[], str]) -> None:
    """Call it in an app's `ready`. A copy of the portal must not do again what the portal did since."""
    if act not in _AFTER_RESTORE:
        _AFTER_RESTORE.append(act)


def settle_what_was_under_way() -> list[str]:
    """After the restored database is migrated; what was done, in sentences."""
    return [said for act in (give_up_tasks, *_AFTER_RESTORE) if (said := act())]


class UnusableBackup(Exception):
    """`str()` says what is wrong with the file, or what stands in its way."""


def kept_backups(folder: Path) -> list[Path]:
    """Those of `manage.py backup` that are whole, the newest last; what a lost machine left half done is none."""
    found = (path for path in folder.glob("portal-*.tar*") if path.suffix != UNFINISHED)
    return sorted(found, key=lambda path: path.stat().st_mtime)


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def database_part() -> str:
    return "database.sqlite3" if is_sqlite() else "database.pgdump"


def write_backup(target: Path, *, now: dt.datetime) -> dict[str, Any]:
    """Write one file to `target`, whole or not at all; the manifest that stands in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + UNFINISHED)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = Path(folder) / database_part()
        copy_database(database)
        files = {database.name: database, **media_files(folder_of_all(Path(folder)))}
        try:
            with _private(unfinished) as out, tarfile.open(fileobj=out, mode="w") as archive:
                put = {name: _put(archive, name, path) for name, path in files.items()}
                digests = {name: told for name, told in put.items() if told}
                manifest = {
                    "form": FORM,
                    "made": now.isoformat(timespec="seconds"),
                    "database": database.name,
                    "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
                    "sha256": digests,
                }
                whole = Path(folder) / "manifest.json"
                whole.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
                archive.add(whole, arcname="manifest.json")
            if target.suffix == encryption.ENDING:
                _encrypt(unfinished, Path(folder) / "encrypted")
                os.replace(Path(folder) / "encrypted", target)
            else:
                unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    return manifest


def _encrypt(source: Path, target: Path) -> None:
    try:
        encryption.encrypt(source, target, key=settings.BACKUP_KEY)
    except encryption.NotEncrypted as fault:
        raise UnusableBackup(str(fault)) from fault
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def _private(path: Path) -> Iterator[Any]:
    """A new file that only its owner reads, on the disk when the block is left."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _put(archive: tarfile.TarFile, name: str, path: Path) -> str | None:
    """Its digest; None where somebody has removed the file since it was listed, which must not cost the backup."""
    try:
        archive.add(path, arcname=name, recursive=False)
        return digest(path)
    except FileNotFoundError:
        return None


def media_files(root: Path) -> dict[str, Path]:
    """All that are kept; one that is still being written gets its name, and its row, later."""
    kept = (path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != UNFINISHED)
    return {f"media/{path.relative_to(root).as_posix()}": path for path in kept}


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_database(target: Path) -> None:
    """A copy that is consistent in itself while others write."""
    if is_sqlite():
        source = connection.settings_dict["NAME"]
        with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
            other.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal that could be left behind
    else:
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def _postgres(program: str, *options: str) -> None:
    """One of PostgreSQL's own programs on our database; the password goes through the environment."""
    told = connection.settings_dict
    host = {**told["OPTIONS"], "host": told["HOST"] or told["OPTIONS"].get("host", ""), "port": told["PORT"]}
    names = {"PGHOST": host["host"], "PGPORT": host["port"], "PGUSER": told["USER"], "PGPASSWORD": told["PASSWORD"]}
    _run(program, f"--dbname={told['NAME']}", *options, **{name: str(value) for name, value in names.items() if value})


def _run(program: str, *options: str, **variables: str) -> str:
    """What it says."""
    try:
        done = subprocess.run(  # noqa: S603 – a fixed program, no shell
            [program, *options], env={**os.environ, **variables}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as fault:
        raise UnusableBackup(f"{program} is not installed: apt-get install postgresql-client") from fault
    if done.returncode:
        raise UnusableBackup(f"{program} failed: {' '.join(done.stderr.split())}")
    return done.stdout


def unpack(backup: Path, folder: Path) -> dict[str, Any]:
    """Unpack into an empty folder and prove each part; raises `UnusableBackup`."""
    if backup.suffix == encryption.ENDING:
        with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
            opened = Path(beside) / backup.stem
            _decrypt(backup, opened)
            return unpack(opened, folder)
    try:
        with tarfile.open(backup) as archive:
            _take_apart(archive, folder)
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        digests = manifest["sha256"]
        broken = [name for name, told in digests.items() if digest(folder / name) != told]
        migrations = {(app, name) for app, name in manifest["migrations"]}
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as fault:
        raise UnusableBackup(f"{backup} is damaged or no backup: {fault}") from fault
    if broken:
        raise UnusableBackup(f"{backup} is damaged: {', '.join(broken[:3])}")
    ours = {app for app, _name in known_migrations()}
    if manifest["form"] != FORM or any(app in ours for app, _name in migrations - known_migrations()):
        raise UnusableBackup(f"{backup} was made by a newer version of the portal: bring the program up to date first.")
    if manifest["database"] != database_part():
        raise UnusableBackup(f"{backup} holds a {manifest['database']}; DATABASE_URL names the other kind of database.")
    if is_sqlite():
        _check_sqlite(folder / manifest["database"])
    else:  # the whole dump is read and turned into SQL
        _run("pg_restore", "--file=/dev/null", str(folder / manifest["database"]))
    return manifest


def _take_apart(archive: tarfile.TarFile, folder: Path) -> None:
    """Files alone, and into the folder alone. (tarfile's own filter came with Python 3.11.4; Debian 12 has 3.11.2.)"""
    for member in archive:
        if member.isdir():  # its files bring it along
            continue
        target = folder / member.name
        content = archive.extractfile(member) if member.isreg() else None
        if content is None or not target.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"{member.name} is no file of a backup")
        target.parent.mkdir(parents=True, exist_ok=True)
        with content, target.open("wb") as file:
            shutil.copyfileobj(content, file, PIECE)


def _decrypt(backup: Path, target: Path) -> None:
    if not settings.BACKUP_KEY:
        raise UnusableBackup(f"{backup} is encrypted: set BACKUP_KEY to the key it was made with.")
    try:
        encryption.decrypt(backup, target, key=settings.BACKUP_KEY)
    except encryption.NotEncrypted as fault:
        raise UnusableBackup(f"{backup} is damaged, or BACKUP_KEY is not the key it was made with: {fault}") from fault


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(file)) as opened:
            [said] = opened.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as fault:
        said = str(fault)
    if said != "ok":
        raise UnusableBackup(f"The database in the backup is damaged: {said}")


def put_database_in_place(file: Path) -> None:
    """Replace what DATABASE_URL names; it is to be migrated then.

    On SQLite through SQLite itself, so that no -wal of before is left beside.
    """
    if is_sqlite():
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        with closing(sqlite3.connect(file)) as one, closing(sqlite3.connect(target)) as other:
            one.backup(other)
            other.execute("PRAGMA journal_mode=WAL")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        connection.close()
        listed = _run("pg_restore", "--list", str(file)).splitlines()
        with tempfile.NamedTemporaryFile("w", encoding="utf-8") as chosen:
            chosen.write("\n".join(word_index.restorable(listed)))
            chosen.flush()
            _postgres("pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
                      "--exit-on-error", f"--use-list={chosen.name}", str(file))  # fmt: skip


def put_media_in_place(folder: Path) -> Path | None:
    """Put the files of the backup in place; the folder that was there is kept beside, under the name returned.

    In a store elsewhere nothing is taken away: names are given once, and the doctor tells what belongs to nothing.
    """
    if store := elsewhere():
        restored = folder / "media"
        restored.mkdir(exist_ok=True)
        store.put_all(restored)
        return None
    root, kept = Path(settings.MEDIA_ROOT), None
    if root.exists() and any(root.iterdir()):
        kept = root.with_name(f"{root.name}-before-restore-{digest(folder / 'manifest.json')[:8]}")
        root.rename(kept)
    root.parent.mkdir(parents=True, exist_ok=True)
    restored = folder / "media"
    restored.mkdir(exist_ok=True)
    root.mkdir(exist_ok=True)
    for path in restored.rglob("*"):
        if path.is_file():
            target = root / path.relative_to(restored)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(path, target)
    return kept
