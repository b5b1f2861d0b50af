"""Figures that don't fit: with the unit's own earlier half-years, or with each other.

Like leaps since the year before (`leaps`) they may be slips or the truth: one sentence explains
them, and nothing is stopped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.periods import Period
from reports.content import MEASURES, IndicatorFigure, Measure, SubmissionContent, Values
from reports.models import Figure, IndicatorValue
from reports.submissions.areas import area_changed
from reports.submissions.leaps import THRESHOLD_OF_AN_INDICATOR

#: So many earlier half-years are looked at, and so many of them must be known.
LOOKED_AT, FEWEST = 8, 4
#: Indicators of which one counts the people who came to the other: no event has fewer than one.
PEOPLE_OF = {"luot-nguoi-du-tuyen-truyen": "buoi-tuyen-truyen", "luot-nguoi-tuan-tra": "buoi-tuan-tra"}
#: “tổng số 12 vụ”, “tổng cộng có 1.234 vụ”: what a text states of all cases together. Longer numbers count no cases.
_TOTAL_TOLD = re.compile(r"\btổng (?:số|cộng)[^\d.;\n]{0,30}(\d{1,3}(?:\.\d{3}){1,2}|\d{1,9})\s+vụ\b", re.IGNORECASE)

Known = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class OwnRange:
    """What a unit reported in earlier half-years: of a category's measure, as ``code.measure``, or an indicator."""

    known: Known = field(default_factory=dict)

    @classmethod
    def of(cls, unit_id: int, period: Period) -> OwnRange:
        """The accepted figures of the half-years before `period`, since its area last changed (two queries)."""
        return cls.of_units([unit_id], period).get(unit_id, cls())

    @classmethod
    def of_units(cls, units: Iterable[int], period: Period) -> dict[int, OwnRange]:
        """The same of many units, by their key (two queries)."""
        earlier = [period.previous]
        while len(earlier) < LOOKED_AT:
            earlier.append(earlier[-1].previous)
        report = "version__submission"
        unit = f"{report}__unit"
        theirs = Q(**{f"{unit}__in": list(units)}) & ~Q(area_changed(report, until=period))
        found: dict[int, dict[str, list[int]]] = {}
        counted = [measure.value for measure in MEASURES]
        for figures in (
            Figure.objects.accepted().in_periods(tuple(earlier)).filter(theirs).values(unit, "category__code", *counted)
        ):
            for name in counted:
                _add(found, figures[unit], f"{figures['category__code']}.{name}", figures[name])
        values = IndicatorValue.objects.accepted().in_periods(tuple(earlier)).filter(theirs)
        for unit_id, code, value in values.values_list(unit, "indicator__code", "value"):
            _add(found, unit_id, code, value)
        return {unit_id: cls(known) for unit_id, known in found.items()}

    def outside(self, name: str, value: int | None, threshold: int) -> str:
        """The range of the earlier half-years, where `value` lies far outside; else empty."""
        known = self.known.get(name, ())
        if value is None or len(known) < FEWEST:
            return ""
        least, most = min(known), max(known)
        is_above = value - most >= threshold and 2 * value > 3 * most
        is_below = least - value >= threshold and 2 * value < least
        return f"{formatting.number(least)}–{formatting.number(most)}" if is_above or is_below else ""


def _add(found: dict[int, dict[str, list[int]]], unit_id: int, name: str, value: int | None) -> None:
    if value is not None:
        found.setdefault(unit_id, {}).setdefault(name, []).append(value)


def of_category(code: str, figures: Values, own: OwnRange) -> list[str]:
    """The measures that lie outside the unit's own range, each with it."""
    return [
        f"{measure.title}: {_outside(value, usual)}"
        for measure, value in figures.items()
        if (usual := own.outside(f"{code}.{measure.value}", value, measure.facts.leaps_by))
    ]


def of_indicator(code: str, indicators: Mapping[str, IndicatorFigure], own: OwnRange) -> list[str]:
    """Why an indicator's figure is odd: outside the unit's own range, or fewer people than events."""
    value = indicators[code].value if code in indicators else None
    usual = own.outside(code, value, THRESHOLD_OF_AN_INDICATOR)
    found = [_outside(value, usual)] if usual else []
    events = indicators.get(PEOPLE_OF.get(code, ""))
    if events and events.value is not None and value is not None and value < events.value:
        counts = {"people": formatting.number(value), "events": formatting.number(events.value)}
        found.append(_("%(people)s people at %(events)s events") % counts)
    return found


def _outside(value: int | None, usual: str) -> str:
    told = _("%(value)s, in earlier half-years %(usual)s")
    return told % {"value": formatting.number(value), "usual": usual}


def warning(found: Sequence[str]) -> str:
    """The oddities of one row in a sentence; empty without any."""
    if not found:
        return ""
    return _("Does not fit (%(figures)s): check it, and explain it in the remark.") % {"figures": "; ".join(found)}


def total_contradicted(text: str, content: SubmissionContent) -> str:
    """What a text calls all cases together, where the table adds up to something else; else empty.

    A table with blanks has no total to compare with.
    """
    counts = [figures.values.get(Measure.CASES) for figures in content.categories.values()]
    known = [count for count in counts if count is not None]
    told = _TOTAL_TOLD.search(text)
    if told is None or not known or len(known) < len(counts):
        return ""
    if int(told.group(1).replace(".", "")) == sum(known):
        return ""
    sentence = _("The text says %(told)s cases, the table adds up to %(total)s: correct one of them, or explain it.")
    return sentence % {"told": told.group(1), "total": formatting.number(sum(known))}
