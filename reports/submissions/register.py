"""What the register of cases holds on a report's figures.

A report can't state less than its unit recorded case by case; it may state more, as
not every case is described. Cases count for the period they happened in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cluster_portal import formatting
from incidents.lookups import cases_url
from incidents.models import Category, Incident
from members.models import Unit
from reports.content import Measure, SubmissionContent, Values
from reports.models import ReportingRound

#: So many cases are named in an error; the rest is counted.
NAMED = 5


@dataclass(frozen=True)
class Shortfall:
    """A category in which cases were recorded after the report was written."""

    category: str
    stated: int | None
    registered: int | None
    url: str

    @property
    def cases(self) -> str:
        """What the report states, as shown; empty where it states none."""
        return "" if self.stated is None else formatting.number(self.stated)


@dataclass(frozen=True)
class Register:
    """The registered figures of one unit and the days of a report, by category code.

    In `values` None means that no case states it, as for damage nobody estimated.
    """

    unit_id: int = 0
    first_day: dt.date = dt.date.min
    last_day: dt.date = dt.date.min
    values: Mapping[str, Mapping[Measure, int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, unit: Unit, round_: ReportingRound) -> Register:
        found = Incident.objects.figures_by_category(unit, round_.starts_on, round_.ends_on)
        return cls(unit.pk, round_.starts_on, round_.ends_on, found)

    @classmethod
    def of_units(cls, round_: ReportingRound) -> dict[int, Register]:
        """What it holds of every unit that has cases, by the unit's key (one query)."""
        first, last = round_.starts_on, round_.ends_on
        found = Incident.objects.figures_by_unit(first, last)
        return {unit: cls(unit, first, last, values) for unit, values in found.items()}

    @property
    def cases(self) -> int:
        return sum(values[Measure.CASES] or 0 for values in self.values.values())

    def url(self, code: str = "") -> str:
        """The registered cases behind a category, or all of them."""
        return cases_url(self.first_day, self.last_day, unit=self.unit_id, category=code)

    def lacking(self, code: str, stated: Values) -> Values:
        """The measures asked in which `stated` falls below the register, with what is registered."""
        registered = self.values.get(code, {})
        return {
            measure: value
            for measure, value in registered.items()
            if value and measure in stated and (stated.get(measure) or 0) < value
        }

    def shortfalls(self, content: SubmissionContent) -> list[Shortfall]:
        """Where a submitted report states fewer cases than the register holds by now."""
        short = self.short_of(content)
        names = Category.objects.in_bulk(list(short), field_name="code") if short else {}
        return [
            Shortfall(names[code].name, stated, registered, self.url(code))
            for code, (stated, registered) in short.items()
        ]

    def short_of(self, content: SubmissionContent) -> dict[str, tuple[int | None, int | None]]:
        """The same by the category's code: cases stated and registered (no query)."""
        return {
            code: (figures.values.get(Measure.CASES), values[Measure.CASES])
            for code, figures in content.categories.items()
            if Measure.CASES in (values := self.lacking(code, figures.values))
        }

    def names(self, code: str, measure: Measure) -> str:
        """The cases behind a registered figure, by day and place: they are the unit's own."""
        cases = Incident.objects.filter(unit=self.unit_id, category__code=code)
        behind = cases.happened_between(self.first_day, self.last_day).behind(measure).order_by("happened_on", "pk")
        places = list(behind.values_list("happened_on", "place")[: NAMED + 1])
        named = [f"{formatting.date(day)} {place}".strip() for day, place in places[:NAMED]]
        if len(places) > NAMED:
            named.append(_("and %(number)d more") % {"number": behind.count() - NAMED})
        return "; ".join(named)
