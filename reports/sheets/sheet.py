"""A unit's own sheet for its leader: its figures, its change, its place – and nothing of any other unit.

Only accepted reports count. The place is found by `reports.comparison.ranking`, which says when
there is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from cluster_portal.periods import Period
from members.models import Unit
from reports.comparison import sources
from reports.comparison.ranking import Ranking, rankings
from reports.comparison.scope import Scope, UnknownScope
from reports.comparison.summarise import compose
from reports.comparison.trend import Trend, trend
from reports.comparison.values import Summary
from reports.models import Extension, ReportingRound, Submission
from reports.submissions.board import NOT_STARTED


@dataclass(frozen=True)
class SubmissionState:
    """How the unit's report of a half-year stands, as in `reports.submissions.board`; empty where none is expected."""

    half: Period
    status: str
    is_late: bool = False


@dataclass(frozen=True)
class Sheet:
    """The unit's comparison, its last half-years, its reports of them, and its places."""

    summary: Summary
    course: Trend
    reports: tuple[SubmissionState, ...]
    rankings: tuple[Ranking, ...]

    @property
    def is_ready(self) -> bool:
        """Whether the report of the period is accepted."""
        return self.reports[-1].status == Submission.Status.ACCEPTED

    @property
    def took_over(self) -> tuple[str, ...]:
        """The units whose figures are added to its own."""
        return tuple(name for row in self.summary.units for name in row.took_over)


def build_sheet(unit: Unit, period: Period) -> Sheet:
    """The sheet of a half-year.

    Raises `UnknownScope` for a unit that counts as a part of its successor by now: the
    sheet would hold the figures of others.
    """
    scope = Scope(unit=unit.pk)
    found = sources.load(period, period.same_period_last_year)
    own = compose(found, scope=scope)
    course = trend(until=period, scope=scope)
    if {own.scope.unit, course.scope.unit} != {unit.pk}:
        raise UnknownScope(f"{unit.pk} counts as a part of another unit in {period}")
    whole = compose(found)
    return Sheet(
        summary=own,
        course=course,
        reports=_reports(unit, tuple(step.period for step in course.steps)),
        rankings=rankings(whole, unit.pk),
    )


def _reports(unit: Unit, halves: tuple[Period, ...]) -> tuple[SubmissionState, ...]:
    sent = {
        report.round.period: report
        for report in unit.submissions.filter(round__period__in=halves).select_related("round")
    }
    due_days = Extension.objects.filter(unit=unit).due_days()
    expected = set(ReportingRound.objects.expecting(unit).filter(period__in=halves).values_list("period", flat=True))
    return tuple(
        SubmissionState(half, sent[half].status, due_days.days_late(sent[half]) > 0)
        if half in sent
        else SubmissionState(half, NOT_STARTED if half in expected else "")
        for half in halves
    )
