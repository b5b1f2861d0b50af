"""Figures far from those of the year before: a warning for the unit and for the secretariat.

Such a figure may be a slip or the truth, so that it never stops a report. Every measure
has a threshold of its own: đồng are not cases.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cluster_portal import formatting
from reports.content import Values

THRESHOLD_OF_AN_INDICATOR = 10
#: A figure has all but vanished when less than one in so many is left.
LEFT_OVER = 10


def leaps_of_category(figures: Values, base: Values) -> list[str]:
    """The measures that leaped since the year before, each with both its figures."""
    return [
        f"{measure.title}: {_from_to(base[measure], value)}"
        for measure, value in figures.items()
        if _leaped(value, base.get(measure), measure.facts.leaps_by)
    ]


def leaps_of_indicator(value: int | None, base: int | None) -> list[str]:
    """Both figures of an indicator that leaped, none of another."""
    return [_from_to(base, value)] if _leaped(value, base, THRESHOLD_OF_AN_INDICATOR) else []


def warning(leaps: Sequence[str]) -> str:
    """The leaps of one row in a sentence; empty without any."""
    if not leaps:
        return ""
    return _("Far from the same period of the year before (%(figures)s): check it, and explain it in the remark.") % {
        "figures": "; ".join(leaps)
    }


def _leaped(current: int | None, base: int | None, threshold: int) -> bool:
    """Whether the figure more than doubled, or all but vanished, by no less than the `threshold`."""
    if current is None or not base or abs(current - base) < threshold:
        return False
    return current > 2 * base or current * LEFT_OVER < base


def _from_to(base: int | None, current: int | None) -> str:
    return f"{formatting.number(base)} → {formatting.number(current)}"
