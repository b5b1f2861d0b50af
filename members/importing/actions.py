"""Storing a table and taking it back: each in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.tables.layout import Choice, Table
from cluster_portal.tables.reading import Reading, as_json
from members.importing.kinds import ImportKind, Storing
from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.table_imports import TableImport
from members.models import User


@transaction.atomic
def store_table(
    *, kind: ImportKind, reading: Reading[Any], file_name: str, digest: str, wanted: frozenset[str], origin: str,
    by: User, now: dt.datetime,
) -> TableImport:  # fmt: skip
    """Store all that was read, or nothing; of the rows that are asked about those whose keys are `wanted`.

    Raises `Refused` where an action refuses.
    """
    created = kind.store(kind.answered(reading, wanted), Storing(by=by, now=now, origin=origin))
    stored = TableImport.objects.create(
        kind=kind.key,
        file_name=file_name[:150],
        digest=digest,
        shape=shape_of(reading.table),
        columns=chosen_columns(reading.table.choice),
        rows=len(created),
        created=created,
        stored_at=now,
        stored_by=by,
    )
    record(verb="table.imported", target=stored, by=by, now=now, changes={"rows": (None, len(created))})
    return stored


@transaction.atomic
def undo_import(*, kind: ImportKind, stored: TableImport, by: User, now: dt.datetime) -> None:
    """Take back all that a file brought; raises `Refused` where something was built on it meanwhile."""
    current = locked(stored)
    if current.undone_at:
        raise Refused(_("This import has been undone already."))
    kind.undo(created=current.created, by=by, now=now)
    current.undone_at, current.undone_by = now, by
    current.save(update_fields=["undone_at", "undone_by"])
    record(verb="table.import_undone", target=current, by=by, now=now, changes={"rows": (current.rows, 0)})


def shape_of(table: Table) -> str:
    """What files of one shape have in common: the words of their heads, in order."""
    first, *others = [[part.kind.name, list(part.words.items())] for part in table.whole]
    return _digest([*first, *others])


def chosen_columns(choice: Choice) -> dict[str, Any]:
    """The columns that a person chose, by place, as JSON; of a file of several sheets those of each."""
    if choice.parts:
        return {part.sheet or "": chosen_columns(part) for part in choice.parts if part.columns is not None}
    return {str(place): name for place, name in (choice.columns or {}).items()}


def choice_of(columns: dict[str, Any], table: Table) -> Choice:
    """What was chosen for a file of the shape of `table` before; the inverse of `chosen_columns`."""
    if not table.parts and not any(isinstance(chosen, dict) for chosen in columns.values()):
        by_place = {int(place): name for place, name in columns.items()}
        return Choice(sheet=table.sheet, head_row=table.head_row, columns=by_place)
    parts = [choice_of(columns[part.sheet], replace(part, parts=())) for part in table.whole if part.sheet in columns]
    return Choice(parts=tuple(parts))


def fingerprint(reading: Reading[Any]) -> str:
    """What a preview shows; confirming it with another one stores nothing."""
    shown = [
        [read.row.key, *({name: as_json(value) for name, value in side.items()} for side in (read.values, read.old))]
        for read in reading.rows
    ]
    return _digest(shown)


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
