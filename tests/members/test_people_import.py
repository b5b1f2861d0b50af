"""People from a file: accounts are made and corrected, wide roles only where somebody ticks them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from members.actions import change_person
from members.infrastructure.audit import AuditEntry
from members.models import Letter, TableImport, User
from tests.support.factories import NOW, UserFactory
from tests.support.tables import PEOPLE, places, told, values, xlsx

PREVIEW, CONFIRM = reverse("members:person-import-preview"), reverse("members:person-import-confirm")
LIAISON = ["Đỗ Thị Mới", "moi@example.vn", "đầu mối", "Thử Một", "Cán bộ", "0912 345 678"]


def row(**cells):
    fields = ["full_name", "email", "role", "unit", "title", "telephone"]
    return [cells.get(field, value) for field, value in zip(fields, LIAISON, strict=True)]


@pytest.fixture
def client(as_user, secretariat, cluster, unit):
    return as_user(secretariat)


def upload(client, *rows):
    file = SimpleUploadedFile("nguoi.xlsx", xlsx(PEOPLE, *rows))
    return client.post(reverse("members:person-import"), {"file": file}, follow=True)


def undo(client):
    url = reverse("members:person-import-undo", args=[TableImport.objects.get().pk])
    return client.post(url, follow=True).text


def test_who_is_new_gets_an_account_and_a_letter(client, unit):
    upload(client, row(email="Moi@Example.VN"))
    client.post(CONFIRM)
    person = User.objects.get(email="moi@example.vn")
    assert (person.role, person.unit, person.telephone) == ("liaison", unit, "0912 345 678")
    assert [letter.address for letter in Letter.objects.about(person)] == ["moi@example.vn"]


@pytest.mark.parametrize("role", ["Chủ trì", "thư ký", "Thu ky cum"])
def test_a_role_that_sees_the_whole_cluster_is_given_only_where_it_is_ticked(client, role):
    rows = (row(), row(full_name="Vũ Văn Hai", email="hai@example.vn", role=role, unit=None))
    assert [number for number, _told, _about in upload(client, *rows).context["asked"]] == ["3"]
    client.post(CONFIRM)
    assert not User.objects.filter(email="hai@example.vn").exists()
    upload(client, rows[1])
    client.post(CONFIRM, {"wanted": ["2"]})
    assert User.objects.get(email="hai@example.vn").role != User.Role.LIAISON


def test_without_a_role_a_person_is_a_liaison_and_that_is_said(client, unit):
    answer = told("people", xlsx(PEOPLE, row(role=None)))
    assert values(answer)[0]["role"] == "đầu mối"
    assert any("đầu mối" in notice for notice in answer["notices"])


def test_of_an_account_that_has_a_role_nothing_is_said_of_the_usual_one(cluster, unit):
    known = UserFactory(role="chair", unit=None, title="Chủ trì", telephone="")
    answer = told("people", xlsx(PEOPLE, row(full_name=known.full_name, email=known.email, role=None, unit=None)))
    assert values(answer)[0]["role"] == "chủ trì"
    assert [notice for notice in answer["notices"] if "đầu mối" in notice] == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"unit": None}, "Đơn vị"),
        ({"unit": "Xã Lạ"}, "Đơn vị"),
        ({"email": "moi@"}, "Thư điện tử"),
        ({"email": None}, "Thư điện tử"),
        ({"role": "giám đốc"}, "Vai trò"),
        ({"full_name": "x" * 200}, "Họ và tên"),
    ],
)
def test_what_the_form_refuses_is_a_fault_beside_its_cell(cluster, unit, cells, column):
    assert places(told("people", xlsx(PEOPLE, row(**cells)))) == [(2, column)]


def test_an_address_twice_is_a_fault(cluster, unit):
    again = row(full_name="Người Khác", email="MOI@example.vn")
    assert places(told("people", xlsx(PEOPLE, row(), again))) == [(3, "Thư điện tử")]


def test_of_an_account_title_and_telephone_are_changed_and_given_back(client, unit):
    known = UserFactory(unit=unit, role="liaison", title="Văn thư", telephone="024 1")
    same = {"full_name": known.full_name, "email": known.email}
    (shown,) = upload(client, row(**same)).context["page"].object_list
    assert [(cell.text, cell.old) for cell in shown.cells[4:]] == [("Cán bộ", "Văn thư"), ("0912 345 678", "024 1")]
    client.post(CONFIRM)
    known.refresh_from_db()
    assert (known.title, known.telephone) == ("Cán bộ", "0912 345 678")
    undo(client)
    known.refresh_from_db()
    assert (known.title, known.telephone) == ("Văn thư", "024 1")


def test_no_list_changes_an_accounts_name_role_or_unit(client, unit, other_unit):
    known = UserFactory(unit=other_unit, role="liaison")
    answer = told("people", xlsx(PEOPLE, row(email=known.email, role="thư ký")))
    assert places(answer) == [(2, "Họ và tên"), (2, "Vai trò"), (2, "Đơn vị")]
    assert known.full_name in answer["faults"][0]["message"]


def test_a_list_of_people_who_are_all_known_offers_nothing_to_store(client, unit):
    known = UserFactory(unit=unit, role="liaison", title="Cán bộ", telephone="0912 345 678")
    response = upload(client, row(full_name=known.full_name, email=known.email))
    assert "Mọi dòng của tệp đã có" in response.text
    assert client.post(CONFIRM).url == PREVIEW
    assert not TableImport.objects.exists()


def test_an_account_nobody_used_goes_with_the_import_and_its_letter_is_withdrawn(client):
    upload(client, row())
    client.post(CONFIRM)
    undo(client)
    assert not User.objects.filter(email="moi@example.vn").exists()
    assert not Letter.objects.waiting().exists()
    assert AuditEntry.objects.filter(verb="person.removed").exists()


@pytest.mark.parametrize("use", ["password", "change"])
def test_an_account_in_use_is_not_taken_back(client, secretariat, use):
    upload(client, row())
    client.post(CONFIRM)
    person = User.objects.get(email="moi@example.vn")
    if use == "password":
        person.set_password("mot-mat-khau-dai")
        person.save()
    else:
        change_person(person, values={"title": "Khác"}, revision=person.revision, by=secretariat, now=NOW)
    assert "sau khi nhập từ tệp" in undo(client)
    assert User.objects.filter(pk=person.pk).exists()
