"""Awards: proposed by a unit or the secretariat, corrected, settled, withdrawn."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.actions.guards import locked_for_contributions, require_contributions_open
from meetings.actions.ordering import next_order
from meetings.actions.repeats import twin_of
from meetings.models import Award, Meeting
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.infrastructure.refusals import Refused, locked
from members.models import Unit, User


@transaction.atomic
def propose_award(
    *, meeting: Meeting, values: dict[str, Any], proposed_by: Unit | None, by: User, now: dt.datetime
) -> Award:
    """Put an award forward, once."""
    locked_for_contributions(meeting, by=by)
    if twin := twin_of(meeting.awards, {**values, "proposed_by": proposed_by}):
        return twin
    is_arranged = meeting.awards.filter(order__gt=0).exists()
    order = next_order(meeting.awards) if is_arranged else 0
    award = Award.objects.create(meeting=meeting, proposed_by=proposed_by, order=order, **values)
    record(verb="award.proposed", target=award, by=by, now=now, unit_id=award.unit_id)
    return award


def require_changeable(award: Award, *, by: User) -> None:
    """A unit's proposal is settled by the secretariat; from then on the unit changes nothing of it."""
    require_contributions_open(award.meeting, by=by)
    if by is not None and not award.may_be_changed_by(by):
        raise Refused(_("The secretariat has settled this proposal; the unit can't change it any more."))


def _locked_award(award: Award, *, by: User) -> None:
    """Both the meeting and the award, as they stand now."""
    locked_for_contributions(award.meeting, by=by)
    require_changeable(locked(award), by=by)


@transaction.atomic
def edit_award(*, award: Award, values: dict[str, Any], revision: int, by: User, now: dt.datetime) -> None:
    """Correct an award or settle it: granted, or turned down."""
    _locked_award(award, by=by)
    change(award, values=values, revision=revision, verb="award.edited", by=by, now=now, unit_id=award.unit_id)


@transaction.atomic
def withdraw_award(*, award: Award, by: User, now: dt.datetime) -> None:
    _locked_award(award, by=by)
    taken_from = {"meeting": (award.meeting, None)}
    record(verb="award.withdrawn", target=award, by=by, now=now, unit_id=award.unit_id, changes=taken_from)
    award.delete()
