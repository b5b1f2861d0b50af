"""A person changes the address they sign in with: the new mailbox confirms it, the old one is told."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.actions.people import change_own_email, change_person, deactivate_person
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter, User
from members.own_email import confirmation_link, confirmed_address
from tests.support.factories import NOW, UserFactory
from tests.support.worker import work

PASSWORD = "mot-bai-hat-dai"
PAGE = "/accounts/email/"
NEW = "moi@example.vn"


@pytest.fixture
def person(liaison, cluster):
    liaison.set_password(PASSWORD)
    liaison.save()
    return liaison


@pytest.fixture
def signed_in(client, person):
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def ask(client, email=NEW):
    answer = client.post(PAGE, {"email": email}, follow=True)
    work(now=timezone.now() + dt.timedelta(seconds=1))
    return answer


def link_in(letter):
    return re.search(r"http://testserver(/accounts/email/confirm/\S+/)", letter.body)[1]


def test_a_new_address_counts_once_its_mailbox_confirmed_it(signed_in, person, mailoutbox):
    old = person.email
    page = ask(signed_in, " Moi@Example.VN ")

    assert f"Khi chưa mở đường dẫn, địa chỉ vẫn là {old}." in page.text
    assert User.objects.get(pk=person.pk).email == old
    [letter] = mailoutbox
    assert letter.to == [NEW]

    link = link_in(letter)
    assert f"Từ nay dùng {NEW} để đăng nhập, thay cho {old}." in signed_in.get(link).text
    assert User.objects.get(pk=person.pk).email == old  # a mail's links are opened by programs, too
    done = signed_in.post(link)

    assert (done.status_code, User.objects.get(pk=person.pk).email) == (302, NEW)
    work(now=timezone.now() + dt.timedelta(seconds=2))
    assert (mailoutbox[1].to, mailoutbox[1].subject) == ([old], "Địa chỉ thư điện tử đã được đổi")
    acts = AuditEntry.objects.about(person).filter(verb__startswith="person.").order_by("pk")
    assert [(act.verb, act.actor_id, act.changes.get("email")) for act in acts] == [
        ("person.email_asked", person.pk, None),
        ("person.changed", person.pk, [old, NEW]),
    ]
    signed_in.post("/accounts/logout/")
    assert signed_in.post("/accounts/login/", {"login": NEW, "password": PASSWORD}).status_code == 302


def test_the_password_is_asked_for_once_more_and_what_was_typed_waits(as_user, person, mailoutbox):
    client = as_user(person)
    answer = client.post(PAGE, {"email": NEW})
    assert answer.url.startswith("/accounts/reauthenticate/")
    work()
    assert mailoutbox == []

    client.post(answer.url, {"password": PASSWORD, "next": PAGE})
    work(now=timezone.now() + dt.timedelta(seconds=1))
    assert [letter.to for letter in mailoutbox] == [[NEW]]


def test_nobody_learns_that_another_account_has_the_address(signed_in, person, other_liaison, mailoutbox):
    told, asked = [], []
    for email in (NEW, other_liaison.email):
        with CaptureQueriesContext(connection) as queries:
            signed_in.post(PAGE, {"email": email})
        asked.append([query["sql"].partition(" ")[0] for query in queries])
        told.append(re.sub(r"\w{64}", "", signed_in.get(PAGE).text.replace(email, "…")))
        work(now=timezone.now() + dt.timedelta(seconds=1))

    assert told[0] == told[1]
    assert asked[0] == asked[1]
    assert [letter.to for letter in mailoutbox] == [[NEW], [other_liaison.email]]
    assert "/confirm/" not in mailoutbox[1].body
    assert person.full_name not in mailoutbox[1].body


def test_an_address_taken_meanwhile_is_refused_as_any_dead_link_is(signed_in, person, mailoutbox):
    ask(signed_in)
    link = link_in(mailoutbox[0])
    UserFactory(email=NEW)

    answer = signed_in.post(link)

    dead = signed_in.get("/accounts/email/confirm/x/")
    assert (answer.status_code, dead.status_code) == (404, 404)
    assert "không còn hiệu lực" in answer.text
    assert "không còn hiệu lực" in dead.text
    with pytest.raises(Refused):
        change_own_email(person, email=NEW, now=NOW)


@pytest.mark.parametrize("what", ["newer", "other", "deactivated", "used", "forged", "old"])
def test_a_link_opens_nothing_any_more(person, other_liaison, what, settings):
    link = confirmation_link(person, email=NEW, origin="")
    key = link.split("/")[-2]
    whose = person
    if what == "newer":
        User.objects.filter(pk=person.pk).update(link_turn=1)
    elif what == "other":
        whose = other_liaison
    elif what == "deactivated":
        deactivate_person(person, by=None, now=NOW)
    elif what == "used":
        change_own_email(person, email=NEW, now=NOW)
    elif what == "forged":
        key = key[:-2] + "xx"
    else:
        settings.PASSWORD_RESET_TIMEOUT = -1
    whose = User.objects.get(pk=whose.pk)

    assert confirmed_address(key, person=whose) is None


def test_a_link_opens_as_long_as_nothing_came_between(person):
    key = confirmation_link(person, email=NEW, origin="").split("/")[-2]

    assert confirmed_address(key, person=person) == NEW


def test_who_asks_twice_gets_one_good_link(signed_in, person, mailoutbox):
    signed_in.post(PAGE, {"email": "sai@example.vn"})
    ask(signed_in)

    assert [letter.to for letter in mailoutbox] == [[NEW]]


@pytest.mark.parametrize("typed", ["", "a@", "a@b.vn\r\nBcc: x@y.vn", "x" * 250 + "@example.vn"])
def test_what_is_no_address_stays_in_the_field(signed_in, person, typed):
    answer = signed_in.post(PAGE, {"email": typed})

    assert answer.status_code == 200
    assert answer.context["form"]["email"].errors
    assert Letter.objects.count() == 0


def test_the_address_one_has_is_no_new_one(signed_in, person):
    answer = signed_in.post(PAGE, {"email": person.email.upper()})

    assert answer.context["form"].errors["email"] == [
        "Tài khoản đang dùng chính địa chỉ này. Vui lòng nhập địa chỉ khác."
    ]


def test_nobody_has_the_portal_write_to_many_addresses(signed_in, person, settings, mailoutbox):
    settings.ACCOUNT_RATE_LIMITS = {"change_email": "2/m/user"}
    cache.clear()
    answers = [ask(signed_in, f"ai-{number}@example.vn") for number in range(3)]

    assert "Đã thử quá nhiều lần." in answers[2].text
    assert answers[2].context["form"]["email"].value() == "ai-2@example.vn"
    assert len(mailoutbox) == 2


def test_an_address_changed_by_the_secretariat_is_told_to_the_old_one(person, secretariat, mailoutbox):
    old = person.email
    change_person(person, values={"email": NEW}, revision=person.revision, by=secretariat, now=NOW)

    assert [letter.address for letter in Letter.objects.filter(kind="access")] == [old]


def test_a_mistyped_invitation_that_is_mended_is_told_nobody(unit, secretariat):
    person = UserFactory(unit=unit)
    person.set_unusable_password()
    person.save()
    change_person(person, values={"email": NEW}, revision=person.revision, by=secretariat, now=NOW)

    assert Letter.objects.count() == 0


def test_what_a_click_mails_leads_to_the_portals_address_and_not_to_the_clickers(signed_in, settings, mailoutbox):
    settings.PORTAL_ADDRESS = "https://cum.example.vn"
    ask(signed_in)
    signed_in.logout()
    signed_in.post("/accounts/password/reset/", {"email": "chutri@example.vn"})
    assert "https://cum.example.vn/accounts/email/confirm/" in mailoutbox[0].body
    assert all("testserver" not in letter.body for letter in mailoutbox)
