"""What has been built on a row, so that it can no longer be taken back.

Upper floors build on what stands below them, which knows nothing of them. So each says
what it has built: a function it registers here, asked before the row is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from members.infrastructure.refusals import Refused

Told = Callable[[Any], Iterable[str]]

_told: dict[type[models.Model], list[Told]] = {}


def builds_on(model: type[models.Model]) -> Callable[[Told], Told]:
    """Register a function that names, as people know them, the things built on a row of `model`."""

    def register(told: Told) -> Told:
        _told.setdefault(model, []).append(told)
        return told

    return register


def require_nothing_built_on(row: models.Model, *, about: models.Model | None = None) -> None:
    """Raise `Refused` with what stands in the way."""
    built = [name for told in _told.get(type(row), ()) for name in told(row)]
    if built:
        sentence = _("This can't be taken back any more, as things were built on it: %(names)s.")
        raise Refused(sentence % {"names": "; ".join(built)}, about=about)
