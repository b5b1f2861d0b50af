"""The rows of our tables, taken out of the database and put back, whatever made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model

OUR_APPS = {"members", "incidents", "meetings", "reports"}

#: All rows of one table each.
Rows = list[list[Model]]


def all_rows() -> Rows:
    """Every row of our tables, those between two models included."""
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in OUR_APPS]
    rows = [list(model._default_manager.order_by("pk")) for model in models]
    return [of_a_model for of_a_model in rows if of_a_model]


def put_back(tables: Rows) -> None:
    """Write the rows under the keys they had; what stands there already stays as it is."""
    with transaction.atomic():
        for rows in tables:
            type(rows[0])._default_manager.bulk_create(rows, ignore_conflicts=True)
        _count_on(type(rows[0]) for rows in tables)


@contextmanager
def undone(django_db_blocker) -> Iterator[None]:
    """Rows for a fixture of a whole module or run: what is entered within is gone at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def _count_on(models: Iterable[type[Model]]) -> None:
    """Let PostgreSQL give the next row a key of its own (SQLite does so by itself)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
