"""The calendar entry (.ics, RFC 5545) that comes with an invitation."""

from __future__ import annotations

import datetime as dt
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac
from icalendar import Calendar, Event, vCalAddress

from meetings.models import Meeting


def calendar_entry(meeting: Meeting, *, now: dt.datetime) -> bytes:
    """One event; a whole day where the hours aren't fixed yet. Sent again, it replaces the old one,
    or takes it out of the calendar where the meeting is called off."""
    event = Event()
    event.add("uid", _uid(meeting))
    event.add("sequence", meeting.revision)
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    event.add("summary", meeting.title)
    event.add("location", meeting.place)
    event.add("status", "CANCELLED" if meeting.is_called_off else "CONFIRMED")
    event.add("dtstart", _moment(meeting.held_on, meeting.starts_at))
    if meeting.starts_at and meeting.ends_at:
        event.add("dtend", _moment(meeting.held_on, meeting.ends_at))
    calendar = Calendar()
    calendar.add("prodid", "-//cluster-portal//meetings//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.is_called_off else "PUBLISH")
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _uid(meeting: Meeting) -> str:
    """Known to nobody else's calendar, and the same under whichever host name the portal is reached."""
    return f"meeting-{meeting.pk}-{salted_hmac('meetings.papers.calendar_entry', str(meeting.pk)).hexdigest()[:16]}"


def _moment(day: dt.date, time: dt.time | None) -> dt.date | dt.datetime:
    """In UTC, so that the entry needs no description of a time zone."""
    if time is None:
        return day
    return dt.datetime.combine(day, time, tzinfo=timezone.get_default_timezone()).astimezone(dt.UTC)
