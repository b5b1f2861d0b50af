"""What the report's form is laid out as: rows of fields with all that stands beside them, finished."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from reports.content import Section
from reports.submissions import leaps, oddities
from reports.submissions.steps import Step, StepState
from reports.submissions.talk import Talk


@dataclass(frozen=True)
class FigureInput:
    """One figure of the form: its field, last year's figure and the change, ready to show.

    `words` echo how it was read, where that may surprise; `faults` say why it can't be taken.
    """

    field: forms.BoundField
    label: str
    base: str
    movement: str
    is_cases: bool = False
    measure: str = ""
    words: str = ""
    faults: tuple[str, ...] = ()

    @property
    def told_id(self) -> str:
        return f"{self.field.auto_id}_told"

    @property
    def base_id(self) -> str:
        return f"{self.field.auto_id}_base"

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
class TalkInput:
    """A reviewer's comment beside what it is about; `answer` and `settled` take what the unit says to it.

    `at` is the field it stands at.
    """

    talk: Talk
    answer: forms.BoundField
    settled: forms.BoundField
    is_ticked: bool
    is_answered: bool
    at: str

    @property
    def takes_answer(self) -> bool:
        """Whether it is still talked about, or holds an answer typed before somebody else settled it."""
        return self.talk.is_open or self.is_answered

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it; what is ticked here counts when the report is sent."""
        return self.talk.is_open and not self.is_ticked


@dataclass(frozen=True)
class FigureInputRow:
    code: str
    name: str
    cells: tuple[FigureInput, ...]
    remark: forms.BoundField
    has_errors: bool
    registered: RegisteredNote | None = None
    lacks: forms.BoundField | None = None
    leaps: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()
    is_explained: bool = False
    help: str = ""
    talks: tuple[TalkInput, ...] = ()

    @property
    def main(self) -> forms.BoundField:
        """The cases of a category, or an indicator's only figure."""
        return self.cells[0].field

    @property
    def shows_remark(self) -> bool:
        """Whether the field for a remark stands open: it holds one, or one is asked for."""
        return self.is_explained or bool(self.told or self.remark.errors)

    @property
    def told(self) -> str:
        """What to check in a row whose figures leaped, or fit with nothing."""
        return " ".join(filter(None, (leaps.warning(self.leaps), oddities.warning(self.odd))))

    @property
    def warning(self) -> str:
        """The same, unless its remark explains it."""
        return "" if self.is_explained else self.told

    @property
    def warning_id(self) -> str:
        return f"{self.remark.auto_id}_warning"


@dataclass(frozen=True)
class FigureInputGroup:
    name: str
    rows: tuple[FigureInputRow, ...]


@dataclass(frozen=True)
class SectionRow:
    """A section's field, and what the unit wrote there half a year before (empty without one)."""

    section: Section
    field: forms.BoundField
    last_half: str = ""
    talks: tuple[TalkInput, ...] = ()


@dataclass(frozen=True)
class ReportWarning:
    """Something to look at again; nothing stops because of it. `answer` takes the one sentence that explains it."""

    about: forms.BoundField
    label: str
    told: str
    answer: forms.BoundField
    is_answered: bool


@dataclass(frozen=True)
class StepRows:
    """A step as it is filled in: where it stands, and its part of the fields."""

    state: StepState
    sections: tuple[SectionRow, ...]
    next: Step | None
    before: Step | None
    #: Comments on what is no longer asked.
    talks: tuple[TalkInput, ...] = ()

    @property
    def step(self) -> Step:
        return self.state.step
