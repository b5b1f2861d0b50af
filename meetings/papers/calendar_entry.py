"""The calendar entry (.ics, RFC 5545 and 5546) that comes with an invitation.

All entries of a meeting are one sequence: the same UID and organizer, a higher SEQUENCE
with each change, and METHOD says whether it is put in, replaced or taken out.
"""

from __future__ import annotations

import datetime as dt
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event, vCalAddress, vText

from meetings.models import Attendance, Meeting
from members.infrastructure.audit import AuditEntry

#: Calendars want an end; a meeting whose end isn't set yet takes its half day, which is rarely longer.
USUAL_LENGTH = dt.timedelta(hours=3)


def method(meeting: Meeting, *, attendee: Attendance | None) -> str:
    """REQUEST and CANCEL speak to an attendee, whose calendar acts on them; PUBLISH is for whoever fetches the file."""
    if meeting.is_called_off:
        return "CANCEL"
    return "REQUEST" if attendee else "PUBLISH"


def calendar_entry(meeting: Meeting, *, attendee: Attendance | None = None) -> bytes:
    """One event; a whole day where the hours aren't fixed yet. Sent again, it replaces the old one,
    or takes it out of the calendar where the meeting is called off."""
    event = Event()
    event.add("uid", _uid(meeting))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", _changed_at(meeting).astimezone(dt.UTC))
    event.add("organizer", _organizer())
    if attendee is not None:
        event.add("attendee", _attendee(attendee))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    starts, ends = _span(meeting)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    calendar = Calendar()
    calendar.add("prodid", "-//cluster-portal//meetings//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method(meeting, attendee=attendee))
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _uid(meeting: Meeting) -> str:
    """Known to nobody else's calendar, and the same under whichever host name the portal is reached."""
    return f"meeting-{meeting.pk}-{salted_hmac('meetings.papers.calendar_entry', str(meeting.pk)).hexdigest()[:16]}"


def _changed_at(meeting: Meeting) -> dt.datetime:
    """When anything was last done to the meeting, so that the same entry has the same bytes."""
    last: AuditEntry = AuditEntry.objects.about(meeting).latest("at", "pk")
    return last.at


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = vText(name)
    return organizer


def _attendee(row: Attendance) -> vCalAddress:
    """Replies are given in the portal, not by the calendar."""
    attendee = vCalAddress(f"mailto:{row.email}")
    attendee.params["CN"] = vText(row.unit.name if row.unit else row.name)
    attendee.params["ROLE"], attendee.params["PARTSTAT"] = vText("REQ-PARTICIPANT"), vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _span(meeting: Meeting) -> tuple[dt.date, dt.date]:
    """First moment and end; whole days end with the next day. In UTC, so that no time zone needs describing."""
    if meeting.starts_at is None:
        return meeting.held_on, meeting.held_on + dt.timedelta(days=1)
    starts = _moment(meeting.held_on, meeting.starts_at)
    if meeting.ends_at is not None:
        return starts, _moment(meeting.held_on, meeting.ends_at)
    last = _moment(meeting.held_on, dt.time(23, 59))
    return starts, max(min(starts + USUAL_LENGTH, last), starts + dt.timedelta(minutes=1))


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=timezone.get_default_timezone()).astimezone(dt.UTC)
