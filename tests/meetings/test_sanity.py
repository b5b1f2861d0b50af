"""Dates and states of a meeting that can't be, each told where it was typed."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster_portal.periods import Period
from meetings.actions import inviting, planning
from meetings.forms.contributions import AwardForm
from meetings.forms.planning import MeetingForm
from meetings.models import Attendance, Award, Meeting, Task
from meetings.models.meeting import proposed_title
from meetings.papers.news import news_item
from meetings.papers.paper import meeting_paper
from members.infrastructure.audit import AuditEntry
from members.infrastructure.refusals import Refused
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import planned_meeting
from tests.support.refusing import refusal

#: Not tomorrow, which is today when midnight comes meanwhile.
AHEAD = timezone.localdate() + dt.timedelta(days=2)


@pytest.fixture
def ahead(unit, secretariat):
    return planned_meeting(unit, secretariat, held_on=AHEAD)


def test_nobody_is_invited_without_an_hour(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, held_on=AHEAD, starts_at=None)
    assert "phải ghi giờ" in refusal(as_user(secretariat).post(f"/meetings/{meeting.pk}/announce/"))
    assert not meeting.announcements.exists()


def test_nobody_is_invited_to_a_meeting_that_is_past(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    with pytest.raises(Refused, match="đã qua"):
        inviting.announce_meeting(meeting=meeting, by=None, now=NOW + dt.timedelta(days=90))


def test_before_its_day_a_meeting_begins_only_with_a_reason(as_user, secretariat, ahead):
    client, address = as_user(secretariat), f"/meetings/{ahead.pk}/hold/"
    asked = client.post(address)
    assert asked.status_code == 200
    assert "reason" in client.post(address, {"reason": ""}).context["form"].errors
    assert Meeting.objects.get().is_planned
    client.post(address, {"reason": "Họp sớm vì bão"})
    assert Meeting.objects.get().status == Meeting.Status.HELD
    assert AuditEntry.objects.get(verb="meeting.held").changes["reason"] == [None, "Họp sớm vì bão"]


def test_before_its_day_a_meeting_is_closed_only_with_a_reason(as_user, secretariat, ahead):
    planning.hold_meeting(meeting=ahead, by=secretariat, now=NOW)
    client, address = as_user(secretariat), f"/meetings/{ahead.pk}/close/"
    assert client.post(address).status_code == 200
    assert Meeting.objects.get().status == Meeting.Status.HELD
    client.post(address, {"reason": "Họp sớm vì bão"})
    assert Meeting.objects.get().is_closed


def test_on_its_day_a_click_is_enough(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, held_on=timezone.localdate())
    as_user(secretariat).post(f"/meetings/{meeting.pk}/hold/")
    assert Meeting.objects.get().status == Meeting.Status.HELD


def test_a_task_is_not_due_before_the_meeting_that_sets_it(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    data = {"text": "Tuần tra", "due_on": "2022-08-15", "status": "open"}
    response = as_user(secretariat).post(f"/meetings/{meeting.pk}/tasks/set/", data)
    assert list(response.context["form"].errors) == ["due_on"]
    assert response.context["form"]["text"].value() == "Tuần tra"
    assert not Task.objects.exists()


def test_the_parts_of_the_attendance_add_up(cluster, secretariat):
    units = UnitFactory.create_batch(6)
    meeting = planned_meeting(units[0], secretariat)
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    presences = ["present", "present", "present", "represented", "excused", "absent"]
    for row, presence in zip(meeting.attendances.order_by("pk"), presences, strict=True):
        Attendance.objects.filter(pk=row.pk).update(presence=presence)
    told = meeting_paper(meeting).attendance_sentence
    assert told.startswith("3/6 đơn vị thành viên dự họp")
    assert [part.split()[0] for part in told.split(", ")[1:]] == ["01", "01", "01"]


def form_for(meeting, **typed):
    data = {name: getattr(meeting, name) for name in MeetingForm.Meta.fields}
    data |= {"period": str(meeting.period), "host": meeting.host_id, "revision": meeting.revision, **typed}
    data["agenda"] = typed.get("agenda", meeting.agenda).replace("\n", "\r\n")
    form = MeetingForm({k: v for k, v in data.items() if v is not None}, instance=meeting, today=dt.date(2023, 1, 1))
    assert form.is_valid(), form.errors
    return form.values


def test_agenda_and_title_follow_kind_and_period(unit, secretariat):
    title = proposed_title("semiannual", Period(2022, 1))
    meeting = planned_meeting(unit, secretariat, title=title, agenda="Khai mạc\nBáo cáo sơ kết 6 tháng đầu năm 2022")
    values = form_for(meeting, kind="annual", period="2022")
    assert values["agenda"].splitlines() == ["Khai mạc", "Báo cáo tổng kết năm 2022"]
    assert values["title"] == proposed_title("annual", Period(2022))


def test_what_somebody_has_typed_stays(unit, secretariat):
    meeting = planned_meeting(unit, secretariat, agenda="Báo cáo sơ kết 6 tháng đầu năm 2022")
    typed = "Báo cáo sơ kết 6 tháng đầu năm 2022 và trao đổi"
    values = form_for(meeting, kind="annual", period="2022", agenda=typed)
    assert (values["agenda"], values["title"]) == (typed, meeting.title)


def ticked(secretariat, *presences):
    """A meeting under way with one unit for each presence, and a guest nobody has ticked."""
    units = UnitFactory.create_batch(len(presences))
    meeting = planned_meeting(units[0], secretariat)
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    for row, presence in zip(meeting.attendances.order_by("pk"), presences, strict=True):
        Attendance.objects.filter(pk=row.pk).update(presence=presence)
    Attendance.objects.create(meeting=meeting, name="Khách Mẫu")
    return meeting


def test_the_news_tells_no_number_while_a_unit_is_undecided(cluster, secretariat, as_user):
    meeting = ticked(secretariat, "present", "present", "represented", "excused", "", "")
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/news/")
    assert "Tham dự hội nghị" not in page.context["item"].text
    assert "Chưa điểm danh (3)" in page.content.decode()


def test_the_news_tells_of_nobody_where_nobody_was_ticked(cluster, secretariat):
    assert "Tham dự" not in news_item(meeting_paper(ticked(secretariat, "", ""))).text


def test_the_news_counts_a_deputy_as_no_leader(cluster, secretariat):
    told = news_item(meeting_paper(ticked(secretariat, "present", "present", "represented", "excused"))).text
    assert "có lãnh đạo 02 đơn vị, đại diện 01 đơn vị thành viên trong cụm." in told
    assert "Khách Mẫu" not in told


@pytest.mark.parametrize(("days", "values", "told"), [(0, {"starts_at": None}, "phải ghi giờ"), (60, {}, "đã qua")])
def test_a_change_is_announced_under_the_rules_of_an_invitation(unit, secretariat, days, values, told):
    meeting, now = planned_meeting(unit, secretariat), NOW + dt.timedelta(days=days)
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    values = values or {"held_on": NOW.date() + dt.timedelta(days=3)}
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=now)
    with pytest.raises(Refused, match=told):
        inviting.announce_change(meeting=meeting, by=None, now=now)
    assert meeting.announcements.count() == 1


@pytest.mark.parametrize("is_numbered", [False, True])
def test_a_plan_is_not_moved_to_before_people_were_invited(unit, secretariat, is_numbered):
    meeting = planned_meeting(unit, secretariat)
    if is_numbered:
        Meeting.objects.update(invitation_number=1, invitation_date=NOW.date())
    else:
        inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    values = {"held_on": NOW.date() - dt.timedelta(days=1)}
    with pytest.raises(Refused, match="không thể họp trước") as refused:
        planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=NOW)
    assert refused.value.fields == ("held_on",)


def test_a_refused_change_is_told_on_the_page(as_user, secretariat, ahead):
    now = timezone.now()
    inviting.announce_meeting(meeting=ahead, by=None, now=now)
    planning.edit_meeting(meeting=ahead, values={"starts_at": None}, revision=ahead.revision, by=None, now=now)
    assert "phải ghi giờ" in refusal(as_user(secretariat).post(f"/meetings/{ahead.pk}/announce-change/"))


@pytest.mark.parametrize("day", [NOW.date() + dt.timedelta(days=30), NOW.date() - dt.timedelta(days=1)])
def test_a_meeting_that_was_held_is_not_moved_to_a_day_it_can_not_have_been(unit, secretariat, day):
    meeting = planned_meeting(unit, secretariat, held_on=NOW.date())
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    with pytest.raises(Refused) as refused:
        planning.edit_meeting(meeting=meeting, values={"held_on": day}, revision=meeting.revision, by=None, now=NOW)
    assert refused.value.fields == ("held_on",)
    assert Meeting.objects.get().held_on == NOW.date()


def typed_plan(meeting, **typed):
    data = {name: getattr(meeting, name) for name in MeetingForm.Meta.fields}
    data |= {"period": str(meeting.period), "host": meeting.host_id, "revision": meeting.revision, **typed}
    return {name: value for name, value in data.items() if value is not None}


@pytest.mark.parametrize(
    ("day", "told"),
    [(AHEAD + dt.timedelta(days=30), "không thể sau"), (dt.date(2021, 12, 31), "không thể họp trước")],
)
def test_the_day_of_a_held_meeting_is_refused_beside_the_field(as_user, unit, secretariat, day, told):
    meeting = planned_meeting(unit, secretariat, held_on=timezone.localdate())
    planning.hold_meeting(meeting=meeting, by=None, now=timezone.now())
    data = typed_plan(meeting, held_on=day, place="Nơi vừa gõ")
    form = as_user(secretariat).post(f"/meetings/{meeting.pk}/edit/", data).context["form"]
    assert told in form.errors["held_on"][0]
    assert form["place"].value() == "Nơi vừa gõ"


def test_a_held_meeting_is_not_moved_beyond_a_task_it_set(unit, secretariat):
    """The minutes would give time until a day before the meeting."""
    meeting = planned_meeting(unit, secretariat, held_on=NOW.date() - dt.timedelta(days=9))
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    meeting.tasks.create(text="Tuần tra", due_on=NOW.date() - dt.timedelta(days=5))
    values = {"held_on": NOW.date() - dt.timedelta(days=4)}
    with pytest.raises(Refused) as refused:
        planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=NOW)
    assert refused.value.fields == ("held_on",)


def test_no_decision_on_an_award_is_dated_in_the_future(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    data = {"recipient_kind": "collective", "unit": unit.pk, "achievement": "Tuần tra tốt"}
    data |= {"form": Award.Form.values[0], "status": "proposed", "decision_on": "31/12/2999"}
    form = as_user(secretariat).post(f"/meetings/{meeting.pk}/awards/propose/", data).context["form"]
    assert list(form.errors) == ["decision_on"]
    assert form["achievement"].value() == "Tuần tra tốt"
    assert not Award.objects.exists()


def test_the_day_of_a_held_meeting_is_still_corrected(unit, secretariat):
    meeting = planned_meeting(unit, secretariat, held_on=NOW.date())
    planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    day = NOW.date() - dt.timedelta(days=3)
    planning.edit_meeting(meeting=meeting, values={"held_on": day}, revision=meeting.revision, by=None, now=NOW)
    assert Meeting.objects.get().held_on == day


@pytest.mark.parametrize("day", ["16/08/2999", "16/08/1900", "16/08/2062"])
def test_no_meeting_is_planned_for_another_century(as_user, unit, secretariat, day):
    meeting = planned_meeting(unit, secretariat)
    data = typed_plan(meeting, held_on=day, place="Nơi vừa gõ")
    for address in (f"/meetings/{meeting.pk}/edit/", "/meetings/plan/"):
        form = as_user(secretariat).post(address, data).context["form"]
        assert list(form.errors) == ["held_on"]
        assert (form["held_on"].value(), form["place"].value()) == (day, "Nơi vừa gõ")
    assert Meeting.objects.get().held_on == dt.date(2022, 8, 16)


def decided(meeting, day):
    """The form of an award to the meeting's host, decided on the day."""
    data = {"recipient_kind": "collective", "unit": meeting.host_id, "achievement": "Tuần tra tốt"}
    data |= {"form": Award.Form.values[0], "status": "proposed", "decision_on": day}
    return AwardForm(data, meeting=meeting, today=dt.date(2022, 9, 1))


@pytest.mark.parametrize("day", ["01/01/1900", "31/12/2020", "02/09/2022"])
def test_a_decision_is_of_the_time_that_the_meeting_reviews(unit, secretariat, day):
    assert list(decided(planned_meeting(unit, secretariat), day).errors) == ["decision_on"]


@pytest.mark.parametrize("day", ["01/01/2021", "01/09/2022", ""])
def test_a_decision_of_the_year_before_is_told(unit, secretariat, day):
    assert decided(planned_meeting(unit, secretariat), day).is_valid()


def test_an_old_decision_stays_where_something_else_is_corrected(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    old = dt.date(2019, 5, 6)
    award = Award.objects.create(meeting=meeting, unit=unit, achievement="Tuần tra", decision_on=old)
    data = {**decided(meeting, "06/05/2019").data, "achievement": "Tuần tra tốt", "revision": award.revision}
    form = AwardForm(data, instance=award, meeting=meeting, today=dt.date(2022, 9, 1))
    assert form.is_valid(), form.errors


PASSED = timezone.localdate() - dt.timedelta(days=40)


def passed_plan(meeting, **typed):
    return typed_plan(meeting, held_on=PASSED, period=str(Period(PASSED.year - 1)), kind="annual", **typed)


def test_a_plan_is_moved_to_a_day_that_has_passed_only_with_a_reason(as_user, secretariat, ahead):
    client, address = as_user(secretariat), f"/meetings/{ahead.pk}/edit/"
    page = client.post(address, passed_plan(ahead, place="Nơi vừa gõ"))
    assert list(page.context["form"].errors) == ["reason"]
    assert page.context["form"]["place"].value() == "Nơi vừa gõ"
    assert 'name="reason"' in page.content.decode()
    assert Meeting.objects.get().held_on == AHEAD
    client.post(address, passed_plan(ahead, reason="Đã họp sớm vì bão"))
    assert Meeting.objects.get().held_on == PASSED
    assert AuditEntry.objects.get(verb="meeting.set_to_past").changes["reason"] == [None, "Đã họp sớm vì bão"]


def test_a_meeting_is_planned_for_a_day_that_has_passed_only_with_a_reason(as_user, secretariat, ahead):
    client = as_user(secretariat)
    form = client.post("/meetings/plan/", passed_plan(ahead)).context["form"]
    assert list(form.errors) == ["reason"]
    client.post("/meetings/plan/", passed_plan(ahead, reason="Ghi lại hội nghị cũ"))
    added = Meeting.objects.exclude(pk=ahead.pk).get()
    assert AuditEntry.objects.about(added).get(verb="meeting.set_to_past").changes["reason"][1] == "Ghi lại hội nghị cũ"


def test_why_a_day_has_passed_tells_of_nobody(as_user, secretariat, ahead):
    form = as_user(secretariat).post("/meetings/plan/", passed_plan(ahead, reason="CCCD 001099012345")).context["form"]
    assert list(form.errors) == ["reason"]


def test_a_reason_typed_beside_another_fault_is_not_lost(as_user, secretariat, ahead):
    typed = passed_plan(ahead, reason="Đã họp sớm vì bão") | {"held_on": "31/02/2022"}
    page = as_user(secretariat).post(f"/meetings/{ahead.pk}/edit/", typed)
    assert list(page.context["form"].errors) == ["held_on"]
    assert "Đã họp sớm vì bão" in page.content.decode()


def test_a_plan_that_keeps_its_day_is_asked_nothing(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    as_user(secretariat).post(f"/meetings/{meeting.pk}/edit/", typed_plan(meeting, place="Hội trường mới"))
    assert Meeting.objects.get().place == "Hội trường mới"
    assert not AuditEntry.objects.filter(verb="meeting.set_to_past").exists()
