"""The rules a half-year report must meet before it is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from reports.content import (
    PARTS_OF_CASES,
    SECTIONS,
    CategoryFigures,
    IndicatorFigure,
    Measure,
    SubmissionContent,
    Values,
)
from reports.submissions.register import Register

#: Indicators of which one counts a part of the other: tip-offs settled, of those received.
PARTS_OF_INDICATORS = {"tin-bao-da-giai-quyet": "tin-bao-tiep-nhan"}


@dataclass(frozen=True)
class FieldPlace:
    """Where in the report something stands: a section, a category's measure, an indicator, a remark."""

    kind: str
    code: str
    detail: str = ""


def section_place(code: str) -> FieldPlace:
    return FieldPlace("section", code)


def measure_place(category: str, measure: Measure) -> FieldPlace:
    return FieldPlace("category", category, measure.value)


def indicator_place(code: str) -> FieldPlace:
    return FieldPlace("indicator", code)


def lacks_place(code: str) -> FieldPlace:
    """Where a unit ticks that it has no figures yet for what it leaves blank in a category."""
    return FieldPlace("category", code, "lacks")


def explanation_place(section: str) -> FieldPlace:
    """Where a unit answers a warning about a section."""
    return FieldPlace("explain", section)


def remark_place(kind: str, code: str) -> FieldPlace:
    return FieldPlace(kind, code, "remark")


def answer_place(about: FieldPlace, comment: int) -> FieldPlace:
    """Where a unit answers a reviewer's comment about a place, while it corrects its report."""
    return FieldPlace(about.kind, about.code, f"answer-{comment}")


def settled_place(about: FieldPlace, comment: int) -> FieldPlace:
    """Where a unit ticks that a comment is settled."""
    return FieldPlace(about.kind, about.code, f"settled-{comment}")


@dataclass(frozen=True)
class Problem:
    """What keeps a report from being submitted: an entry that is missing, or one that can't be true."""

    place: FieldPlace
    message: str
    is_missing: bool = False


def with_implied_noughts(figures: CategoryFigures) -> CategoryFigures:
    """No case happened, so nothing of it did: blanks beside ``cases == 0`` are 0, not "not reported"."""
    if figures.values.get(Measure.CASES) != 0:
        return figures
    values: Values = {measure: 0 if value is None else value for measure, value in figures.values.items()}
    return CategoryFigures(values, figures.remark, figures.lacks_figures)


def problems(content: SubmissionContent, register: Register | None = None) -> list[Problem]:
    """Everything that keeps `content` from being submitted; `register` is what the unit recorded case by case.

    A figure far from last year's is none of it: that is a warning (`leaps`).
    """
    found = [
        Problem(section_place(code), _("This section is required."), is_missing=True)
        for code, section in SECTIONS.items()
        if section.required and not content.narrative.get(code, "").strip()
    ]
    for code, figures in content.categories.items():
        found += _problems_of_category(code, figures)
        found += _below_the_register(code, figures, register) if register else []
    return [*found, *_parts_of_indicators(content.indicators)]


def _problems_of_category(code: str, figures: CategoryFigures) -> list[Problem]:
    cases = figures.values.get(Measure.CASES)
    if cases is None:
        message = _("Enter the number of cases; 0 if none happened.")
        return [Problem(measure_place(code, Measure.CASES), message, is_missing=True)]
    found = []
    for measure, value in figures.values.items():
        if measure is Measure.CASES:
            continue
        if value is None:
            if not figures.lacks_figures:
                found.append(Problem(measure_place(code, measure), _not_reported(), is_missing=True))
            continue
        if measure in PARTS_OF_CASES and value > cases:
            message = _("Cannot be more than the number of cases (%(cases)s).")
            found.append(Problem(measure_place(code, measure), message % {"cases": formatting.number(cases)}))
        elif cases == 0 and value > 0:
            found.append(Problem(measure_place(code, measure), _("There is a figure here, but no case.")))
    return found


def _not_reported() -> str:
    return _("Enter the figure, 0 if there was none, or tick “no figures yet” for this row.")


def _below_the_register(code: str, figures: CategoryFigures, register: Register) -> list[Problem]:
    """A figure that states less than the register holds; a missing number of cases is told already."""
    if figures.values.get(Measure.CASES) is None:
        return []
    message = _("The register holds %(amount)s: %(cases)s.")
    return [
        Problem(
            measure_place(code, measure),
            message % {"amount": measure.amount(registered), "cases": register.names(code, measure)},
        )
        for measure, registered in register.lacking(code, figures.values).items()
        if registered is not None
    ]


def _parts_of_indicators(indicators: Mapping[str, IndicatorFigure]) -> list[Problem]:
    """Of what was received, no more can have been settled."""
    found = []
    for part, whole in PARTS_OF_INDICATORS.items():
        settled, received = (indicators[code].value if code in indicators else None for code in (part, whole))
        if settled is not None and received is not None and settled > received:
            message = _("Cannot be more than was received (%(received)s).")
            found.append(Problem(indicator_place(part), message % {"received": formatting.number(received)}))
    return found
