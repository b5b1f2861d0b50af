"""The places of a form as a page shows them: the cells of a sheet, or names with their paragraphs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cluster_portal.files.office_forms.workbook import column_name, place_in
from reports.models import SuperiorForm

#: Of all sheets together, so that the page stays one a browser opens; any other cell can be typed.
SHOWN_CELLS = 20_000


class Area(NamedTuple):
    """Cells that are merged: the first and the last row, the first and the last column."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class SheetCell:
    """A cell, as large as it was merged; `place` is empty where no figure can stand."""

    reference: str
    text: str
    place: str
    is_bound: bool
    is_formula: bool
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True)
class SheetGrid:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[SheetCell, ...]], ...]


def lack_of_place(form: SuperiorForm, place: str) -> str:
    """Why no figure can stand there, in a sentence; empty where one can."""
    if not form.is_excel:
        return "" if place in form.places else _("The form has no such place.")
    name, _mark, reference = place.rpartition("!")
    sheet = next((sheet for sheet in form.sheets if sheet["name"] == name), None)
    try:
        at = place_in(reference)
    except ValueError:
        at = None
    if sheet is None or at is None:
        return _("The form has no such place.")
    if reference in sheet["formulas"]:
        return _("This cell computes something; the form fills it in by itself.")
    if (area := _area_at(_areas(sheet), *at)) and at != (area.top, area.left):
        return _("This cell is part of a merged one. Choose the first cell of that.")
    return ""


def _areas(sheet: Mapping[str, Any]) -> list[Area]:
    found = []
    for area in sheet["merged"]:
        first, _colon, last = area.partition(":")
        try:
            (top, left), (bottom, right) = place_in(first), place_in(last or first)
        except ValueError:
            continue
        found.append(Area(top, bottom, left, right))
    return found


def _area_at(areas: Iterable[Area], row: int, column: int) -> Area | None:
    """Asked area by area: one of a whole column is long to list."""
    return next((area for area in areas if area.top <= row <= area.bottom and area.left <= column <= area.right), None)


def grids(form: SuperiorForm, bound: Mapping[str, str]) -> list[SheetGrid]:
    """The sheets as tables; `bound` tells what each place that is bound is filled with."""
    found, left = [], SHOWN_CELLS
    for sheet in form.sheets:
        rows = min(sheet["rows"], left // sheet["columns"])
        left -= rows * sheet["columns"]
        found.append(_grid(sheet, rows, bound))
    return found


def _grid(sheet: Mapping[str, Any], rows: int, bound: Mapping[str, str]) -> SheetGrid:
    """Its first `rows`."""
    columns, formulas = sheet["columns"], set(sheet["formulas"])
    areas = [
        area._replace(bottom=min(area.bottom, rows), right=min(area.right, columns))
        for area in _areas(sheet)
        if area.top <= rows and area.left <= columns
    ]
    return SheetGrid(
        name=sheet["name"],
        columns=tuple(map(column_name, range(1, columns + 1))),
        rows=tuple(
            (row, tuple(_cell(sheet, area, formulas, bound) for area in _beginning_in(row, areas, columns)))
            for row in range(1, rows + 1)
        ),
    )


def _beginning_in(row: int, areas: Iterable[Area], columns: int) -> Iterator[Area]:
    """The cells of a row, each as large as it was merged; not those of areas that begin elsewhere."""
    here = [area for area in areas if area.top <= row <= area.bottom]
    for column in range(1, columns + 1):
        area = _area_at(here, row, column) or Area(row, row, column, column)
        if (row, column) == (area.top, area.left):
            yield area


def _cell(sheet: Mapping[str, Any], area: Area, formulas: Container[str], bound: Mapping[str, str]) -> SheetCell:
    reference = f"{column_name(area.left)}{area.top}"
    place = f"{sheet['name']}!{reference}"
    return SheetCell(
        reference=reference,
        text=bound.get(place, sheet["cells"].get(reference, "")),
        place="" if reference in formulas else place,
        is_bound=place in bound,
        is_formula=reference in formulas,
        rows=area.bottom - area.top + 1,
        columns=area.right - area.left + 1,
    )
