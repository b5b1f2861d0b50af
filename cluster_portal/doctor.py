"""What `manage.py doctor` looks at: each point is a check that says in a line how it stands.

Upper floors add what they know of (`add_check`, in an app's `ready`): mail, certificates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum


class State(Enum):
    """`WRONG` is what somebody must see to now; `NOTE` what may be meant so."""

    OK = "ok"
    NOTE = "note"
    WRONG = "WRONG"


@dataclass(frozen=True)
class Finding:
    state: State
    says: str


Check = Callable[..., Iterable[Finding]]

_CHECKS: dict[str, Check] = {}


def add_check(name: str, check: Check) -> None:
    """`check(now=…)` yields what it finds; nothing means that the point does not concern this installation."""
    _CHECKS[name] = check


def ok(says: str) -> Finding:
    return Finding(State.OK, says)


def note(says: str) -> Finding:
    return Finding(State.NOTE, says)


def wrong(says: str) -> Finding:
    return Finding(State.WRONG, says)


def points() -> list[str]:
    return list(_CHECKS)


def examine(*, now: dt.datetime, only: str = "") -> Iterator[tuple[str, Finding]]:
    """Every point in turn, or one alone. A check that can't be made is a finding itself; the others go on."""
    for name, check in _CHECKS.items():
        if only and name != only:
            continue
        try:
            for finding in check(now=now):
                yield name, finding
        except Exception as fault:  # whatever is broken is what we are here to find
            yield name, wrong(f"could not be looked at: {' '.join(str(fault).split()) or type(fault).__name__}")
