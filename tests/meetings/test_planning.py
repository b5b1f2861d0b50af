"""Planning a meeting, its way to the end, and who sees it."""

import datetime as dt

import pytest
from django.utils import translation

from cluster_portal.periods import Period
from meetings.actions import inviting, planning, recording
from meetings.forms.planning import MeetingForm, proposed_plan
from meetings.models import Meeting
from members.forms.revision import show_refusals
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from tests.support.factories import NOW, UnitFactory
from tests.support.meetings import photo_of, plan_of, planned_meeting, speech_of
from tests.support.refusing import refusal

pytestmark = pytest.mark.django_db


def test_planning_invites_the_units_of_that_day(unit, other_unit, secretariat):
    UnitFactory(name="Đã rời cụm", left_on=dt.date(2020, 1, 1))
    meeting = planning.plan_meeting(values=plan_of(unit), by=secretariat, now=NOW)
    assert [row.unit for row in meeting.attendances.in_order()] == [unit, other_unit]
    assert AuditEntry.objects.about(meeting).filter(verb="meeting.planned").exists()


def test_planning_takes_the_last_meetings_guests_over(unit, secretariat):
    last = planned_meeting(unit, secretariat)
    inviting.add_guest(meeting=last, values={"name": "Khách Mẫu", "title": "Phó Chủ tịch"}, by=secretariat, now=NOW)
    values = plan_of(unit, held_on=dt.date(2023, 1, 10), period=Period(2022))
    meeting = planning.plan_meeting(values=values, by=secretariat, now=NOW)
    assert list(meeting.attendances.guests().values_list("name", "title")) == [("Khách Mẫu", "Phó Chủ tịch")]


def test_without_units_there_is_nothing_to_plan_yet(as_user, secretariat):
    response = as_user(secretariat).get("/meetings/plan/", follow=True)
    assert response.redirect_chain == [("/units/", 302)]
    assert "Trước hết nhập danh sách đơn vị của cụm" in response.content.decode()


def test_planning_takes_the_last_byline_over(unit, secretariat):
    planned_meeting(unit, secretariat, byline="Tin, ảnh: Phòng Chính trị")
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2023, 1, 10))
    assert Meeting.objects.get(pk=meeting.pk).byline == "Tin, ảnh: Phòng Chính trị"


def test_the_agenda_copied_names_the_period_and_the_kind_of_the_new_meeting(unit, secretariat, cluster):
    planned_meeting(unit, secretariat, agenda="Khai mạc\nBáo cáo sơ kết 6 tháng đầu năm 2022")
    proposed = proposed_plan(dt.date(2023, 1, 5))
    assert proposed["period"] == Period(2022)
    assert proposed["agenda"] == "Khai mạc\nBáo cáo tổng kết năm 2022"


def test_the_form_proposes_the_title_from_kind_and_period(as_user, unit, secretariat):
    data = {
        "kind": "semiannual",
        "period": "2022-H1",
        "held_on": "2022-08-16",
        "place": "Hội trường",
        "reason": "Ghi lại hội nghị cũ",
    }
    as_user(secretariat).post("/meetings/plan/", {**data, "host": unit.pk, "chair_name": "Người Chủ Trì"})
    assert Meeting.objects.get().title.startswith("Hội nghị sơ kết công tác phối hợp xây dựng Cụm địa bàn an toàn")


def test_a_faulty_plan_is_told_beside_the_field_and_kept(as_user, unit, secretariat):
    data = {"kind": "semiannual", "period": "2022-13", "place": "Hội trường lớn", "host": unit.pk}
    response = as_user(secretariat).post("/meetings/plan/", data)
    assert set(response.context["form"].errors) == {"period", "held_on", "chair_name"}
    assert "Hội trường lớn" in response.content.decode()


def test_the_periods_to_choose_from_are_named_the_latest_first(unit):
    with translation.override("vi"):
        choices = MeetingForm(today=dt.date(2015, 8, 1)).fields["period"].choices
    assert [(str(value), label) for value, label in choices][1:] == [
        ("2016", "năm 2016"),
        ("2016-H2", "6 tháng cuối năm 2016"),
        ("2016-H1", "6 tháng đầu năm 2016"),
        ("2015", "năm 2015"),
        ("2015-H2", "6 tháng cuối năm 2015"),
        ("2015-H1", "6 tháng đầu năm 2015"),
    ]


def test_a_period_before_the_years_on_offer_is_kept_on_editing(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, period=Period(2009, 2))
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/edit/")
    data = {name: value or "" for name, value in page.context["form"].initial.items()}
    as_user(secretariat).post(f"/meetings/{meeting.pk}/edit/", {**data, "place": "Hội trường mới"})
    meeting.refresh_from_db()
    assert (meeting.place, meeting.period) == ("Hội trường mới", Period(2009, 2))


@pytest.mark.parametrize(
    ("kind", "period", "is_faulty"),
    [("annual", "2022", False), ("annual", "2022-H2", True), ("semiannual", "2022", True), ("briefing", "2022", False)],
)
def test_a_year_is_reviewed_whole_and_a_half_year_is_not_a_year(as_user, unit, secretariat, kind, period, is_faulty):
    response = as_user(secretariat).post("/meetings/plan/", {"kind": kind, "period": period})
    assert ("period" in response.context["form"].errors) == is_faulty


def test_a_second_editor_never_overwrites_the_first_silently(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    planning.edit_meeting(meeting=meeting, values={"place": "A"}, revision=1, by=secretariat, now=NOW)
    with pytest.raises(StaleEdit):
        planning.edit_meeting(meeting=meeting, values={"place": "B"}, revision=1, by=secretariat, now=NOW)


def test_a_closed_meeting_is_locked_until_it_is_reopened(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    with pytest.raises(Refused):
        planning.edit_meeting(
            meeting=meeting, values={"place": "B"}, revision=meeting.revision, by=secretariat, now=NOW
        )
    planning.reopen_meeting(meeting=meeting, by=secretariat, now=NOW)
    planning.edit_meeting(meeting=meeting, values={"place": "B"}, revision=meeting.revision, by=secretariat, now=NOW)
    assert Meeting.objects.get().place == "B"


def test_a_planned_meeting_is_not_closed_before_it_was_held(unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    with pytest.raises(Refused):
        planning.close_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert Meeting.objects.get().is_planned


def test_a_meeting_begun_by_mistake_goes_back_to_planning(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    client = as_user(secretariat)
    client.post(f"/meetings/{meeting.pk}/hold/")
    assert "Chuyển về chuẩn bị" in client.get(meeting.get_absolute_url()).content.decode()
    client.post(f"/meetings/{meeting.pk}/unhold/")
    assert Meeting.objects.get().is_planned
    assert AuditEntry.objects.about(meeting).filter(verb="meeting.unheld").exists()


@pytest.mark.parametrize(
    "note",
    [
        lambda meeting: meeting.attendances.update(presence="present"),
        lambda meeting: Meeting.objects.update(notes="Khai mạc lúc 8 giờ"),
        lambda meeting: speech_of(meeting.host, meeting, main_points="Một ý"),
        lambda meeting: recording.set_task(meeting=meeting, values={"text": "Việc"}, units=[], by=None, now=NOW),
        lambda meeting: photo_of(meeting),
    ],
)
def test_once_something_is_recorded_it_does_not_go_back(as_user, unit, secretariat, note):
    meeting = planned_meeting(unit, secretariat)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    note(meeting)
    client = as_user(secretariat)
    assert "Chuyển về chuẩn bị" not in client.get(meeting.get_absolute_url()).content.decode()
    assert "đã có nội dung ghi nhận" in refusal(client.post(f"/meetings/{meeting.pk}/unhold/"))
    assert Meeting.objects.get().status == Meeting.Status.HELD


def test_before_it_closes_a_meeting_tells_what_its_record_lacks(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    page = as_user(secretariat).get(f"/meetings/{meeting.pk}/close/").content.decode()
    assert "1/1 đơn vị, khách mời chưa điểm danh" in page
    assert Meeting.objects.get().status == Meeting.Status.HELD


@pytest.mark.parametrize("path", ["{meeting}/discard", "invitees/{invitee}/remove", "speeches/{speech}/withdraw"])
def test_a_wrong_tap_removes_nothing_before_it_is_confirmed(as_user, unit, secretariat, path):
    meeting = planned_meeting(unit, secretariat)
    rows = {"meeting": meeting.pk, "invitee": meeting.attendances.get().pk, "speech": speech_of(unit, meeting).pk}
    response = as_user(secretariat).get(f"/meetings/{path.format(**rows)}/")
    assert response.status_code == 200
    assert (Meeting.objects.count(), meeting.attendances.count(), meeting.speeches.count()) == (1, 1, 1)


def test_a_liaison_sees_a_meeting_once_its_invitations_are_out(unit, secretariat, liaison):
    meeting = planned_meeting(unit, secretariat)
    assert not Meeting.objects.visible_to(liaison).exists()
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert Meeting.objects.visible_to(liaison).get() == meeting


def test_a_liaison_sees_no_meeting_their_unit_is_not_invited_to(as_user, unit, secretariat, liaison, other_liaison):
    meeting = planned_meeting(unit, secretariat)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    inviting.remove_invitee(attendance=meeting.attendances.get(unit=other_liaison.unit), by=secretariat, now=NOW)
    assert as_user(liaison).get(meeting.get_absolute_url()).status_code == 200
    assert as_user(other_liaison).get(meeting.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("day", [16, 17, 18])
def test_a_reader_looks_towards_the_next_then_what_was_called_off_then_the_last(unit, secretariat, day):
    first, today = planned_meeting(unit, secretariat), dt.date(2022, 8, day)
    kept = [field.attname for field in Meeting._meta.concrete_fields if field.attname != "id"]
    values = {name: getattr(first, name) for name in kept}
    off = {"called_off_at": NOW, "call_off_reason": "mưa"}
    Meeting.objects.bulk_create(
        Meeting(
            **values | {"held_on": dt.date(2022, 8, on), "status": status} | (off if status == "called_off" else {})
        )
        for status in Meeting.Status
        for on in (15, 16, 17, 18, 17)
    )
    rows = list(Meeting.objects.all())

    for _row in range(len(rows)):
        ahead = [row for row in rows if row.status in ("planned", "held") and row.held_on >= today]
        gone = [row for row in rows if row.status == "called_off" and row.held_on >= today]
        past = [row for row in rows if row.status != "called_off"]
        nearest = min(ahead, key=lambda row: (row.held_on, row.pk), default=None)
        wanted = nearest or max(gone or past, key=lambda row: (row.held_on, row.pk), default=None)
        of_these = Meeting.objects.filter(pk__in=[row.pk for row in rows])
        assert of_these.looked_towards(today).first() == wanted
        assert wanted is None or wanted.is_ahead_on(today) == bool(ahead)
        rows = [row for row in rows if row != wanted]


@pytest.mark.parametrize("meetings", [1, 3])
def test_the_list_takes_the_same_queries_for_any_number_of_meetings(
    as_user, unit, secretariat, meetings, django_assert_num_queries
):
    for day in range(1, meetings + 1):
        planned_meeting(unit, secretariat, held_on=dt.date(2022, 8, day))
    client = as_user(secretariat)
    with django_assert_num_queries(6):
        client.get("/meetings/")


def test_a_plan_nobody_was_told_of_can_be_discarded(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    as_user(secretariat).post(f"/meetings/{meeting.pk}/discard/")
    assert not Meeting.objects.exists()
    assert AuditEntry.objects.filter(verb="meeting.discarded").exists()


def test_a_meeting_the_units_know_of_stays_on_record(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert "Giấy mời đã gửi" in refusal(as_user(secretariat).post(f"/meetings/{meeting.pk}/discard/"))
    assert Meeting.objects.exists()


@pytest.mark.parametrize(
    ("meanwhile", "button", "told"),
    [
        ("called_off", "hold", "đã hủy"),
        ("closed", "unhold", "đã khóa hồ sơ"),
        ("planned", "close", "đang chuẩn bị"),
        ("called_off", "reopen", "đã hủy"),
    ],
)
def test_a_button_that_came_too_late_changes_nothing_and_says_why(as_user, unit, secretariat, meanwhile, button, told):
    meeting = planned_meeting(unit, secretariat)
    off = {"called_off_at": NOW, "call_off_reason": "Bão"} if meanwhile == "called_off" else {}
    Meeting.objects.update(status=meanwhile, **off)
    response = as_user(secretariat).post(f"/meetings/{meeting.pk}/{button}/")
    assert Meeting.objects.get().status == meanwhile
    assert f"Hội nghị hiện ở trạng thái “{told}”" in refusal(response)


def test_a_second_click_on_the_same_button_says_the_same(as_user, unit, secretariat):
    meeting = planned_meeting(unit, secretariat)
    client = as_user(secretariat)
    for _click in range(2):
        page = client.post(f"/meetings/{meeting.pk}/hold/", follow=True).content.decode()
        assert "Hội nghị đã bắt đầu" in page
    assert AuditEntry.objects.filter(verb="meeting.held").count() == 1


def test_what_an_action_refuses_is_told_beside_its_field(unit, secretariat):
    form = MeetingForm({}, instance=planned_meeting(unit, secretariat), today=dt.date(2022, 8, 1))
    form.full_clean()
    with show_refusals(form):
        raise Refused("Người khác vừa nhập", "chair_name")
    assert "Người khác vừa nhập" in form.errors["chair_name"]
