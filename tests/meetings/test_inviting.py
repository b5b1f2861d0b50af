"""Invitations go out; units reply."""

import datetime as dt
import io

import pypdf
import pytest
from django.core import mail
from django.db import OperationalError
from django.urls import reverse

from meetings.actions import inviting, mailing, planning
from meetings.actions.mailing import write_to_invitees
from meetings.mail import invitation_letter
from meetings.models import Attendance, Meeting
from members.models import AuditEntry, Letter
from tests.support.factories import NOW
from tests.support.mail_servers import REFUSED, Counting
from tests.support.meetings import mail_goes_out, planned_meeting
from tests.support.refusing import refusal


@pytest.fixture
def meeting(unit, other_unit, secretariat, cluster):
    return planned_meeting(unit, secretariat, starts_at=dt.time(8), ends_at=dt.time(11, 30))


def with_address(meeting, unit, address="donvi@example.vn"):
    row = meeting.attendances.get(unit=unit)
    row.email = address
    row.save()
    return row


def test_issuing_sends_an_e_mail_where_an_address_is_known(as_user, meeting, unit, secretariat):
    row = with_address(meeting, unit)
    as_user(secretariat).post(f"/meetings/{meeting.pk}/announce/")
    mail_goes_out()
    (message,) = mail.outbox
    assert message.to == ["donvi@example.vn"]
    assert [name for name, _content, _type in message.attachments] == ["Giay moi.pdf", "hoi-nghi.ics"]
    row.refresh_from_db()
    assert row.mailed_at is not None


def test_nobody_is_sent_the_same_invitation_twice(as_user, meeting, unit, secretariat):
    with_address(meeting, unit)
    for _time in range(2):
        as_user(secretariat).post(f"/meetings/{meeting.pk}/announce/")
    mail_goes_out()
    assert len(mail.outbox) == 1


def announce(client, meeting):
    """Issue the invitations; what the page says once the worker was there."""
    client.post(f"/meetings/{meeting.pk}/announce/", follow=True)
    mail_goes_out()
    return client.get(f"/meetings/{meeting.pk}/invitees/").content.decode()


def test_a_refused_address_is_named_and_keeps_no_invitation_from_the_others(
    as_user, meeting, unit, other_unit, secretariat, settings
):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Picky"
    with_address(meeting, unit, REFUSED)
    with_address(meeting, other_unit)
    client = as_user(secretariat)
    page = announce(client, meeting)
    assert "1 cần xử lý" in page
    assert f"{REFUSED}" in (post := client.get(f"/mail/?about=meetings.meeting-{meeting.pk}").content.decode())
    assert 'Máy chủ thư không nhận thư này: <span class="text-break">550 no such mailbox' in post
    assert list(meeting.attendances.filter(mailed_at=None)) == [meeting.attendances.get(unit=unit)]


def test_a_mail_server_that_hangs_up_after_each_letter_gets_all_of_them(
    as_user, meeting, unit, other_unit, secretariat, settings
):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Tired"
    with_address(meeting, unit, "mot@example.vn")
    with_address(meeting, other_unit, "hai@example.vn")
    assert "2 đã gửi" in announce(as_user(secretariat), meeting)
    assert [message.to for message in mail.outbox] == [["mot@example.vn"], ["hai@example.vn"]]


def test_a_mail_server_that_is_away_holds_no_page_up_and_loses_nothing(
    as_user, meeting, unit, other_unit, secretariat, settings
):
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "members.infrastructure.outbox.server.Backend", 9
    with_address(meeting, unit)
    with_address(meeting, other_unit)
    client = as_user(secretariat)
    assert "2 chờ gửi" in announce(client, meeting)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail_goes_out(dt.timedelta(minutes=2))
    assert len(mail.outbox) == 2


def test_a_unit_without_an_address_is_written_to_by_its_liaison(
    as_user, meeting, unit, liaison, other_unit, secretariat
):
    page = announce(as_user(secretariat), meeting)
    (message,) = mail.outbox
    assert message.to == [liaison.email]
    assert f"qua đầu mối:</span> {liaison.email}" in page
    assert "1 đại biểu, đơn vị chưa có địa chỉ thư điện tử" in page
    assert [row.unit for row in meeting.attendances.filter(mailed_at=None)] == [other_unit]


def test_all_invitations_go_over_one_connection(as_user, meeting, unit, other_unit, secretariat, settings):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Counting"
    with_address(meeting, unit)
    with_address(meeting, other_unit)
    before = Counting.opened
    announce(as_user(secretariat), meeting)
    assert (Counting.opened - before, len(mail.outbox)) == (1, 2)


def test_a_unit_says_who_comes_for_this_meeting_only(as_user, meeting, unit, liaison, secretariat):
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    data = {"reply": "confirmed", "name": "Nguyễn Văn Mẫu", "title": "Phó Chủ tịch", "revision": 1}
    as_user(liaison).post(f"/meetings/{meeting.pk}/reply/", data)
    row = meeting.attendances.get(unit=unit)
    assert (row.reply, row.person) == (Attendance.Reply.CONFIRMED, "Nguyễn Văn Mẫu, Phó Chủ tịch")


def test_who_confirms_says_who_comes(as_user, meeting, liaison, secretariat):
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    response = as_user(liaison).post(f"/meetings/{meeting.pk}/reply/", {"reply": "confirmed", "revision": 1})
    assert list(response.context["form"].errors) == ["name"]


def test_replies_close_when_the_meeting_begins(as_user, meeting, liaison, secretariat):
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    assert "không nhận phản hồi" in refusal(as_user(liaison).get(f"/meetings/{meeting.pk}/reply/"))


def test_a_liaison_prints_no_invitation_but_their_own(as_user, meeting, other_unit, liaison, secretariat):
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    other = meeting.attendances.get(unit=other_unit)
    assert as_user(liaison).get(f"/meetings/invitees/{other.pk}/invitation/").status_code == 404


def test_one_file_holds_an_invitation_for_everybody(as_user, meeting, secretariat):
    inviting.add_guest(meeting=meeting, values={"name": "Khách Mẫu"}, by=secretariat, now=NOW)
    response = as_user(secretariat).get(f"/meetings/{meeting.pk}/papers/invitations/")
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(response.content)).pages]
    assert ["Xã Thử Một" in pages[0], "Xã Thử Hai" in pages[1], "Khách Mẫu" in pages[2]] == [True] * 3
    assert len(pages) == 3


@pytest.mark.parametrize("guests", [1, 3])
def test_the_list_of_invitees_takes_the_same_queries_for_any_number(
    as_user, meeting, secretariat, guests, django_assert_num_queries
):
    for number in range(guests):
        inviting.add_guest(meeting=meeting, values={"name": f"Khách {number}"}, by=secretariat, now=NOW)
    client = as_user(secretariat)
    with django_assert_num_queries(11):
        client.get(f"/meetings/{meeting.pk}/invitees/")


def test_a_corrected_address_gets_the_invitation_again(as_user, meeting, unit, secretariat):
    row = meeting.attendances.get(unit=unit)
    inviting.edit_attendance(
        attendance=row, values={"email": "cu@example.vn"}, revision=row.revision, by=secretariat, now=NOW
    )
    as_user(secretariat).post(reverse("meetings:meeting-announce", args=[meeting.pk]))
    mail_goes_out()
    row.refresh_from_db()
    inviting.edit_attendance(
        attendance=row, values={"email": "moi@example.vn"}, revision=row.revision, by=secretariat, now=NOW
    )
    as_user(secretariat).post(reverse("meetings:meeting-announce", args=[meeting.pk]))
    mail_goes_out()
    assert ["moi@example.vn"] in [message.to for message in mail.outbox]


def test_an_issued_invitation_can_be_copied_for_zalo_and_the_trail_tells(as_user, meeting, unit, secretariat):
    row = meeting.attendances.get(unit=unit)
    client = as_user(secretariat)
    assert "gửi giấy mời trước" in client.post(f"/meetings/invitees/{row.pk}/copy/", follow=True).content.decode()
    announce(client, meeting)
    page = client.post(f"/meetings/invitees/{row.pk}/copy/").content.decode()
    assert f"http://testserver{meeting.get_absolute_url()}" in page
    assert meeting.title in page
    assert AuditEntry.objects.about(row).filter(verb="invitation.copied").count() == 1


def invitations():
    return [(letter.address, letter.state) for letter in Letter.objects.order_by("pk")]


def move(meeting, unit, address, secretariat):
    row = meeting.attendances.get(unit=unit)
    inviting.edit_attendance(attendance=row, values={"email": address}, revision=row.revision, by=secretariat, now=NOW)


@pytest.fixture
def written(meeting, unit, secretariat):
    """The invitation is written to `mot@example.vn`, and waits."""
    with_address(meeting, unit, "mot@example.vn")
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    write(meeting, secretariat)
    return meeting


def write(meeting, secretariat):
    write_to_invitees.call(meeting.pk, "", secretariat.pk, NOW.isoformat())


def test_an_address_that_is_changed_and_changed_back_gets_its_invitation(written, unit, secretariat):
    for address in ("hai@example.vn", "mot@example.vn"):
        move(written, unit, address, secretariat)
        write(written, secretariat)
    mail_goes_out()
    assert [message.to for message in mail.outbox] == [["mot@example.vn"]]


def test_an_address_that_got_its_invitation_and_is_changed_back_counts_as_told(written, unit, secretariat):
    mail_goes_out()
    move(written, unit, "hai@example.vn", secretariat)
    move(written, unit, "mot@example.vn", secretariat)
    write(written, secretariat)
    mail_goes_out()
    assert len(mail.outbox) == 1
    assert written.attendances.get(unit=unit).mailed_at is not None


def meanwhile(monkeypatch, act):
    """`act` happens while the first letter is being written."""
    acts = [act]

    def slow(*told, **values):
        if acts:
            acts.pop()()
        return invitation_letter(*told, **values)

    monkeypatch.setattr(mailing, "invitation_letter", slow)


@pytest.mark.parametrize("what", ["appointment", "off", "held", "removed", "address"])
def test_what_changes_while_letters_are_written_is_not_told_as_it_was(
    meeting, unit, other_unit, secretariat, monkeypatch, what
):
    row = with_address(meeting, unit, "mot@example.vn")
    with_address(meeting, other_unit, "hai@example.vn")
    now = NOW
    inviting.announce_meeting(meeting=meeting, by=secretariat, now=now)
    acts = {
        "appointment": lambda: planning.edit_meeting(
            meeting=Meeting.objects.get(), values={"place": "Nơi khác"}, revision=meeting.revision, by=None, now=now
        ),
        "off": lambda: planning.call_off_meeting(meeting=Meeting.objects.get(), reason="Bão", by=None, now=now),
        "held": lambda: planning.hold_meeting(meeting=Meeting.objects.get(), by=None, now=now),
        "removed": lambda: inviting.remove_invitee(attendance=Attendance.objects.get(pk=row.pk), by=None, now=now),
        "address": lambda: move(meeting, unit, "ba@example.vn", secretariat),
    }
    meanwhile(monkeypatch, acts[what])
    write(meeting, secretariat)
    expected = [("hai@example.vn", "waiting")] if what in ("removed", "address") else []
    assert invitations() == expected


def test_what_waits_is_not_sent_once_the_meeting_has_begun(written, secretariat):
    planning.hold_meeting(meeting=written, by=secretariat, now=NOW)
    assert invitations() == [("mot@example.vn", "withdrawn")]


def test_an_invitation_that_can_not_be_written_keeps_no_other_back_and_is_shown(
    as_user, written, other_unit, secretariat, monkeypatch
):
    with_address(written, other_unit, "hai@example.vn")
    inviting.add_guest(
        meeting=written, values={"name": "Khách", "email": f"{'a' * 60}@{'b.' * 90}vn"}, by=None, now=NOW
    )

    def broken():
        raise ValueError("no such glyph")

    meanwhile(monkeypatch, broken)
    write(written, secretariat)
    assert [state for _address, state in invitations()] == ["waiting", "failed", "waiting"]
    page = as_user(secretariat).get("/mail/?state=look").content.decode()
    assert "Không soạn được nội dung thư" in page
    assert "Gửi lại<" not in page
    write(written, secretariat)
    assert [state for _address, state in invitations()] == ["waiting", "waiting", "waiting"]
    mail_goes_out()
    assert all(message.attachments for message in mail.outbox)


def test_a_fault_of_the_database_is_no_fault_of_the_invitee(written, other_unit, secretariat, monkeypatch):
    with_address(written, other_unit, "hai@example.vn")

    def away():
        raise OperationalError("away")

    meanwhile(monkeypatch, away)
    with pytest.raises(OperationalError):
        write(written, secretariat)
    assert len(invitations()) == 1


def test_many_are_written_in_slices_each_once(written, other_unit, secretariat, monkeypatch):
    monkeypatch.setattr(mailing, "SLICE", 2)
    for number in range(5):
        values = {"name": f"Khách {number}", "email": f"{number}@example.vn"}
        inviting.add_guest(meeting=written, values=values, by=None, now=NOW)
    write(written, secretariat)
    assert len(invitations()) == 1 + 2
    mail_goes_out()
    assert len({message.to[0] for message in mail.outbox}) == len(mail.outbox) == 1 + 5
