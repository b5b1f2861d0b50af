"""What upper floors let `check_trail` check besides the chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

#: Yields a sentence for each fault.
Check = Callable[[], Iterable[str]]

_CHECKS: list[Check] = []


def add_trail_check(check: Check) -> None:
    """Called in an app's `ready`."""
    if check not in _CHECKS:
        _CHECKS.append(check)


def further_faults() -> Iterator[str]:
    for check in _CHECKS:
        yield from check()
