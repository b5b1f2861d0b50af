"""The rules a half-year report must meet before it is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from reports.content import SECTIONS, CategoryFigures, IndicatorFigure, Measure, SubmissionContent, Values
from reports.submissions.register import Register

#: By how much a measure must have changed before a leap of it is worth a word; damage is in đồng.
LEAPS: dict[Measure, int] = {
    Measure.CASES: 4,
    Measure.SERIOUS: 3,
    Measure.SOLVED: 5,
    Measure.PERSONS: 8,
    Measure.DEATHS: 2,
    Measure.INJURIES: 4,
    Measure.DAMAGE: 50_000_000,
}
LEAP_OF_AN_INDICATOR = 10
#: A figure has all but vanished when less than one in so many is left.
LEFT_OVER = 10

#: Indicators of which one counts a part of the other: tip-offs settled, of those received.
PARTS_OF_INDICATORS = {"tin-bao-da-giai-quyet": "tin-bao-tiep-nhan"}

PARTS_OF_CASES = (Measure.SERIOUS, Measure.SOLVED)


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


def remark_place(kind: str, code: str) -> FieldPlace:
    return FieldPlace(kind, code, "remark")


@dataclass(frozen=True)
class Problem:
    place: FieldPlace
    message: str


def with_implied_noughts(figures: CategoryFigures) -> CategoryFigures:
    """No case happened, so nothing of it did: blanks beside ``cases == 0`` are 0, not "not reported"."""
    if figures.values.get(Measure.CASES) != 0:
        return figures
    values: Values = {measure: 0 if value is None else value for measure, value in figures.values.items()}
    return CategoryFigures(values, figures.remark)


def problems(
    content: SubmissionContent, base: SubmissionContent | None, register: Register | None = None
) -> list[Problem]:
    """Everything that keeps `content` from being submitted.

    `base` is last year's report, if any; `register` what the unit recorded case by case.
    """
    found = [
        Problem(section_place(code), _("This section is required."))
        for code, section in SECTIONS.items()
        if section.required and not content.narrative.get(code, "").strip()
    ]
    for code, figures in content.categories.items():
        found += _problems_of_category(code, figures)
        found += _below_the_register(code, figures, register) if register else []
        earlier = base.categories.get(code) if base else None
        if earlier and not figures.remark.strip() and (leaps := _leaps_of(figures.values, earlier.values)):
            found.append(Problem(remark_place("category", code), _explain(leaps)))
    for code, figure in content.indicators.items():
        before = base.indicators.get(code) if base else None
        if before and not figure.remark.strip() and _leaped(figure.value, before.value, LEAP_OF_AN_INDICATOR):
            leap = _from_to(before.value, figure.value)
            found.append(Problem(remark_place("indicator", code), _explain([leap])))
    return [*found, *_parts_of_indicators(content.indicators)]


def _problems_of_category(code: str, figures: CategoryFigures) -> list[Problem]:
    cases = figures.values.get(Measure.CASES)
    if cases is None:
        return [Problem(measure_place(code, Measure.CASES), _("Enter the number of cases; 0 if none happened."))]
    found = []
    for measure, value in figures.values.items():
        if value is None or measure is Measure.CASES:
            continue
        if measure in PARTS_OF_CASES and value > cases:
            message = _("Cannot be more than the number of cases (%(cases)s).")
            found.append(Problem(measure_place(code, measure), message % {"cases": formatting.number(cases)}))
        elif cases == 0 and value > 0:
            found.append(Problem(measure_place(code, measure), _("There is a figure here, but no case.")))
    return found


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


def _leaps_of(figures: Values, base: Values) -> list[str]:
    """The measures that leaped since the year before, each with both its figures."""
    return [
        f"{measure.title}: {_from_to(base[measure], value)}"
        for measure, value in figures.items()
        if _leaped(value, base.get(measure), LEAPS[measure])
    ]


def _leaped(current: int | None, base: int | None, threshold: int) -> bool:
    """Whether the figure more than doubled, or all but vanished, by no less than the `threshold`."""
    if current is None or not base or abs(current - base) < threshold:
        return False
    return current > 2 * base or current * LEFT_OVER < base


def _from_to(base: int | None, current: int | None) -> str:
    return f"{formatting.number(base)} → {formatting.number(current)}"


def _explain(leaps: list[str]) -> str:
    return _("Far from the same period of the year before (%(figures)s): add a remark that explains it.") % {
        "figures": "; ".join(leaps)
    }


def _parts_of_indicators(indicators: Mapping[str, IndicatorFigure]) -> list[Problem]:
    """Of what was received, no more can have been settled."""
    found = []
    for part, whole in PARTS_OF_INDICATORS.items():
        settled, received = (indicators[code].value if code in indicators else None for code in (part, whole))
        if settled is not None and received is not None and settled > received:
            message = _("Cannot be more than was received (%(received)s).")
            found.append(Problem(indicator_place(part), message % {"received": formatting.number(received)}))
    return found
