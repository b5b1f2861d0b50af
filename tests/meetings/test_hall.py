"""The page of the hall: who is shown, and how each stands."""

import re

import pytest

from meetings.actions import recording
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    return planned_meeting(unit, secretariat)


@pytest.fixture
def shown(as_user, meeting, secretariat):
    """The names of the rows that the page shows, asked in a certain way."""

    def shown(query=""):
        page = as_user(secretariat).get(f"/meetings/{meeting.pk}/hall/{query}").content.decode()
        return re.findall(r'<div class="segments" role="group" aria-label="([^"]+)"', page)

    return shown


def mark(meeting, unit, presence, by=""):
    row = meeting.attendances.get(unit=unit)
    recording.mark_presence(attendance=row, presence=presence, represented_by=by, by=None, now=NOW)
    return row


def test_a_unit_is_found_without_diacritics(shown, unit, other_unit):
    assert shown() == [unit.name, other_unit.name]
    assert shown("?q=xa+thu+mot") == [unit.name]


def test_the_undecided_and_the_absent_are_filtered(shown, meeting, unit, other_unit):
    mark(meeting, unit, "excused")
    assert shown("?show=open") == [other_unit.name]
    assert shown("?show=away") == [unit.name]
    assert shown("?show=nonsense") == [unit.name, other_unit.name]


def test_a_search_that_nobody_fits_says_so(as_user, meeting, secretariat):
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/hall/?q=không+ai").content.decode()
    assert "Không có đơn vị, khách mời nào phù hợp." in page


def test_the_delegate_of_the_reply_stands_in_the_row_and_survives_a_tap(as_user, meeting, unit, secretariat):
    row = mark(meeting, unit, "represented", by="Bà Trần Thị B")
    client = as_user(secretariat)
    page = client.get(f"/meetings/{meeting.pk}/hall/").content.decode()
    assert "Cử người dự thay: Bà Trần Thị B" in page
    answer = client.post(
        f"/meetings/invitees/{row.pk}/mark/",
        {"presence": "present", "represented_by": "Bà Trần Thị B"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert '<input type="hidden" name="represented_by" value="Bà Trần Thị B">' in answer


def test_the_progress_is_of_those_who_came(as_user, meeting, unit, secretariat):
    mark(meeting, unit, "present")
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/hall/").content.decode()
    assert '<progress class="hall-progress" aria-hidden="true" value="1" max="2">' in page
