"""Rows that are asked for in no order come in the order least expected.

A database returns rows in no order unless it is asked for one: SQLite happens to
return them as they were entered, PostgreSQL until one of them is changed. Here every
query gets a last word of order that turns rows around – those asked for in no order,
and those on a par in the order asked for – so that code and tests that lean on the
accident fail on every run, and not on one installation.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.db.models.sql.compiler import SQLCompiler

_asked_for = SQLCompiler.get_order_by


def turn_rows_around() -> None:
    SQLCompiler.get_order_by = _get_order_by


def _get_order_by(self: SQLCompiler) -> list[Any]:
    order_by = _asked_for(self)
    if last_word := _last_word(self):
        # True: stands in the result already, so that nothing is grouped by it.
        order_by.append((F("pk").desc(), (last_word, (), True)))
    return order_by


def _last_word(compiler: SQLCompiler) -> str:
    """The youngest row first, groups by what they are gathered by; none where the order can't be told apart."""
    query = compiler.query
    if query.distinct or query.combinator or query.model is None:
        return ""
    if query.group_by is not None:
        return "1 DESC"
    if any(annotation.contains_aggregate for annotation in query.annotation_select.values()):
        return ""  # a single row: the sum of all
    quoted = compiler.quote_name_unless_alias
    return f"{quoted(query.get_initial_alias())}.{quoted(query.model._meta.pk.column)} DESC"
