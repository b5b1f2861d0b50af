"""What makes cases from a file differ from other tables: they may repeat others, and are masked where asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.privacy import mask
from cluster_portal.tables.cells import Book, Cell, Sheet
from cluster_portal.tables.layout import Table
from cluster_portal.tables.reading import Reading
from incidents.actions import import_incidents, remove_imported_incidents
from incidents.imports import CASES, check_cases, to_store
from incidents.models import Category, Incident
from incidents.models.register import FREE_TEXT
from incidents.new_cases import NewCase
from incidents.tables import YES, labels
from members.importing.kinds import Created, ImportKind, Storing
from members.models import Unit, User


def _check(table: Table, by: User | None, today: dt.date) -> Reading[NewCase]:
    return check_cases(table, by=by, today=today)


def _store(reading: Reading[NewCase], storing: Storing) -> Created:
    cases = to_store(reading, storing.wanted)
    stored = import_incidents(cases=cases, by=storing.by, now=storing.now, origin=storing.origin)
    return [[incident.pk, incident.revision] for incident in stored]


def _undo(created: Created, by: User, now: dt.datetime) -> None:
    remove_imported_incidents(created=created, by=by, now=now)


def mask_book(book: Book, table: Table | None) -> Book:
    """The file with the numbers that tell who a person is taken out, before any of it is kept.

    Columns that hold no free text are left alone where the table was found: a sum of
    money could be taken for an account.
    """
    return replace(book, sheets=tuple(_masked_sheet(sheet, table) for sheet in book.sheets))


def _masked_sheet(sheet: Sheet, table: Table | None) -> Sheet:
    columns = table.columns if table and table.sheet == sheet.name else {}
    kept = {at for at, column in columns.items() if column.field not in FREE_TEXT}
    rows = {
        number: [cell if at in kept else _masked(cell) for at, cell in enumerate(cells)]
        for number, cells in sheet.rows.items()
    }
    return replace(sheet, rows=rows)


def _masked(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return mask(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return mask(str(cell)) if is_number and mask(str(cell)) != str(cell) else cell


CASE_IMPORT = ImportKind(
    table=CASES,
    prefix="incidents:incident-import",
    home="incidents:incident-list",
    home_title=gettext_lazy("Cases"),
    title=gettext_lazy("Import cases from a file"),
    hint=gettext_lazy(
        "At most 5,000 cases. An exported list can serve as a template. "
        "Several further units in one cell stand apart by semicolons."
    ),
    check=_check,
    store=_store,
    undo=_undo,
    told=lambda count: (
        ngettext("%(count)d case was recorded.", "%(count)d cases were recorded.", count) % {"count": count}
    ),
    example={
        "unit": "Xã Mẫu 01",
        "category": "Trộm cắp tài sản",
        "happened_on": "03/05/2022",
        "happened_at": "14:30",
        "place": "Thôn Mẫu",
        "narrative": "Mất một xe đạp trong sân.",
        "persons": "1",
        "damage": "1500000",
    },
    lists=lambda: {
        "unit": [unit.name for unit in Unit.objects.in_order()],
        "category": [category.name for category in Category.objects.in_use().in_order()],
        "severity": labels(Incident.Severity.choices),
        "state": labels(Incident.State.choices),
        "is_solved": [YES],
        "source": labels(Incident.Source.choices),
    },
    file_name="so-vu-viec-mau",
    mask=mask_book,
)
