"""A report as an Excel workbook: made from what was typed, filled in elsewhere, read back into it.

A hidden sheet remembers what stood in each field when the workbook was made, so that what was typed in the
portal meanwhile is joined with it, field by field, as between two windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cluster_portal.formatting import NOT_ASKED
from cluster_portal.tables import values
from cluster_portal.tables.cells import Book, Cell, Sheet
from cluster_portal.tables.workbooks import write_sheets
from cluster_portal.text import fold
from reports.content import MEASURES, PARTS
from reports.submissions import rules
from reports.submissions.catalogue import FORMER_NAMES, Catalogue, CategoryEntry
from reports.submissions.typed import TICKED, field_name

TEXTS, FIGURES, ACTIVITIES, BEFORE = "Nội dung", "Số liệu", "Công tác", "Khi tải xuống"
REMARK, LACKS = "Ghi chú", "Chưa có số liệu cho ô trống"


@dataclass(frozen=True)
class Layout:
    """A sheet of the workbook: its heads, and under each the fields of a row, "" where nothing is asked."""

    title: str
    heads: tuple[str, ...]
    rows: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReadWorkbook:
    """What a workbook holds: texts by field, what stood there when it was made, and what no field took."""

    texts: dict[str, str]
    was: dict[str, str] | None
    strange: tuple[str, ...] = field(default=())


def layouts(catalogue: Catalogue) -> tuple[Layout, ...]:
    """The three sheets that are filled in."""
    figures = ("Loại vụ việc", *(measure.label for measure in MEASURES), REMARK, LACKS)
    return (
        Layout(TEXTS, ("Mục", "Nội dung"), dict(_sections())),
        Layout(FIGURES, figures, {category.name: _fields_of(category) for category in catalogue.categories}),
        Layout(
            ACTIVITIES,
            ("Chỉ tiêu", "Kỳ này", REMARK),
            {
                indicator.name: (
                    field_name(rules.indicator_place(indicator.code)),
                    field_name(rules.remark_place("indicator", indicator.code)),
                )
                for indicator in catalogue.indicators
            },
        ),
    )


def _sections() -> Iterable[tuple[str, tuple[str, ...]]]:
    for part in PARTS:
        for section in part.sections:
            heading = f"{part.number}.{section.number} {section.heading}" if section.number else part.heading
            yield (
                heading if section.number else f"{part.number}. {heading}",
                (field_name(rules.section_place(section.code)),),
            )


def _fields_of(category: CategoryEntry) -> tuple[str, ...]:
    measures = [
        field_name(rules.measure_place(category.code, measure)) if measure in category.measures else ""
        for measure in MEASURES
    ]
    remark = field_name(rules.remark_place("category", category.code))
    return (*measures, remark, field_name(rules.lacks_place(category.code)))


def write_report_workbook(*, address: str, typed: Mapping[str, str], catalogue: Catalogue) -> bytes:
    """What was typed as a workbook; `address` says which report it is."""
    sheets: dict[str, list[list[str]]] = {}
    for layout in layouts(catalogue):
        rows = [[name, *(_shown(each, typed) for each in fields)] for name, fields in layout.rows.items()]
        sheets[layout.title] = [list(layout.heads), *rows]
    names = [each for layout in layouts(catalogue) for fields in layout.rows.values() for each in fields if each]
    sheets[BEFORE] = [[address], *([name, typed.get(name, "")] for name in names)]
    return write_sheets(sheets, hidden={BEFORE})


def _shown(name: str, typed: Mapping[str, str]) -> str:
    if not name:
        return NOT_ASKED
    return ("x" if typed.get(name) else "") if name.endswith("__lacks") else typed.get(name, "")


class WrongWorkbook(Exception):
    """The workbook isn't this report's; `str()` is a sentence."""


def read_report_workbook(book: Book, *, address: str, catalogue: Catalogue) -> ReadWorkbook:
    """What stands in the workbook, as it would be typed. Raises `WrongWorkbook`."""
    sheets = {fold(sheet.name): sheet for sheet in book.sheets}
    was = _before(sheets.pop(fold(BEFORE), None), address)
    texts: dict[str, str] = {}
    strange: list[str] = []
    for layout in layouts(catalogue):
        if sheet := sheets.pop(fold(layout.title), None):
            _Reading(sheet, layout, texts, strange).read()
    strange += [_("sheet “%(sheet)s”") % {"sheet": sheet.name} for sheet in sheets.values() if _is_filled(sheet)]
    if not texts:
        raise WrongWorkbook(_("This workbook holds none of the report's sheets. Download it here, then fill it in."))
    if was is None:  # the hidden sheet is gone: a blank says nothing
        texts = {name: text for name, text in texts.items() if text}
    return ReadWorkbook(texts, was, tuple(strange))


def _before(sheet: Sheet | None, address: str) -> dict[str, str] | None:
    if sheet is None:
        return None
    rows = list(sheet.rows.values())
    if not rows or values.shown(rows[0][0]) != address:
        raise WrongWorkbook(
            _("This workbook belongs to another report. Download the one of this report, then fill it in.")
        )
    return {values.shown(row[0]): _typed(row[1]) if len(row) > 1 else "" for row in rows[1:] if row}


def _is_filled(sheet: Sheet) -> bool:
    return any(values.filled(cell) for row in sheet.rows.values() for cell in row)


@dataclass
class _Reading:
    """A sheet being read: `texts` takes what it holds, `strange` names what is filled in and has no field."""

    sheet: Sheet
    layout: Layout
    texts: dict[str, str]
    strange: list[str]
    #: The place in the layout of each column whose head is known; empty above the heads.
    columns: dict[int, int] = field(default_factory=dict)

    def read(self) -> None:
        known = {fold(name): (name, fields) for name, fields in self.layout.rows.items()}
        for name, fields in self.layout.rows.items():  # a workbook from before they got other names
            known.setdefault(fold(FORMER_NAMES.get(name, name)), (name, fields))
        heads = {fold(head): place for place, head in enumerate(self.layout.heads[1:])}
        head_row: list[Cell] = []
        for number, row in self.sheet.rows.items():
            found = known.get(fold(values.shown(row[0]))) if row and self.columns else None
            if not self.columns:
                self.columns = {at: heads[head] for at, cell in enumerate(row) if (head := _head(cell)) in heads}
                head_row = row
            elif found:
                self._take(*found, row)
                # The same row again would overrule the first.
                known = {key: row_of for key, row_of in known.items() if row_of[0] != found[0]}
            elif any(values.filled(cell) for cell in row):
                self._tell(values.shown(row[0]) or _("row %(number)s") % {"number": number})
        if not self.columns and _is_filled(self.sheet):
            self._tell(_("no row of headings"))
        for at in sorted(self._beside() if self.columns else ()):
            head = values.shown(head_row[at]) if at < len(head_row) else ""
            self._tell(_("column %(column)s") % {"column": f"“{head}”" if head else at + 1})

    def _beside(self) -> set[int]:
        """The columns without a known head in which something stands."""
        rows = self.sheet.rows.values()
        filled = {at for row in rows for at, cell in enumerate(row) if at and values.filled(cell)}
        return filled - set(self.columns)

    def _take(self, name: str, fields: tuple[str, ...], row: list[Cell]) -> None:
        for at, place in self.columns.items():
            cell = row[at] if at < len(row) else None
            if fields[place]:
                self.texts[fields[place]] = _as_field(fields[place], cell)
            elif values.filled(cell) and fold(values.shown(cell)) not in (NOT_ASKED, "-", "–"):
                self._tell(f"{name} – {self.layout.heads[place + 1]}")

    def _tell(self, what: str) -> None:
        self.strange.append(f"{self.sheet.name}: {what}")


def _head(cell: Cell) -> str:
    return fold(values.shown(cell))


def _as_field(name: str, cell: Cell) -> str:
    text = _typed(cell)
    if name.endswith("__lacks"):
        return TICKED if text else ""
    is_text = name.startswith("section__") or name.endswith("__remark")
    # A fraction of three digits would read as thousands: 1,125.
    return f"{text}0" if isinstance(cell, float) and not is_text and re.search(r",\d{3}$", text) else text


def _typed(cell: Cell) -> str:
    """A cell as a person would have typed it: whole numbers without decimals, text as it stands."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return values.lines(cell)
