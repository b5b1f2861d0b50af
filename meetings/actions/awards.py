"""Awards: proposed by a unit or the secretariat, corrected, settled, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from meetings.actions.guards import locked_open
from meetings.models import Award, Meeting
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.models import Unit


@transaction.atomic
def propose_award(*, meeting: Meeting, values: dict[str, Any], proposed_by: Unit | None, by, now: dt.datetime) -> Award:
    locked_open(meeting)
    award = Award.objects.create(meeting=meeting, proposed_by=proposed_by, **values)
    record(verb="award.proposed", target=award, by=by, now=now, unit_id=award.unit_id)
    return award


@transaction.atomic
def edit_award(*, award: Award, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    """Correct an award or settle it: granted, or turned down."""
    locked_open(award.meeting)
    change(award, values=values, revision=revision, verb="award.edited", by=by, now=now, unit_id=award.unit_id)


@transaction.atomic
def withdraw_award(*, award: Award, by, now: dt.datetime) -> None:
    locked_open(award.meeting)
    record(verb="award.withdrawn", target=award, by=by, now=now, unit_id=award.unit_id)
    award.delete()
