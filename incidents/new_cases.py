"""A case on its way into the register, typed in or read from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from incidents.models import Incident

Values = dict[str, Any]


@dataclass(frozen=True)
class NewCase:
    """What would be stored, and the cases it seems to repeat; `number` is its row in a file.

    `repeats` is empty for a new case; None in it stands for an earlier row of the same file.
    """

    number: int
    values: Values
    repeats: tuple[Incident | None, ...] = ()

    def as_incident(self) -> Incident:
        """The case as it would stand in the register, to compare it with others."""
        return Incident(**{name: value for name, value in self.values.items() if name != "further_units"})
