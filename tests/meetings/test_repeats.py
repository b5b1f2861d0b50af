"""A form sent twice stores one row; a row that went meanwhile is told, never an error page."""

import pytest

from meetings.actions import awards, inviting, photos, recording, speeches
from meetings.models import Attendance, Award, Speech, Task, TaskProgress
from members.infrastructure.refusals import Refused
from tests.support.at_once import at_once
from tests.support.factories import NOW, UnitFactory, UserFactory
from tests.support.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.support.refusing import refusal

GUEST = {"name": "Khách", "title": "", "organisation": "", "email": ""}
AWARD = {"form": "letter", "recipient_kind": "collective", "recipient": "", "achievement": "Thành tích"}


@pytest.fixture
def meeting(transactional_db):
    return planned_meeting(UnitFactory(), None)


def guest(meeting):
    return inviting.add_guest(meeting=meeting, values=GUEST, by=None, now=NOW)


def task(meeting, **values):
    values = {"text": "Việc", "due_on": None, "status": "open", **values}
    return recording.set_task(meeting=meeting, values=values, units=[], by=None, now=NOW)


CREATIONS = [
    (Attendance, guest),
    (Award, lambda meeting: award_of(meeting.host, meeting)),
    (Speech, lambda meeting: speech_of(meeting.host, meeting)),
    (Task, task),
]


@pytest.mark.parametrize(("model", "create"), CREATIONS)
def test_a_form_sent_twice_at_once_makes_one_row(meeting, model, create):
    before = model.objects.count()
    assert at_once(lambda: create(meeting), lambda: create(meeting)) == [False, False]
    assert model.objects.count() == before + 1


@pytest.mark.parametrize(
    "other",
    [
        lambda meeting: task(meeting, text="Việc khác"),
        lambda meeting: award_of(meeting.host, meeting, achievement="Thành tích khác"),
        lambda meeting: speech_of(meeting.host, meeting, title="Khác"),
    ],
)
def test_what_differs_in_one_word_is_another_row(meeting, other):
    for _model, create in CREATIONS:
        create(meeting)
    counts = (meeting.tasks.count(), meeting.awards.count(), meeting.speeches.count())
    other(meeting)
    assert sum((meeting.tasks.count(), meeting.awards.count(), meeting.speeches.count())) == sum(counts) + 1


def test_the_same_progress_is_told_once_in_a_moment(meeting, secretariat):
    set_task = task(meeting)
    for _click in range(2):
        recording.tell_progress(
            task=set_task, unit=meeting.host, note="Đang làm", is_done=False, by=secretariat, now=NOW
        )
    assert TaskProgress.objects.count() == 1


def test_the_page_of_a_form_sent_twice_leads_to_the_same_place(as_user, meeting, secretariat):
    client = as_user(secretariat)
    answers = [client.post(f"/meetings/{meeting.pk}/invitees/add-guest/", {"name": "Khách"}) for _click in range(2)]
    assert {answer.url for answer in answers} == {f"/meetings/{meeting.pk}/invitees/"}
    assert meeting.attendances.guests().count() == 1


@pytest.mark.parametrize(
    ("address", "rows", "sent"),
    [
        ("speeches/register/", "speeches", {"kind": "discussion", "title": "Tham luận"}),
        ("awards/propose/", "awards", {**AWARD, "status": "proposed", "recipient": "Tổ tự quản"}),
        ("tasks/set/", "tasks", {"text": "Tuần tra", "status": "open"}),
    ],
)
def test_each_form_sent_twice_stores_once(as_user, meeting, secretariat, address, rows, sent):
    client = as_user(secretariat)
    sent = {**sent, "unit": meeting.host_id} if rows == "speeches" else sent
    answers = [client.post(f"/meetings/{meeting.pk}/{address}", sent) for _click in range(2)]
    assert ([answer.status_code for answer in answers], getattr(meeting, rows).count()) == ([302, 302], 1)


VANISHING = [
    (award_of, lambda row: awards.edit_award(award=row, values={}, revision=1, by=None, now=NOW)),
    (award_of, lambda row: awards.withdraw_award(award=row, by=None, now=NOW)),
    (speech_of, lambda row: speeches.withdraw_speech(speech=row, by=None, now=NOW)),
    (lambda _unit, meeting: photo_of(meeting), lambda row: photos.remove_photo(photo=row, by=None, now=NOW)),
    (lambda _unit, meeting: task(meeting), lambda row: recording.remove_task(task=row, by=None, now=NOW)),
    (
        lambda _unit, meeting: task(meeting),
        lambda row: recording.tell_progress(task=row, unit=row.meeting.host, note="x", is_done=True, by=None, now=NOW),
    ),
    (lambda _unit, meeting: guest(meeting), lambda row: inviting.remove_invitee(attendance=row, by=None, now=NOW)),
    (
        lambda _unit, meeting: guest(meeting),
        lambda row: recording.mark_presence(attendance=row, presence="present", represented_by="", by=None, now=NOW),
    ),
]


@pytest.mark.parametrize(("create", "act"), VANISHING)
def test_a_row_deleted_meanwhile_is_told(meeting, create, act):
    row = create(meeting.host, meeting)
    type(row).objects.filter(pk=row.pk).delete()
    with pytest.raises(Refused, match="đã bị xóa trong lúc đó"):
        act(row)


def test_of_a_meeting_deleted_meanwhile_nothing_is_left_to_change(meeting):
    type(meeting).objects.filter(pk=meeting.pk).delete()
    with pytest.raises(Refused, match="đã bị xóa trong lúc đó"):
        guest(meeting)


def test_a_proposal_settled_meanwhile_is_refused_beside_what_was_typed(as_user, meeting, secretariat):
    liaison = _liaison_of(meeting)
    award = award_of(meeting.host, meeting)
    Award.objects.update(status=Award.Status.GRANTED)
    data = {**AWARD, "achievement": "Thành tích khác", "revision": 1}
    response = as_user(liaison).post(f"/meetings/awards/{award.pk}/edit/", data)
    assert "đã được thư ký xét" in refusal(response)
    assert response.context["form"]["achievement"].value() == "Thành tích khác"
    assert "đã được thư ký xét" in refusal(as_user(liaison).get(f"/meetings/awards/{award.pk}/edit/"))


def _liaison_of(meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    return UserFactory(role="liaison", unit=meeting.host)
