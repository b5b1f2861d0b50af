"""Editing a row without ever overwriting somebody else's edit silently.

A `Revised` row counts its revisions. An edit form carries the revision it was opened
at; `change()` stores the edit only if the row still stands there, and otherwise raises
`StaleEdit`. The form's `show_conflict()` then tells the second editor, field by
field, what the first one saved, with everything typed still in place
(`members.forms.conflicts`, alike on every form). Views act
inside `show_refusals(form)`, which sees to that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from members.infrastructure.audit import Changes, record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.refusals import Refused, locked

if TYPE_CHECKING:
    from members.models import User


class StaleEdit(Refused):
    """Somebody else saved the row since the form was opened."""

    def __init__(self, current: Any) -> None:
        super().__init__(_("Somebody else has changed this meanwhile. Look at it again."), about=current)
        self.current = current


class Revised(models.Model):
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True


def changes_between(row: models.Model, values: dict[str, Any]) -> Changes:
    """The fields in which `values` differ from the stored `row`: old and new."""
    pairs = {name: (_comparable(getattr(row, name)), _comparable(new)) for name, new in values.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _comparable(value: Any) -> Any:
    """Many related rows as a list in a fixed order; anything else as it is."""
    rows = value.all() if isinstance(value, models.Manager) else value
    return sorted(rows, key=lambda row: row.pk) if isinstance(rows, models.QuerySet) else rows


@transaction.atomic
def change(
    row: Revised,
    *,
    values: dict[str, Any],
    revision: int,
    verb: str,
    by: User | None,
    now: dt.datetime,
    unit_id: int | None = None,
    withheld: Collection[str] = (),
) -> Changes:
    """Set `values` on the row if it still stands at `revision`, and record the act.

    Of the fields `withheld` the trail tells that they changed, not what they hold.
    Returns what changed; an edit that changes nothing leaves no trace. Raises
    `StaleEdit` with the row as it stands now, and `Refused` where somebody else has
    just deleted it, or taken a value that must be unique.
    """
    current = locked(row)
    if current.revision != revision:
        raise StaleEdit(current)
    changes = changes_between(current, values)
    if not changes:
        return changes
    many = {field.name for field in row._meta.many_to_many}
    for name, (_old, new) in changes.items():
        if name in many:
            getattr(row, name).set(new)
        else:
            setattr(row, name, new)
    row.revision = revision + 1
    with refuse_twin(row):
        row.save(update_fields=[*(changes.keys() - many), "revision"])
    record(verb=verb, target=row, by=by, now=now, unit_id=unit_id, changes=changes, withheld=withheld)
    return changes
