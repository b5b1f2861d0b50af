"""Reminding the liaisons of a round's reports, once a day whoever presses the button."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from members.infrastructure.audit import Changes, record
from members.infrastructure.outbox.letters import Letter
from members.infrastructure.outbox.posting import post
from members.models import User
from reports.models import ReportingRound
from reports.submissions import mail


@transaction.atomic
def remind(*, round_: ReportingRound, people: Iterable[User], origin: str, by: User | None, now: dt.datetime) -> int:
    """Post a letter to each of the people who got none today, or whose letter failed; how many these are."""
    letters = [mail.reminder(person, round_, day=localdate(now), origin=origin) for person in people]
    return sum(post(letter, about=round_, by=by, now=now, again=True) for letter in letters)


def note_reminded(letter: Letter, now: dt.datetime) -> None:
    """The trail tells of a reminder once the mail server has taken it, by name and unit."""
    opened = ReportingRound.objects.filter(pk=letter.about.rpartition("-")[2]).first()
    person = User.objects.select_related("unit").get(pk=letter.data["person"])
    if opened is not None:
        changes: Changes = {"recipients": ([], [f"{person.full_name} ({person.unit})"])}
        record(verb="round.reminded", target=opened, by=letter.posted_by, now=now, changes=changes)
