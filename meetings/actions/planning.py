"""Planning a meeting, and moving it from planned to held to closed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal.formatting import date
from meetings.actions.guards import locked_open
from meetings.actions.mailing import mail_invitees, withdraw_letters
from meetings.dated_papers import paper_older_than
from meetings.models import Attendance, Meeting
from members.infrastructure.audit import Changes, record
from members.infrastructure.editing import change
from members.infrastructure.refusals import Refused, locked
from members.models import Unit, User


@transaction.atomic
def plan_meeting(*, values: dict[str, Any], by: User, now: dt.datetime, reason: str = "") -> Meeting:
    """A new meeting, with every unit that is a member that day and the last meeting's guests as invitees.

    Whoever wrote about the last one is taken to write about this one, too. `reason` says why
    its day is one that has passed.
    """
    meeting = Meeting.objects.create(**values)
    record(verb="meeting.planned", target=meeting, by=by, now=now)
    _tell_why_past(meeting, reason, by=by, now=now)
    invite_member_units(meeting=meeting, by=by, now=now)
    last = Meeting.objects.before(meeting).first()
    if last is not None:
        meeting.byline = last.byline
        meeting.save(update_fields=["byline"])
        Attendance.objects.bulk_create(
            Attendance(
                meeting=meeting,
                name=guest.name,
                title=guest.title,
                organisation=guest.organisation,
                email=guest.email,
                order=guest.order,
            )
            for guest in last.attendances.guests().in_order()
        )
    return meeting


@transaction.atomic
def invite_member_units(*, meeting: Meeting, by: User, now: dt.datetime) -> list[Unit]:
    """Put every unit that is a member on the meeting's day and isn't there yet on the list; returns those."""
    current = locked_open(meeting)
    invited = meeting.attendances.units().values("unit")
    missing = list(Unit.objects.members_on(current.held_on).exclude(pk__in=invited).in_order())
    Attendance.objects.bulk_create(Attendance(meeting=meeting, unit=unit, email=unit.email) for unit in missing)
    if missing:
        record(verb="meeting.units_listed", target=meeting, by=by, now=now, changes={"units": (None, missing)})
    return missing


@transaction.atomic
def edit_meeting(
    *, meeting: Meeting, values: dict[str, Any], revision: int, by: User, now: dt.datetime, reason: str = ""
) -> None:
    """Store the plan or the record; raises `StaleEdit` if somebody else saved meanwhile.

    Raises `Refused` where a meeting would have been held on a day it can't have been.
    `reason` says why a plan was moved to a day that has passed.
    """
    current = locked_open(meeting)
    if values.get("held_on", current.held_on) != current.held_on:
        _keep_to_course(current, held_on=values["held_on"], today=localdate(now))
    change(meeting, values=values, revision=revision, verb="meeting.edited", by=by, now=now)
    _tell_why_past(meeting, reason, by=by, now=now)


def _tell_why_past(meeting: Meeting, reason: str, *, by: User, now: dt.datetime) -> None:
    if reason:
        told: Changes = {"held_on": (None, meeting.held_on), "reason": (None, reason)}
        record(verb="meeting.set_to_past", target=meeting, by=by, now=now, changes=told)


def _keep_to_course(meeting: Meeting, *, held_on: dt.date, today: dt.date) -> None:
    """No meeting is before its invitees knew of it, and what has been held was held on a day that has come."""
    if (told_on := _invited_on(meeting)) and held_on < told_on:
        sentence = _("The units were invited on %(day)s; the meeting can't have been held before.")
        raise Refused(sentence % {"day": date(told_on)}, "held_on")
    if not meeting.took_place:
        return
    if held_on > today:
        sentence = _("This meeting has been held already; its day can't be later than today, %(day)s.")
        raise Refused(sentence % {"day": date(today)}, "held_on")
    if paper := paper_older_than(held_on, meeting):
        sentence = _("%(paper)s was issued on %(day)s; what it tells of can't have been held after that.")
        raise Refused(sentence % {"paper": paper.name, "day": date(paper.issued_on)}, "held_on")
    if (task := meeting.tasks.filter(due_on__lt=held_on).order_by("due_on").first()) and task.due_on:
        sentence = _("A task set by this meeting is due on %(day)s; the meeting can't have been held after that.")
        raise Refused(sentence % {"day": date(task.due_on)}, "held_on")


def _invited_on(meeting: Meeting) -> dt.date | None:
    """The day on which people were first invited to it, by the portal or by an invitation with a number."""
    told = meeting.announcements.first()
    days = [localdate(told.issued_at) if told else None, meeting.invitation_date]
    return min((day for day in days if day), default=None)


@transaction.atomic
def discard_plan(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """Give up a meeting nobody was told of; once announced, it stays on record."""
    current = locked(meeting)
    if current.is_known:
        raise Refused(_("The invitations are out; this meeting can't be discarded any more."), about=current)
    record(verb="meeting.discarded", target=meeting, by=by, now=now)
    try:
        current.delete()
    except ProtectedError as error:
        raise Refused(_("Documents of this meeting are being prepared; give them up first."), about=meeting) from error


@transaction.atomic
def call_off_meeting(*, meeting: Meeting, reason: str, by: User, now: dt.datetime, link: str = "") -> None:
    """A meeting the units know of won't take place; it stays on record with the reason."""
    current = locked(meeting)
    if not current.is_planned or not current.is_known:
        raise Refused(_("Only a meeting that is announced and has not begun can be called off."), about=current)
    old, meeting.status, meeting.revision = current.status, Meeting.Status.CALLED_OFF, current.revision + 1
    meeting.called_off_at, meeting.call_off_reason = now, reason
    meeting.save(update_fields=["status", "revision", "called_off_at", "call_off_reason"])
    changes = {"status": (old, meeting.status), "call_off_reason": ("", reason)}
    record(verb="meeting.called_off", target=meeting, by=by, now=now, changes=changes)
    withdraw_letters(meeting, now=now)
    if link:
        mail_invitees(meeting=meeting, link=link, by=by, now=now)


def hold_meeting(*, meeting: Meeting, by: User, now: dt.datetime, reason: str = "") -> None:
    """The meeting has begun or taken place: attendance and record are open from here on.

    `reason` says why that is so before its day.
    """
    _move(meeting, Meeting.Status.PLANNED, Meeting.Status.HELD, "meeting.held", reason=reason, by=by, now=now)


@transaction.atomic
def unhold_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """It was begun by mistake: back to planning, as long as nothing of its course is recorded."""
    current = locked(meeting)
    if current.status == Meeting.Status.HELD and current.has_record():
        raise Refused(_("Something of this meeting is recorded already; it can't go back to planning."), about=current)
    _move(meeting, Meeting.Status.HELD, Meeting.Status.PLANNED, "meeting.unheld", by=by, now=now)


def close_meeting(*, meeting: Meeting, by: User, now: dt.datetime, reason: str = "") -> None:
    """The record is complete and locked; `reason` says why before the meeting's day."""
    _move(meeting, Meeting.Status.HELD, Meeting.Status.CLOSED, "meeting.closed", reason=reason, by=by, now=now)


def reopen_meeting(*, meeting: Meeting, by: User, now: dt.datetime) -> None:
    """Unlock the record of a closed meeting."""
    _move(meeting, Meeting.Status.CLOSED, Meeting.Status.HELD, "meeting.reopened", by=by, now=now)


@transaction.atomic
def _move(meeting: Meeting, old: str, new: str, verb: str, *, by: User, now: dt.datetime, reason: str = "") -> None:
    """Set the status unless somebody else already did, in which case there is nothing to do.

    Where it became another one meanwhile, that is told and nothing is done.
    """
    current = locked(meeting)
    if current.status == new:
        return
    if current.status != old:
        refusal = _("By now the meeting is marked as “%(status)s”; nothing was changed.")
        raise Refused(refusal % {"status": current.get_status_display()}, about=current)
    meeting.status, meeting.revision = new, current.revision + 1
    meeting.save(update_fields=["status", "revision"])
    changes: Changes = {"status": (old, new)}
    if reason:
        changes["reason"] = (None, reason)
    record(verb=verb, target=meeting, by=by, now=now, changes=changes)
    if old == Meeting.Status.PLANNED:
        withdraw_letters(meeting, now=now)
