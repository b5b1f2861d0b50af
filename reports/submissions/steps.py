"""The report in steps, each small enough for a telephone's screen, and how far each has come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.submissions.rules import FieldPlace

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What the address of the form says for all steps on one page.
WHOLE = "all"


@dataclass(frozen=True)
class Step:
    """What is filled in together: sections by their code, the categories' figures, the activities."""

    code: str
    number: str
    title: StrOrPromise
    sections: tuple[str, ...] = ()
    has_figures: bool = False
    has_activities: bool = False

    def holds(self, place: FieldPlace) -> bool:
        if place.kind == "category":
            return self.has_figures
        return self.has_activities if place.kind == "indicator" else place.code in self.sections


STEPS = (
    Step("situation", "I", _("Situation"), ("advantages", "difficulties")),
    Step("leadership", "II.1–2", _("Leadership, outreach"), ("leadership", "outreach")),
    Step("movement", "II.3–4", _("People's movement, coordination"), ("movement", "coordination")),
    Step("violations", "II.5", _("Violations of the law"), ("violations",), has_figures=True),
    Step("activities", "II.5", _("Activities"), has_activities=True),
    Step("shortcomings", "II.6, III", _("Other work, shortcomings"), ("other_work", "shortcomings")),
    Step("tasks", "IV, V", _("Directions and tasks, proposals"), ("tasks", "proposals")),
)
BY_CODE = {step.code: step for step in STEPS}


@dataclass(frozen=True)
class StepState:
    """How far a step has come: `lacking` entries are still to be made, `to_look_at` are to be looked at again."""

    step: Step
    is_begun: bool
    lacking: int
    to_look_at: int

    @property
    def word(self) -> str:
        """One of: new, look, lacking, done; the first that holds."""
        if not self.is_begun:
            return "new"
        if self.to_look_at:
            return "look"
        return "lacking" if self.lacking else "done"

    @property
    def id(self) -> str:
        return f"state-{self.step.code}"


@dataclass(frozen=True)
class Tally:
    """What all steps together still ask for."""

    lacking: int
    to_look_at: int

    @classmethod
    def of(cls, states: Collection[StepState]) -> Tally:
        return cls(sum(state.lacking for state in states), sum(state.to_look_at for state in states))

    @property
    def is_whole(self) -> bool:
        return not self.lacking and not self.to_look_at


def first_unfinished(states: Collection[StepState]) -> Step:
    """Where to go on: the first step that isn't done, the last where all are."""
    open_steps = [state.step for state in states if state.word != "done"]
    return (open_steps or [STEPS[-1]])[0]
