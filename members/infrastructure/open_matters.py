"""What is open when the lead is handed over, told by each floor for itself.

The floor that hands over knows nothing of those above it: each registers a function here.
What they tell is printed in the annex of the minutes, so it is Vietnamese, as documents are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from members.infrastructure.capabilities import Can


@dataclass(frozen=True)
class Matter:
    """Things of one kind that the next lead goes on with; the page at `url` shows them to who `can` see it."""

    heading: str
    lines: tuple[str, ...]
    url: str
    can: Can


Told = Callable[[dt.date], Iterable[Matter]]

_TOLD: list[Told] = []


def hands_over(told: Told) -> Told:
    """Register a function that tells, in words for people, what its floor has open as of a day."""
    if told not in _TOLD:
        _TOLD.append(told)
    return told


def open_matters(today: dt.date) -> list[Matter]:
    """In the order of the floors, those of which there is nothing left out."""
    return [matter for told in _TOLD for matter in told(today) if matter.lines]
