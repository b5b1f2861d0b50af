"""What the issued papers of a meeting say of its day, so that it isn't moved past them.

The floor that issues them stands above and tells of them by a function it registers here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from meetings.models import Meeting


@dataclass(frozen=True)
class DatedPaper:
    """An issued paper by its name and number: one that tells what was decided is never older than the meeting."""

    name: str
    issued_on: dt.date


Telling = Callable[[Meeting], Iterable[DatedPaper]]

_telling: list[Telling] = []


def tells_of_papers(told: Telling) -> Telling:
    """Register a function that lists what tells of the meeting's course and was issued."""
    _telling.append(told)
    return told


def paper_older_than(day: dt.date, meeting: Meeting) -> DatedPaper | None:
    """The oldest issued paper that would tell of the meeting before it was held, were it held on `day`."""
    papers = (paper for told in _telling for paper in told(meeting) if paper.issued_on < day)
    return min(papers, key=lambda paper: paper.issued_on, default=None)
