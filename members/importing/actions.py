"""Storing a table and taking it back: each in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.tables.layout import Table
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
    """Store all that was read, or nothing; of the rows that are asked about those whose numbers are `wanted`.

    Raises `Refused` where an action refuses.
    """
    left_out = {read.row.number for read in kind.asked(reading) if str(read.row.number) not in wanted}
    chosen = replace(reading, rows=tuple(read for read in reading.rows if read.row.number not in left_out))
    created = kind.store(chosen, Storing(by=by, now=now, origin=origin))
    choice = reading.table.choice.columns
    stored = TableImport.objects.create(
        kind=kind.key,
        file_name=file_name[:150],
        digest=digest,
        shape=shape_of(reading.table),
        columns={str(place): name for place, name in choice.items()} if choice else {},
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
    return _digest([table.kind.name, list(table.words.items())])


def fingerprint(reading: Reading[Any]) -> str:
    """What a preview shows; confirming it with another one stores nothing."""
    shown = [
        [read.row.number, *({name: as_json(value) for name, value in side.items()} for side in (read.values, read.old))]
        for read in reading.rows
    ]
    return _digest(shown)


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
