"""What a person is told at their next sign-in: that somebody printed a code with which to take their account."""

from __future__ import annotations

import datetime as dt

from members.infrastructure.audit import AuditEntry, record
from members.models import User

PRINTED, TOLD = "person.letter_printed", "person.told_of_letter"


def take_untold(person: User, *, now: dt.datetime) -> AuditEntry | None:
    """The last letter printed for the person that they have not been told of; they are told now."""
    entries = AuditEntry.objects.about(person).filter(verb__in=(PRINTED, TOLD)).order_by("-at", "-pk")
    last: AuditEntry | None = entries.first()
    if last is None or last.verb == TOLD:
        return None
    record(verb=TOLD, target=person, by=person, now=now, unit_id=person.unit_id)
    return last
