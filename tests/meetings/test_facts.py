"""What a paper is made of is what it prints, and nothing of how it is worded."""

import datetime as dt
import importlib
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.db import models, transaction

from meetings.actions import planning
from meetings.actions.inviting import add_guest
from meetings.actions.recording import set_task
from meetings.models import Award, Meeting
from meetings.papers.issuable import MINUTES, PAPER_KINDS, issuable
from meetings.papers.paper import MeetingPaper, meeting_paper
from tests.support.factories import NOW
from tests.support.meetings import award_of, planned_meeting, speech_of

pytestmark = pytest.mark.django_db
KINDS = PAPER_KINDS.values()

#: Each other than the fixture's; what is of another kind is told apart by its choices.
OTHER = {
    models.CharField: "khác",
    models.TextField: "Dòng khác",
    models.DateField: dt.date(2022, 9, 1),
    models.TimeField: dt.time(9, 15),
}
#: Of the portal's own doings, which no paper tells.
#: Whom a unit names to come: printed if it is known, but another name makes no other invitation.
REPLY = {"name", "title"}
NOT_RECORDED = {"id", "meeting", "revision", "status", "called_off_at", "called_off_reason", "call_off_reason"}


@pytest.fixture
def meeting(cluster, unit, other_unit, secretariat):
    texts = dict.fromkeys(("agenda", "results", "shortcomings", "notes", "conclusion"), "Dòng một\nDòng hai")
    named = {"chair_title": "Chủ tịch", "secretary_name": "Người Ghi", "ends_at": dt.time(11, 45)}
    meeting = planned_meeting(unit, secretariat, starts_at=dt.time(8, 30), **texts, **named)
    guest = {"name": "Khách", "title": "Phó Chủ tịch", "organisation": "Ủy ban"}
    add_guest(meeting=meeting, values=guest, by=None, now=NOW)
    meeting.attendances.update(presence="excused")
    meeting.attendances.guests().update(presence="present")
    for title in ("Thứ nhất", "Thứ hai"):
        speech_of(unit, meeting, title=title, main_points="Một ý", speaker="Người Nói", speaker_title="Phó phòng")
    Award.objects.filter(pk=award_of(unit, meeting, recipient="Tổ một").pk).update(status="granted")
    set_task(meeting=meeting, values={"text": "Tuần tra", "due_on": NOW.date()}, units=[unit], by=None, now=NOW)
    return meeting


def rows_of(meeting):
    related = (meeting.attendances, meeting.speeches, meeting.awards, meeting.tasks)
    return [meeting, *(row for rows in related for row in rows.order_by("pk"))]


def other_value(row, field, unit):
    if field.choices:
        now = getattr(row, field.attname)
        return next(choice for choice, _label in reversed(field.choices) if choice not in ("", now))
    if isinstance(field, models.ForeignKey):
        return unit
    if isinstance(field, models.BooleanField):
        return not getattr(row, field.attname)
    if isinstance(field, models.PositiveSmallIntegerField):
        return 9
    return next((value for kind, value in OTHER.items() if type(field) is kind), None)


def as_of_now(meeting, kind):
    paper = issuable(kind, meeting_paper(Meeting.objects.get(pk=meeting.pk)), subject="Như cũ")
    return paper.html(), paper.facts


class _Undo(Exception):
    """Takes a change back."""


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_a_field_is_a_fact_of_a_paper_if_and_only_if_it_is_printed(meeting, other_unit, kind):
    printed, facts = as_of_now(meeting, kind)
    found = {}
    for row in rows_of(meeting):
        for field in row._meta.concrete_fields:
            value = None if field.name in NOT_RECORDED else other_value(row, field, other_unit)
            is_guest = getattr(row, "is_guest", None)  # None of what is no row of the list of invitees
            if (
                value is None
                or (is_guest is not None and field.name == "unit")
                or (is_guest is False and field.name in REPLY)
            ):
                continue
            with suppress(_Undo), transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
                printed_now, facts_now = as_of_now(meeting, kind)
                found[f"{row._meta.model_name} {row.pk} {field.name}"] = (printed_now != printed, facts_now != facts)
                raise _Undo
    assert sum(is_printed for is_printed, _is_fact in found.values()) >= 7
    unlike = {what for what, (is_printed, is_fact) in found.items() if is_printed != is_fact}
    # Minutes tell the meeting's heading only in their subject, which a draft keeps as its own.
    assert unlike == ({f"meeting {meeting.pk} title"} if kind is MINUTES else set())


REWORDED = [
    ("meetings.papers.paper.clock", lambda time: f"{time:%Hh%M}" if time else ""),
    ("meetings.models.appointment.clock", lambda time: f"{time:%Hh%M}" if time else ""),
    ("meetings.papers.paragraphs.full_stop", lambda line: f"{line} !"),
    ("meetings.papers.lines.ALL_UNITS", "mọi nơi"),
    ("meetings.papers.paragraphs.letter", lambda place: f"({place})"),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_another_wording_is_no_other_fact(meeting, kind, monkeypatch):
    printed, facts = as_of_now(meeting, kind)
    for name, worded in REWORDED:
        monkeypatch.setattr(name, worded)
    monkeypatch.setattr(MeetingPaper, "attendance_sentence", "khá đông")
    monkeypatch.setattr(MeetingPaper, "place_with_host", "ở đó")
    printed_now, facts_now = as_of_now(meeting, kind)
    assert (printed_now == printed, facts_now == facts) == (False, True)


def test_a_renamed_unit_is_the_same_unit(meeting, unit):
    facts = as_of_now(meeting, MINUTES)[1]
    unit.name = "Xã Mới"
    unit.save()
    assert as_of_now(meeting, MINUTES)[1] == facts


def test_speeches_in_another_order_are_another_record(meeting):
    facts = as_of_now(meeting, MINUTES)[1]
    first = meeting.speeches.in_order().first()
    meeting.speeches.filter(pk=first.pk).update(order=99)
    assert as_of_now(meeting, MINUTES)[1] != facts


def test_spaces_at_the_end_of_a_line_are_no_other_text(meeting):
    facts = as_of_now(meeting, MINUTES)[1]
    planning.edit_meeting(meeting=meeting, values={"notes": "Dòng một \n\nDòng  hai"}, revision=1, by=None, now=NOW)
    assert as_of_now(meeting, MINUTES)[1] == facts


MIGRATION = importlib.import_module("meetings.migrations.0005_invitations_keep_facts")
HOST = SimpleNamespace(pk=7, name="Công ty Z")


@pytest.mark.parametrize(
    ("hours", "starts_at", "ends_at"),
    [
        ("từ 08 giờ 30 đến 11 giờ 45", "08:30:00", "11:45:00"),  # as it was worded at fa51f2c
        ("từ 08 giờ 30 phút đến 11 giờ", "08:30:00", "11:00:00"),
        ("08 giờ", "08:00:00", None),
        ("", None, None),
    ],
)
def test_what_an_earlier_invitation_said_is_kept_as_facts(hours, starts_at, ends_at):
    said = ["Cụm", "Hội nghị", "2022-08-16", hours, "Hội trường, do Công ty Z đăng cai", "Người Chủ Trì", "Giám đốc"]
    facts = MIGRATION._facts(said, HOST)
    assert (facts["starts_at"], facts["ends_at"], facts["place"], facts["host"]) == (
        starts_at,
        ends_at,
        "Hội trường",
        7,
    )
    assert MIGRATION._facts(MIGRATION._words(facts, "Cụm", HOST.name), HOST) == facts


@pytest.mark.parametrize(
    ("said", "place", "host"),
    [("Hội trường Công ty Z", "Hội trường Công ty Z", 7), ("Sân, do Xã A đăng cai", "Sân", None)],
)
def test_the_host_is_the_meetings_where_that_was_named(said, place, host):
    facts = MIGRATION._facts(["Cụm", "Hội nghị", "2022-08-16", "", said, "Người Chủ Trì", ""], HOST)
    assert (facts["place"], facts["host"]) == (place, host)
