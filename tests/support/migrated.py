"""A migrated database, kept from run to run, of which the tests start from a copy.

To migrate takes six seconds, and each run, each of its workers, did it anew. The copy lies
in pytest's cache (`pytest --cache-clear` drops it) under the digest of all that a migrated
database depends on, so that it is used as long as migrating anew would give the same.
"""

from __future__ import annotations

import fcntl
import hashlib
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.models import Model

from cluster_portal import backups, word_index
from members.infrastructure.append_only import AppendOnly

#: Copies of other branches and of the other database that stay beside a new one.
KEPT = 12
#: What is called after every migration, and how the database is set up.
ALWAYS_READ = [
    "members/infrastructure/guards",
    "members/infrastructure/append_only",
    "cluster_portal/word_index",
    "cluster_portal/settings",
    "tests/settings",
]
IMPORT = re.compile(r"^from ([\w.]+) import ([\w, ]+)|^import ([\w.]+)", re.MULTILINE)


def start_from_a_copy(folder: Path) -> None:
    """From now on a test database is a copy of the one in `folder`; what isn't there yet is migrated, and kept."""
    creation = type(connection.creation)
    migrate = creation.create_test_db

    def create_test_db(
        self: BaseDatabaseCreation,
        verbosity: int = 1,
        autoclobber: bool = False,
        serialize: bool = True,
        keepdb: bool = False,
    ) -> str:
        if keepdb or serialize:
            return migrate(self, verbosity, autoclobber, serialize, keepdb)
        copy = folder / f"{state()}{Path(backups.database_part()).suffix}"
        with _alone(folder):
            if not copy.exists():
                name = migrate(self, verbosity, autoclobber, serialize, keepdb)
                _keep(copy, backups.copy_database)
                return name
        return _filled(self, copy, verbosity, autoclobber)

    creation.create_test_db = create_test_db


def installation(folder: Path, migrate: Callable[[Path], None]) -> Path:
    """A SQLite file as the portal's own command migrates it, whichever database the tests run on."""
    copy = folder / f"{_state(['installation', *_program(), sqlite3.sqlite_version])}.sqlite3"
    with _alone(folder):
        if not copy.exists():
            _keep(copy, migrate)
    return copy


def state() -> str:
    """A digest of what decides how a migrated database looks."""
    return _state([*_program(), connection.vendor, connection.get_database_version()])


def _state(versions: list[object]) -> str:
    told = hashlib.sha256(repr((versions, _models())).encode())
    for path in sorted(_sources()):
        told.update(path.read_bytes())
    return told.hexdigest()[:20]


def _program() -> list[object]:
    return [sys.version_info[:2], django.VERSION]


def _models() -> list[object]:
    """What is read after migrating: content types, permissions, the tables that are guarded."""
    return [_fact(model) for model in apps.get_models(include_auto_created=True)]


def _fact(model: type[Model]) -> object:
    told = model._meta
    permissions = (*told.default_permissions, *told.permissions)
    return told.label, str(told.verbose_name_raw), permissions, told.db_table, issubclass(model, AppendOnly)


def _sources() -> set[Path]:
    """The migrations, the modules of ours they call, what is called after them, and the settings."""
    folders = (Path(app.path) / "migrations" for app in apps.get_app_configs())
    migrations = {path for folder in folders for path in folder.glob("*.py")}
    called = {module for path in migrations for module in _imported(path.read_text(encoding="utf-8"))}
    ours = (
        settings.BASE_DIR / f"{module}{end}" for module in {*called, *ALWAYS_READ} for end in (".py", "/__init__.py")
    )
    return migrations | {path for path in ours if path.exists()}


def _imported(source: str) -> Iterator[str]:
    """Each module it names, and each name that may be a module within, as paths."""
    for package, names, module in IMPORT.findall(source):
        yield (package or module).replace(".", "/")
        yield from (f"{package}.{name.strip()}".replace(".", "/") for name in names.split(",") if package)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """The workers of a run start together: one migrates, the others wait for its copy."""
    with (folder / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _keep(copy: Path, write: Callable[[Path], None]) -> None:
    """Put a copy there, whole or not at all, and drop the oldest."""
    unfinished = copy.with_suffix(".unfinished")
    write(unfinished)
    unfinished.replace(copy)
    copies = sorted(copy.parent.glob("*.*"), key=lambda path: path.stat().st_mtime)
    for old in copies[:-KEPT]:
        old.unlink()


def _filled(creation: BaseDatabaseCreation, copy: Path, verbosity: int, autoclobber: bool) -> str:
    """As Django creates it, but for migrating."""
    name = creation._create_test_db(verbosity, autoclobber)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = name
    connection.settings_dict["NAME"] = name
    backups.put_database_in_place(copy)
    connection.ensure_connection()
    for app in apps.get_app_configs():
        word_index.put_up_again(app)  # a dump of PostgreSQL leaves them out
    return name
