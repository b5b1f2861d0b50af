"""Who was reminded of a round's reports: the audit trail knows, by name and unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from members.infrastructure.audit import AuditEntry
from members.models import User
from reports.models import ReportingRound


def recipient_entry(person: User) -> str:
    return f"{person.full_name} ({person.unit})"


def not_reminded_on(day: dt.date, people: Iterable[User], *, round_: ReportingRound) -> list[User]:
    """Those of the `people` whom no reminder of the round reached that day."""
    entries = AuditEntry.objects.about(round_).filter(verb="round.reminded", at__date=day)
    reminded = {name for entry in entries for name in entry.changes["recipients"][1]}
    return [person for person in people if recipient_entry(person) not in reminded]
