"""What is done about a meeting in the moment somebody else closes it, calls it off, or does the same."""

import pytest
from django.core.files.storage import default_storage

from meetings.actions import inviting, planning, recording
from meetings.models import Meeting
from members.infrastructure.refusals import Refused
from tests.support.at_once import at_once, before_it_is_stored
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import photo_of, planned_meeting, speech_of


@pytest.fixture
def meeting(transactional_db):
    return planned_meeting(UnitFactory(), None)


def refused(act):
    """Whether the act was refused because the meeting is closed."""
    try:
        act()
    except Refused:
        return True
    return False


def test_nobody_is_ticked_once_somebody_else_has_begun_to_close_the_meeting(meeting):
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    row = meeting.attendances.select_related("meeting").get()
    assert before_it_is_stored(
        lambda: planning.close_meeting(meeting=meeting, by=None, now=NOW),
        lambda: refused(
            lambda: recording.mark_presence(attendance=row, presence="present", represented_by="", by=None, now=NOW)
        ),
    )
    row.refresh_from_db()
    assert row.presence == ""


def test_two_people_may_add_the_missing_units_at_once(meeting):
    missing = UnitFactory()

    def add():
        planning.invite_member_units(meeting=meeting, by=None, now=NOW)

    assert at_once(add, add) == [False, False]
    assert meeting.attendances.filter(unit=missing).count() == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda stale: inviting.add_guest(meeting=stale, values={"name": "Khách"}, by=None, now=NOW),
        lambda stale: recording.set_task(meeting=stale, values={"text": "Việc"}, units=[], by=None, now=NOW),
        lambda stale: speech_of(None, stale),
        photo_of,
    ],
)
def test_nothing_is_added_to_a_meeting_that_was_closed_since_it_was_read(meeting, act):
    Meeting.objects.update(status=Meeting.Status.CLOSED)
    before = files()
    assert meeting.is_planned
    assert refused(lambda: act(meeting))
    assert files() == before
    assert (meeting.tasks.count(), meeting.attendances.guests().count()) == (0, 0)


def files():
    """The names of the files of meetings."""
    return [
        sorted(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else []
        for folder in ("meetings/photos", "meetings/speeches")
    ]


def test_a_reply_is_not_taken_once_the_meeting_has_begun(meeting):
    row = meeting.attendances.select_related("meeting").get()
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    row.meeting.status = Meeting.Status.PLANNED
    with pytest.raises(Refused):
        inviting.reply_to_invitation(attendance=row, values={"reply": "declined"}, revision=1, by=None, now=NOW)
