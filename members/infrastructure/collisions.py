"""When two people enter the same thing in the same instant.

Each form asked whether it was there already, and it was not; then the database takes the
first and refuses the second. Actions store a row inside `refuse_twin`, which makes a
sentence of that refusal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, UniqueConstraint
from django.utils.translation import gettext as _

from members.infrastructure.refusals import Refused


@contextmanager
def refuse_twin(row: models.Model) -> Iterator[None]:
    """Save `row` in here; `Refused`, beside the field, where somebody else has just saved its twin.

    SQLite and PostgreSQL name what was broken differently. So the row is asked which of
    its values are taken, now that the twin can be seen; any other refusal stays an error.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        taken = _taken(row)
        if not taken:
            raise
        told = _("Somebody else has just entered the same. Look at theirs before you go on.")
        raise Refused(told, *sorted(taken)) from None


def _taken(row: models.Model) -> set[str]:
    """The fields whose value another row has; `NON_FIELD_ERRORS` for several that are unique together."""
    taken: set[str] = set()
    try:
        row.validate_unique()
    except ValidationError as clash:
        taken |= clash.error_dict.keys()
    for constraint in row._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and _is_broken(constraint, row):
            names = _fields_of(constraint)
            taken.add(names[0] if len(names) == 1 else NON_FIELD_ERRORS)
    return taken


def _is_broken(constraint: UniqueConstraint, row: models.Model) -> bool:
    try:
        constraint.validate(type(row), row)
    except ValidationError:
        return True
    return False


def _fields_of(constraint: UniqueConstraint) -> list[str]:
    expressions: Iterable[Any] = constraint.expressions
    parts = [part for expression in expressions for part in expression.flatten()]
    names = [part.name for part in parts if isinstance(part, F)]  # type: ignore[attr-defined]
    return [*constraint.fields, *names]
