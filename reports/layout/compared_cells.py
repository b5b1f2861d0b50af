"""The cells of a comparison: what was recorded, what is compared, and which columns that makes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal import formatting
from reports.comparison.pair import Compared, Comparison, Tone
from reports.comparison.values import Summary
from reports.layout.table import Cell, Column
from reports.layout.titles import period_label

TONE_LABELS = {Tone.GOOD: gettext_lazy("better"), Tone.BAD: gettext_lazy("worse"), Tone.NEUTRAL: ""}


@dataclass(frozen=True)
class Shape:
    """Which columns a comparison has: its base, if there is any, and what was recorded where that is more.

    `units` is how many units stand behind every compared figure, None where lines differ.
    """

    summary: Summary
    is_partial: bool
    units: int | None = None

    @classmethod
    def of(cls, summary: Summary, pairs: Iterable[Compared], *, per_line: bool = False) -> Shape:
        shown = [pair for pair in pairs if not pair.is_empty]
        is_partial = summary.has_base and not all(pair.is_whole for pair in shown)
        return cls(summary, is_partial, None if per_line else summary.total.figures.cases.units)

    @property
    def columns(self) -> tuple[Column, ...]:
        period, baseline = period_label(self.summary.period), period_label(self.summary.baseline)
        if not self.summary.has_base:
            return (Column(period),)
        group = self._group if self.is_partial else ""
        compared = (
            Column(period, group=group),
            Column(baseline, group=group),
            Column(_("Rise or fall"), group=group, signed=True),
            Column(_("Rise or fall, %"), "percent", group=group, signed=True),
        )
        return (*self._recorded, *compared) if self.is_partial else compared

    @property
    def _group(self) -> str:
        fewer = self.summary.has_fewer_categories
        if self.units is None and fewer:
            return _("Comparable units and categories")
        if self.units is None:
            return _("Comparable units")
        if fewer:
            return _("%(n)d comparable units and categories") % {"n": self.units}
        return _("%(n)d comparable units") % {"n": self.units}

    @property
    def _recorded(self) -> tuple[Column, ...]:
        cases = self.summary.total.figures.cases
        if self.units is not None:
            return (Column(_("Recorded (%(units)s)") % {"units": counted_units(cases)}),)
        return Column(_("Recorded")), Column(_("Units with all figures"), "text"), Column(_("Units compared"))

    def cells(self, pair: Compared, tone: Tone, reported: int | None = None, /, **where: str | int) -> tuple[Cell, ...]:
        """The figures of a line; `reported` is how many units its own column says it is of, where it has one."""
        summary = self.summary
        if not summary.has_base:
            return (recorded_cell(summary, pair, "current", **where),)
        change = change_cell(pair, tone), Cell(formatting.signed_percent(pair.percent), pair.percent)
        if not self.is_partial:
            return (
                recorded_cell(summary, pair, "current", **where),
                recorded_cell(summary, pair, "base", **where),
                *change,
            )
        shown = pair if pair.units else replace(pair, current=None, base=None)
        return (
            recorded_cell(summary, pair, "recorded", self._is_counted(pair, reported), **where),
            *self._units(pair),
            figure_cell(summary, shown.current, "current", pair.asked, **where),
            figure_cell(summary, shown.base, "base", pair.asked_base, **where),
            *change,
        )

    def _is_counted(self, pair: Compared, reported: int | None) -> bool:
        """Whether the count of units that stands above or beside is that of this very figure."""
        if self.units is None:
            return True
        if reported is None:
            return len(pair.missing) == len(self.summary.total.figures.cases.missing)
        return pair.reported == reported

    def _units(self, pair: Compared) -> tuple[Cell, ...]:
        if self.units is not None:
            return ()
        if not pair.asked:
            return Cell(formatting.NOT_ASKED), Cell(formatting.NOT_ASKED)
        return Cell(f"{pair.reported}/{pair.expected}"), Cell(formatting.number(pair.units), pair.units)


def counted_units(pair: Compared) -> str:
    """How many units a recorded figure is of; where it holds parts of others, how many have told all of it."""
    counts = {"n": f"{pair.reported}/{pair.expected}"}
    return (_("%(n)s units with all figures") if pair.holds_others else _("%(n)s units")) % counts


def rows_behind(summary: Summary, side: str, **where: str | int) -> str:
    """The page of the figures that add up to a cell."""
    query: dict[str, str | int] = {"side": side, **where, **summary.choices}
    return f"{reverse('reports:figure-list', args=[summary.period])}?{urlencode(query)}"


def figure_cell(summary: Summary, value: int | None, side: str, is_asked: bool = True, /, **where: str | int) -> Cell:
    if value is None:
        return Cell(formatting.NOT_REPORTED if is_asked else formatting.NOT_ASKED)
    return Cell(formatting.number(value), value, rows_behind(summary, side, **where))


def recorded_cell(summary: Summary, pair: Compared, side: str, counted: bool = False, /, **where: str | int) -> Cell:
    """What all reported of this period (`current`, `recorded`) or of the other; “≥” where some owe a part of it.

    `counted`: how many units it is of stands beside it; a nought that is not all is “≥ 0” all the same.
    """
    now = side in ("current", "recorded")
    value, is_asked = (pair.so_far, pair.asked) if now else (pair.so_far_base, pair.asked_base)
    is_part = pair.has_parts if counted and pair.recorded else not (pair.complete if now else pair.complete_base)
    if value is None:
        return figure_cell(summary, value, side, is_asked, **where)
    return amount_cell(value, rows_behind(summary, side, **where), is_part=is_part)


def amount_cell(value: int | None, href: str = "", *, is_part: bool) -> Cell:
    """A figure of the recorded, with “≥” where it is a part of what happened."""
    if value is None or not is_part:
        return Cell(formatting.number(value), value, href)
    return Cell(formatting.at_least(value), value, href, at_least=True)


def change_cell(pair: Comparison, tone: Tone) -> Cell:
    return Cell(formatting.signed(pair.change), pair.change, tone=str(tone), tone_label=str(TONE_LABELS[tone]))
