import pytest
from django.urls import reverse
from django.utils import timezone

from members.actions import print_access_letter
from members.infrastructure.audit import AuditEntry
from members.models import Letter, User
from tests.support.factories import UserFactory

NEW = {"full_name": "Đầu Mối Mới", "email": "Moi@Example.vn", "role": "liaison"}


def names(response):
    return [person.full_name for person in response.context["people"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_the_same_queries_however_many_people(
    as_user, secretariat, unit, count, django_assert_num_queries
):
    UserFactory.create_batch(count, role="liaison", unit=unit)
    client = as_user(secretariat)

    with django_assert_num_queries(5):  # session, user, people, cluster, alerts
        response = client.get("/people/")

    assert len(names(response)) == count + 1


def test_people_are_listed_by_their_given_name(as_user, secretariat):
    UserFactory(full_name="Nguyễn Văn Đức")
    UserFactory(full_name="Trần Thị An")
    UserFactory(full_name="Lê Văn Dũng")

    response = as_user(secretariat).get("/people/")

    assert names(response) == ["Trần Thị An", "Lê Văn Dũng", "Nguyễn Văn Đức", "Thư Ký Thử"]


def test_people_are_found_by_unit_without_diacritics(as_user, secretariat, liaison, other_liaison):
    assert names(as_user(secretariat).get("/people/", {"q": "xa thu hai"})) == ["Đầu Mối Hai"]


def test_deactivated_people_are_listed_when_asked_for(as_user, secretariat):
    UserFactory(full_name="Đã Nghỉ", is_active=False)

    assert names(as_user(secretariat).get("/people/", {"status": "inactive"})) == ["Đã Nghỉ"]


KEY = "/accounts/password/reset/key/"


def test_the_link_of_an_invitation_goes_by_mail_and_is_shown_nowhere(as_user, secretariat, unit):
    client = as_user(secretariat)

    shown = client.post(reverse("members:person-invite"), {**NEW, "unit": unit.pk}, follow=True)

    person = User.objects.get(email=NEW["email"].lower())
    assert KEY in Letter.objects.get(address=person.email).body
    pages = [
        shown,
        client.get(reverse("members:letter-list")),
        client.get(reverse("members:person-edit", args=[person.pk])),
    ]
    assert [KEY in page.text for page in pages] == [False] * 3


def letter(client, person):
    return client.post(reverse("members:person-letter", args=[person.pk]))


def test_where_e_mail_reaches_a_person_no_letter_is_printed(as_user, secretariat, liaison):
    assert letter(as_user(secretariat), liaison).status_code == 302
    assert not AuditEntry.objects.filter(verb="person.letter_printed").exists()


@pytest.fixture
def no_mail(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"


def test_without_mail_a_letter_is_printed_recorded_and_told_at_the_next_sign_in(
    as_user, client, secretariat, liaison, no_mail, pdf_text, cluster
):
    pdf = letter(as_user(secretariat), liaison)
    assert KEY in "".join(pdf_text(b"".join(pdf)).split())
    entry = AuditEntry.objects.get(verb="person.letter_printed")
    assert (entry.actor, entry.target_id) == (secretariat, liaison.pk)
    client.logout()
    liaison.set_password("mot-mat-khau-dai")
    liaison.save()
    sent = {"login": liaison.email, "password": "mot-mat-khau-dai"}
    told = [client.post(reverse("account_login"), sent, follow=True).text]
    client.logout()
    told.append(client.post(reverse("account_login"), sent, follow=True).text)
    assert ["Thư Ký Thử in ngày" in text for text in told] == [True, False]


def test_a_letter_ends_the_link_of_the_letter_before(secretariat, liaison, no_mail, cluster, client):
    before, newest = (
        print_access_letter(liaison, by=secretariat, now=timezone.now(), origin="http://testserver") for _time in "12"
    )

    assert [is_good(client, link) for link in (before, newest)] == [False, True]


def is_good(client, link):
    return not client.get(link, follow=True).context.get("token_fail")


def test_nobody_prints_a_letter_for_their_own_account(as_user, secretariat, no_mail, cluster):
    assert letter(as_user(secretariat), secretariat).status_code == 302
    assert not AuditEntry.objects.filter(verb="person.letter_printed").exists()


def test_a_liaison_is_not_invited_without_a_unit(as_user, secretariat):
    response = as_user(secretariat).post(reverse("members:person-invite"), NEW)

    assert list(response.context["form"].errors) == ["unit"]


def test_an_address_is_taken_once_however_it_is_written(as_user, secretariat, liaison):
    sent = {**NEW, "role": "chair", "email": liaison.email.upper()}

    response = as_user(secretariat).post(reverse("members:person-invite"), sent)

    assert list(response.context["form"].errors) == ["email"]


def test_a_refused_change_of_role_is_told_beside_the_field(as_user, secretariat):
    sent = {"full_name": "Thư Ký", "email": secretariat.email, "role": "chair", "revision": 1}

    response = as_user(secretariat).post(reverse("members:person-edit", args=[secretariat.pk]), sent)

    assert list(response.context["form"].errors) == ["role"]
    assert User.objects.get(pk=secretariat.pk).role == "secretariat"


def test_a_person_is_deactivated_and_brought_back(as_user, secretariat, liaison):
    client = as_user(secretariat)

    client.post(reverse("members:person-deactivate", args=[liaison.pk]))
    assert not User.objects.get(pk=liaison.pk).is_active

    client.post(reverse("members:person-reactivate", args=[liaison.pk]))
    assert User.objects.get(pk=liaison.pk).is_active


def test_the_last_secretary_is_told_why_not(as_user, secretariat):
    response = as_user(secretariat).post(reverse("members:person-deactivate", args=[secretariat.pk]), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_renewed_link_is_sent_and_not_shown(as_user, secretariat, liaison):
    response = as_user(secretariat).post(reverse("members:person-invitation-renew", args=[liaison.pk]), follow=True)

    assert KEY not in response.text
    assert KEY in Letter.objects.get(address=liaison.email).body


@pytest.mark.parametrize("name", ["person-deactivate", "person-reactivate", "person-invitation-renew"])
def test_a_link_in_a_mail_can_not_act(as_user, secretariat, liaison, name):
    before = AuditEntry.objects.count()
    response = as_user(secretariat).get(reverse(f"members:{name}", args=[liaison.pk]))
    asks_first = 200 if name == "person-deactivate" else 302
    assert (response.status_code, AuditEntry.objects.count()) == (asks_first, before)


def test_an_address_in_use_is_told_in_plain_words(as_user, secretariat, liaison):
    response = as_user(secretariat).post(reverse("members:person-invite"), {**NEW, "email": "DAUMOI1@example.vn"})

    assert response.context["form"].errors["email"] == ["Địa chỉ thư điện tử này đã có tài khoản khác dùng."]


def test_what_is_missing_is_told_as_an_office_says_it(as_user, secretariat):
    response = as_user(secretariat).post(reverse("members:person-invite"), {**NEW, "full_name": "", "role": "vua"})

    errors = response.context["form"].errors
    assert errors["full_name"] == ["Mục này bắt buộc nhập."]
    assert errors["role"] == ["“vua” không có trong danh sách; vui lòng chọn một mục đã cho."]
