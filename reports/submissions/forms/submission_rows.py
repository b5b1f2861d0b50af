"""What the report's form is laid out as: rows of fields with all that stands beside them, finished."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from reports.content import Section


@dataclass(frozen=True)
class FigureInput:
    """One figure of the form: its field, last year's figure and the change, ready to show."""

    field: forms.BoundField
    label: str
    base: str
    movement: str
    is_cases: bool = False

    @property
    def movement_id(self) -> str:
        return f"{self.field.auto_id}_movement"


@dataclass(frozen=True)
class RegisteredNote:
    """What the register holds beside a category's figures. `surplus` is how many cases it doesn't describe."""

    code: str
    cases: int
    url: str
    can_take_over: bool
    surplus: int

    @property
    def id(self) -> str:
        return f"registered-{self.code}"


@dataclass(frozen=True)
class FigureInputRow:
    code: str
    name: str
    cells: tuple[FigureInput, ...]
    remark: forms.BoundField
    has_errors: bool
    registered: RegisteredNote | None = None
    lacks: forms.BoundField | None = None
    warning: str = ""

    @property
    def warning_id(self) -> str:
        return f"{self.remark.auto_id}_warning"


@dataclass(frozen=True)
class FigureInputGroup:
    name: str
    rows: tuple[FigureInputRow, ...]


@dataclass(frozen=True)
class SectionRow:
    section: Section
    field: forms.BoundField


@dataclass(frozen=True)
class PartRows:
    number: str
    title: str
    sections: tuple[SectionRow, ...]
