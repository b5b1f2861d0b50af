import re

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils import translation

from members.actions import (
    change_person,
    create_person,
    deactivate_person,
    invite_person,
    reactivate_person,
    renew_invitation,
)
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter, User
from tests.support.factories import NOW, UserFactory
from tests.support.worker import work

ORIGIN = "https://portal.example.vn"


def invite(unit, by, email="moi@example.vn"):
    values = {"email": email, "full_name": "Người Mới", "role": "liaison", "unit": unit}
    return invite_person(values=values, by=by, now=NOW, origin=ORIGIN)


def edit(person, **values):
    return change_person(person, values=values, revision=person.revision, by=None, now=NOW)


def test_an_invited_person_has_no_password_yet(unit, secretariat):
    person = invite(unit, secretariat, email=" Moi@Example.vn ").person

    assert person.email == "moi@example.vn"
    assert not person.has_usable_password()


def test_an_invitation_leaves_a_trace_without_the_link(unit, secretariat):
    invitation = invite(unit, secretariat)

    entries = AuditEntry.objects.about(invitation.person)
    assert set(entries.values_list("verb", "unit_id")) == {("person.created", unit.pk), ("person.invited", unit.pk)}
    key = invitation.link.rstrip("/").rpartition("/")[2]
    assert not any(key in str(entry.changes) for entry in entries)


def test_the_link_is_sent_once_all_is_stored(unit, secretariat, mailoutbox):
    invitation = invite(unit, secretariat)
    work(now=NOW)

    [mail] = mailoutbox
    assert mail.to == ["moi@example.vn"]
    assert re.search(r"https://\S+", mail.body)[0] == invitation.link


def test_the_mail_is_in_vietnamese_whoever_invites(unit, secretariat, mailoutbox):
    with translation.override("en"):
        invite(unit, secretariat)
    work(now=NOW)

    assert "Kính gửi" in mailoutbox[0].body


def test_a_mail_that_can_not_be_sent_undoes_nothing(unit, secretariat, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    invitation = invite(unit, secretariat)
    work(now=NOW)

    assert User.objects.filter(pk=invitation.person.pk).exists()


def test_nothing_is_sent_before_it_is_stored(unit, secretariat, mailoutbox):
    with transaction.atomic():
        invite(unit, secretariat)
        transaction.set_rollback(True)
    work(now=NOW)

    assert mailoutbox == []


def test_the_link_sets_a_password_and_works_once(unit, secretariat, client):
    invitation = invite(unit, secretariat)
    form = client.get(invitation.link.removeprefix(ORIGIN))

    client.post(form.url, {"password1": "mot-bai-hat-dai", "password2": "mot-bai-hat-dai"})

    invitation.person.refresh_from_db()
    assert invitation.person.check_password("mot-bai-hat-dai")


def test_a_deactivated_person_gets_no_new_link(liaison):
    deactivate_person(liaison, by=None, now=NOW)

    with pytest.raises(Refused):
        renew_invitation(liaison, by=None, now=NOW, origin=ORIGIN)


def test_a_liaison_is_moved_to_another_unit(liaison, other_unit):
    edit(liaison, unit=other_unit)

    assert User.objects.get(pk=liaison.pk).unit == other_unit
    assert AuditEntry.objects.get().changes == {"unit": ["Xã Thử Một", "Xã Thử Hai"]}


def test_a_changed_address_replaces_the_one_allauth_knows(liaison):
    EmailAddress.objects.create(user=liaison, email=liaison.email, primary=True)

    edit(liaison, email="Khac@example.vn")

    assert User.objects.get(pk=liaison.pk).email == "khac@example.vn"
    assert not EmailAddress.objects.filter(email="daumoi1@example.vn").exists()


def test_a_deactivated_person_is_signed_out_and_stays_so(secretariat, liaison, as_user, client):
    as_user(liaison)

    deactivate_person(liaison, by=secretariat, now=NOW)
    reactivate_person(liaison, by=secretariat, now=NOW)

    assert client.get("/accounts/password/change/").status_code == 302
    assert client.get("/accounts/password/change/").url.startswith("/accounts/login/")


def test_deactivating_spares_the_sessions_of_others(secretariat, liaison, as_user, client):
    as_user(secretariat)

    deactivate_person(liaison, by=secretariat, now=NOW)

    assert client.get("/accounts/logout/").status_code == 200


def test_deactivating_twice_leaves_one_trace(liaison):
    deactivate_person(liaison, by=None, now=NOW)
    deactivate_person(liaison, by=None, now=NOW)

    assert AuditEntry.objects.count() == 1


def test_the_last_secretary_can_not_be_deactivated(secretariat):
    UserFactory(role="secretariat", is_active=False)

    with pytest.raises(Refused):
        deactivate_person(secretariat, by=secretariat, now=NOW)

    assert User.objects.get(pk=secretariat.pk).is_active


def test_the_last_secretary_keeps_the_role(secretariat):
    with pytest.raises(Refused) as refused:
        edit(secretariat, role="chair")

    assert refused.value.fields == ("role",)


def test_one_of_two_secretaries_may_go(secretariat):
    other = UserFactory(role="secretariat")

    edit(other, role="chair")

    assert User.objects.get(pk=other.pk).role == "chair"


def test_an_account_without_invitation_can_not_sign_in(db):
    person = create_person(values={"email": "x@example.vn", "full_name": "X", "role": "chair"}, by=None, now=NOW)

    assert not person.has_usable_password()
    assert AuditEntry.objects.get().verb == "person.created"


def opens(client, link):
    return 'name="password1"' in client.get(link.removeprefix(ORIGIN), follow=True).text


def test_a_newer_link_ends_the_older_ones(unit, secretariat, client):
    invitation = invite(unit, secretariat)
    newer = renew_invitation(invitation.person, by=secretariat, now=NOW, origin=ORIGIN)

    assert not opens(client, invitation.link)
    assert opens(client, newer.link)
    assert list(Letter.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "waiting"]


def test_a_link_does_not_outlive_the_account(unit, secretariat, client):
    invitation = invite(unit, secretariat)
    deactivate_person(invitation.person, by=secretariat, now=NOW)
    reactivate_person(invitation.person, by=secretariat, now=NOW)

    assert not opens(client, invitation.link)


def test_links_of_before_turns_were_counted_still_open(unit, secretariat, client):
    person = invite(unit, secretariat).person
    person.link_turn = 0
    person.save()
    key = PasswordResetTokenGenerator().make_token(person)

    assert opens(client, f"{ORIGIN}/accounts/password/reset/key/{user_pk_to_url_str(person)}-{key}/")
