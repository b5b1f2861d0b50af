"""Cases from a table: every row is checked, and compared with the register, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import IO, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, CountField
from cluster_portal.files.spreadsheets import Fault, Row, SpreadsheetError, read_table
from cluster_portal.names import Ambiguous, Names
from cluster_portal.privacy import find_identifiers, mask
from incidents.duplicates import Known
from incidents.forms.recording import EARLIEST
from incidents.models import Category, Incident
from incidents.models.register import FREE_TEXT, LONGEST_PLACE, LONGEST_TEXT
from incidents.new_cases import NewCase, Values
from incidents.tables import BETWEEN, COLUMNS, OPTIONAL, REQUIRED, YES, words
from members.models import Unit, User

MOST_ROWS = 5_000


@dataclass(frozen=True)
class Checked:
    """A whole file, checked against the register as it is now."""

    cases: tuple[NewCase, ...]
    faults: tuple[Fault, ...]

    @property
    def new(self) -> list[NewCase]:
        return [case for case in self.cases if not case.repeats]

    @property
    def repeated(self) -> list[NewCase]:
        return [case for case in self.cases if case.repeats]

    def to_store(self, wanted: Collection[str]) -> list[NewCase]:
        """The new cases, and of the repeated ones those whose row number is `wanted`."""
        return [case for case in self.cases if not case.repeats or str(case.number) in wanted]


def read_cases(file: IO[bytes], *, filename: str) -> list[Row]:
    """The rows of the file by column head. Raises `SpreadsheetError` where it is no such table."""
    rows = read_table(
        file,
        filename=filename,
        required=[COLUMNS[field] for field in REQUIRED],
        optional=[COLUMNS[field] for field in OPTIONAL],
        aliases=COLUMNS,
    )
    if not rows:
        raise SpreadsheetError([Fault(_("The file has no case."))])
    if len(rows) > MOST_ROWS:
        raise SpreadsheetError([Fault(_("The file has more than 5,000 cases."))])
    return rows


def masked(rows: Sequence[Row]) -> list[Row]:
    """The rows with the numbers that tell who a person is taken out of their free text."""
    columns = {COLUMNS[field] for field in FREE_TEXT}
    return [
        replace(row, cells={head: mask(cell) if head in columns else cell for head, cell in row.cells.items()})
        for row in rows
    ]


def check_cases(rows: Sequence[Row], *, by: User, today: dt.date) -> Checked:
    """Read every row and compare it with the register; a liaison's rows must be of their own unit."""
    reader = _Reader(by=by, today=today)
    read = [NewCase(row.number, reader.read(row)) for row in rows]
    if reader.faults:
        return Checked((), tuple(reader.faults))
    incidents = [case.as_incident() for case in read]
    known = Known.around(incidents)
    cases = []
    for case, incident in zip(read, incidents, strict=True):
        cases.append(replace(case, repeats=tuple(known.like(incident))))
        known.add(incident)
    return Checked(tuple(cases), ())


class _Reader:
    """Reads rows one by one and gathers every fault; its lookups are three queries in all."""

    def __init__(self, *, by: User, today: dt.date) -> None:
        self.today = today
        self.units = Unit.objects.all().by_name()
        self.own = Unit.objects.visible_to(by).by_name()
        self.categories = Category.objects.in_use().by_name()
        self.choices = {
            "severity": words(Incident.Severity.choices),
            "state": words(Incident.State.choices),
            "source": words(Incident.Source.choices),
        }
        self.faults: list[Fault] = []

    def read(self, row: Row) -> Values:
        """The row's values; where it has faults they are noted and the values are of no use."""
        cells = {field: row.cells[head] for field, head in COLUMNS.items()}
        values: Values = {}
        for field, cell in cells.items():
            try:
                values[field] = self._value(field, cell)
            except ValidationError as error:
                self.faults += [Fault(message, row=row.number, column=COLUMNS[field]) for message in error.messages]
        values["severity"] = values.get("severity") or Incident.Severity.NOT_STATED
        values["state"] = values.get("state") or Incident.State.REPORTED
        return values

    def _value(self, field: str, cell: str) -> Any:
        if field in REQUIRED and not cell:
            raise ValidationError(_("This cell must be filled in."))
        if field == "unit":
            return _look_up(self.own, cell, _("There is no unit of this name."))
        if field == "category":
            return _look_up(self.categories, cell, _("There is no category of this name or code."))
        if field == "further_units":
            names = [name for name in cell.split(BETWEEN) if name.strip()]
            return [_look_up(self.units, name, _("There is no unit of this name.")) for name in names]
        if field in self.choices:
            return _look_up(self.choices[field], cell, _("This word is not known here.")) if cell else ""
        if field in FREE_TEXT:
            return self._free_text(field, cell)
        return self._plain(field, cell)

    def _plain(self, field: str, cell: str) -> Any:
        if field == "happened_on":
            return self._day(cell)
        if field == "happened_at":
            return forms.TimeField(required=False).clean(cell)
        if field == "is_solved":
            return _yes(cell)
        return _AMOUNT.clean(cell) if field == "damage" else _COUNT.clean(cell)

    def _day(self, cell: str) -> dt.date:
        day = forms.DateField(input_formats=["%d/%m/%Y", "%Y-%m-%d"]).clean(cell)
        if day > self.today:
            raise ValidationError(_("This day is still to come."))
        if day < EARLIEST:
            raise ValidationError(_("The register begins with the year 2000."))
        return day

    def _free_text(self, field: str, cell: str) -> str:
        if found := find_identifiers(cell):
            numbers = ", ".join(f"“{identifier.text}”" for identifier in found)
            raise ValidationError(
                _("%(numbers)s may tell who a person is. Take it out, or let the import mask such numbers.")
                % {"numbers": numbers}
            )
        longest = LONGEST_PLACE if field == "place" else LONGEST_TEXT
        return forms.CharField(required=False, max_length=longest).clean(cell)


_COUNT, _AMOUNT = CountField(), CountField(largest=LARGEST_AMOUNT)
_YES_OR_NO = Names(
    [
        *((word, True) for word in (YES, "x", "yes", "1", "true")),
        *((word, False) for word in ("không", "no", "0", "false")),
    ]
)


def _look_up(known: Names[Any], cell: str, message: str) -> Any:
    found = known.find(cell)
    if found is None or isinstance(found, Ambiguous):
        raise ValidationError(str(found or message))
    return found


def _yes(cell: str) -> bool:
    answer = _YES_OR_NO.find(cell) if cell else False
    if not isinstance(answer, bool):
        raise ValidationError(_("Write “có” or leave it empty."))
    return answer
