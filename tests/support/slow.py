"""Which tests are slow: those in `tests/slow.txt`, which `.ci/slow-tests` writes from the work each one does.

A mark beside each test was forgotten or stood at a helper, and `make check` took five minutes.
Work is counted, not time, so that a busy machine writes the same list as an idle one.
"""

from __future__ import annotations

import collections
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

LIST = Path(__file__).parents[1] / "slow.txt"
#: Seconds of one core. The tests above it are a twelfth of all and do two thirds of the work.
MUCH = 0.25


def mark_slow(items: Iterable[pytest.Item]) -> None:
    slow = set(LIST.read_text(encoding="utf-8").splitlines())
    for item in items:
        if _name(item) in slow:
            item.add_marker(pytest.mark.slow)


def _name(item: pytest.Item) -> str:
    """A test is slow with all its parameters or with none."""
    return item.nodeid.partition("[")[0]


class Measuring:
    """Notes what each test costs: its own work, and its share of what was set up for several."""

    def __init__(self, told: Path) -> None:
        self.told = told
        self.tests: dict[pytest.Item, float] = {}
        self.shared: dict[object, float] = {}
        self.inside: list[float] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        result = yield from self._counted(self.tests, item)
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        if fixturedef.scope == "function":
            return (yield)
        return (yield from self._counted(self.shared, fixturedef))

    def _counted(self, costs: dict[Any, float], what: object) -> Any:
        """Count what is done meanwhile, but for what was set up for several within."""
        before = _work()
        self.inside.append(0.0)
        try:
            return (yield)
        finally:
            done = _work() - before
            costs[what] = done - self.inside.pop()
            if self.inside:
                self.inside[-1] += done

    def pytest_sessionfinish(self) -> None:
        users = collections.Counter(fixture for item in self.tests for fixture in _fixtures(item))
        told: dict[str, float] = {}
        for item, own in self.tests.items():
            parts = (self.shared.get(fixture, 0.0) / users[fixture] for fixture in _fixtures(item))
            told[_name(item)] = max(told.get(_name(item), 0.0), own + sum(parts))
        self.told.joinpath(f"{os.getpid()}.json").write_text(json.dumps(told), encoding="utf-8")


def _fixtures(item: Any) -> Iterator[object]:
    return (definitions[-1] for definitions in item._fixtureinfo.name2fixturedefs.values())


def _work() -> float:
    """Seconds of a core that this process and those it waited for have had."""
    return sum(os.times()[:4])


def write_list(folder: Path) -> None:
    """Join what the workers of a run noted there into the list."""
    costs = [json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")]
    slow = {name for told in costs for name, cost in told.items() if cost > MUCH}
    LIST.write_text("".join(f"{name}\n" for name in sorted(slow)), encoding="utf-8")


if __name__ == "__main__":
    write_list(Path(sys.argv[1]))
