"""A cluster as plain values: who belonged to it, what was asked of whom, and what they answered.

What the naive second implementation (`naive.py`) reads, what Hypothesis makes up
(`clusters.py`), and what is stored to be shown by the portal. No model of the portal in it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

#: (year, 1 or 2).
Half = tuple[int, int]
#: (year, 0 for the whole year, 1 or 2 for a half).
When = tuple[int, int]

MEASURES = ("cases", "serious", "solved", "persons", "deaths", "injuries", "damage")
KINDS = ("commune", "agency", "school", "enterprise", "armed_forces")


@dataclass(frozen=True)
class Member:
    """A unit, from `joined` until before `left`."""

    id: int
    kind: str
    joined: dt.date
    left: dt.date | None = None

    @property
    def name(self) -> str:
        return name_of(self.id)


#: Names of units hold no digits, so that no part of a name is taken for a figure.
LETTERS = "ABCDEGHIKLMNOPQRSTUV"


def name_of(unit: int) -> str:
    return f"Đơn vị {LETTERS[unit // 20]}{LETTERS[unit % 20]}"


@dataclass(frozen=True)
class Handover:
    """`old` passed to `new` on the day `on`: as a whole, or a part of it."""

    old: int
    new: int
    on: dt.date
    partial: bool = False


@dataclass(frozen=True)
class Ask:
    """From the half-year `since` on, these measures are asked of a category."""

    since: Half
    measures: frozenset[str]
    investigated: bool


@dataclass(frozen=True)
class Category:
    code: str
    name: str
    group: str
    asks: tuple[Ask, ...]


@dataclass(frozen=True)
class Group:
    code: str
    name: str


@dataclass(frozen=True)
class Indicator:
    code: str
    name: str
    noun: str


@dataclass(frozen=True)
class Round:
    """The reports on a half-year were called for; `closed` by the secretariat although some never came."""

    half: Half
    closed: bool = False


@dataclass
class Report:
    """What one unit wrote on one half-year: category → measure → value; None is a blank."""

    unit: int
    half: Half
    accepted: bool = True
    rows: dict[str, dict[str, int | None]] = field(default_factory=dict)
    indicators: dict[str, int | None] = field(default_factory=dict)


@dataclass(eq=False)
class World:
    members: list[Member]
    groups: list[Group]
    categories: list[Category]
    indicators: list[Indicator]
    rounds: list[Round]
    reports: list[Report]
    handovers: list[Handover] = field(default_factory=list)

    def member(self, unit: int) -> Member:
        """The member of this id; in a cluster made smaller it isn't at the place of its id."""
        (found,) = (member for member in self.members if member.id == unit)
        return found

    def with_reports(self, reports: list[Report]) -> World:
        return World(self.members, self.groups, self.categories, self.indicators, self.rounds, reports, self.handovers)
