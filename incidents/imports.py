"""Cases from a table: every row is checked, and compared with the register, before anything is stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, LARGEST_COUNT
from cluster_portal.privacy import find_identifiers, mask
from cluster_portal.tables import values as understood
from cluster_portal.tables.cells import Cell
from cluster_portal.tables.layout import Column, Row, Table, TableKind
from cluster_portal.tables.reading import Read, Reading, TableReader
from incidents.duplicates import KnownIncidents
from incidents.forms.recording import EARLIEST
from incidents.models import Category, Incident
from incidents.models.register import FREE_TEXT, LONGEST_PLACE, LONGEST_TEXT
from incidents.new_cases import NewCase, Values
from incidents.tables import BETWEEN, COLUMNS, REQUIRED, words
from members.importing.columns import UNIT_HEADS
from members.models import Unit, User

MOST_ROWS = 5_000

#: What offices call the columns beside the heads an export writes.
_ALIASES = {
    "unit": (*UNIT_HEADS, "đơn vị xảy ra", "địa bàn đơn vị"),
    "category": ("loại", "loại vi phạm", "loại việc", "loại tội phạm", "hành vi", "tội danh", "loại vụ"),
    "happened_on": (
        "ngày xảy ra",
        "ngày tháng",
        "ngày tháng năm",
        "ngày phát hiện",
        "thời gian",
        "thời gian xảy ra",
        "ngày giờ",
        "ngày giờ xảy ra",
        "ngày giờ phát hiện",
    ),
    "happened_at": ("giờ xảy ra", "thời điểm", "lúc"),
    "place": ("nơi xảy ra", "địa bàn", "địa điểm xảy ra"),
    "narrative": (
        "nội dung",
        "nội dung vụ việc",
        "diễn biến vụ việc",
        "tóm tắt",
        "tóm tắt nội dung",
        "mô tả",
        "vụ việc",
    ),
    "severity": ("mức độ nghiêm trọng", "tính chất"),
    "state": ("trạng thái", "tình trạng xử lý"),
    "handling": ("xử lý", "kết quả xử lý", "biện pháp xử lý"),
    "is_solved": ("làm rõ", "điều tra làm rõ"),
    "persons": ("đối tượng", "số người vi phạm"),
    "deaths": ("người chết", "chết", "số chết"),
    "injuries": ("người bị thương", "bị thương", "số bị thương"),
    "damage": ("thiệt hại", "thiệt hại tài sản", "thiệt hại về tài sản", "giá trị thiệt hại"),
    "source": ("nguồn", "nguồn tin báo"),
    "further_units": ("đơn vị liên quan", "đơn vị phối hợp"),
}
CASES = TableKind(
    "cases",
    tuple(
        Column(
            field,
            head[0].upper() + head[1:],
            _ALIASES[field],
            is_required=field in REQUIRED,
            is_key=field in ("unit", "category", "happened_on", "place"),
        )
        for field, head in COLUMNS.items()
    ),
)


def masked(table: Table) -> Table:
    """The table with the numbers that tell who a person is taken out of its free text."""
    return replace(table, rows=tuple(replace(row, cells=_masked(row.cells)) for row in table.rows))


def _masked(cells: dict[str, Cell]) -> dict[str, Cell]:
    return {
        field: mask(understood.lines(cell)) if field in FREE_TEXT and isinstance(cell, str | int | float) else cell
        for field, cell in cells.items()
    }


def check_cases(table: Table, *, by: User | None, today: dt.date) -> Reading[NewCase]:
    """Read every row and compare it with the register; a liaison's rows must be of their own unit."""
    reader = _CaseReader(table, by=by, today=today)
    rows = [reader.read(row) for row in table.rows[:MOST_ROWS]]
    if len(table.rows) > MOST_ROWS:
        rows = []
        reader.refuse_length()
    elif not reader.faults:
        rows = reader.compared(rows)
    return Reading(table, tuple(rows), tuple(reader.faults), reader.notices(), reader.asks_about_days)


def _are_same_hour(one: Cell, other: Cell) -> bool:
    try:
        return understood.hour(one, _unsaid) == understood.hour(other, _unsaid)
    except understood.Unreadable:
        return False


def _unsaid(_sentence: str) -> None:
    """What is worth a notice is said where the value is read."""


class _CaseReader(TableReader):
    """Reads rows one by one; its lookups are three queries in all."""

    def __init__(self, table: Table, *, by: User | None, today: dt.date) -> None:
        super().__init__(table)
        self.today = today
        self.units = Unit.objects.all().by_name()
        self.own = Unit.objects.visible_to(by).by_name() if by else self.units
        self.categories = Category.objects.in_use().by_name()
        self.choices = {
            "severity": words(Incident.Severity.choices),
            "state": words(Incident.State.choices),
            "source": words(Incident.Source.choices),
        }

    def refuse_length(self) -> None:
        self.faults.insert(0, self.length_fault(_("The file has more than 5,000 cases.")))

    def read(self, row: Row) -> Read[NewCase]:
        before = len(self.faults)
        row = self._with_hour_apart(row)
        unit = self.named(row, "unit", self.own, _("There is no unit of this name."))
        found: Values = {
            "unit": unit,
            "category": self.named(row, "category", self.categories, _("There is no category of this name or code.")),
            "happened_on": self._happened_on(row),
            "happened_at": self.value(row, "happened_at", understood.hour),
            "place": self._free_text(row, "place", LONGEST_PLACE),
            "narrative": self._free_text(row, "narrative", LONGEST_TEXT),
            "severity": self.word(row, "severity", self.choices["severity"]),
            "state": self.word(row, "state", self.choices["state"]),
            "handling": self._free_text(row, "handling", LONGEST_TEXT),
            "is_solved": self.value(row, "is_solved", lambda cell, _note: understood.yes(cell)),
            "persons": self._count(row, "persons"),
            "deaths": self._count(row, "deaths"),
            "injuries": self._count(row, "injuries"),
            "damage": self._count(row, "damage"),
            "source": self.word(row, "source", self.choices["source"]),
            "further_units": self._further_units(row, unit),
        }
        told = {name: value for name, value in found.items() if value not in (None, "", []) and name in row.cells}
        is_whole = len(self.faults) == before and all(found[name] for name in REQUIRED)
        return Read(row, _listed(told), NewCase(row.number, _with_defaults(found)) if is_whole else None)

    def compared(self, rows: Sequence[Read[NewCase]]) -> list[Read[NewCase]]:
        """The rows with the cases they seem to repeat, of the register and of the file."""
        cases = [read.thing for read in rows if read.thing]
        incidents = [case.as_incident() for case in cases]
        known = KnownIncidents.around(incidents)
        compared = []
        for read, case, incident in zip(rows, cases, incidents, strict=True):
            repeats = tuple(known.like(incident))
            if any(repeats):
                self.note(read.row, _("The register seems to hold this case already."))
            if None in repeats:
                self.note(read.row, _("This seems to be the case of an earlier row of the file."))
            compared.append(replace(read, thing=replace(case, repeats=repeats)))
            known.add(incident)
        return compared

    def _with_hour_apart(self, row: Row) -> Row:
        """An hour that stands in the cell of the day, as in “14h30 ngày 03/5/2022”, in a cell of its own."""
        if "happened_on" not in row.cells:
            return row
        day, hour = understood.day_and_hour(row.cells["happened_on"])
        if not hour or ("happened_at" in row.cells and not _are_same_hour(hour, row.cells["happened_at"])):
            return row
        return replace(row, cells={**row.cells, "happened_on": day, "happened_at": hour})

    def _happened_on(self, row: Row) -> dt.date | None:
        day = self.day(row, "happened_on")
        if day and day > self.today:
            self.fault(row, "happened_on", _("This day is still to come."))
        if day and day < EARLIEST:
            self.fault(row, "happened_on", _("The register begins with the year 2000."))
        return day

    def _free_text(self, row: Row, field: str, longest: int) -> str:
        text = self.text(row, field, longest=longest, has_lines=field != "place")
        if found := find_identifiers(text):
            numbers = ", ".join(f"“{identifier.text}”" for identifier in found[:5])
            told = _("%(numbers)s may tell who a person is. Take it out, or let the import mask such numbers.")
            self.fault(row, field, told % {"numbers": numbers})
        return text

    def _count(self, row: Row, field: str) -> int | None:
        if field == "damage":
            return self.amount(row, field, largest=LARGEST_AMOUNT)
        return self.value(row, field, partial(understood.count, largest=LARGEST_COUNT))

    def _further_units(self, row: Row, unit: Unit | None) -> list[Unit]:
        text = self.text(row, "further_units", longest=LONGEST_TEXT)
        unknown = _("There is no unit of this name.")
        names = [name for name in text.split(BETWEEN) if name.strip()]
        found = [self.look_up(row, "further_units", name, self.units, unknown) for name in names]
        if unit and unit in found:
            self.fault(row, "further_units", _("The unit it happened in can't be a further unit as well."))
        return [further for further in found if further]


def _with_defaults(found: Values) -> Values:
    empty = {
        "severity": Incident.Severity.NOT_STATED,
        "state": Incident.State.REPORTED,
        "source": "",
        "is_solved": False,
    }
    return {name: empty[name] if value is None and name in empty else value for name, value in found.items()}


def _listed(values: Values) -> Values:
    further = values.get("further_units")
    return {**values, "further_units": f"{BETWEEN} ".join(map(str, further))} if further else values
