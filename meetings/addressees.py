"""Whom an e-mail to an invitee reaches: the address of the row, or the unit's liaisons where it has none."""

from __future__ import annotations

from collections.abc import Iterable

from meetings.models import Attendance
from members.models import User


def addressees(rows: Iterable[Attendance]) -> dict[int, list[str]]:
    """By row; none where nobody can be written to (one query)."""
    rows = list(rows)
    without = {row.unit_id for row in rows if not row.email and row.unit_id}
    liaisons: dict[int | None, list[str]] = {}
    for person in User.objects.active().liaisons().filter(unit__in=without).in_order():
        liaisons.setdefault(person.unit_id, []).append(person.email)
    return {row.pk: [row.email] if row.email else liaisons.get(row.unit_id, []) if row.unit_id else [] for row in rows}
