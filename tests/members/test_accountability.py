"""Who came by, from where, and what they took along."""

import datetime as dt
import json
import logging

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.utils import timezone, translation

from members.accountability import note
from members.infrastructure.audit_wording import readable
from members.models import AuditEntry, Letter
from tests.support.worker import work

PASSWORD = "mot-bai-hat-dai"
LOGIN = "/accounts/login/"


@pytest.fixture
def person(secretariat, cluster):
    secretariat.set_password(PASSWORD)
    secretariat.save()
    return secretariat


def sign_in(client, person, password=PASSWORD, **options):
    return client.post(LOGIN, {"login": person.email, "password": password}, **options)


def events():
    return [(entry.verb, entry.actor_id, entry.target_label) for entry in AuditEntry.objects.security().order_by("pk")]


def test_signing_in_and_out_are_noted_with_address_and_request(client, person):
    answer = sign_in(client, person, REMOTE_ADDR="203.0.113.7")
    client.post("/accounts/logout/")

    assert events() == [
        ("access.signed_in", person.pk, person.full_name),
        ("access.signed_out", person.pk, person.full_name),
    ]
    entry = AuditEntry.objects.get(verb="access.signed_in")
    assert (entry.address, entry.request) == ("203.0.113.7", answer.headers["X-Request-ID"])


def test_a_failed_sign_in_names_the_account_and_nothing_that_was_typed_elsewhere(client, person):
    sign_in(client, person, "sai")
    client.post(LOGIN, {"login": "mat-khau-cua-toi@x.vn", "password": "sai"})

    assert events() == [("access.sign_in_failed", None, person.full_name), ("access.sign_in_failed", None, "")]


def test_a_wrong_code_is_noted(client, person):
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    sign_in(client, person)
    client.post("/accounts/2fa/authenticate/", {"code": "123"})

    assert events() == [("access.code_failed", None, person.full_name)]


def test_a_new_password_is_noted_and_told_by_mail(client, person, mailoutbox):
    sign_in(client, person)
    form = {"oldpassword": PASSWORD, "password1": "khac-han-2022", "password2": "khac-han-2022"}
    client.post("/accounts/password/change/", form, REMOTE_ADDR="203.0.113.7")
    work()

    assert ("account.password_changed", person.pk, person.full_name) in events()
    [letter] = mailoutbox
    assert letter.to == [person.email] or person.email in letter.to[0]
    assert letter.subject == "Mật khẩu đã được đổi"
    assert "203.0.113.7" in letter.body


@pytest.mark.parametrize("path", ["/people/", "/units/999/"])
def test_what_is_refused_to_somebody_signed_in_is_noted(as_user, liaison, path):
    as_user(liaison).get(path)

    assert events() == [("access.refused", liaison.pk, path)]


def test_another_units_row_is_noted_as_refused(as_user, liaison, other_unit):
    as_user(liaison).get(f"/units/{other_unit.pk}/")

    [entry] = AuditEntry.objects.security()
    assert (entry.target_label, entry.changes) == (f"/units/{other_unit.pk}/", {"status": [None, 404]})


def test_who_is_refused_again_and_again_fills_the_log_and_not_the_trail(as_user, liaison, caplog, monkeypatch):
    monkeypatch.setattr("members.accountability.MOST", 3)
    caplog.set_level(logging.INFO, logger="portal")
    for _time in range(5):
        as_user(liaison).get("/people/")

    assert events() == [("access.refused", liaison.pk, "/people/")] * 3
    assert len(lines(caplog, "portal.security")) == 5


def test_guessing_at_unknown_accounts_hides_no_failure_of_a_known_one(client, person, monkeypatch):
    monkeypatch.setattr("members.accountability.MOST", 3)
    for number in range(5):
        client.post(LOGIN, {"login": f"ai-do-{number}@x.vn", "password": "sai"}, REMOTE_ADDR=f"203.0.113.{number}")
    sign_in(client, person, "sai")

    assert events() == [("access.sign_in_failed", None, "")] * 3 + [("access.sign_in_failed", None, person.full_name)]


def test_after_an_hour_refusals_are_noted_again(liaison, monkeypatch):
    monkeypatch.setattr("members.accountability.MOST", 1)
    began = timezone.now()
    for minutes in (0, 30, 61):
        note("access.refused", user=liaison, label="/people/", now=began + dt.timedelta(minutes=minutes))

    assert [entry.at - began for entry in AuditEntry.objects.order_by("pk")] == [
        dt.timedelta(0),
        dt.timedelta(minutes=61),
    ]


def test_an_address_that_leads_nowhere_and_a_stranger_are_not_noted(client, as_user, liaison, cluster):
    client.get("/people/")
    as_user(liaison).get("/no-such-page/")

    assert events() == []


def test_a_download_is_noted_with_what_was_chosen(as_user, secretariat, cluster):
    answer = as_user(secretariat).get("/incidents/export/xlsx/", {"q": "trộm 0912345678", "state": "open"})

    assert answer.status_code == 200
    [entry] = AuditEntry.objects.security()
    assert entry.verb == "access.downloaded"
    assert entry.target_label.endswith(".xlsx")
    assert entry.changes["path"] == [None, "/incidents/export/xlsx/"]
    assert "0912345678" not in entry.changes["filter"][1]
    assert "trộm" in entry.changes["filter"][1]


def test_a_sign_that_no_database_takes_breaks_no_note(as_user, secretariat, cluster):
    client = as_user(secretariat)
    answer = client.get("/incidents/export/xlsx/", {"q": "trộm\x00", "a\x00b": "\x00"})

    assert answer.status_code == 200
    [entry] = AuditEntry.objects.security()
    assert entry.changes["filter"] == [None, "q=trộm&ab="]


def test_the_secretariat_reads_who_came_by_and_a_liaison_does_not(as_user, secretariat, liaison, cluster):
    as_user(liaison).get("/people/")

    assert "/people/" in as_user(secretariat).get("/audit/", {"kind": "security"}).text
    assert as_user(secretariat).get("/audit/").context["entries"] == []
    assert as_user(liaison).get("/audit/", {"kind": "security"}).context["entries"] == []


def test_an_event_reads_as_a_sentence(as_user, liaison):
    as_user(liaison).get("/people/")

    with translation.override("vi"):
        [shown] = readable(AuditEntry.objects.security())
    assert (shown.who, shown.sentence, shown.address) == ("Đầu Mối Một", "đã bị từ chối trang “/people/”", "127.0.0.1")


def test_an_act_through_a_page_tells_its_request_and_address(as_user, secretariat, unit, cluster):
    answer = as_user(secretariat).post(f"/people/{secretariat.pk}/invitation/renew/", REMOTE_ADDR="203.0.113.7")

    entry = AuditEntry.objects.get(verb="person.invited")
    assert (entry.address, entry.request) == ("203.0.113.7", answer.headers["X-Request-ID"])
    assert not entry.is_security


def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(client, person, mailoutbox):
    sign_in(client, person)
    client.post("/accounts/logout/")
    sign_in(client, person)
    assert Letter.objects.count() == 0

    client.cookies.clear()
    sign_in(client, person, HTTP_USER_AGENT="Trình duyệt lạ")
    work(now=timezone.now() + dt.timedelta(seconds=1))

    [letter] = mailoutbox
    assert letter.subject == "Đăng nhập từ thiết bị mới"
    assert "Trình duyệt lạ" in letter.body
    assert not AuditEntry.objects.filter(verb="letter.sent").exists()


@pytest.mark.parametrize("forged", ["1.2.3", "x:y", "1:abc:def"])
def test_a_forged_device_is_a_new_one(client, person, forged):
    sign_in(client, person)
    client.cookies.clear()
    client.cookies["device"] = forged.replace("1", str(person.pk))
    sign_in(client, person)

    assert Letter.objects.get().subject == "Đăng nhập từ thiết bị mới"


def lines(caplog, logger):
    return [json.loads(record.getMessage()) for record in caplog.records if record.name == logger]


def test_every_answer_is_a_structured_line_with_user_and_address(as_user, liaison, caplog):
    caplog.set_level(logging.INFO, logger="portal")
    answer = as_user(liaison).get("/people/?q=bi-mat", REMOTE_ADDR="203.0.113.7")

    [line] = lines(caplog, "portal.access")
    number = answer.headers["X-Request-ID"]
    assert {name: line[name] for name in ("method", "path", "status", "user", "address", "request")} == {
        "method": "GET", "path": "/people/", "status": 403, "user": liaison.pk,
        "address": "203.0.113.7", "request": number,
    }  # fmt: skip
    assert "bi-mat" not in caplog.text
    [event] = lines(caplog, "portal.security")
    assert (event["message"], event["user"], event["request"]) == ("access.refused", liaison.pk, number)
