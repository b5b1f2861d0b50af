"""What the register holds of one category, as the half-year report counts it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Counts:
    """Registered cases and what they add up to; damage in đồng.

    None means that the register doesn't know (no case states it), 0 that none happened.
    """

    cases: int = 0
    serious: int = 0
    solved: int = 0
    persons: int | None = 0
    deaths: int | None = 0
    injuries: int | None = 0
    damage: int | None = 0
