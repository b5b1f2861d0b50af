"""The judge notices what is false beside the figures: counts, shares, rates, states, the last half-years."""

import pytest

from reports.files import json_file
from tests.truth.clusters import Knobs, made
from tests.truth.figures import plainly, summary_of
from tests.truth.judge import falsehoods

NOW, BEFORE = (2023, 1), (2022, 1)
#: What is made false, by where it stands.
FALSE = {
    "coverage": lambda told: told["coverage"].update(both=9),
    "commune": lambda told: told["kinds"][0].update(expected=99),
    "counted": lambda told: told["units"][0].update(counted=not told["units"][0]["counted"]),
    "share": lambda told: told["groups"][0].update(share="12.34"),
    "total clearance": lambda told: told["total"].update(clearance={"solved": 1, "cases": 2, "percent": "50.00"}),
    "history 2023-H1": lambda told: told["history"][-1].update(units=77),
    "left out of": lambda told: told.update(left_out=[]),
}


@pytest.fixture
def told():
    world = plainly(made(Knobs(seed=2, units=6, categories=5, reports_missing=30, figures_blank=30)))
    return world, json_file.as_values(summary_of(world, NOW, BEFORE))


def test_what_is_true_is_not_complained_of(told):
    world, content = told
    assert falsehoods(content, world, NOW, BEFORE) == []


@pytest.mark.parametrize("place", FALSE)
def test_what_is_made_false_is_noticed(told, place):
    world, content = told
    FALSE[place](content)
    found = falsehoods(content, world, NOW, BEFORE)
    assert found
    assert all(place in one for one in found)
