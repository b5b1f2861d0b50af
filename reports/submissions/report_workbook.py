"""A report as an Excel workbook: made from the draft, filled in elsewhere, read back into the draft.

A hidden sheet remembers what stood in each field when the workbook was made, so that what was typed in the
portal meanwhile is joined with it, field by field, as between two windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cluster_portal.tables import values
from cluster_portal.tables.cells import Book, Cell, Sheet
from cluster_portal.tables.workbooks import write_sheets
from cluster_portal.text import fold
from reports.content import MEASURES, PARTS
from reports.submissions import rules
from reports.submissions.catalogue import Catalogue, CategoryEntry
from reports.submissions.reading import NOT_ASKED
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
    """What a workbook holds: texts by field, what stood there when it was made, and what was not understood."""

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
    """The draft as a workbook; `address` says which report it is."""
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
    was = _before(sheets.get(fold(BEFORE)), address)
    texts: dict[str, str] = {}
    strange: list[str] = []
    for layout in layouts(catalogue):
        if sheet := sheets.get(fold(layout.title)):
            _read(sheet, layout, texts, strange)
    if not texts and not strange:
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


def _read(sheet: Sheet, layout: Layout, texts: dict[str, str], strange: list[str]) -> None:
    known = {fold(name): fields for name, fields in layout.rows.items()}
    heads = {fold(head): place for place, head in enumerate(layout.heads[1:])}
    columns: dict[int, int] = {}
    for row in sheet.rows.values():
        name = fold(values.shown(row[0])) if row else ""
        if not columns:
            columns = {at: heads[head] for at, cell in enumerate(row) if (head := fold(values.shown(cell))) in heads}
        elif name in known:
            for at, place in columns.items():
                if field_ := known[name][place]:
                    texts[field_] = _as_field(field_, row[at] if at < len(row) else None)
        elif name:
            strange.append(f"{sheet.name}: {values.shown(row[0])}")


def _as_field(name: str, cell: Cell) -> str:
    text = _typed(cell)
    return (TICKED if text else "") if name.endswith("__lacks") else text


def _typed(cell: Cell) -> str:
    """A cell as a person would have typed it: whole numbers without decimals, text as it stands."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return values.lines(cell)
