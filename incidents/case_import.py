"""What makes cases from a file differ from other tables: they may repeat others, and are masked where asked."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.tables.layout import Table
from cluster_portal.tables.reading import Read, Reading
from incidents.actions import import_incidents, remove_imported_incidents
from incidents.imports import CASES, check_cases
from incidents.models import Category, Incident
from incidents.models.register import FREE_TEXT
from incidents.new_cases import NewCase
from incidents.tables import YES, labels
from members.importing.kinds import Created, ImportKind, Question, Storing
from members.importing.masking import mask_book
from members.models import Unit, User


def _check(table: Table, by: User | None, today: dt.date) -> Reading[NewCase]:
    return check_cases(table, by=by, today=today)


def _store(reading: Reading[NewCase], storing: Storing) -> Created:
    stored = import_incidents(cases=reading.things, by=storing.by, now=storing.now, origin=storing.origin)
    return [[incident.pk, incident.revision] for incident in stored]


def _told(read: Read[NewCase]) -> str:
    text = Truncator(read.values["narrative"]).words(25)
    return _("Record row %(row)d as well: %(text)s") % {"row": read.row.number, "text": text}


def _known(read: Read[NewCase]) -> list[tuple[str, str]]:
    """The cases that the row seems to repeat."""
    row_above = (_("an earlier row of this file"), "")
    repeats = read.thing.repeats if read.thing else ()
    return [(str(case), case.get_absolute_url()) if case else row_above for case in repeats]


def _counted(new: int, asked: int) -> str:
    told = _("%(new)d new, %(asked)d perhaps recorded already. Nothing is stored yet.")
    return told % {"new": new, "asked": asked}


REPEATED = Question(
    title=gettext_lazy("Perhaps recorded already"),
    lead=gettext_lazy(
        "Same unit, category and day, and a similar description. These are left out, except those that are ticked."
    ),
    is_asked=lambda case: bool(case.repeats),
    told=_told,
    counted=_counted,
    about=_known,
)

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
    undo=remove_imported_incidents,
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
    mask=partial(mask_book, free_text=FREE_TEXT),
    question=REPEATED,
)
