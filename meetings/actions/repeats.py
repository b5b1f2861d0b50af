"""A form sent twice – a double click, a reload, a browser that tries again – stores one row.

Looked for with the meeting locked, so that of two at once the second finds the first's.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


def twin_of(rows: models.QuerySet[Row] | models.Manager[Row], values: dict[str, Any]) -> Row | None:
    """The row that says exactly the same, in every value typed."""
    return rows.filter(**values).order_by("pk").first()
