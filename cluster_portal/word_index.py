"""An index for parts of words, where the database can have one; without it the same rows are found, by reading all.

PostgreSQL: `pg_trgm`, whose index its planner takes by itself where it pays. It may be
that the database's user must not create an extension, and then there is none.
SQLite: a table of FTS5 that holds of each text its runs of three letters, kept by triggers
and so by whatever writes; `asker` asks it for the few rows that may hold a word, and each
of them is read then. Words of one and two letters are in neither.
(docs/decisions/0007-words-are-looked-for-by-reading-the-register.md)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import AppConfig
from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

#: What the name of the migration ends with that puts an app's index up.
MIGRATION = "_words_indexed"
#: Above so many rows a scan is as quick: what it looks for soon fills a page.
FEW = 5_000
#: So many letters of a word are looked up; the rest is compared in the rows found.
LOOKED_UP = 24

EXTENSION = "pg_trgm"
_ENDING = "_words"
_SQLITE = (
    "CREATE VIRTUAL TABLE {index} USING fts5({column}, content={table}, content_rowid='id', "
    "tokenize='trigram', detail=none)",
    "INSERT INTO {index} ({index}) VALUES ('rebuild')",
    "CREATE TRIGGER {index}_entered AFTER INSERT ON {table} BEGIN "
    "INSERT INTO {index} (rowid, {column}) VALUES (new.id, new.{column}); END",
    "CREATE TRIGGER {index}_removed AFTER DELETE ON {table} BEGIN "
    "INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.id, old.{column}); END",
    "CREATE TRIGGER {index}_changed AFTER UPDATE OF id, {column} ON {table} BEGIN "
    "INSERT INTO {index} ({index}, rowid, {column}) VALUES ('delete', old.id, old.{column}); "
    "INSERT INTO {index} (rowid, {column}) VALUES (new.id, new.{column}); END",
)
_TRIGGERS = ("entered", "removed", "changed")
#: The lines of `pg_restore --list` that another database may refuse: it puts the index up itself.
_OF_DUMP = re.compile(rf"EXTENSION|INDEX \S+ \S+{_ENDING} ")

#: By the label of an app, the table and the column whose words are looked for.
_INDEXED: dict[str, tuple[str, str]] = {}


def add_indexed(label: str, *, table: str, column: str) -> None:
    """Keep its index in place from now on: called in an app's `ready`."""
    _INDEXED[label] = table, column


def put_up(connection: BaseDatabaseWrapper, table: str, column: str) -> bool:
    """Whether the index stands now. One that stood already is left as it is."""
    if stands(connection, table):
        return True
    make = _put_up_on_sqlite if connection.vendor == "sqlite" else _put_up_on_postgres
    take_down(connection, table)  # what is left of one: triggers that a table written anew has lost
    try:
        with transaction.atomic(using=connection.alias):
            make(connection, table, column)
    except DatabaseError:  # no right to create the extension, or a SQLite without FTS5
        return False
    return True


def _put_up_on_sqlite(connection: BaseDatabaseWrapper, table: str, column: str) -> None:
    with connection.cursor() as cursor:
        for statement in _SQLITE:
            cursor.execute(statement.format(index=_name(table), table=table, column=column))


def _put_up_on_postgres(connection: BaseDatabaseWrapper, table: str, column: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
        cursor.execute("SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = %s", [EXTENSION])
        [schema] = cursor.fetchone()
        cursor.execute(f"CREATE INDEX {_name(table)} ON {table} USING gin ({column} {schema}.gin_trgm_ops)")


def take_down(connection: BaseDatabaseWrapper, table: str) -> None:
    """Words are looked for by reading from now on. The extension stays: others may use it."""
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute(f"DROP INDEX IF EXISTS {_name(table)}")
            return
        for trigger in _TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table)}_{trigger}")
        cursor.execute(f"DROP TABLE IF EXISTS {_name(table)}")


def stands(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether it is there and, on SQLite, all that keeps it."""
    sqlite = "SELECT count(*) = %s FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sqlite, [len(_TRIGGERS), table, f"{_name(table)}_%"])
        else:
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [_name(table)])
        return bool(cursor.fetchone()[0])


def missing(connection: BaseDatabaseWrapper, table: str) -> int:
    """How many more rows there are than it holds. PostgreSQL sees to that itself."""
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        counts = f"SELECT (SELECT count(*) FROM {table}) - (SELECT count(*) FROM {_name(table)}_docsize)"  # noqa: S608
        cursor.execute(counts)
        return int(cursor.fetchone()[0])


def asker(rows: QuerySet[Any], column: str) -> Callable[[str, Q], Q]:
    """What gives the condition that `column` of a row holds a word, whose case and diacritics count.

    It asks the index first where one stands that has to be asked, and where few rows come into question, those
    included that its second argument, a condition beside this one, lets in.
    """
    connection, table = connections[rows.db], rows.model._meta.db_table
    is_asked = cache(lambda: connection.vendor == "sqlite" and stands(connection, table))
    every = rows.model._default_manager.using(rows.db)

    def held(word: str, beside: Q) -> Q:
        holds = Q(**{f"{column}__contains": word})
        if len(word) < 3 or not is_asked():
            return holds
        found = RawSQL(f"SELECT rowid FROM {_name(table)} WHERE {_name(table)} MATCH %s", [_match(word)])  # noqa: S608, S611
        is_rare = all(every.filter(some)[:FEW].count() < FEW for some in (Q(pk__in=found), beside))
        return Q(pk__in=found) & holds if is_rare else holds

    return held


def _match(word: str) -> str:
    """Each run of three letters, in the words of FTS5: all must be there, in whatever order."""
    looked_up = word[:LOOKED_UP]
    runs = dict.fromkeys(looked_up[start : start + 3] for start in range(len(looked_up) - 2))
    return " ".join('"{}"'.format(run.replace('"', '""')) for run in runs)


def _name(table: str) -> str:
    return table + _ENDING


def restorable(listed: Iterable[str]) -> list[str]:
    """The lines of `pg_restore --list` without extensions, which only their owner may drop, and the indexes on them.

    `manage.py migrate` puts them up again.
    """
    return [line for line in listed if not _OF_DUMP.search(line)]


def put_up_again(app_config: AppConfig, using: str = "default", **_kwargs: Any) -> None:
    """After every migration: a table that SQLite wrote anew has lost its triggers; the right may have been given."""
    if app_config.label in _INDEXED:
        applied = MigrationRecorder(connections[using]).applied_migrations()
        if any(app == app_config.label and name.endswith(MIGRATION) for app, name in applied):
            put_up(connections[using], *_INDEXED[app_config.label])
