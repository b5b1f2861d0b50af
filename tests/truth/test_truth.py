"""No figure and no sentence the portal prints of a random cluster is false.

Thousands of clusters are compared without a database, and fewer as they are stored: with
the names of the catalogue, with measures that were not always asked, for a kind of units.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal.periods import Period
from reports.comparison.scope import Scope
from reports.comparison.summarise import summarise
from reports.files import json_file
from tests.truth import naive
from tests.truth.clusters import Knobs, compared_periods, knobs, made
from tests.truth.figures import false_figures, plainly, summary_of
from tests.truth.judge import falsehoods
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
    return [*figures, *falsehoods(json_file.as_values(summary), world, when, base)]


def false_as_stored(world: World, when: When, base: When) -> list[str]:
    with transaction.atomic():
        store(world)
        content = json_file.as_values(summarise(current=Period(*when), baseline=Period(*base)))
        transaction.set_rollback(True)
    return falsehoods(content, world, when, base)


def false_of_communes(world: World, when: When, base: When) -> list[str]:
    with transaction.atomic():
        store(world)
        summary = summarise(current=Period(*when), baseline=Period(*base), scope=Scope(kind="commune"))
        content = json_file.as_values(summary)
        transaction.set_rollback(True)
    only = {member.id for member in world.members if member.kind == "commune"}
    return falsehoods(content, world, when, base, only)


@lru_cache(maxsize=3)
def told(finder: Finder, knobs: Knobs, when: When, base: When) -> str:
    """What is false, in the smallest world in which it is; empty where all is true."""
    return smallest_fault(made(knobs), when, base, finder)


def hold_true(finder: Finder, knobs: Knobs, data: st.DataObject) -> None:
    when, base = data.draw(compared_periods(made(knobs)))
    if fault := told(finder, knobs, when, base):
        pytest.fail(fault, pytrace=False)


@unshrunk
@given(knobs, st.data())
def test_every_figure_and_sentence_is_true(knobs, data):
    hold_true(false_plainly, knobs, data)


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
