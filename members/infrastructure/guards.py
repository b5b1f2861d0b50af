"""Triggers that keep what stands for good from being altered, also past the models: by a stray UPDATE, by a shell.

The portal's own database user meets them; only who changes the tables themselves can take
them away, and what that one then alters the chain of the trail tells (`trail.py`).

A backup is restored as it was, guards included (`pg_restore` and SQLite's own copy write
no single row). `manage.py flush` is refused; who means it takes the guards away first:
`manage.py migrate reports` and `members` back to before their migration `…_guarded`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from members.infrastructure.append_only import AppendOnly

#: What the name of the migration ends with that puts an app's guards up.
MIGRATION = "_guarded"

_SQLITE = {
    "update": "CREATE TRIGGER IF NOT EXISTS {name} BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{told}'); END",
    "delete": "CREATE TRIGGER IF NOT EXISTS {name} BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{told}'); END",
}
_POSTGRES = {
    "rows": "CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}"
    " FOR EACH ROW EXECUTE FUNCTION portal_stands_for_good()",
    "truncate": "CREATE OR REPLACE TRIGGER {name} BEFORE TRUNCATE ON {table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION portal_stands_for_good()",
}
_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_stands_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % stand for good', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""


def guard(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """Refuse from now on that their rows are altered or deleted; does no harm twice."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if not is_sqlite:
            cursor.execute(_FUNCTION)
        for table in tables:
            for act, statement in (_SQLITE if is_sqlite else _POSTGRES).items():
                told = f"rows of {table} stand for good"
                cursor.execute(statement.format(name=_name(table, act), table=f'"{table}"', told=told))


def unguard(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> None:
    """For migrations that rewrite such a table, and for tests that empty it."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        for table in tables:
            for act in _SQLITE if is_sqlite else _POSTGRES:
                on_table = "" if is_sqlite else f' ON "{table}"'
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, act)}{on_table}")


def _name(table: str, act: str) -> str:
    return f'"{table}_stands_{act}"'


def tables_of(label: str) -> list[str]:
    """The tables of an app whose rows stand for good."""
    models = apps.get_app_config(label).get_models()
    return [model._meta.db_table for model in models if issubclass(model, AppendOnly)]


def guard_again(app_config: AppConfig, using: str = "default", **_kwargs: Any) -> None:
    """After every migration: SQLite writes a table anew to alter it, and drops its triggers with the old one."""
    tables = tables_of(app_config.label)
    if not tables:
        return
    applied = MigrationRecorder(connections[using]).applied_migrations()
    if any(app == app_config.label and name.endswith(MIGRATION) for app, name in applied):
        there = set(connections[using].introspection.table_names())
        guard(connections[using], [table for table in tables if table in there])
