"""The places of a form as a page shows them: the cells of a sheet, or names with their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.files.office_forms.workbook import column_name, place_in
from reports.models import SuperiorForm


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
    if reference in _covered(sheet) and reference not in _anchors(sheet):
        return _("This cell is part of a merged one. Choose the first cell of that.")
    return ""


def _areas(sheet: Mapping[str, Any]) -> Iterator[tuple[int, int, int, int]]:
    """The merged areas: first and last row, first and last column."""
    for area in sheet["merged"]:
        first, _colon, last = area.partition(":")
        try:
            (top, left), (bottom, right) = place_in(first), place_in(last or first)
        except ValueError:
            continue
        yield top, bottom, left, right


def _anchors(sheet: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """The first cell of each merged area, and how many rows and columns it has."""
    return {
        f"{column_name(left)}{top}": (bottom - top + 1, right - left + 1) for top, bottom, left, right in _areas(sheet)
    }


class _Covered:
    """Which cells lie in merged areas, asked area by area: one of a whole column is long to list."""

    def __init__(self, sheet: Mapping[str, Any]) -> None:
        self.areas = list(_areas(sheet))

    def __contains__(self, reference: str) -> bool:
        row, column = place_in(reference)
        return any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in self.areas)


def _covered(sheet: Mapping[str, Any]) -> _Covered:
    return _Covered(sheet)


def grids(form: SuperiorForm, bound: Mapping[str, str]) -> list[SheetGrid]:
    """The sheets as tables; `bound` tells what each place that is bound is filled with."""
    return [_grid(sheet, bound) for sheet in form.sheets]


def _grid(sheet: Mapping[str, Any], bound: Mapping[str, str]) -> SheetGrid:
    columns = [column_name(number) for number in range(1, sheet["columns"] + 1)]
    return SheetGrid(
        name=sheet["name"],
        columns=tuple(columns),
        rows=tuple((row, tuple(_cells(sheet, row, columns, bound))) for row in range(1, sheet["rows"] + 1)),
    )


def _cells(sheet: Mapping[str, Any], row: int, columns: list[str], bound: Mapping[str, str]) -> Iterator[SheetCell]:
    anchors, covered, formulas = _anchors(sheet), _covered(sheet), set(sheet["formulas"])
    for number, column in enumerate(columns, start=1):
        reference = f"{column}{row}"
        if reference in covered and reference not in anchors:
            continue
        high, wide = anchors.get(reference, (1, 1))
        place = f"{sheet['name']}!{reference}"
        yield SheetCell(
            reference=reference,
            text=bound.get(place, sheet["cells"].get(reference, "")),
            place="" if reference in formulas else place,
            is_bound=place in bound,
            is_formula=reference in formulas,
            rows=min(high, sheet["rows"] - row + 1),
            columns=min(wide, len(columns) - number + 1),
        )
