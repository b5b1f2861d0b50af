"""A unit's own report from a file: what each cell would change in the draft, beside what stands there.

It may be the portal's own workbook or any sheet with such heads. Nothing is stored here; the rules of the
report's form judge the draft as it would be, so that a file is told of what the form would tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.fields import LARGEST_AMOUNT, LARGEST_COUNT
from cluster_portal.figures import NoFigure, read_figure
from cluster_portal.formatting import NOT_ASKED
from cluster_portal.names import Names
from cluster_portal.tables import values
from cluster_portal.tables.cells import Cell, Sheet
from cluster_portal.tables.layout import Row, Table
from cluster_portal.tables.reading import Fault, Read, Reading, TableReader
from cluster_portal.text import fold
from reports.content import PARTS, Measure
from reports.submissions import rules
from reports.submissions.catalogue import FORMER_NAMES, Catalogue
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.report_workbook import BEFORE, Line, layouts
from reports.submissions.typed import TICKED, field_name

Texts = Mapping[str, str]

#: What stands before the name of a group: “II. Ma túy”, “A) …”.
_GROUP_NUMBER = re.compile(r"^(?:[IVX]+|[A-Z]|\d{1,2})[.)\-:]?\s+")

#: The columns whose cells are words.
FREE_TEXT = ("text", "remark")


@dataclass(frozen=True)
class Change:
    """What a row of the file changes in the draft: the text of each field, and what stands there now.

    In `disputed` fields the portal holds something else than when the workbook was made, and so does the file.
    """

    name: str
    texts: dict[str, str]
    before: dict[str, str]
    disputed: tuple[str, ...] = ()

    @property
    def undisputed(self) -> Change | None:
        """What only the file changed."""
        texts = {name: text for name, text in self.texts.items() if name not in self.disputed}
        return Change(self.name, texts, {name: self.before[name] for name in texts}) if texts else None


@dataclass(frozen=True)
class Draft:
    """The report that a file goes into; `form_with` gives its form as it would be with these texts."""

    address: str
    catalogue: Catalogue
    stored: Texts
    form_with: Callable[[Texts], SubmissionForm]
    refusal: str = ""


def check_report(table: Table, draft: Draft) -> Reading[Change]:
    """Every row of every sheet against the draft. An empty cell takes back a text only in the portal's own workbook."""
    file = _File(draft, _before(table.unread))
    readers = [_SheetReader(part, file) for part in table.whole if not part.is_left_out]
    rows = [reader.read(row) for reader in readers for row in reader.table.rows]
    _judge(file)
    faults = [*_of_the_file(file, table), *(fault for reader in readers for fault in reader.faults)]
    of_parts = [told for reader in readers for told in reader.notices()]
    notices = [*_told_of_sheets(table), *of_parts, *file.kept_told()]
    faulty = {(fault.sheet, fault.row) for fault in faults}
    rows = [Read(r.row, r.values, None if (r.row.sheet, r.row.number) in faulty else r.thing, r.old) for r in rows]
    return Reading(table, tuple(rows), tuple(faults), tuple(notices))


def _before(unread: Iterable[Sheet]) -> list[list[Cell]] | None:
    """The rows of the hidden sheet that the portal's own workbook remembers in; None where it is gone."""
    return next((list(sheet.rows.values()) for sheet in unread if fold(sheet.name) == fold(BEFORE)), None)


def _of_the_file(file: _File, table: Table) -> Iterator[Fault]:
    if file.draft.refusal:
        yield Fault(file.draft.refusal)
    if file.remembered is not None and file.address != file.draft.address:
        yield Fault(_("This workbook belongs to another report. Download the one of this report, then fill it in."))
    if all(part.is_left_out for part in table.whole):
        yield Fault(_("Every column is left out, so that nothing is read."))


def _told_of_sheets(table: Table) -> Iterator[str]:
    read = [part.sheet for part in table.whole if not part.is_left_out]
    if table.has_several_sheets:
        yield _("Sheets read: %(sheets)s.") % {"sheets": ", ".join(read)}
    others = [sheet for sheet in table.unread if fold(sheet.name) != fold(BEFORE) and sheet.rows]
    if others:
        told = _("Sheets without such a table were left out: %(sheets)s.")
        yield told % {"sheets": ", ".join(sheet.name for sheet in others)}


@dataclass(frozen=True)
class _Changed:
    """The new text of a field, and the cell that says it."""

    text: str
    reader: _SheetReader
    row: Row
    column: str
    line: Line


@dataclass
class _File:
    """What all sheets of a file have in common while they are read."""

    draft: Draft
    remembered: list[list[Cell]] | None
    seen: dict[str, Row] = field(default_factory=dict)
    changes: dict[str, _Changed] = field(default_factory=dict)
    #: The names of what the portal holds anew and the file leaves as it was.
    kept: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = self.remembered or []
        self.address = values.shown(rows[0][0]) if rows and rows[0] else ""
        self.was = {values.shown(row[0]): _as_typed(row[1]) if len(row) > 1 else "" for row in rows[1:] if row}
        self.lines = Names(_named(self.draft.catalogue))
        self.groups = Names([(group.name, group.name) for group in self.draft.catalogue.groups])

    def kept_told(self) -> Iterator[str]:
        if self.kept:
            told = _("Typed in the portal since the workbook was downloaded, and kept: %(names)s.")
            yield told % {"names": "; ".join(dict.fromkeys(self.kept))}


def _named(catalogue: Catalogue) -> Iterator[tuple[str, Line]]:
    """Each line of the report by every name it has: as it is called, by its code, as it was called before."""
    lines = [line for layout in layouts(catalogue) for line in layout.lines]
    taken = {line.name for line in lines}
    for line in lines:
        yield line.name, line
        if (former := FORMER_NAMES.get(line.name, line.name)) not in taken:
            yield former, line
    by_field = {name: line for line in lines for name in line.fields.values()}
    for part in PARTS:
        for section in part.sections:
            line = by_field[field_name(rules.section_place(section.code))]
            yield section.heading or part.heading, line
            yield section.code, line
    for category in catalogue.categories:
        yield category.code, by_field[field_name(rules.lacks_place(category.code))]
    for indicator in catalogue.indicators:
        yield indicator.code, by_field[field_name(rules.indicator_place(indicator.code))]


class _SheetReader(TableReader):
    """Reads the rows of one sheet."""

    def __init__(self, table: Table, file: _File) -> None:
        super().__init__(table)
        self.file = file

    def notices(self) -> tuple[str, ...]:
        """What is told of this sheet, with its name."""
        return tuple(self._about(told) for told in super().notices())

    def _about(self, told: str) -> str:
        sheet = self.table.told_sheet
        return f"{sheet}: {told}" if sheet else told

    def _of_which_sheet(self) -> Iterator[str]:
        """Told of all sheets at once."""
        return iter(())

    def read(self, row: Row) -> Read[Change]:
        name = self.line(row, "name")
        if name is None:
            return Read(row, {})
        says_nothing = all(_is_blank(cell) for column, cell in row.cells.items() if column != "name")
        is_group = self.file.groups.find(_GROUP_NUMBER.sub("", name)) is not None
        if self.file.lines.find(name) is None and (is_group or says_nothing):
            self.note(row, _("Left out: the row names a group, or says nothing."))
            return Read(row, {"name": name})
        unknown = _("The report has no section, category or activity of this name.")
        line = self.look_up(row, "name", name, self.file.lines, unknown)
        if line is None or (says_nothing and self.file.remembered is None):
            return Read(row, {"name": line.name if line else name})
        first = self.file.seen.setdefault(line.name, row)
        if first is not row:
            where = str(first.number) if first.sheet == row.sheet else f"{first.number} (“{first.sheet}”)"
            self.fault(row, "name", _("This stands in row %(row)s already.") % {"row": where})
            return Read(row, {"name": line.name})
        return self._beside_the_draft(row, line)

    def _beside_the_draft(self, row: Row, line: Line) -> Read[Change]:
        stored = self.file.draft.stored
        shown: dict[str, Any] = {"name": line.name}
        old: dict[str, Any] = {}
        texts: dict[str, str] = {}
        before: dict[str, str] = {}
        disputed: list[str] = []
        for column in [name for name in self.table.heads if name != "name"]:
            place = line.fields.get(column)
            if place is None:
                self._refuse_unasked(row, column, line)
                continue
            theirs, was = stored.get(place, ""), self.file.was.get(place, "")
            mine = self._text(row, column, theirs, was)
            if mine is None:
                continue
            shown[column] = _as_shown(column, mine)
            if mine != theirs:
                texts[place], before[place] = mine, theirs
                old |= {column: _as_shown(column, theirs)} if theirs else {}
                self.file.changes[place] = _Changed(mine, self, row, column, line)
                if self.file.remembered is not None and not _alike_in(column, theirs, was):
                    disputed.append(place)
        thing = Change(line.name, texts, before, tuple(disputed)) if texts else None
        return Read(row, shown, thing, old)

    def _refuse_unasked(self, row: Row, column: str, line: Line) -> None:
        cell = row.cells.get(column)
        if not _is_blank(cell) and fold(values.shown(cell)) not in ("-", "–", "0"):
            self.fault(row, column, _("“%(name)s” doesn't ask this. Leave the cell empty.") % {"name": line.name})

    def _text(self, row: Row, column: str, theirs: str, was: str) -> str | None:
        """What the field would hold; None where the cell can't be read. Where the file says nothing, it stays."""
        cell = row.cells.get(column)
        raw = _as_typed(cell)
        if raw == "" and self.file.remembered is None:
            return theirs
        if self.file.remembered is not None and _alike_in(column, raw, was):
            if not _alike_in(column, theirs, was):
                self.file.kept.append(values.shown(row.cells.get("name")))
            return theirs
        found = raw if raw == "" else self._read(row, column)
        return theirs if found is not None and _alike_in(column, found, theirs) else found

    def _read(self, row: Row, column: str) -> str | None:
        if column in FREE_TEXT:
            read = values.lines if column == "text" else values.line
            return self.value(row, column, lambda cell, _note: read(cell))
        if column == "lacks":
            is_ticked = self.value(row, column, lambda cell, _note: values.yes(cell))
            return None if is_ticked is None else TICKED if is_ticked else ""
        is_money = Measure(column).facts.is_money
        count = partial(values.count, largest=LARGEST_COUNT)
        found = self.amount(row, column, largest=LARGEST_AMOUNT) if is_money else self.value(row, column, count)
        return None if found is None else str(found)


def _as_shown(column: str, text: str) -> str | int | bool:
    """A text of the draft as the preview writes it: whole figures with their dots, a tick as a word."""
    if column == "lacks":
        return bool(text) or ""
    return int(text) if column not in FREE_TEXT and text.isdecimal() and len(text) < 20 else text


def _is_blank(cell: Cell) -> bool:
    """Whether the cell says nothing; the portal's workbook has a sign for what isn't asked."""
    return not values.filled(cell) or fold(values.shown(cell)) == NOT_ASKED


def _as_typed(cell: Cell) -> str:
    """A cell as a person would have typed it: whole numbers without decimals, text as it stands."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return values.lines(cell)


def _alike_in(column: str, one: str, other: str) -> bool:
    """Whether two texts say the same in a column: figures however they are written, a tick by any sign."""
    if column == "lacks":
        return bool(one) == bool(other)
    return _alike(one, other) or (column not in FREE_TEXT and _figure(one) == _figure(other) is not None)


def _alike(one: str, other: str) -> bool:
    return one.split() == other.split()


def _figure(text: str) -> int | None:
    try:
        return read_figure(text, largest=LARGEST_AMOUNT)
    except NoFigure:
        return None


def _judge(file: _File) -> None:
    """Let the report's form judge the draft as it would be: its faults are the file's, its warnings are told."""
    form = file.draft.form_with({name: change.text for name, change in file.changes.items()})
    form.full_clean()
    told_of_lines = {warning.about.name: warning.told for warning in form.warnings if not warning.is_answered}
    for name, change in file.changes.items():
        if found := form.questions.get(name):
            numbers = ", ".join(f"“{excerpt.marked}”" for excerpt in found[:5])
            message = _("%(numbers)s may tell who a person is. Take it out, or let the import mask such numbers.")
            change.reader.fault(change.row, change.column, message % {"numbers": numbers})
        else:
            for error in form.errors.get(name, []):
                change.reader.fault(change.row, change.column, str(error))
        for told in form.impossible.get(name, ()):
            change.reader.note(change.row, told)
        for place in change.line.fields.values():
            if told := told_of_lines.pop(place, ""):
                change.reader.note(change.row, told)
