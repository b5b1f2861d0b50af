"""The calendar entry of a meeting, read back by a library and held against RFC 5545 and 5546."""

import datetime as dt

import pytest
from django.core import mail
from icalendar import Calendar

from meetings.actions import inviting, planning
from meetings.papers.calendar_entry import calendar_entry
from tests.support.factories import NOW
from tests.support.meetings import mail_goes_out, planned_meeting

ADDRESS = "donvi@example.vn"
#: RFC 5546, 3.2.1, 3.2.2, 3.2.5: what an entry must have, and must not, by its method.
REQUIRED = {
    "PUBLISH": {"dtstamp", "dtstart", "organizer", "summary", "uid"},
    "REQUEST": {"attendee", "dtstamp", "dtstart", "organizer", "sequence", "summary", "uid"},
    "CANCEL": {"attendee", "dtstamp", "organizer", "sequence", "uid"},
}
FORBIDDEN = {"PUBLISH": {"attendee"}, "REQUEST": set(), "CANCEL": set()}
#: RFC 5545, 3.8: at most once in an event.
SINGLE = ("dtstamp", "dtstart", "dtend", "uid", "organizer", "sequence", "status", "summary", "location")


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    meeting = planned_meeting(unit, secretariat, starts_at=dt.time(8), ends_at=dt.time(11, 30))
    meeting.attendances.filter(unit=unit).update(email=ADDRESS)
    return meeting


def invited(meeting, secretariat):
    row = meeting.attendances.get(email=ADDRESS)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    return row, calendar_entry(meeting, attendee=row)


def course(meeting, secretariat):
    """The entry at each turn: fetched by hand, invited, moved, called off."""
    row = meeting.attendances.get(email=ADDRESS)
    yield calendar_entry(meeting)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    yield calendar_entry(meeting, attendee=row)
    values, later = {"held_on": dt.date(2022, 8, 18)}, NOW + dt.timedelta(days=1)
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=secretariat, now=later)
    meeting.refresh_from_db()
    yield calendar_entry(meeting, attendee=row)
    planning.call_off_meeting(meeting=meeting, reason="Bão", by=secretariat, now=NOW + dt.timedelta(days=2))
    meeting.refresh_from_db()
    yield calendar_entry(meeting, attendee=row)


def event_of(entry):
    (event,) = Calendar.from_ical(entry).walk("VEVENT")
    return event


def test_each_entry_has_what_its_method_asks_for(meeting, secretariat):
    methods = []
    for entry in course(meeting, secretariat):
        calendar, event = Calendar.from_ical(entry), event_of(entry)
        method = calendar["method"]
        names = {name.lower() for name in event}
        assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
        assert names >= REQUIRED[method] | {"dtend"}
        assert not names & FORBIDDEN[method]
        assert not [name for name in SINGLE if isinstance(event.get(name), list)]
        assert event.decoded("dtend") > event.decoded("dtstart")
        assert event.decoded("dtstamp").tzinfo is not None
        assert not event.errors
        methods.append(method)
    assert methods == ["PUBLISH", "REQUEST", "REQUEST", "CANCEL"]


def test_all_entries_of_a_meeting_are_one_sequence(meeting, secretariat):
    events = [event_of(entry) for entry in course(meeting, secretariat)]
    assert len({(event["uid"], str(event["organizer"])) for event in events}) == 1
    sequence, stamps = [event["sequence"] for event in events], [event.decoded("dtstamp") for event in events]
    assert sequence == [1, 1, 2, 3]  # to be invited changes nothing
    assert stamps == sorted(stamps)
    assert stamps[-1] == NOW + dt.timedelta(days=2)
    assert [event["status"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]


def test_another_meeting_is_another_sequence(meeting, unit, secretariat):
    other = planned_meeting(unit, secretariat, held_on=dt.date(2022, 9, 1))
    assert event_of(calendar_entry(other))["uid"] != event_of(calendar_entry(meeting))["uid"]


def test_lines_are_as_long_and_end_as_the_standard_says(meeting, secretariat):
    """RFC 5545, 3.1: 75 octets and CRLF, also where a name of many marks is folded; and it is read back whole."""
    title = "Hội nghị sơ kết; phối hợp, “địa bàn an toàn” \\ " + "ở các đơn vị " * 8
    values = {"title": title.strip(), "place": "Hội trường\tlớn, tầng 2"}
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=secretariat, now=NOW)
    meeting.refresh_from_db()
    entry = calendar_entry(meeting)
    lines = entry.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)
    assert event_of(entry)["summary"] == title.strip()


def test_the_entry_is_the_same_whenever_it_is_fetched(meeting, secretariat):
    row, first = invited(meeting, secretariat)
    assert first == calendar_entry(meeting, attendee=row)
    assert event_of(first).decoded("dtstamp") == NOW


def test_the_entry_asks_its_attendee(meeting, unit, secretariat):
    _row, entry = invited(meeting, secretariat)
    event = event_of(entry)
    assert event["attendee"] == f"mailto:{ADDRESS}"
    assert event["attendee"].params["CN"] == unit.name
    assert event["organizer"] == "mailto:portal@localhost"


def test_the_organizer_bears_the_name_that_mails_come_from(meeting, settings):
    settings.DEFAULT_FROM_EMAIL = "Cụm mẫu <cum@example.vn>"
    organizer = event_of(calendar_entry(meeting))["organizer"]
    assert (organizer, organizer.params["CN"]) == ("mailto:cum@example.vn", "Cụm mẫu")


def test_the_hours_are_named_in_universal_time(meeting):
    event = event_of(calendar_entry(meeting))
    assert event.decoded("dtstart") == dt.datetime(2022, 8, 16, 1, 0, tzinfo=dt.UTC)
    assert event.decoded("dtend") == dt.datetime(2022, 8, 16, 4, 30, tzinfo=dt.UTC)
    assert event["location"] == meeting.place


def test_without_hours_the_entry_is_a_whole_day(unit, secretariat):
    event = event_of(calendar_entry(planned_meeting(unit, secretariat, starts_at=None)))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2022, 8, 16), dt.date(2022, 8, 17))


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (dt.time(8), dt.datetime(2022, 8, 16, 4, tzinfo=dt.UTC)),
        (dt.time(23), dt.datetime(2022, 8, 16, 16, 59, tzinfo=dt.UTC)),
        (dt.time(23, 59), dt.datetime(2022, 8, 16, 17, 0, tzinfo=dt.UTC)),
    ],
)
def test_the_entry_ends_on_its_day_where_no_end_is_set(unit, secretariat, starts, ends):
    meeting = planned_meeting(unit, secretariat, starts_at=starts)
    assert event_of(calendar_entry(meeting)).decoded("dtend") == ends


def test_the_mail_names_the_method_of_its_entry_and_the_file_is_that_entry(as_user, meeting, secretariat):
    as_user(secretariat).post(f"/meetings/{meeting.pk}/announce/")
    mail_goes_out()
    (part,) = [part for part in mail.outbox[0].message().walk() if part.get_filename() == "hoi-nghi.ics"]
    assert (part.get_content_type(), part.get_param("method")) == ("text/calendar", "REQUEST")
    assert Calendar.from_ical(part.get_payload(decode=True))["method"] == "REQUEST"
