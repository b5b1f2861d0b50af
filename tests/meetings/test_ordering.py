"""What a meeting lists is put in an order: by all keys at once, or one row a place up or down."""

import pytest

from meetings.actions import recording
from meetings.actions.agenda import arrange_agenda
from meetings.actions.ordering import arrange, moved
from meetings.models import Attendance, Meeting
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from tests.support.factories import NOW, UserFactory
from tests.support.meetings import award_of, held_meeting, photo_of, speech_of

AGENDA = "Khai mạc\n\nBáo cáo\nBế mạc"


@pytest.fixture
def meeting(unit, secretariat):
    return held_meeting(unit, secretariat, agenda=AGENDA)


def task_of(meeting, text):
    return recording.set_task(meeting=meeting, values={"text": text}, units=[], by=None, now=NOW)


ROWS = {
    "speeches": lambda meeting, unit, text: speech_of(unit, meeting, title=text),
    "awards": lambda meeting, unit, text: award_of(unit, meeting, achievement=text),
    "photos": lambda meeting, unit, text: photo_of(meeting, caption=text),
    "tasks": lambda meeting, unit, text: task_of(meeting, text),
}


@pytest.mark.parametrize(
    ("key", "up", "keys"),
    [(2, True, [2, 1, 3]), (2, False, [1, 3, 2]), (1, True, [1, 2, 3]), (3, False, [1, 2, 3]), (9, True, [1, 2, 3])],
)
def test_one_goes_a_place_where_there_is_one(key, up, keys):
    assert moved([1, 2, 3], key, up=up) == keys


@pytest.mark.parametrize("what", ROWS)
def test_rows_are_put_in_the_order_asked_for(as_user, secretariat, meeting, unit, what):
    first, second, third = (ROWS[what](meeting, unit, text) for text in ("Một", "Hai", "Ba"))
    client, address = as_user(secretariat), f"/meetings/{meeting.pk}/order/{what}/"
    rows = getattr(meeting, what)

    answer = client.post(address, {"order": f"{third.pk},{first.pk},{second.pk}"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert list(rows.in_order()) == [third, first, second]

    page = client.post(address, {"row": first.pk, "to": "up"}).url
    assert list(rows.in_order()) == [first, third, second]
    assert f'data-order-item="{second.pk}"' in client.get(page).text


def test_what_came_meanwhile_stands_at_the_end_and_what_went_is_left_out(meeting, unit):
    first, second, third = (speech_of(unit, meeting, title=text) for text in ("Một", "Hai", "Ba"))

    arrange(meeting=meeting, rows=meeting.speeches.in_order(), keys=[second.pk, 9999, second.pk, first.pk])

    assert list(meeting.speeches.in_order()) == [second, first, third]


def test_what_went_since_the_page_read_the_rows_is_left_out(meeting, unit):
    first, second = (speech_of(unit, meeting, title=text) for text in ("Một", "Hai"))
    rows = meeting.speeches.in_order()
    keys = [row.pk for row in rows][::-1]
    second.delete()
    third = speech_of(unit, meeting, title="Ba")

    arrange(meeting=meeting, rows=rows, keys=keys)

    assert list(meeting.speeches.in_order()) == [first, third]


def test_awards_nobody_arranged_stand_as_before_and_a_later_one_at_the_end(meeting, unit):
    person = award_of(unit, meeting, recipient_kind="individual", recipient="Người Một")
    collective = award_of(unit, meeting)
    assert list(meeting.awards.in_order()) == [collective, person]

    arrange(meeting=meeting, rows=meeting.awards.in_order(), keys=[person.pk, collective.pk])
    later = award_of(unit, meeting, achievement="Khác")

    assert list(meeting.awards.in_order()) == [person, collective, later]


def test_the_items_of_the_agenda_are_put_in_an_order(as_user, secretariat, meeting):
    client, address = as_user(secretariat), f"/meetings/{meeting.pk}/order/agenda/"
    client.post(address, {"order": "3,1,2", "revision": meeting.revision})
    meeting.refresh_from_db()
    assert meeting.agenda == "Bế mạc\nKhai mạc\nBáo cáo"

    page = client.post(address, {"row": "3", "to": "up", "revision": meeting.revision}).url
    assert Meeting.objects.get(pk=meeting.pk).agenda == "Bế mạc\nBáo cáo\nKhai mạc"
    assert 'data-order-item="3"' in client.get(page).text
    assert AuditEntry.objects.filter(verb="meeting.edited").count() == 2


def test_an_agenda_somebody_else_changed_is_left_as_it_is(meeting, secretariat):
    with pytest.raises(StaleEdit):
        arrange_agenda(meeting=meeting, keys=[3, 1, 2], revision=meeting.revision - 1, by=secretariat, now=NOW)


def test_of_a_closed_meeting_nothing_is_moved(meeting, unit):
    speech = speech_of(unit, meeting)
    Meeting.objects.filter(pk=meeting.pk).update(status="closed")
    with pytest.raises(Refused):
        arrange(meeting=meeting, rows=meeting.speeches.in_order(), keys=[speech.pk])


def test_a_list_that_is_none_is_not_found(as_user, secretariat, meeting):
    assert as_user(secretariat).post(f"/meetings/{meeting.pk}/order/guests/").status_code == 404


@pytest.fixture
def hall(meeting, unit, other_unit):
    Attendance.objects.filter(meeting=meeting).delete()
    for each, presence in ((unit, "excused"), (other_unit, "")):
        Attendance.objects.create(meeting=meeting, unit=each, presence=presence)
    return f"/meetings/{meeting.pk}/hall/"


def test_all_are_present_but_for_who_is_ticked_already(as_user, secretariat, meeting, hall):
    client = as_user(secretariat)
    assert f"{hall}all-present/" in client.get(hall).text
    assert "cho 1 người" in client.get(f"{hall}all-present/").text

    client.post(f"{hall}all-present/")

    presences = meeting.attendances.in_order().values_list("presence", flat=True)
    assert sorted(presences) == ["excused", "present"]
    assert AuditEntry.objects.filter(verb="attendance.marked").count() == 1
    assert f"{hall}all-present/" not in client.get(hall).text


def test_in_a_closed_meeting_nobody_is_ticked(meeting, hall):
    Meeting.objects.filter(pk=meeting.pk).update(status="closed")
    with pytest.raises(Refused):
        recording.mark_rest_present(meeting=meeting, by=UserFactory(), now=NOW)
