import pytest
from django.urls import reverse

from members.infrastructure.audit import AuditEntry
from members.models import User
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


def test_the_link_of_an_invitation_is_shown_once(as_user, secretariat, unit):
    client = as_user(secretariat)

    shown = client.post(reverse("members:person-invite"), {**NEW, "unit": unit.pk}, follow=True)

    link = shown.context["link"]
    assert link.startswith("http://testserver/accounts/password/reset/key/")
    again = client.get(shown.request["PATH_INFO"], follow=True)
    assert link not in again.text


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


def test_a_renewed_link_is_shown(as_user, secretariat, liaison):
    response = as_user(secretariat).post(reverse("members:person-invitation-renew", args=[liaison.pk]), follow=True)

    assert "/accounts/password/reset/key/" in response.context["link"]


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
    assert errors["role"] == ["“vua” không có trong danh sách; hãy chọn một mục đã cho."]
