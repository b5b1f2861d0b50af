"""In the hall and after it: attendance, awards, tasks, what the sources leave open."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from meetings.actions import inviting, planning, recording
from meetings.home import meeting_block
from meetings.models import Attendance, Award, OpenQuestion, Task
from meetings.readiness import readiness
from reports.meeting_papers.award_hints import recipients_without_report
from tests.support.factories import NOW
from tests.support.meetings import award_of, photo_of, planned_meeting, speech_of
from tests.support.refusing import refusal
from tests.support.reporting import accepted_report

TODAY = dt.date(2022, 12, 1)


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    meeting = planned_meeting(unit, secretariat)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    return meeting


def task_of(meeting, *, units=(), due_on=None, text="Tăng cường tuần tra"):
    values = {"text": text, "due_on": due_on}
    return recording.set_task(meeting=meeting, values=values, units=list(units), by=None, now=NOW)


def test_attendance_is_ticked_row_by_row(as_user, meeting, unit, secretariat):
    row = meeting.attendances.get(unit=unit)
    data = {"presence": "represented", "represented_by": "Ông Mẫu"}
    as_user(secretariat).post(f"/meetings/invitees/{row.pk}/mark/", data)
    row.refresh_from_db()
    assert (row.presence, row.represented_by) == (Attendance.Presence.REPRESENTED, "Ông Mẫu")


def test_with_htmx_the_row_comes_back_with_the_count(as_user, meeting, unit, secretariat):
    row = meeting.attendances.get(unit=unit)
    client = as_user(secretariat)
    answer = client.post(f"/meetings/invitees/{row.pk}/mark/", {"presence": "present"}, headers={"HX-Request": "true"})
    assert "1/2 đơn vị có mặt; 1 đơn vị chưa điểm danh." in answer.content.decode()


def test_once_all_are_ticked_the_hall_says_so_instead_of_none(as_user, meeting, secretariat):
    meeting.attendances.update(presence="present")
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/hall/").content.decode()
    assert "2/2 đơn vị có mặt; đã điểm danh đủ." in page
    assert "0 đơn vị chưa điểm danh" not in page


def test_the_hall_tells_of_guests_that_are_not_ticked(as_user, meeting, secretariat):
    guest = meeting.attendances.create(name="Ông Khách")
    client = as_user(secretariat)
    assert "Khách mời chưa điểm danh: 1." in client.get(f"/meetings/{meeting.pk}/hall/").text
    client.post(f"/meetings/invitees/{guest.pk}/mark/", {"presence": "absent"})
    assert "Khách mời chưa điểm danh" not in client.get(f"/meetings/{meeting.pk}/hall/").text


def test_the_same_recipient_proposed_twice_for_a_period_is_pointed_out(meeting, unit, other_unit):
    award_of(unit, meeting)
    award_of(unit, meeting, form="flag")
    award_of(other_unit, meeting)
    twice = Award.objects.recipients_proposed_twice(Period(2022, 1))
    assert [award.recipient_key in twice for award in meeting.awards.order_by("pk")] == [True, True, False]


def test_a_person_proposed_twice_is_found_however_it_was_typed(meeting, unit):
    award_of(unit, meeting, recipient_kind="individual", recipient="Nguyễn Văn Mẫu")
    award_of(unit, meeting, recipient_kind="individual", recipient="nguyễn  văn mẫu ")
    assert len(Award.objects.recipients_proposed_twice(Period(2022, 1))) == 1


def test_a_refused_proposal_is_no_double(meeting, unit):
    award_of(unit, meeting)
    award_of(unit, meeting, status="refused")
    assert not Award.objects.recipients_proposed_twice(Period(2022, 1))


def test_a_recipient_whose_report_is_missing_is_pointed_out(as_user, meeting, unit, other_unit, secretariat):
    accepted_report(unit, "2022-H1", {"ma-tuy": 1})
    award_of(unit, meeting)
    award_of(other_unit, meeting)
    assert recipients_without_report(meeting) == [other_unit]
    assert other_unit.name in as_user(secretariat).get(f"/meetings/{meeting.pk}/awards/hints/").content.decode()


def test_a_liaison_sees_only_awards_that_concern_their_unit(as_user, meeting, unit, other_unit, liaison):
    award_of(unit, meeting, achievement="Thành tích của mình")
    award_of(other_unit, meeting, achievement="Thành tích của đơn vị khác")
    page = as_user(liaison).get(f"/meetings/{meeting.pk}/awards/").content.decode()
    assert ("Thành tích của mình" in page, "Thành tích của đơn vị khác" in page) == (True, False)


def test_a_liaison_does_not_settle_awards(as_user, unit, secretariat, liaison):
    meeting = planned_meeting(unit, secretariat)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    award = award_of(unit, meeting)
    data = {"form": "letter", "recipient_kind": "collective", "achievement": "A", "status": "granted", "revision": 1}
    as_user(liaison).post(f"/meetings/awards/{award.pk}/edit/", data)
    award.refresh_from_db()
    assert (award.achievement, award.status) == ("A", Award.Status.PROPOSED)


def test_tasks_are_carried_to_the_next_meeting_with_their_state(meeting, unit, secretariat):
    done, still_open = task_of(meeting), task_of(meeting, text="Tuyên truyền")
    values = {"text": done.text, "due_on": None, "status": Task.Status.DONE}
    recording.edit_task(task=done, values=values, units=unit.tasks.none(), revision=1, by=secretariat, now=NOW)
    following = planned_meeting(unit, secretariat, held_on=dt.date(2023, 1, 10))
    later = planned_meeting(unit, secretariat, held_on=dt.date(2023, 7, 10))
    assert list(Task.objects.carried_to(following)) == [done, still_open]
    assert list(Task.objects.carried_to(later)) == [still_open]


def test_overdue_tasks_are_seen_on_the_home_page_of_who_answers_for_them(meeting, unit, other_unit, liaison):
    own = task_of(meeting, units=[unit], due_on=dt.date(2022, 11, 30))
    task_of(meeting, units=[other_unit], due_on=dt.date(2022, 11, 30))
    everybodys = task_of(meeting, due_on=dt.date(2022, 11, 30))
    task_of(meeting, due_on=TODAY)
    assert meeting_block(user=liaison, today=TODAY).overdue == (own, everybodys)


def test_a_unit_tells_its_progress_and_others_do_not_read_it(as_user, meeting, liaison, other_liaison):
    task = task_of(meeting)
    as_user(liaison).post(f"/meetings/tasks/{task.pk}/progress/", {"note": "Đã làm 3 buổi", "is_done": "on"})
    assert "Đã làm 3 buổi" in as_user(liaison).get("/meetings/tasks/").content.decode()
    assert "Đã làm 3 buổi" not in as_user(other_liaison).get("/meetings/tasks/").content.decode()


def test_a_liaison_finds_the_way_from_the_meetings_to_the_own_tasks(as_user, meeting, liaison):
    task = task_of(meeting)
    client = as_user(liaison)
    assert 'href="/meetings/tasks/"' in client.get("/meetings/").content.decode()
    assert f'href="/meetings/tasks/{task.pk}/progress/"' in client.get("/meetings/tasks/").content.decode()


def test_a_unit_tells_no_progress_of_another_units_task(as_user, meeting, other_unit, liaison):
    task = task_of(meeting, units=[other_unit])
    assert as_user(liaison).post(f"/meetings/tasks/{task.pk}/progress/", {"note": "A"}).status_code == 404


def test_a_task_is_settled_even_when_its_meeting_is_closed(as_user, meeting, secretariat):
    task = task_of(meeting)
    planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    as_user(secretariat).post(
        f"/meetings/tasks/{task.pk}/edit/", {"text": task.text, "status": "done", "units": [], "revision": 1}
    )
    task.refresh_from_db()
    assert task.status == Task.Status.DONE


def test_an_open_question_is_shown_to_the_secretariat_until_it_is_settled(as_user, meeting, secretariat):
    data = {"field": "place", "note": "Hai nguồn ghi hai địa điểm"}
    client = as_user(secretariat)
    client.post(f"/meetings/{meeting.pk}/questions/note/", data)
    assert data["note"] in client.get(meeting.get_absolute_url()).content.decode()
    question = OpenQuestion.objects.get()
    client.post(f"/meetings/questions/{question.pk}/settle/", {"resolution": "Đã hỏi đơn vị đăng cai"})
    assert data["note"] not in client.get(meeting.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["chair", "liaison"])
def test_nobody_else_reads_an_open_question(as_user, meeting, role, request):
    values = {"field": "place", "note": "Hai nguồn ghi hai địa điểm"}
    recording.note_question(meeting=meeting, values=values, by=None, now=NOW)
    person = request.getfixturevalue(role)
    assert values["note"] not in as_user(person).get(meeting.get_absolute_url()).content.decode()
    assert not OpenQuestion.objects.visible_to(person).exists()


def test_the_record_of_a_closed_meeting_is_refused_with_a_sentence(as_user, meeting, secretariat):
    planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    response = as_user(secretariat).post(f"/meetings/{meeting.pk}/record/", {"results": "Khác", "revision": 3})
    assert "đã kết thúc" in refusal(response)
    assert "Khác</textarea>" in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.results == ""


@pytest.mark.parametrize(("address", "queries"), [("awards/", 8), ("photos/", 7), ("record/", 8)])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    as_user, meeting, unit, secretariat, rows, address, queries, django_assert_num_queries
):
    for number in range(rows):
        award_of(unit, meeting, achievement=f"Thành tích {number}")
        photo_of(meeting)
        task_of(meeting, units=[unit])
    client = as_user(secretariat)
    with django_assert_num_queries(queries):
        client.get(f"/meetings/{meeting.pk}/{address}")


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_list_of_tasks_takes_the_same_queries_for_any_number(
    as_user, meeting, unit, liaison, secretariat, tasks, django_assert_num_queries
):
    for _number in range(tasks):
        task = task_of(meeting, units=[unit])
        recording.tell_progress(task=task, unit=unit, note="Đang làm", is_done=False, by=liaison, now=NOW)
    client = as_user(secretariat)
    with django_assert_num_queries(8):
        client.get("/meetings/tasks/")


def test_a_unit_taken_off_the_list_keeps_its_task_until_it_is_unticked(as_user, meeting, unit, other_unit, secretariat):
    values = {"text": "Tuần tra", "due_on": None}
    task = recording.set_task(meeting=meeting, values=values, units=[unit, other_unit], by=secretariat, now=NOW)
    meeting.attendances.filter(unit=other_unit).delete()
    data = {"text": "Tuần tra đêm", "status": "open", "revision": 1, "units": [unit.pk, other_unit.pk]}
    as_user(secretariat).post(reverse("meetings:task-edit", args=[task.pk]), data)
    task.refresh_from_db()
    assert task.text == "Tuần tra đêm"
    assert set(task.units.all()) == {unit, other_unit}


def test_a_guests_address_is_not_counted_among_the_papers(meeting, unit):
    for number in range(2):
        speech_of(unit, meeting, title=f"Tham luận {number}")
    meeting.speeches.create(kind="address", title="Phát biểu chỉ đạo")
    details = [fact.detail for fact in readiness(meeting)]
    assert "2 tham luận, 1 bài phát biểu của khách mời; 3 bài chưa ghi ý chính" in details


def test_who_answers_for_a_task_stands_in_the_order_of_the_units(meeting, unit, other_unit):
    task = task_of(meeting, units=[other_unit, unit])
    Task.objects.filter(pk=task.pk).update(for_all_units=False)
    assert [row.responsible for row in meeting.tasks.in_order()] == ["Thử Một, Thử Hai"]
