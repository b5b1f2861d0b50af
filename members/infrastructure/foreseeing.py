"""What an act means for things that upper floors keep, told before it is done.

The floor that acts knows nothing of them: each registers a function here that looks at
the row as it would be stored and names, in sentences for people, what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

Foreseen = Callable[[Any], Iterable[str]]

_foreseen: dict[type[models.Model], list[Foreseen]] = {}


def foresees(model: type[models.Model]) -> Callable[[Foreseen], Foreseen]:
    """Register a function that tells what a row of `model` means for its floor."""

    def register(told: Foreseen) -> Foreseen:
        _foreseen.setdefault(model, []).append(told)
        return told

    return register


def consequences_of(row: models.Model) -> list[str]:
    return [sentence for told in _foreseen.get(type(row), ()) for sentence in told(row)]
