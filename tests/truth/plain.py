"""A comparison of plain values: no database, no model, the same code that reads the portal's own.

For whoever wants to try the rules of the comparison on figures of their own – the
property-based suite, above all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from cluster_portal.periods import CutOffRule, Period
from incidents.models import ALWAYS, Asked, Polarity
from reports.comparison.lineage import ReportsReceived, Succession
from reports.comparison.reading import Reading
from reports.comparison.rows import compose_summary
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.sources import (
    ActivityFigure,
    CaseFigures,
    CategoryFacts,
    Days,
    IndicatorFacts,
    Sources,
    UnitFacts,
    last_halves,
    with_past,
    with_the_year_before,
)
from reports.comparison.values import Summary
from reports.content import MEASURES, Measure


@dataclass(frozen=True)
class PlainUnit:
    """A unit of the cluster from `joined_on` to the day before `left_on`; `kind` is a code of `Unit.Kind`."""

    id: int
    kind: str = "commune"
    joined_on: dt.date = dt.date(1990, 1, 1)
    left_on: dt.date | None = None
    name: str = ""

    def is_member_on(self, day: dt.date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class PlainCategory:
    """A category; `asks` are the measures it asks since always, its cases among them."""

    code: str
    group: str = "group"
    asks: frozenset[Measure] = frozenset(MEASURES)
    is_investigated: bool = True
    polarity: str = str(Polarity.FEWER_IS_BETTER)


@dataclass(frozen=True)
class PlainReport:
    """An accepted report: `figures` by category code and measure, `activities` by indicator code.

    A measure that isn't there, or is None, was left blank; a category that isn't there
    was left out altogether.
    """

    unit: int
    half: Period
    figures: Mapping[str, Mapping[Measure, int | None]] = field(default_factory=dict)
    activities: Mapping[str, int | None] = field(default_factory=dict)


def compare(
    *,
    current: Period,
    baseline: Period | None = None,
    units: Iterable[PlainUnit],
    categories: Iterable[PlainCategory],
    reports: Iterable[PlainReport],
    successions: Iterable[Succession] = (),
    indicators: Iterable[str] = (),
    opened: Iterable[Period] | None = None,
    scope: Scope = WHOLE_CLUSTER,
) -> Summary:
    """Compare the accepted `reports` of `current` with those of `baseline`, a year before unless told.

    Calendar halves. `opened` are the half-years reports were asked for; unless told,
    those there are reports of. The rules:

    - A unit stands for those it wholly took over between the first day of the base and the
      last of the current period. A half is *expected* of who is a member on its last day
      (or sent a report of it), a period of who owed any half of it. A unit *has reported*
      a period if something was expected and every expected half has an accepted report.
    - It is *comparable* if it is a member at the end, has reported both periods and was
      there in every half of both; if no succession in between is partial; and if its area
      is the same: nobody came into it after the base's first cut-off day, or left it, but
      by a whole succession on that very day.
    - A category is *asked* in a half if it asks the measure and somebody's report of that
      half has any figure for it. Beside `cases == 0` every blank asked measure is 0; any
      other blank asked measure is *not reported*. A category that is absent from a report
      altogether (only imports leave one out) is not reported if the unit has figures for
      it in any half of either period, and is not asked of it if it has in none. Whether
      other units have figures for it does not matter.
    - In each measure the *compared categories* are those asked in every half of both
      periods; the *compared units* are comparable and left no compared category blank in
      that measure, in either.

    Of the `Summary`:

    - Each row – `total`, `groups[]`, `groups[].categories[]` (also `categories`), `kinds[]`,
      `units[]` – has `figures[measure]`, a `Compared`; `indicators[]` have one as `figure`.
    - `Compared.current`, `.base`, `.change`, `.percent`: sums over the row's compared units
      and categories. If no unit at all is compared in the measure, `current` equals
      `recorded` and `base` is None; if some are, but none in this row, both are None.
    - `.recorded`, `.recorded_base`: sums of all that was reported and asked, in current
      and base; None if nothing was, or a nought that somebody owes a part of. `.missing`,
      `.missing_base`: ids of units that owe a part of it; `.complete`, `.complete_base`:
      something is recorded and nobody owes any. `.expected`: how
      many units are expected in the row, `.reported` how many of them owe nothing,
      `.units` how many are compared. `.asked`: the catalogue asks the measure of some
      category of the row in current. `.is_whole`: compared is all that was recorded, and
      that is complete.
    - `row.clearance`: `solved` of `cases` over all rows of investigated categories in which
      both are reported; None if there is none.
    - `coverage`: units `expected`, with all reports now (`current`), then (`baseline`, as
      the units stood then, of `expected_base`), and both.
    - `share` of a group is of all recorded cases, of a category of its group's recorded.
    - `lacking`, `lacking_base`: halves of which nobody has reported; a year that lacks a
      half has no figures to show (`has_figures`) and is no base (`has_base`).
    - `unopened`: halves of `current` that nobody was asked for. `left_out`: by measure,
      what is not compared although it reported. `history` and `registered` say nothing of
      the comparison.

    In words (`reports.prose.narrative`): ``headline(summary)``, ``narrative(summary)``.
    """
    baseline = baseline or current.same_period_last_year
    units, reports, categories = tuple(units), tuple(reports), tuple(categories)
    halves = tuple(dict.fromkeys((*current.halves, *baseline.halves, *last_halves(until=current, length=6))))
    halves = with_the_year_before((*halves, current, baseline))
    rule = CutOffRule.CALENDAR
    return compose_summary(
        Reading.of(
            with_past(
                Sources(
                    current=current,
                    baseline=baseline,
                    base_starts_on=baseline.halves[0].first_day(rule),
                    base_cut_off_on=baseline.halves[0].last_day(rule),
                    base_ends_on=baseline.halves[-1].last_day(rule),
                    current_starts_on=current.halves[0].first_day(rule),
                    current_ends_on=current.halves[-1].last_day(rule),
                    units={
                        unit.id: UnitFacts(unit.id, *_names(unit), unit.kind, unit.joined_on, unit.left_on)
                        for unit in units
                    },
                    successions=tuple(successions),
                    categories=tuple(_facts(category) for category in categories),
                    indicators=tuple(
                        IndicatorFacts(code, code, "buổi", str(Polarity.MORE_IS_BETTER), is_active=True)
                        for code in indicators
                    ),
                    received=_received(halves, units, reports, opened),
                    figures=tuple(_figures(reports)),
                    indicator_figures=tuple(
                        ActivityFigure(report.unit, report.half, code, value)
                        for report in reports
                        for code, value in report.activities.items()
                    ),
                    registered={},
                    closed_because="",
                ),
                Days({}, rule),
                last_halves(until=current, length=6),
            ),
            scope=scope,
        )
    )


def _names(unit: PlainUnit) -> tuple[str, str]:
    name = unit.name or f"Đơn vị {unit.id}"
    return name, name


def _facts(category: PlainCategory) -> CategoryFacts:
    return CategoryFacts(
        code=category.code,
        name=category.code,
        polarity=category.polarity,
        group_code=category.group,
        group_name=category.group,
        is_active=True,
        asked=(Asked(ALWAYS, category.asks, category.is_investigated),),
    )


def _received(
    halves: Iterable[Period],
    units: Iterable[PlainUnit],
    reports: Iterable[PlainReport],
    opened: Iterable[Period] | None,
) -> ReportsReceived:
    accepted = {half: frozenset(report.unit for report in reports if report.half == half) for half in halves}
    members = {
        half: frozenset(unit.id for unit in units if unit.is_member_on(half.last_day(CutOffRule.CALENDAR)))
        for half in accepted
    }
    return ReportsReceived(
        expected={half: members[half] | accepted[half] for half in accepted},
        accepted=accepted,
        opened=frozenset(half for half in accepted if accepted[half]) if opened is None else frozenset(opened),
    )


def _figures(reports: Iterable[PlainReport]) -> Iterable[CaseFigures]:
    for report in reports:
        for code, given in report.figures.items():
            yield CaseFigures(report.unit, report.half, code, {measure: given.get(measure) for measure in MEASURES})
