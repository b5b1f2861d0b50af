"""What the arguments of URLs stand for in the tests that walk every URL.

A new argument needs a line in `values_for`, filled from rows of the given unit. An
argument that names a row of one unit stands in `OF_ONE_UNIT` as well: a liaison must
get 404 for it when the row is another unit's.
"""

from __future__ import annotations

from typing import Any

from members.models import Unit
from tests.factories import RoundFactory

OF_ONE_UNIT = {"unit_id"}


def values_for(unit: Unit) -> dict[str, Any]:
    """A value for each argument, by its name, or by ``route:argument`` where one name means several things."""
    opened = RoundFactory()
    return {
        "period": opened.period,
        "unit_id": unit.pk,
    }
