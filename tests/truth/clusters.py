"""Random clusters: what Hypothesis draws is how a cluster is; what happens in it follows from a seed.

Hypothesis shrinks the knobs (fewer units, nothing missing); `smallest.py` then takes out
of the world whatever the fault does not need.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from tests.truth import naive
from tests.truth.worlds import (
    KINDS,
    Ask,
    Category,
    Group,
    Half,
    Handover,
    Indicator,
    Member,
    Report,
    Round,
    When,
    World,
)

FOUNDED = dt.date(2015, 1, 1)
#: The catalogue of the portal in short; the measures of a category are drawn.
GROUPS = (
    Group("trat-tu-xa-hoi", "Trật tự xã hội"),
    Group("nhom-ma-tuy", "Ma túy"),
    Group("nhom-giao-thong", "Tai nạn giao thông"),
)
CATEGORIES = (
    ("trom-cap-tai-san", "Trộm cắp tài sản", "trat-tu-xa-hoi", ("serious", "solved", "persons", "damage")),
    ("co-y-gay-thuong-tich", "Cố ý gây thương tích", "trat-tu-xa-hoi", ("solved", "persons", "deaths", "injuries")),
    ("danh-bac", "Đánh bạc", "trat-tu-xa-hoi", ("solved", "persons")),
    ("ma-tuy", "Ma túy", "nhom-ma-tuy", ("serious", "solved", "persons")),
    ("tai-nan-giao-thong", "Tai nạn giao thông", "nhom-giao-thong", ("deaths", "injuries", "damage")),
)
#: What is told as solved, but is not part of a clearance rate.
NOT_INVESTIGATED = {"danh-bac"}
INDICATORS = (
    Indicator("buoi-tuyen-truyen", "Buổi tuyên truyền", "buổi"),
    Indicator("luot-nguoi-tuan-tra", "Lượt người tham gia tuần tra", "lượt người"),
)


@dataclass(frozen=True)
class Knobs:
    """How a cluster is; rates are per cent."""

    seed: int = 0
    units: int = 5
    years: int = 2
    categories: int = 1
    joins: int = 0
    leaves: int = 0
    mergers: int = 0
    partial: int = 0
    rounds_missing: int = 0
    reports_missing: int = 0
    rows_blank: int = 0
    figures_blank: int = 0
    zeros: int = 0
    changed_asks: bool = False
    #: Units that come with an area of their own and merge with one that was there.
    newcomers: int = 0
    #: Categories that nobody tells anything of before or from some half-year on.
    seasonal: int = 0


RATES = st.sampled_from((0, 0, 0, 3, 10, 30, 80))
FEW = st.sampled_from((0, 0, 1, 2, 4))

knobs = st.builds(
    Knobs,
    seed=st.integers(0, 2**32 - 1),
    units=st.one_of(st.integers(5, 9), st.integers(5, 28), st.integers(5, 60)),
    years=st.sampled_from((2, 2, 3)),
    categories=st.integers(1, len(CATEGORIES)),
    joins=FEW,
    leaves=FEW,
    mergers=FEW,
    partial=st.sampled_from((0, 0, 1, 2)),
    rounds_missing=st.sampled_from((0, 0, 0, 20, 50)),
    reports_missing=RATES,
    rows_blank=st.sampled_from((0, 0, 0, 3, 10)),
    figures_blank=st.sampled_from((0, 0, 3, 10, 30)),
    zeros=RATES,
    changed_asks=st.sampled_from((False, False, False, True)),
    newcomers=st.sampled_from((0, 0, 1, 2)),
    seasonal=st.sampled_from((0, 0, 1, 2)),
)

worlds = knobs.map(lambda knobs: made(knobs))


@st.composite
def compared_periods(draw, world: World) -> tuple[When, When]:
    """A period and its base: the same period a year before, or any other that came earlier."""
    years = sorted({half[0] for half in calendar(world)})
    year = draw(st.sampled_from(years[1:]))
    number = draw(st.sampled_from((1, 2, 0)))
    earlier = [(year - 1, number)]
    if number == 2:
        earlier.append((year, 1))
    if year - 2 >= years[0]:
        earlier.append((year - 2, number))
    return (year, number), draw(st.sampled_from(earlier))


def calendar(world: World) -> list[Half]:
    """The half-years the world is about, with or without rounds and reports."""
    last = max([report.half[0] for report in world.reports] + [one.half[0] for one in world.rounds] + [2023])
    first = min([report.half[0] for report in world.reports] + [one.half[0] for one in world.rounds] + [2022])
    return [(year, half) for year in range(first, last + 1) for half in (1, 2)]


def made(knobs: Knobs) -> World:
    """The cluster that these knobs and their seed make."""
    chance = random.Random(knobs.seed)
    years = range(2022, 2022 + knobs.years)
    halves = [(year, half) for year in years for half in (1, 2)]
    members, handovers = _membership(knobs, chance, years)
    categories = _catalogue(knobs, chance, halves)
    groups = [group for group in GROUPS if any(category.group == group.code for category in categories)]
    rounds = [
        Round(half, closed=chance.random() < 0.2) for half in halves if chance.random() * 100 >= knobs.rounds_missing
    ]
    world = World(members, groups, categories, list(INDICATORS), rounds, [], handovers)
    silent = _silent(knobs, chance, categories, halves)
    for one in rounds:
        for unit in sorted(naive.members_on(world, naive.cut_off(one.half))):
            if chance.random() * 100 >= knobs.reports_missing:
                world.reports.append(_report(knobs, chance, world, unit, one.half, silent))
    return world.with_reports(world.reports)  # anew, for what was remembered of it without its reports


def _membership(knobs: Knobs, chance: random.Random, years: range) -> tuple[list[Member], list[Handover]]:
    members = [Member(number + 1, chance.choice(KINDS), FOUNDED) for number in range(knobs.units)]
    handovers: list[Handover] = []
    for _join in range(knobs.joins):
        members.append(Member(len(members) + 1, chance.choice(KINDS), _day(chance, years)))
    for _leave in range(knobs.leaves):
        place = chance.randrange(len(members))
        day = _day(chance, years)
        if members[place].left is None and members[place].joined < day:
            members[place] = replace(members[place], left=day)
    events = ["whole"] * knobs.mergers + ["part"] * knobs.partial
    for event, day in zip(events, sorted(_day(chance, years) for _event in events), strict=True):
        _hand_over(event, day, members, handovers, chance)
    for _newcomer in range(knobs.newcomers):
        _come_and_merge(_day(chance, years), members, handovers, chance)
    return members, handovers


def _come_and_merge(day: dt.date, members: list[Member], handovers: list[Handover], chance: random.Random) -> None:
    """A unit joins, and later takes over one that stood alone until then, or is taken over by it."""
    concerned = {unit for handover in handovers for unit in (handover.old, handover.new)}
    later = day + dt.timedelta(days=chance.randint(1, 300))
    alone = [one for one in members if one.id not in concerned and one.joined < later and one.left is None]
    if not alone:
        return
    other, new = chance.choice(alone), Member(len(members) + 1, chance.choice(KINDS), day)
    members.append(new)
    old, heir = (other, new) if chance.random() < 0.5 else (new, other)
    members[old.id - 1] = replace(old, left=later)
    handovers.append(Handover(old.id, heir.id, later))


def _hand_over(
    event: str, day: dt.date, members: list[Member], handovers: list[Handover], chance: random.Random
) -> None:
    """A merger into an old or a new unit; or a part that moves, or a unit that is divided among two."""
    standing = [member for member in members if member.joined < day and member.left is None]
    if len(standing) < 4:
        return
    chosen = chance.sample(standing, chance.choice((2, 3, 4)))
    old, new = chosen[:-1], chosen[-1:]
    if chance.random() < 0.5:
        new = [Member(len(members) + 1, chance.choice(KINDS), day)]
        members.extend(new)
    ends, partial = True, event == "part"
    if partial and chance.random() < 0.5:
        ends, old = False, old[:1]
    elif partial:
        extra = Member(len(members) + 1, chance.choice(KINDS), day)
        members.append(extra)
        new = [*new, extra]
    known = {(handover.old, handover.new, handover.on) for handover in handovers}
    for one in old:
        if ends:
            members[one.id - 1] = replace(one, left=day)
        handovers.extend(
            Handover(one.id, other.id, day, partial) for other in new if (one.id, other.id, day) not in known
        )  # the portal knows one of a day


def _day(chance: random.Random, years: range) -> dt.date:
    """Any day, often the edge of a half-year."""
    year = chance.choice(years)
    edges = [(1, 1), (6, 29), (6, 30), (7, 1), (12, 30), (12, 31)]
    month, day = chance.choice(edges) if chance.random() < 0.7 else (chance.randint(1, 12), chance.randint(1, 28))
    return dt.date(year, month, day)


def _catalogue(knobs: Knobs, chance: random.Random, halves: list[Half]) -> list[Category]:
    found = []
    for code, name, group, measures in chance.sample(CATEGORIES, knobs.categories):
        asks = [_ask(chance, (1975, 1), measures, code)]
        if knobs.changed_asks and chance.random() < 0.5:
            asks.append(_ask(chance, chance.choice(halves), measures, code))
        found.append(Category(code, name, group, tuple(asks)))
    places = [category[0] for category in CATEGORIES]
    return sorted(found, key=lambda category: places.index(category.code))


def _ask(chance: random.Random, since: Half, measures: tuple[str, ...], code: str) -> Ask:
    asked = {"cases", *(measure for measure in measures if chance.random() < 0.8)}
    return Ask(since, frozenset(asked), "solved" in asked and code not in NOT_INVESTIGATED)


def _silent(
    knobs: Knobs, chance: random.Random, categories: list[Category], halves: list[Half]
) -> set[tuple[str, Half]]:
    """In which half-years nobody tells anything of a category that came late or went out of use."""
    found = set()
    for category in chance.sample(categories, min(knobs.seasonal, len(categories))):
        edge, comes = chance.choice(halves[1:]), chance.random() < 0.5
        found |= {(category.code, half) for half in halves if (half < edge) == comes}
    return found


def _report(
    knobs: Knobs, chance: random.Random, world: World, unit: int, half: Half, silent: set[tuple[str, Half]]
) -> Report:
    rows = {}
    for category in world.categories:
        asked, _investigated = naive.listed(world, category.code, half)
        if chance.random() * 100 < knobs.rows_blank or (category.code, half) in silent:
            continue
        cases = 0 if chance.random() * 100 < knobs.zeros else chance.choice((1, 2, 7, 9, 10, 15, 40, 1250))
        row: dict[str, int | None] = {"cases": cases}
        for measure in sorted(asked - {"cases"}):
            row[measure] = None if chance.random() * 100 < knobs.figures_blank else _figure(chance, measure, cases)
        rows[category.code] = row
    indicators = {
        indicator.code: None
        if chance.random() * 100 < knobs.figures_blank
        else 0
        if chance.random() * 100 < knobs.zeros
        else chance.choice((1, 9, 12, 1489))
        for indicator in world.indicators
    }
    return Report(unit, half, chance.random() < 0.95, rows, indicators)


def _figure(chance: random.Random, measure: str, cases: int) -> int:
    if cases == 0:
        return 0
    if measure in ("serious", "solved"):
        return chance.randint(0, cases)
    if measure == "damage":
        return chance.choice((0, 500_000, 999_999, 1_234_567, 45_000_000, 2_345_678_901))
    return chance.choice((0, 1, 2, 5, 12, 1000))
