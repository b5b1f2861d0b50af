"""How far the collecting of a period has come: what pages, documents and papers ask before they compare.

A half-year is complete when every report expected is accepted, or when the secretariat
has closed its round with a reason. Until then there is progress to tell, and no rise
or fall. A year is complete when both halves are.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from members.models import Unit
from reports.comparison import sources


class Stage(enum.StrEnum):
    UNOPENED = "unopened"
    OPEN = "open"
    COLLECTING = "collecting"
    COMPLETE = "complete"


@dataclass(frozen=True)
class PeriodState:
    """Of `expected` reports `accepted` count; `close_reason` says why a round was closed without the others.

    `is_imported`: its reports were entered from papers of an earlier year, and no unit was asked for one.
    """

    period: Period
    is_opened: bool
    accepted: int
    expected: int
    close_reason: str = ""
    is_imported: bool = False

    @property
    def stage(self) -> Stage:
        if not self.is_opened:
            return Stage.UNOPENED
        if self.accepted and (self.accepted >= self.expected or self.close_reason):
            return Stage.COMPLETE
        return Stage.COLLECTING if self.accepted else Stage.OPEN

    @property
    def is_complete(self) -> bool:
        return self.stage is Stage.COMPLETE

    @property
    def progress(self) -> str:
        """``1/28 đơn vị``, as shown beside a period that is being collected."""
        return _("%(accepted)d of %(expected)d reports accepted") % {
            "accepted": self.accepted,
            "expected": self.expected,
        }

    @property
    def told(self) -> str:
        """That the half-year is not complete, in a sentence."""
        named = {"period": self.period.label, "progress": self.progress}
        if self.is_imported:
            return _("The figures imported for the %(period)s are not complete: %(progress)s.") % named
        return _("Figures for the %(period)s are still being collected: %(progress)s.") % named

    @property
    def way_on(self) -> str:
        """What can be done about it, in a sentence."""
        if self.is_imported:
            return _("Import the others, or close the round with the reason; it will be printed.")
        return _("Wait for the others, or close the round with the reason; it will be printed.")


@dataclass(frozen=True)
class PeriodStates:
    """The states of half-years, asked for a half or a whole year."""

    halves: dict[Period, PeriodState]

    def of(self, period: Period) -> tuple[PeriodState, ...]:
        """The state of a half-year, or of both halves of a year."""
        return tuple(self.halves[half] for half in period.halves)

    def is_complete(self, period: Period) -> bool:
        return all(state.is_complete for state in self.of(period))

    def is_collecting(self, period: Period) -> bool:
        """Whether reports are still awaited: there is progress to tell, and no comparison."""
        return any(self.halves[half].stage is Stage.COLLECTING for half in period.halves if half in self.halves)

    def newest_complete(self) -> Period | None:
        """The half-year that pages show unless they are asked for another."""
        return max((half for half, state in self.halves.items() if state.is_complete), default=None)

    def lacking_half(self, period: Period) -> Period | None:
        """The half without which a year would be half a year; None where there is nothing, or enough."""
        silent = [state.period for state in self.of(period) if not state.accepted]
        return silent[0] if period.is_full_year and len(silent) == 1 else None

    def half_year_told(self, period: Period) -> str:
        """That the year is only half there, in a sentence; empty where it is whole, or no year."""
        half = self.lacking_half(period)
        if half is None:
            return ""
        sentence = _("%(year)s can't be compared: there are no figures for the %(half)s. A year needs both halves.")
        return sentence % {"year": period.label.capitalize(), "half": half.label}

    def obstacle(self, period: Period) -> str:
        """Why no document can be made of the period, in a sentence; empty where it can."""
        if all(not state.accepted for state in self.of(period)):
            return _("There are no figures for this period yet.")
        if told := self.half_year_told(period):
            return told
        for state in self.of(period):
            if not state.is_complete:
                return f"{state.told} {state.way_on}"
        return ""


#: Of no half-year it is known that it is being collected.
NOTHING_COLLECTED = PeriodStates({})


def states_of(periods: Iterable[Period]) -> PeriodStates:
    """The states of the half-years in `periods` (four queries)."""
    halves = tuple({half for period in periods for half in period.halves})
    days = sources.Days.of(halves)
    attendance = sources.reports_received(halves, days, tuple(Unit.objects.all()))
    return PeriodStates(
        {
            half: PeriodState(
                period=half,
                is_opened=half in days.rounds,
                accepted=len(attendance.accepted[half]),
                expected=len(attendance.expected[half]),
                close_reason=days.reasons_of(half),
                is_imported=half in attendance.imported,
            )
            for half in halves
        }
    )


def state_of(half: Period) -> PeriodState:
    return states_of([half]).halves[half]
