"""No figure and no sentence the portal prints of a random cluster is false.

Thousands of clusters are compared without a database, and fewer as they are stored: with
the names of the catalogue, with measures that were not always asked, for a kind of units.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal.periods import Period
from reports.comparison.scope import WHOLE_CLUSTER, Scope
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.files import json_file
from reports.layout.half_year_chart import draw_half_year_chart
from reports.layout.summary_tables import build_tables
from reports.layout.tiles import build_tiles
from reports.layout.unit_grid import build_unit_grid
from reports.prose.references import References
from tests.truth import naive
from tests.truth.cells import false_bars, false_grid, false_tables, false_tiles
from tests.truth.clusters import Knobs, compared_periods, knobs, made
from tests.truth.figures import false_figures, plainly, summary_of
from tests.truth.judge import false_references, falsehoods, teller_of
from tests.truth.smallest import smallest_fault, unshrunk
from tests.truth.stored import store
from tests.truth.worlds import When, World

Finder = Callable[[World, When, When], list[str]]
#: Storing takes ten times as long as comparing.
STORED = max(1, settings().max_examples // 8)


def false_plainly(world: World, when: When, base: When) -> list[str]:
    """What is false in the figures and in the JSON file of the comparison, made without a database."""
    world = plainly(world)
    summary = summary_of(world, when, base)
    figures = false_figures(summary, naive.truth(world, when, base))
    told = false_references(_offered(summary), teller_of(world, when, base))
    return [*figures, *falsehoods(json_file.as_values(summary), world, when, base), *told]


#: What an author can choose of a figure, and the report says nowhere by itself.
FORMS = ("brief", "happened", "current", "movement", "difference")


def _offered(summary: Summary) -> Iterator[tuple[str, str, str]]:
    """Each text of a figure but of single units: its row, its measure, how it reads."""
    references = References(summary)
    for address in [one for one in references.rows if not one.startswith("unit.")]:
        for measure, pair in references.rows[address].figures:
            texts = [
                references.text(f"{address}.{measure.value}.{form}") for form in FORMS if pair.recorded is not None
            ]
            yield from ((address, measure.value, text) for text in texts if text)


def false_as_stored(world: World, when: When, base: When) -> list[str]:
    return _false_in_scope(world, when, base, WHOLE_CLUSTER, None)


def false_of_communes(world: World, when: When, base: When) -> list[str]:
    only = {member.id for member in world.members if member.kind == "commune"}
    return _false_in_scope(world, when, base, Scope(kind="commune"), only)


def false_of_a_unit(world: World, when: When, base: When, unit: int) -> list[str]:
    return _false_in_scope(world, when, base, Scope(unit=unit), {unit})


def _false_in_scope(world: World, when: When, base: When, scope: Scope, only: set[int] | None) -> list[str]:
    """What is false in JSON file, tables and tiles of the comparison, as pages and files show them."""
    with transaction.atomic(), translation.override("vi"):
        store(world)
        summary = summarise(current=Period(*when), baseline=Period(*base), scope=scope)
        content, tables, tiles = json_file.as_values(summary), build_tables(summary), build_tiles(summary)
        grid, bars = build_unit_grid(summary), draw_half_year_chart(summary).bars
        transaction.set_rollback(True)
    found = falsehoods(content, world, when, base, only)
    if not summary.has_figures:
        return found
    teller = teller_of(world, when, base, only)
    drawn = [*false_grid(grid, teller, world), *false_bars(bars, [one.period for one in summary.course], teller)]
    return [*found, *false_tables(tables, teller, world), *false_tiles(tiles, teller), *drawn]


@lru_cache(maxsize=3)
def told(finder: Finder, knobs: Knobs, when: When, base: When) -> str:
    """What is false, in the smallest world in which it is; empty where all is true."""
    return smallest_fault(made(knobs), when, base, finder)


def hold_true(finder: Finder, knobs: Knobs, data: st.DataObject) -> None:
    _count()
    when, base = data.draw(compared_periods(made(knobs)))
    if fault := told(finder, knobs, when, base):
        pytest.fail(fault, pytrace=False)


@unshrunk
@given(knobs, st.data())
def test_every_figure_and_sentence_is_true(knobs, data):
    hold_true(false_plainly, knobs, data)


def _count() -> None:
    """A byte for each cluster, from whichever process, where `make fuzz` wants to know how many it saw."""
    if seen := os.environ.get("CLUSTERS_SEEN"):
        with Path(seen).open("a") as file:
            file.write(".")


@pytest.mark.django_db
@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_sentence_of_a_stored_cluster_is_true(knobs, data):
    hold_true(false_as_stored, knobs, data)


@pytest.mark.django_db
@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_sentence_on_one_kind_of_units_is_true(knobs, data):
    hold_true(false_of_communes, knobs, data)
