"""Lets the tests empty the tables that nobody else can: their guards go, and come back."""

from django.apps import apps
from django.db import OperationalError, connection

from members.infrastructure.append_only import AppendOnly
from members.infrastructure.guards import guard, unguard

TRIES = 5


def guarded_tables():
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)]


def let_flush():
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_guards(self, sql_list):
        unguard(self.connection, guarded_tables())
        try:
            flush(self, sql_list)
        finally:
            guard(self.connection, guarded_tables())

    operations.execute_sql_flush = asking_again(flush_without_guards)


def asking_again(flush):
    """A page that a test left while its server still answered reads in an order of its own: one of both must yield."""

    def flush_again(self, sql_list):
        for _try in range(1, TRIES):
            try:
                return flush(self, sql_list)
            except OperationalError as refused:
                if "deadlock" not in str(refused):
                    raise
        return flush(self, sql_list)

    return flush_again
