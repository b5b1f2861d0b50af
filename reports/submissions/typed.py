"""A report as it is typed: the name of each field, and the text a finished report has in it."""

from __future__ import annotations

from reports.content import MEASURES, SECTIONS, SubmissionContent
from reports.submissions.catalogue import Catalogue
from reports.submissions.register import Register
from reports.submissions.rules import (
    FieldPlace,
    indicator_place,
    lacks_place,
    measure_place,
    remark_place,
    section_place,
)

#: What a browser sends of a ticked box.
TICKED = "on"


def field_name(place: FieldPlace) -> str:
    """The name of the form field, and of the entry of what was typed, that stands at a place of the report."""
    return "__".join(part for part in (place.kind, place.code, place.detail) if part)


def place_of(name: str) -> FieldPlace:
    """The place of the report a field's name stands for."""
    kind, code, detail = [*name.split("__", 2), "", ""][:3]
    return FieldPlace(kind, code, detail)


def typed_from(content: SubmissionContent) -> dict[str, str]:
    """The typed text from which `content` came or could have come; "not reported" is an empty text."""
    typed = {field_name(section_place(code)): content.narrative.get(code, "") for code in SECTIONS}
    for code, figures in content.categories.items():
        for measure in MEASURES:
            typed[field_name(measure_place(code, measure))] = _text(figures.values.get(measure))
        typed[field_name(remark_place("category", code))] = figures.remark
        typed[field_name(lacks_place(code))] = TICKED if figures.lacks_figures else ""
    for code, figure in content.indicators.items():
        typed[field_name(indicator_place(code))] = _text(figure.value)
        typed[field_name(remark_place("indicator", code))] = figure.remark
    return typed


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


def typed_from_register(register: Register, catalogue: Catalogue) -> dict[str, str]:
    """What a report starts with: every registered figure that is asked, by its field."""
    return {
        field_name(measure_place(category.code, measure)): str(value)
        for category in catalogue.categories
        for measure, value in register.values.get(category.code, {}).items()
        if measure in category.measures and value is not None
    }
