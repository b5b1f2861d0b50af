"""All rows of the portal, taken from one database into another, of either kind; proved table by table."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, models, transaction

from cluster_portal.databases import connected_by

TARGET = "move_to"
#: Rows in memory at a time; issued files are among them.
PIECE = 200


class NotMoved(Exception):
    """`str()` says why; the database moved to holds no row of ours."""


def move(url: str) -> dict[str, int]:
    """Copy everything into the empty database at `url`; the count of rows by table.

    All or nothing, and compared row by row before it is kept. Nobody writes to the old one
    meanwhile: SQLite is locked, PostgreSQL read as it stood at the beginning. Sessions go
    along; the cache, which counts attempts, doesn't.
    """
    connections.databases[TARGET] = connections.configure_settings({**settings.DATABASES, TARGET: connected_by(url)})[
        TARGET
    ]
    try:
        _refuse_occupied()
        _make_tables(url)
        with transaction.atomic(), transaction.atomic(using=TARGET):
            _hold_still()
            _remove_what_migrations_entered()
            counts = {model._meta.db_table: _copy(model) for model in _models()}
            _let_keys_go_on()
            differing = [model._meta.label for model in _models() if _digest(model, DEFAULT_DB_ALIAS) != _digest(model)]
            if differing:
                raise NotMoved(f"these differ in the new database: {', '.join(differing)}")
    except DatabaseError as fault:
        raise NotMoved(" ".join(str(fault).split())) from fault
    finally:
        connections[TARGET].close()
        del connections[TARGET], connections.databases[TARGET]
    return counts


def _models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def _refuse_occupied() -> None:
    """A freshly made database has no tables; a freshly migrated one no person and no act."""
    target = connections[TARGET]
    tables = set(target.introspection.table_names())
    for table in ("members_user", "members_auditentry"):
        if table not in tables:
            continue
        with target.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {target.ops.quote_name(table)}")  # noqa: S608 – names of our own
            if cursor.fetchone()[0]:
                raise NotMoved("the database moved to is in use: it holds people or acts. Make an empty one.")


def _make_tables(url: str) -> None:
    """In a process of its own: the steps that enter rows know only the database of the settings."""
    command = [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"]
    done = subprocess.run(  # noqa: S603 – our own command
        command, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise NotMoved(f"its tables could not be made: {done.stderr.strip().splitlines()[-1]}")


def _hold_still() -> None:
    source = connections[DEFAULT_DB_ALIAS]
    if source.vendor == "postgresql":
        with source.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _remove_what_migrations_entered() -> None:
    """The catalogues it starts with: the office's own take their place. Whom a row belongs to is asked at the end."""
    target = connections[TARGET]
    with target.cursor() as cursor:
        for model in _models():
            cursor.execute(f"DELETE FROM {target.ops.quote_name(model._meta.db_table)}")  # noqa: S608 – names of our own


def _copy(model: type[models.Model]) -> int:
    count = 0
    for piece in _pieces(model, DEFAULT_DB_ALIAS):
        for row in piece:
            row.save_base(raw=True, force_insert=True, using=TARGET)  # as it is: no field fills itself in
        count += len(piece)
    return count


def _pieces(model: type[models.Model], alias: str) -> Iterator[list[models.Model]]:
    """In the order they were entered, PIECE at a time."""
    rows, last = model._base_manager.using(alias).order_by("pk"), None
    while piece := list((rows if last is None else rows.filter(pk__gt=last))[:PIECE]):
        yield piece
        last = piece[-1].pk


def _let_keys_go_on() -> None:
    """The next key comes after the last that was ever given: trail and imports still name rows that are removed."""
    source, target = connections[DEFAULT_DB_ALIAS], connections[TARGET]
    with source.cursor() as told, target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), _models()):  # PostgreSQL counts apart from rows
            cursor.execute(statement)
        for table, column in _counted_tables():
            last = _last_key(told, table, column)
            if last and target.vendor == "sqlite":
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])
            elif last:
                counter = _counter(cursor, table, column)
                cursor.execute(f"SELECT setval('{counter}', %s) FROM {counter} WHERE last_value <= %s", [last, last])  # noqa: S608


def _counted_tables() -> list[tuple[str, str]]:
    """Each with the column whose keys the database gives."""
    fields = [(model._meta.db_table, model._meta.auto_field) for model in _models()]
    return [(table, str(field.column)) for table, field in fields if field]


def _last_key(cursor: Any, table: str, column: str) -> int:
    """0 where none was given yet."""
    if cursor.db.vendor == "sqlite":
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    else:
        counter = _counter(cursor, table, column)
        cursor.execute(f"SELECT last_value FROM {counter} WHERE is_called")  # noqa: S608 – a name of our own
    found = cursor.fetchone()
    return int(found[0]) if found else 0


def _counter(cursor: Any, table: str, column: str) -> str:
    """The sequence behind a column of PostgreSQL, named as SQL names it."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [cursor.db.ops.quote_name(table), column])
    return str(cursor.fetchone()[0])


def _digest(model: type[models.Model], alias: str = TARGET) -> str:
    """Of every value of every row, whichever way a database writes it down."""
    found = hashlib.sha256()
    names = [field.attname for field in model._meta.concrete_fields]
    for piece in _pieces(model, alias):
        for row in piece:
            found.update(json.dumps([_plain(getattr(row, name)) for name in names]).encode())
    return found.hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, memoryview | bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dict | list):  # PostgreSQL keeps keys in an order of its own
        return json.dumps(value, sort_keys=True, default=str)
    return repr(value)
