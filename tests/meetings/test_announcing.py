"""Day, hours or place change after the invitations went out: whoever was invited is told."""

import datetime as dt

import pytest
from django.core import mail
from icalendar import Calendar

from meetings.actions import inviting, planning
from members.models import AuditEntry
from tests.support.factories import NOW
from tests.support.meetings import mail_goes_out, planned_meeting, text_of
from tests.support.refusing import refusal

LATER = NOW + dt.timedelta(days=3)
OTHER_DAY = dt.date(2022, 8, 23)


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    meeting = planned_meeting(unit, secretariat, starts_at=dt.time(8), ends_at=dt.time(11, 30))
    meeting.attendances.filter(unit=unit).update(email="donvi@example.vn")
    return meeting


@pytest.fixture
def office(as_user, secretariat):
    return as_user(secretariat)


def act(client, meeting, what):
    """Press a button; what the page says then."""
    page = client.post(f"/meetings/{meeting.pk}/{what}/", follow=True).content.decode()
    mail_goes_out()
    return page


def put_off(meeting, **values):
    values = values or {"held_on": OTHER_DAY}
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=LATER)


def events_in(message):
    entry = next(content for name, content, _type in message.attachments if name == "hoi-nghi.ics")
    return Calendar.from_ical(entry).walk("VEVENT")


WARNING = "Giấy mời gửi ngày 04/07/2022 ghi thời gian hoặc địa điểm khác: 16/08/2022, 08:00–11:30 – Hội trường thử"


@pytest.mark.parametrize("values", [{"held_on": OTHER_DAY}, {"starts_at": dt.time(9)}, {"place": "Nhà văn hóa"}])
@pytest.mark.parametrize("path", ["", "invitees/"])
def test_both_pages_say_that_the_invitations_name_another_time_or_place(office, meeting, values, path):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting, **values)
    page = office.get(f"/meetings/{meeting.pk}/{path}").content.decode()
    assert WARNING in " ".join(page.split())
    assert "Gửi giấy mời đã thay đổi" in page


@pytest.mark.parametrize("values", [{"title": "Hội nghị tên khác"}, {"held_on": dt.date(2022, 8, 16)}])
def test_another_title_or_the_same_day_is_no_change_to_tell(office, meeting, values):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting, **values)
    assert "ghi thời gian hoặc địa điểm khác" not in office.get(meeting.get_absolute_url()).content.decode()


def test_before_the_invitations_are_out_there_is_nobody_to_tell(office, meeting):
    put_off(meeting)
    act(office, meeting, "announce-change")
    assert (meeting.announcements.count(), len(mail.outbox)) == (0, 0)


def test_a_liaison_reads_of_the_change_but_sends_nothing(as_user, meeting, liaison):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting)
    client = as_user(liaison)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert WARNING in " ".join(page.split())
    assert "Gửi giấy mời đã thay đổi" not in page
    assert client.post(f"/meetings/{meeting.pk}/announce-change/").status_code == 403


def test_one_click_sends_the_changed_invitation_marked_as_such(office, meeting):
    act(office, meeting, "announce")
    put_off(meeting)
    act(office, meeting, "announce-change")
    first, changed = mail.outbox
    assert (first.subject, first.to) == ("Giấy mời: Hội nghị sơ kết thử", changed.to)
    assert changed.subject == "Giấy mời (thay đổi thời gian, địa điểm): Hội nghị sơ kết thử"
    assert "mời dự từ 08 giờ đến 11 giờ 30 phút, ngày 16 tháng 8 năm 2022, tại Hội trường thử" in changed.body
    assert "ngày 23 tháng 8 năm 2022" in changed.body


def test_the_changed_invitation_on_paper_names_the_one_it_replaces(office, meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting)
    inviting.announce_change(meeting=meeting, by=None, now=LATER)
    guest = inviting.add_guest(meeting=meeting, values={"name": "Khách Mới"}, by=None, now=LATER)
    replaces = "Giấy mời này thay thế Giấy mời đã gửi ngày 04 tháng 7 năm 2022."
    rows = [meeting.attendances.units().first(), guest]
    papers = [text_of(office.get(f"/meetings/invitees/{row.pk}/invitation/").content) for row in rows]
    assert [replaces in paper for paper in papers] == [True, False]


def test_the_new_calendar_entry_takes_the_place_of_the_old_one(office, meeting):
    act(office, meeting, "announce")
    put_off(meeting)
    act(office, meeting, "announce-change")
    (old,), (new,) = map(events_in, mail.outbox)
    assert new["uid"] == old["uid"]
    assert new["sequence"] > old["sequence"]
    assert new.decoded("dtstart").date() == OTHER_DAY


def test_who_was_not_invited_yet_gets_an_invitation_like_any_other(office, meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting)
    inviting.add_guest(meeting=meeting, values={"name": "Khách", "email": "khach@example.vn"}, by=None, now=LATER)
    act(office, meeting, "announce-change")
    subjects = {message.to[0]: message.subject.partition(":")[0] for message in mail.outbox}
    assert subjects == {"donvi@example.vn": "Giấy mời (thay đổi thời gian, địa điểm)", "khach@example.vn": "Giấy mời"}


def test_nobody_gets_the_changed_invitation_twice(office, meeting):
    act(office, meeting, "announce")
    put_off(meeting)
    for what in ("announce-change", "announce-change", "mail"):
        page = act(office, meeting, what)
    assert len(mail.outbox) == 2
    assert "Chưa gửi thư nào: danh sách mời chưa có địa chỉ thư điện tử." in page


def test_the_rest_waits_while_the_plan_says_something_that_was_never_announced(office, meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting)
    act(office, meeting, "mail")
    assert mail.outbox == []


def test_the_trail_tells_what_was_announced_before_and_after(meeting, secretariat):
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    put_off(meeting)
    inviting.announce_change(meeting=meeting, by=secretariat, now=LATER)
    entry = AuditEntry.objects.about(meeting).get(verb="meeting.change_announced")
    assert entry.changes == {"held_on": ["2022-08-16", "2022-08-23"]}


def test_once_the_meeting_is_on_a_corrected_hour_is_news_to_nobody(office, meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    planning.hold_meeting(meeting=meeting, by=None, now=LATER)
    put_off(meeting, ends_at=dt.time(12))
    assert "ghi thời gian hoặc địa điểm khác" not in office.get(meeting.get_absolute_url()).content.decode()
    assert "Hội nghị đã bắt đầu" in refusal(office.post(f"/meetings/{meeting.pk}/announce-change/"))


def test_a_second_click_does_not_say_that_invitations_were_issued(office, meeting):
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    put_off(meeting)
    assert "Đã gửi giấy mời thay đổi" in act(office, meeting, "announce-change")
    page = act(office, meeting, "announce-change")
    assert "Không có thay đổi nào cần báo" in page
    assert "Đã gửi giấy mời thay đổi" not in page


def test_the_announcement_before_the_last_is_the_former_one(meeting):
    assert meeting.announcements.former() is None
    inviting.announce_meeting(meeting=meeting, by=None, now=NOW)
    assert meeting.announcements.former() is None
    for days in (7, 14):
        put_off(meeting, held_on=OTHER_DAY + dt.timedelta(days=days))
        inviting.announce_change(meeting=meeting, by=None, now=LATER + dt.timedelta(days=days))
    assert meeting.announcements.former().held_on == OTHER_DAY + dt.timedelta(days=7)
