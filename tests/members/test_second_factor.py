"""A second factor: demanded of who sees everything, encrypted, and taken away by two people."""

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from members.actions.second_factor import ask_for_reset, carry_out_reset, turn_reset_down
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter, SecondFactorReset, User
from members.secrets_at_rest import decrypt, encrypt
from tests.cluster_portal.test_settings import WHOLE, start
from tests.support.at_once import at_once
from tests.support.factories import NOW, ClusterFactory, UserFactory

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def demanded(settings, cluster):
    settings.TWO_FACTOR_REQUIRED, settings.TWO_FACTOR_GRACE_DAYS = True, 14


@pytest.fixture
def overdue(demanded):
    def make(person):
        User.objects.filter(pk=person.pk).update(second_factor_due=timezone.now() - dt.timedelta(days=1))
        return person

    return make


def protect(person):
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)
    return person


def test_within_the_time_pages_only_remind(as_user, secretariat, demanded):
    page = as_user(secretariat).get("/units/")

    assert page.status_code == 200
    assert "Cần bật xác thực hai bước" in page.text
    secretariat.refresh_from_db()
    assert dt.timedelta(days=13) < secretariat.second_factor_due - timezone.now() < dt.timedelta(days=15)


@pytest.mark.parametrize("role", ["secretariat", "chair"])
def test_after_the_time_the_portal_stays_closed_until_it_is_set_up(request, as_user, overdue, role):
    person = overdue(request.getfixturevalue(role))
    client = as_user(person)

    assert client.get("/units/").url == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200
    protect(person)
    assert client.get("/units/").status_code == 200


def test_a_form_that_is_sent_then_is_refused_and_not_acknowledged(as_user, secretariat, overdue):
    answer = as_user(overdue(secretariat)).post("/people/invite/", {"kept": "abc1", "full_name": "A"})

    assert answer.status_code == 403
    assert "kept" not in answer.cookies
    assert "Chưa lưu nội dung nào" in answer.text


def test_a_liaison_is_asked_for_none(as_user, liaison, overdue):
    page = as_user(overdue(liaison)).get("/notices/")

    assert page.status_code == 200
    assert "Cần bật xác thực hai bước" not in page.text


def test_who_has_one_is_looked_up_once_a_session(as_user, secretariat, demanded):
    client = as_user(protect(secretariat))
    client.get("/notices/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/notices/")

    assert not [query for query in queries if "mfa_authenticator" in query["sql"]]


@pytest.mark.parametrize(("variables", "told"), [({}, "True"), ({"DEBUG": "true"}, "False"),
                                                ({"TWO_FACTOR_REQUIRED": "false"}, "False")])  # fmt: skip
def test_it_is_demanded_on_a_server_and_not_of_the_sample(variables, told):
    asking = "from django.conf import settings; print(settings.TWO_FACTOR_REQUIRED)"

    assert start("shell", "-v", "0", "-c", asking, **{**WHOLE, **variables}).stdout.split()[-1] == told


def test_secrets_are_encrypted_at_rest(liaison):
    secret = generate_totp_secret()
    TOTP.activate(liaison, secret)
    RecoveryCodes.activate(liaison)

    kept = {row.type: row.data for row in Authenticator.objects.all()}
    assert secret not in str(kept)
    assert decrypt(kept["totp"]["secret"]) == secret
    assert kept["recovery_codes"]["seed"].startswith("fernet:")


def test_what_an_earlier_version_kept_is_still_read():
    assert decrypt("JBSWY3DPEHPK3PXP") == "JBSWY3DPEHPK3PXP"


def test_with_another_key_no_code_fits(settings):
    kept = encrypt("JBSWY3DPEHPK3PXP")
    settings.TWO_FACTOR_KEY = "another"

    first, second = decrypt(kept), decrypt(kept)
    assert len({first, second, "JBSWY3DPEHPK3PXP", ""}) == 4


@pytest.fixture
def lost(secretariat, cluster):
    return protect(secretariat)


@pytest.fixture
def colleague(db):
    return UserFactory(email="thuky2@example.vn", full_name="Thư Ký Hai", role="secretariat")


def test_two_colleagues_take_a_lost_factor_away(lost, colleague, chair, client):
    client.force_login(lost)
    reset = ask_for_reset(lost, by=colleague, now=NOW)
    assert Authenticator.objects.filter(user=lost).exists()

    carry_out_reset(reset, by=chair, now=LATER)

    assert not Authenticator.objects.filter(user=lost).exists()
    assert client.get("/notices/").status_code == 302
    lost.refresh_from_db()
    assert lost.second_factor_due == LATER + dt.timedelta(days=1)
    told = list(AuditEntry.objects.acts().order_by("pk").values_list("verb", "actor", "target_id"))
    assert told == [
        ("second_factor.reset_asked", colleague.pk, lost.pk),
        ("second_factor.reset", chair.pk, lost.pk),
    ]
    assert list(Letter.objects.order_by("pk").values_list("address", flat=True)) == [lost.email] * 2


def test_one_person_alone_takes_none_away(lost, colleague):
    with pytest.raises(Refused):
        ask_for_reset(lost, by=lost, now=NOW)
    reset = ask_for_reset(lost, by=colleague, now=NOW)
    for alone in (colleague, lost):
        with pytest.raises(Refused):
            carry_out_reset(reset, by=alone, now=LATER)

    assert Authenticator.objects.filter(user=lost).exists()


def test_the_database_too_wants_two_people(lost, colleague):
    for asked_by, settled_by in [(lost, colleague), (colleague, colleague), (colleague, lost)]:
        with pytest.raises(IntegrityError), transaction.atomic():
            SecondFactorReset.objects.create(
                person=lost, asked_by=asked_by, asked_at=NOW, settled_by=settled_by, is_carried_out=True
            )


def test_a_request_is_settled_once_and_is_void_after_three_days(lost, colleague, chair):
    reset = ask_for_reset(lost, by=colleague, now=NOW)
    with pytest.raises(Refused):
        ask_for_reset(lost, by=chair, now=NOW)
    with pytest.raises(Refused):
        carry_out_reset(reset, by=chair, now=NOW + dt.timedelta(days=3))
    turn_reset_down(reset, by=colleague, now=LATER)
    with pytest.raises(Refused):
        carry_out_reset(reset, by=chair, now=LATER)

    assert Authenticator.objects.filter(user=lost).exists()


def test_who_has_no_factor_needs_no_reset(colleague, chair):
    with pytest.raises(Refused):
        ask_for_reset(chair, by=colleague, now=NOW)


def test_of_two_who_confirm_at_once_one_is_refused(transactional_db):
    ClusterFactory()
    lost, asking, one, other = UserFactory.create_batch(4, role="secretariat")
    protect(lost)
    reset = ask_for_reset(lost, by=asking, now=NOW)

    refused = at_once(
        lambda: carry_out_reset(reset, by=one, now=LATER), lambda: carry_out_reset(reset, by=other, now=LATER)
    )

    assert sorted(refused) == [False, True]


def test_the_pages_lead_two_colleagues_through_it(as_user, lost, colleague, chair):
    page = as_user(colleague).post("/lost-factor/", {"person": lost.pk}, follow=True)
    assert "Gỡ bước xác thực" not in page.text
    reset = SecondFactorReset.objects.get()

    page = as_user(chair).get("/lost-factor/")
    assert "Gỡ bước xác thực" in page.text
    as_user(chair).post(f"/lost-factor/{reset.pk}/carry-out/")

    assert not Authenticator.objects.filter(user=lost).exists()


def test_the_page_offers_only_accounts_with_a_factor(as_user, lost, colleague, liaison):
    choices = as_user(colleague).get("/lost-factor/").context["form"].fields["person"].queryset

    assert list(choices) == [lost]


def test_the_page_says_so_where_nobody_has_a_factor(as_user, colleague):
    page = as_user(colleague).get("/lost-factor/").text
    assert ('name="person"' in page, "Chưa có người dùng nào" in page) == (False, True)


def test_a_request_can_be_turned_down(as_user, lost, colleague):
    reset = ask_for_reset(lost, by=colleague, now=timezone.now())
    as_user(colleague).post(f"/lost-factor/{reset.pk}/turn-down/")

    assert Authenticator.objects.filter(user=lost).exists()
    assert not as_user(colleague).get("/lost-factor/").context["resets"]


def test_what_a_page_without_scripts_sent_then_is_given_back_to_be_sent_again(as_user, secretariat, overdue):
    client, sent = as_user(overdue(secretariat)), {"full_name": "Người Vừa Gõ", "email": "moi@example.vn"}
    page = client.post("/people/invite/", sent, headers={"Origin": "http://testserver"})

    assert (page.status_code, page.context["to_set_up"]) == (403, True)
    assert {("full_name", "Người Vừa Gõ"), ("email", "moi@example.vn")} <= set(page.context["fields"])
    assert "Bật xác thực hai bước ở trang mới" in page.text
    assert not User.objects.filter(email="moi@example.vn").exists()


def test_a_script_that_sends_then_is_refused_and_keeps_what_was_typed_itself(as_user, secretariat, overdue):
    sent, headers = {"full_name": "A B"}, {"Origin": "http://testserver", "HX-Request": "true"}
    answer = as_user(overdue(secretariat)).post("/people/invite/", sent, headers=headers)

    assert answer.status_code == 403
    assert "to_set_up" not in (answer.context or {})
