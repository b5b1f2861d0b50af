"""Recognising a case that the register already holds.

Two descriptions are alike if, without diacritics and case, they share at least
`ALIKE` of their three-letter sequences (Dice's coefficient): a word more or less, a
typing error or another order keeps them alike; another story about the same kind of
case on the same day does not.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Protocol

from cluster_portal.text import fold
from incidents.models import Category, Incident
from members.models import Unit

ALIKE = 0.7

Key = tuple[int, int, dt.date]


class Described(Protocol):
    """What a case and a row of an import have in common."""

    unit_id: int
    category_id: int
    happened_on: dt.date
    narrative: str


def trigrams(text: str) -> frozenset[str]:
    padded = f"  {fold(text)} "
    return frozenset(padded[place : place + 3] for place in range(len(padded) - 2))


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return 2 * len(one & other) >= ALIKE * (len(one) + len(other))


class KnownIncidents:
    """Cases to compare with, by unit, category and day."""

    def __init__(self, cases: Iterable[Incident] = ()) -> None:
        self._cases: dict[Key, list[tuple[Incident | None, frozenset[str]]]] = defaultdict(list)
        for case in cases:
            # A text removed after its time can't be compared: unit, category and day decide.
            self._cases[_key(case)].append((case, trigrams(case.narrative)))

    @classmethod
    def around(cls, rows: Collection[Described]) -> KnownIncidents:
        """The cases of the register among which those that `rows` repeat must be."""
        if not rows:
            return cls()
        days = [row.happened_on for row in rows]
        cases = Incident.objects.filter(unit__in={row.unit_id for row in rows})
        return cls(cases.happened_between(min(days), max(days)).select_related("unit", "category"))

    def like(self, row: Described) -> list[Incident | None]:
        """The known cases that `row` repeats; None stands for one added by `add`."""
        shape = trigrams(row.narrative)
        return [
            case
            for case, known in self._cases[_key(row)]
            if (case is not None and case.text_removed_on) or are_alike(shape, known)
        ]

    def add(self, row: Described) -> None:
        """Let later rows of the same file be compared with this one."""
        self._cases[_key(row)].append((None, trigrams(row.narrative)))


def _key(row: Described | Incident) -> Key:
    return row.unit_id, row.category_id, row.happened_on


def similar_cases(*, unit: Unit, category: Category, happened_on: dt.date, narrative: str) -> list[Incident]:
    """What the register already holds of a case about to be recorded."""
    probe = Incident(unit=unit, category=category, happened_on=happened_on, narrative=narrative)
    return [case for case in KnownIncidents.around([probe]).like(probe) if case is not None]
