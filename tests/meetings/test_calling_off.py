"""A meeting the units know of is called off: they are told, it stays on record, nothing of it is changed any more."""

import datetime as dt
from contextlib import suppress

import pytest
from django.core import mail
from django.db import IntegrityError
from icalendar import Calendar

from meetings.actions import inviting, planning, recording
from meetings.actions.mailing import write_to_invitees
from meetings.home import meeting_block
from meetings.models import Award, Meeting, Task
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from tests.support.factories import NOW
from tests.support.mail_servers import REFUSED
from tests.support.meetings import award_of, mail_goes_out, planned_meeting
from tests.support.refusing import refusal

REASON = "Hoãn vì mưa bão"


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    meeting = planned_meeting(unit, secretariat)
    meeting.attendances.filter(unit=unit).update(email="donvi@example.vn")
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    return meeting


@pytest.fixture
def off(meeting, secretariat):
    planning.call_off_meeting(meeting=meeting, reason=REASON, by=secretariat, now=NOW)
    return meeting


def call_off(client, meeting, reason=REASON):
    answer = client.post(f"/meetings/{meeting.pk}/call-off/", {"call_off_reason": reason}, follow=True)
    mail_goes_out()
    return answer


def mail_it(client, meeting):
    client.post(f"/meetings/{meeting.pk}/mail/")
    mail_goes_out()


def test_whoever_was_mailed_an_invitation_is_mailed_that_the_meeting_is_off(as_user, meeting, secretariat):
    client = as_user(secretariat)
    mail_it(client, meeting)
    call_off(client, meeting)
    _invitation, message = mail.outbox
    assert (message.to, message.subject) == (["donvi@example.vn"], "Hủy họp: Hội nghị sơ kết thử")
    assert f"(08 giờ, ngày 16 tháng 8 năm 2022, tại Hội trường thử) không tổ chức.\n\nLý do: {REASON}" in message.body


def test_whose_address_was_corrected_or_found_since_the_invitations_is_mailed_too(
    as_user, meeting, unit, other_unit, secretariat
):
    client = as_user(secretariat)
    mail_it(client, meeting)
    for invitee, address in ((unit, "moi@example.vn"), (other_unit, "sau@example.vn")):
        row = meeting.attendances.get(unit=invitee)
        values = {"email": address}
        inviting.edit_attendance(attendance=row, values=values, revision=row.revision, by=None, now=NOW)
    call_off(client, meeting)
    assert [message.to for message in mail.outbox[1:]] == [["moi@example.vn"], ["sau@example.vn"]]


def test_whom_no_e_mail_tells_is_named_to_be_told_by_telephone(as_user, meeting, secretariat):
    inviting.add_guest(
        meeting=meeting, values={"name": "Khách Thêm Sau", "email": "khach@example.vn"}, by=None, now=NOW
    )
    page = call_off(as_user(secretariat), meeting).content.decode()
    assert "Báo qua điện thoại vì không có thư điện tử nào tới được: Xã Thử Hai; Khách Thêm Sau." in page


def test_whom_the_mail_server_refuses_stays_named(as_user, meeting, unit, secretariat, settings):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Picky"
    meeting.attendances.filter(unit=unit).update(email=REFUSED)
    client = as_user(secretariat)
    call_off(client, meeting)
    page = client.get(f"/meetings/{meeting.pk}/invitees/").content.decode()
    assert f"Chưa gửi được thư báo hủy cho: {unit.name}." in page


def test_the_calendar_entry_takes_the_meeting_out_of_the_calendar(as_user, meeting, secretariat):
    client = as_user(secretariat)
    mail_it(client, meeting)
    call_off(client, meeting)
    invited, off = (Calendar.from_ical(message.attachments[-1][1]) for message in mail.outbox)
    (old,), (new,) = invited.walk("VEVENT"), off.walk("VEVENT")
    assert (off["method"], new["status"], new["uid"]) == ("CANCEL", "CANCELLED", old["uid"])
    assert new["organizer"] == "mailto:portal@localhost"
    assert new["sequence"] > old["sequence"]


def test_an_invitee_the_mail_server_did_not_reach_is_told_by_the_next_try(as_user, meeting, secretariat, settings):
    client = as_user(secretariat)
    mail_it(client, meeting)
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "members.infrastructure.outbox.server.Backend", 9
    call_off(client, meeting)
    assert "1 chờ gửi" in client.get(f"/meetings/{meeting.pk}/invitees/").content.decode()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_goes_out(dt.timedelta(minutes=2))
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["Giấy mời", "Hủy họp"]


def test_an_invitation_that_still_waits_is_not_sent_after_the_meeting_is_called_off(as_user, meeting, secretariat):
    client = as_user(secretariat)
    client.post(f"/meetings/{meeting.pk}/mail/")
    write_to_invitees.call(meeting.pk, "", secretariat.pk, NOW.isoformat())
    call_off(client, meeting)
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["Hủy họp"]


def test_why_is_asked(as_user, meeting, secretariat):
    response = call_off(as_user(secretariat), meeting, reason="")
    assert list(response.context["form"].errors) == ["call_off_reason"]
    assert Meeting.objects.get().is_planned


@pytest.mark.parametrize("path", ["", "invitees/"])
def test_its_pages_say_that_it_is_off_and_why(as_user, off, secretariat, path):
    page = as_user(secretariat).get(f"/meetings/{off.pk}/{path}").content.decode()
    assert f"Hội nghị đã hủy ngày 04/07/2022. Lý do: {REASON}" in page


def test_the_list_and_the_liaisons_page_say_so_too(as_user, off, liaison):
    client = as_user(liaison)
    assert "đã hủy" in client.get("/meetings/").content.decode()
    assert REASON in client.get(off.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "act",
    [
        lambda meeting: planning.edit_meeting(meeting=meeting, values={"place": "B"}, revision=3, by=None, now=NOW),
        lambda meeting: planning.hold_meeting(meeting=meeting, by=None, now=NOW),
        lambda meeting: recording.set_task(meeting=meeting, values={"text": "Việc"}, units=[], by=None, now=NOW),
    ],
)
def test_nothing_of_it_is_changed_any_more(off, act):
    before = Meeting.objects.values().get()
    with suppress(Refused):
        act(off)
    assert (Meeting.objects.values().get(), Task.objects.count()) == (before, 0)


@pytest.mark.parametrize("stage", ["unannounced", "held"])
def test_only_what_is_announced_and_has_not_begun_is_called_off(as_user, unit, secretariat, meeting, stage):
    if stage == "held":
        planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    else:
        meeting = planned_meeting(unit, secretariat)
    assert "Chỉ hủy được" in refusal(call_off(as_user(secretariat), meeting))
    assert not Meeting.objects.filter(status="called_off").exists()


def test_the_trail_tells_the_reason(off):
    entry = AuditEntry.objects.about(off).get(verb="meeting.called_off")
    assert entry.changes == {"status": ["planned", "called_off"], "call_off_reason": ["", REASON]}


def test_the_home_page_looks_towards_the_next_meeting_that_takes_place(off, unit, secretariat):
    assert meeting_block(user=secretariat, today=dt.date(2022, 8, 1)).meeting == off
    later = planned_meeting(unit, secretariat, held_on=dt.date(2022, 8, 30))
    assert meeting_block(user=secretariat, today=dt.date(2022, 8, 1)).meeting == later


def test_once_its_day_is_past_the_home_page_shows_the_last_one_that_took_place(off, unit, secretariat):
    last = planned_meeting(unit, secretariat, held_on=dt.date(2022, 1, 10))
    planning.hold_meeting(meeting=last, by=None, now=NOW)
    assert meeting_block(user=secretariat, today=dt.date(2022, 8, 17)).meeting == last


def test_an_award_proposed_for_a_meeting_that_is_off_is_no_double(meeting, unit, secretariat):
    award_of(unit, meeting)
    award_of(unit, planned_meeting(unit, secretariat))
    planning.call_off_meeting(meeting=meeting, reason=REASON, by=None, now=NOW)
    assert Award.objects.recipients_proposed_twice(meeting.period) == set()


def test_a_meeting_is_off_only_with_day_and_reason(meeting):
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=meeting.pk).update(status=Meeting.Status.CALLED_OFF)


def test_a_unit_that_wants_to_reply_reads_that_the_meeting_is_off(as_user, off, liaison):
    response = as_user(liaison).get(f"/meetings/{off.pk}/reply/")
    assert refusal(response) == "Hội nghị này đã hủy."
