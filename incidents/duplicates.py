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
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q

from cluster_portal.text import fold
from incidents.models import Category, Incident
from members.models import Unit

ALIKE = 0.7
#: Of the cases of one unit, category and day, how many are compared by their descriptions.
MOST_COMPARED = 100
#: How many cases a row is said to repeat.
MOST_REPEATED = 5

#: Of how many units' categories the cases are asked for in one query.
_ASKED_AT_ONCE = 50

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


@dataclass
class _Alike:
    """Cases of one unit, category and day: each by its words, the first of them by their trigrams as well."""

    by_words: dict[str, list[Incident | None]] = field(default_factory=lambda: defaultdict(list))
    by_shape: list[tuple[Incident | None, frozenset[str]]] = field(default_factory=list)

    def add(self, case: Incident | None, narrative: str) -> None:
        self.by_words[fold(narrative)].append(case)
        if len(self.by_shape) < MOST_COMPARED:
            self.by_shape.append((case, trigrams(narrative)))


class KnownIncidents:
    """Cases to compare with, by unit, category and day.

    A day has a few cases of one unit and category. Where a file has thousands, not each
    is compared with each: beyond the first `MOST_COMPARED` the same words tell a case.
    """

    def __init__(self, cases: Iterable[Incident] = ()) -> None:
        self._cases: dict[Key, _Alike] = defaultdict(_Alike)
        for case in cases:
            self._cases[_key(case)].add(case, case.narrative)

    @classmethod
    def around(cls, rows: Collection[Described]) -> KnownIncidents:
        """The cases of the register among which those that `rows` repeat must be: by key, however many it holds."""
        if not rows:
            return cls()
        days: dict[tuple[int, int], set[dt.date]] = defaultdict(set)
        for row in rows:
            days[row.unit_id, row.category_id].add(row.happened_on)
        asked = [Q(unit=unit, category=category, happened_on__in=on) for (unit, category), on in days.items()]
        alike = Incident.objects.select_related("unit", "category").order_by("pk")
        parts = [asked[at : at + _ASKED_AT_ONCE] for at in range(0, len(asked), _ASKED_AT_ONCE)]
        return cls(case for part in parts for case in alike.filter(reduce(or_, part)))

    def like(self, row: Described) -> list[Incident | None]:
        """The first known cases that `row` repeats; None stands for those added by `add`.

        A text removed after its time can't be compared: unit, category and day decide.
        """
        alike = self._cases[_key(row)]
        shape = trigrams(row.narrative)
        found = dict.fromkeys(alike.by_words.get(fold(row.narrative), ()))
        for case, known in alike.by_shape:
            if (case is not None and case.text_removed_on) or are_alike(shape, known):
                found[case] = None
        return list(found)[:MOST_REPEATED]

    def add(self, row: Described) -> None:
        """Let later rows of the same file be compared with this one."""
        self._cases[_key(row)].add(None, row.narrative)


def _key(row: Described | Incident) -> Key:
    return row.unit_id, row.category_id, row.happened_on


def similar_cases(*, unit: Unit, category: Category, happened_on: dt.date, narrative: str) -> list[Incident]:
    """What the register already holds of a case about to be recorded."""
    probe = Incident(unit=unit, category=category, happened_on=happened_on, narrative=narrative)
    return [case for case in KnownIncidents.around([probe]).like(probe) if case is not None]
