"""Guests, replies and what the units contribute beforehand: speeches and proposed awards."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Max

from meetings.actions.planning import require_open
from meetings.models import Attendance, Award, Meeting, Speech
from members.audit import record
from members.editing import change
from members.models import Unit


def next_order(rows) -> int:
    """The place after the last of `rows`."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1


@transaction.atomic
def add_guest(*, meeting: Meeting, values: dict[str, Any], by, now: dt.datetime) -> Attendance:
    require_open(meeting)
    guest = Attendance.objects.create(meeting=meeting, order=next_order(meeting.attendances), **values)
    record(verb="guest.added", target=guest, by=by, now=now, changes={"meeting": (None, meeting)})
    return guest


@transaction.atomic
def edit_attendance(*, attendance: Attendance, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    require_open(attendance.meeting)
    change(
        attendance,
        values=values,
        revision=revision,
        verb="attendance.edited",
        by=by,
        now=now,
        unit_id=attendance.unit_id,
    )


@transaction.atomic
def remove_invitee(*, attendance: Attendance, by, now: dt.datetime) -> None:
    """Take a guest or a unit off the list of invitees."""
    require_open(attendance.meeting)
    record(
        verb="invitee.removed",
        target=attendance,
        by=by,
        now=now,
        unit_id=attendance.unit_id,
        changes={"meeting": (attendance.meeting, None)},
    )
    attendance.delete()


@transaction.atomic
def announce_meeting(*, meeting: Meeting, by, now: dt.datetime) -> None:
    """Open the meeting to the invited units: from now on they see it and can reply."""
    current = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if current.invited_at is not None:
        return
    meeting.invited_at = now
    meeting.save(update_fields=["invited_at"])
    record(verb="meeting.announced", target=meeting, by=by, now=now)


@transaction.atomic
def reply_to_invitation(*, attendance: Attendance, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    """Say whether the unit comes and who; name and title count for this meeting only."""
    require_open(attendance.meeting)
    change(
        attendance,
        values=values,
        revision=revision,
        verb="invitation.answered",
        by=by,
        now=now,
        unit_id=attendance.unit_id,
    )


@transaction.atomic
def register_speech(*, meeting: Meeting, values: dict[str, Any], unit: Unit | None, by, now: dt.datetime) -> Speech:
    """Put a speech at the end of the list; the secretariat orders it later."""
    require_open(meeting)
    speech = Speech.objects.create(meeting=meeting, unit=unit, order=next_order(meeting.speeches), **values)
    record(verb="speech.registered", target=speech, by=by, now=now, unit_id=speech.unit_id)
    return speech


@transaction.atomic
def edit_speech(*, speech: Speech, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    require_open(speech.meeting)
    change(speech, values=values, revision=revision, verb="speech.edited", by=by, now=now, unit_id=speech.unit_id)


@transaction.atomic
def withdraw_speech(*, speech: Speech, by, now: dt.datetime) -> None:
    require_open(speech.meeting)
    record(verb="speech.withdrawn", target=speech, by=by, now=now, unit_id=speech.unit_id)
    speech.delete()


@transaction.atomic
def move(row, *, rows, up: bool) -> None:
    """Change the place of `row` among the ordered `rows` with its neighbour's.

    The order of speeches and photos is no act worth a line in the audit trail.
    """
    require_open(row.meeting)
    ordered = list(rows)
    place = next(index for index, other in enumerate(ordered) if other.pk == row.pk)
    target = place - 1 if up else place + 1
    if not 0 <= target < len(ordered):
        return
    ordered[place], ordered[target] = ordered[target], ordered[place]
    for number, other in enumerate(ordered, start=1):
        if other.order != number:
            other.order = number
            other.save(update_fields=["order"])


@transaction.atomic
def propose_award(*, meeting: Meeting, values: dict[str, Any], proposed_by: Unit | None, by, now: dt.datetime) -> Award:
    require_open(meeting)
    award = Award.objects.create(meeting=meeting, proposed_by=proposed_by, **values)
    record(verb="award.proposed", target=award, by=by, now=now, unit_id=award.unit_id)
    return award


@transaction.atomic
def edit_award(*, award: Award, values: dict[str, Any], revision: int, by, now: dt.datetime) -> None:
    """Correct an award or settle it: granted, or turned down."""
    require_open(award.meeting)
    change(award, values=values, revision=revision, verb="award.edited", by=by, now=now, unit_id=award.unit_id)


@transaction.atomic
def withdraw_award(*, award: Award, by, now: dt.datetime) -> None:
    require_open(award.meeting)
    record(verb="award.withdrawn", target=award, by=by, now=now, unit_id=award.unit_id)
    award.delete()
