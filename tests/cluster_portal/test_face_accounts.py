"""Signing in and what belongs to it, in the portal's words."""

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions.people import change_person, deactivate_person
from members.invitations import write_reset_link
from members.models import AuditEntry, Letter
from tests.support.factories import NOW
from tests.support.worker import work

PASSWORD = "mot-mat-khau-dai"
LOGIN = "/accounts/login/"


@pytest.fixture
def person(liaison):
    liaison.set_password(PASSWORD)
    liaison.save()
    return liaison


def sign_in(client, email, password=PASSWORD):
    return client.post(LOGIN + "?next=/accounts/2fa/", {"login": email, "password": password})


def reset_link(client, mailoutbox, email):
    client.post("/accounts/password/reset/", {"email": email})
    work()
    return re.search(r"http://testserver(\S+)", mailoutbox[0].body)[1]


def test_the_e_mail_address_and_password_open_the_portal(client, person):
    assert sign_in(client, person.email).url == "/accounts/2fa/"


def test_the_address_may_be_typed_in_capitals(client, person):
    assert sign_in(client, person.email.upper()).status_code == 302


def test_a_wrong_password_is_told_in_vietnamese_and_the_address_stays(client, person):
    page = sign_in(client, person.email, "sai").content.decode()
    assert "Địa chỉ thư điện tử hoặc mật khẩu không đúng." in page
    assert f'value="{person.email}"' in page


def test_signing_in_leaves_no_second_list_of_addresses(client, person, mailoutbox):
    sign_in(client, person.email)
    reset_link(client, mailoutbox, person.email)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("path", ["signup/", "login/code/", "confirm-email/"])
def test_pages_the_portal_does_not_use_do_not_exist(client, cluster, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_the_link_by_mail_sets_a_password(client, person, mailoutbox, cluster):
    form = client.get(reset_link(client, mailoutbox, person.email), follow=True)
    assert "Đặt mật khẩu" in form.content.decode()
    client.post(form.request["PATH_INFO"], {"password1": "khac-han-2022", "password2": "khac-han-2022"})
    person.refresh_from_db()
    assert person.check_password("khac-han-2022")


def test_the_mail_is_in_vietnamese(client, person, mailoutbox, cluster):
    reset_link(client, mailoutbox, person.email)
    assert mailoutbox[0].subject == "Đặt mật khẩu mới"
    assert f"Kính gửi ông/bà {person.full_name}," in mailoutbox[0].body
    assert f"Thư ký {cluster.short_name}" in mailoutbox[0].body


def test_the_link_works_once(client, person, mailoutbox):
    link = reset_link(client, mailoutbox, person.email)
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "khac-han-2022", "password2": "khac-han-2022"})
    assert "Đường dẫn không còn hiệu lực" in client.get(link, follow=True).content.decode()


def test_nobody_learns_which_addresses_have_an_account(client, person, mailoutbox):
    answer = client.post("/accounts/password/reset/", {"email": "khong-co@example.vn"})
    work()
    assert answer.url == "/accounts/password/reset/done/"
    assert mailoutbox == []


def test_the_page_that_asks_for_a_link_does_the_same_work_for_known_and_unknown_addresses(client, person, cluster):
    asked = []
    for email in (person.email, "khong-co@example.vn"):
        with CaptureQueriesContext(connection) as queries:
            answer = client.post("/accounts/password/reset/", {"email": email})
        asked.append((answer.url, [query["sql"].partition(" ")[0] for query in queries]))
    assert asked[0] == asked[1]
    assert Letter.objects.count() == 0


def test_a_weak_password_is_refused_in_vietnamese(client, person):
    sign_in(client, person.email)
    form = {"oldpassword": PASSWORD, "password1": "1234", "password2": "12345"}
    page = client.post("/accounts/password/change/", form).content.decode()
    assert "Mật khẩu quá ngắn: cần ít nhất 8 ký tự." in page
    assert "characters" not in page


def test_two_different_new_passwords_are_refused(client, person):
    sign_in(client, person.email)
    form = {"oldpassword": PASSWORD, "password1": "khac-han-2022", "password2": "khac-han-2023"}
    assert "Mật khẩu nhập lại không khớp." in client.post("/accounts/password/change/", form).content.decode()


@pytest.fixture
def limits(settings):
    """Attempts are counted, as they are on a server."""

    def set_limits(**rates):
        settings.ACCOUNT_RATE_LIMITS = rates
        cache.clear()

    yield set_limits
    cache.clear()


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, person, limits):
    limits()
    for _attempt in range(5):
        sign_in(client, person.email, "sai")
    answer = sign_in(client, person.email)
    assert answer.status_code == 200
    assert "Đã thử quá nhiều lần." in answer.text


def test_who_tries_passwords_elsewhere_keeps_nobody_out(client, person, limits):
    limits()
    for _attempt in range(6):
        client.post(LOGIN, {"login": person.email, "password": "sai"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(client, person.email).status_code == 302


def test_a_password_everybody_tries_first_is_refused(client, person, cluster):
    sign_in(client, person.email)
    form = {"oldpassword": PASSWORD, "password1": "matkhau123", "password2": "matkhau123"}
    assert "Mật khẩu này dễ đoán" in client.post("/accounts/password/change/", form).text


@pytest.mark.parametrize(("language", "told"), [("vi", "Thử quá nhiều lần"), ("en", "Too many attempts")])
def test_who_tries_too_often_is_told_to_wait(client, cluster, limits, language, told):
    limits(login="2/m/ip")
    client.cookies["django_language"] = language
    answers = [sign_in(client, "ai-do@example.vn") for _attempt in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert f"<h1>{told}</h1>" in answers[2].text


@pytest.fixture
def protected(person):
    """The person with two-factor authentication switched on."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def current_code(person):
    secret = get_adapter().decrypt(Authenticator.objects.get(user=person, type="totp").data["secret"])
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_two_factor_authentication_asks_for_the_code(client, protected):
    assert sign_in(client, protected.email).url.startswith("/accounts/2fa/authenticate/")
    assert client.post("/accounts/2fa/authenticate/", {"code": current_code(protected)}).status_code == 302
    assert client.get("/accounts/2fa/").status_code == 200


def test_a_wrong_code_is_told_in_vietnamese(client, protected):
    sign_in(client, protected.email)
    page = client.post("/accounts/2fa/authenticate/", {"code": "12"}).content.decode()
    assert "Mã xác thực không đúng." in page


def test_a_recovery_code_opens_the_account_once(client, protected):
    code = Authenticator.objects.get(user=protected, type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client, protected.email)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/logout/")
    sign_in(client, protected.email)
    assert "Mã xác thực không đúng." in client.post("/accounts/2fa/authenticate/", {"code": code}).content.decode()


def test_switching_it_on_asks_for_the_password_again(client, person):
    sign_in(client, person.email)
    assert client.get("/accounts/2fa/totp/activate/").url.startswith("/accounts/reauthenticate/")


def ask(person, minute):
    write_reset_link.call(person.email, "https://portal.example.vn", (NOW + dt.timedelta(minutes=minute)).isoformat())


def test_who_asks_again_while_the_link_waits_gets_one_and_no_colleague_reads_of_it(person, cluster, mailoutbox):
    ask(person, 0)
    ask(person, 1)
    work(now=NOW + dt.timedelta(minutes=2))
    assert len(mailoutbox) == 1
    assert not AuditEntry.objects.filter(verb="letter.sent").exists()
    assert Letter.objects.get().unit_id is None
    ask(person, 3)
    assert Letter.objects.count() == 2


@pytest.mark.parametrize("change", [{"email": "moi@example.vn"}, None])
def test_a_link_to_an_address_or_account_that_is_none_any_more_is_not_sent(person, secretariat, cluster, change):
    ask(person, 0)
    if change:
        change_person(person, values=change, revision=person.revision, by=secretariat, now=NOW)
    else:
        deactivate_person(person, by=secretariat, now=NOW)
    assert Letter.objects.get(kind="password").state == "withdrawn"
