import datetime as dt

import pytest
from django.urls import reverse

from members.actions import change_unit
from members.models import LeadTerm, Unit, UnitSuccession
from tests.support.factories import NOW, UnitFactory, UserFactory

LIST = "/units/"


def names(response):
    return [row["unit"].name for row in response.context["units"]]


def typed(unit, **changes):
    """What a browser sends for the unit's form."""
    return {
        "name": unit.name,
        "short_name": unit.short_name,
        "kind": unit.kind,
        "order": unit.order,
        "joined_on": unit.joined_on.isoformat(),
        "revision": unit.revision,
        **changes,
    }


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_needs_the_same_queries_however_many_units(as_user, chair, count, django_assert_num_queries):
    for unit, role in zip(UnitFactory.create_batch(count), LeadTerm.Role, strict=False):
        LeadTerm.objects.create(unit=unit, role=role, starts_on=dt.date(2020, 1, 1))
    client = as_user(chair)

    with django_assert_num_queries(6):  # session, user, cluster, terms, units, alerts
        response = client.get(LIST)

    assert len(names(response)) == count


def test_the_list_shows_todays_members_in_their_order(as_user, chair, unit, other_unit):
    UnitFactory(name="Đã rời", left_on=dt.date(2020, 1, 1))
    UnitFactory(name="Chưa vào", joined_on=dt.date(2990, 1, 1))
    Unit.objects.filter(pk=other_unit.pk).update(order=0)

    assert names(as_user(chair).get(LIST)) == ["Xã Thử Hai", "Xã Thử Một"]


def test_former_members_are_listed_when_asked_for(as_user, chair, unit):
    UnitFactory(name="Đã rời", left_on=dt.date(2020, 1, 1))

    assert names(as_user(chair).get(LIST, {"status": "former"})) == ["Đã rời"]


@pytest.mark.parametrize("typed", ["dong xuan", "Đồng Xuân", "ĐỒNG", "xuan tho"])
def test_units_are_found_with_and_without_diacritics(as_user, chair, unit, typed):
    UnitFactory(name="Phường Đồng Xuân", short_name="Thọ")

    assert names(as_user(chair).get(LIST, {"q": typed})) == ["Phường Đồng Xuân"]


def test_units_are_listed_by_kind(as_user, chair, unit):
    UnitFactory(name="Trường Mẫu", kind="school")

    assert names(as_user(chair).get(LIST, {"kind": "school"})) == ["Trường Mẫu"]


def test_the_list_names_who_leads(as_user, chair, unit):
    LeadTerm.objects.create(unit=unit, role="lead", starts_on=dt.date(2020, 1, 1))

    [row] = as_user(chair).get(LIST).context["units"]
    assert [str(role) for role in row["roles"]] == [LeadTerm.Role.LEAD.label]


@pytest.mark.parametrize("count", [1, 3])
def test_a_unit_page_needs_the_same_queries_however_much_happened(
    as_user, secretariat, unit, count, django_assert_num_queries
):
    for index in range(count):
        UserFactory(role="liaison", unit=unit)
        other = UnitFactory()
        UnitSuccession.objects.create(predecessor=other, successor=unit, on=dt.date(2020, 1, 1))
        UnitSuccession.objects.create(predecessor=unit, successor=UnitFactory(), on=dt.date(2021, 1, 1))
        change_unit(unit, values={"leader": f"Ông {index}"}, revision=unit.revision, by=secretariat, now=NOW)
    client = as_user(secretariat)

    with django_assert_num_queries(10):  # session, user, cluster, unit, people, terms, both successions, acts, alerts
        assert client.get(unit.get_absolute_url()).status_code == 200


def test_a_liaison_reads_about_the_own_unit_only(as_user, liaison, unit, other_unit, other_liaison):
    client = as_user(liaison)

    assert liaison.email in client.get(unit.get_absolute_url()).text
    assert client.get(other_unit.get_absolute_url()).status_code == 404


def test_a_unit_is_added_by_the_secretariat(as_user, secretariat):
    sent = {"name": " Xã  Mới ", "short_name": "Mới", "kind": "commune", "order": "1", "joined_on": "2025-07-01"}

    response = as_user(secretariat).post(reverse("members:unit-create"), sent)

    assert response.url == Unit.objects.get(name="Xã Mới").get_absolute_url()


@pytest.mark.parametrize("field", ["name", "short_name"])
def test_two_units_never_go_by_one_name(as_user, secretariat, unit, field):
    sent = {"name": "Mới", "short_name": "M", "kind": "commune", "order": "1", "joined_on": "2025-07-01"}

    response = as_user(secretariat).post(reverse("members:unit-create"), {**sent, field: unit.short_name.upper()})

    assert list(response.context["form"].errors) == [field]
    assert Unit.objects.count() == 1


def test_a_faulty_form_keeps_what_was_typed(as_user, secretariat, unit):
    sent = typed(unit, leader="Bà Mới", left_on="2010-01-01")

    response = as_user(secretariat).post(reverse("members:unit-edit", args=[unit.pk]), sent)

    assert list(response.context["form"].errors) == ["left_on"]
    assert 'value="Bà Mới"' in response.text


def test_the_second_of_two_editors_is_shown_both(as_user, secretariat, unit):
    opened = typed(unit, leader="Bà Hai")
    change_unit(unit, values={"leader": "Ông Một"}, revision=1, by=secretariat, now=NOW)
    client, url = as_user(secretariat), reverse("members:unit-edit", args=[unit.pk])

    response = client.post(url, opened)

    assert response.context["form"].errors["leader"] == ["Bản đã lưu: Ông Một"]
    assert "Những gì đã nhập vẫn còn nguyên" in response.text
    assert Unit.objects.get(pk=unit.pk).leader == "Ông Một"
    client.post(url, {**opened, "revision": response.context["form"]["revision"].value()})
    assert Unit.objects.get(pk=unit.pk).leader == "Bà Hai"


@pytest.mark.parametrize(
    ("field", "saved", "mine", "told"),
    [
        ("left_on", dt.date(2027, 7, 1), "2027-08-01", "01/07/2027"),
        ("left_on", None, "2027-08-01", "(để trống)"),
        ("kind", "school", "agency", "nhà trường"),
        ("order", 1200, "1300", "1.200"),
    ],
)
def test_what_somebody_else_saved_is_written_as_people_read_it(as_user, secretariat, unit, field, saved, mine, told):
    opened = typed(unit, **{field: mine})
    change_unit(unit, values={field: saved, "leader": "Ông Một"}, revision=1, by=secretariat, now=NOW)

    response = as_user(secretariat).post(reverse("members:unit-edit", args=[unit.pk]), opened)

    assert response.context["form"].errors[field] == [f"Bản đã lưu: {told}"]


def test_a_merger_is_recorded_on_its_page(as_user, secretariat, unit, other_unit):
    sent = {"on": "2025-07-01", "predecessors": [unit.pk], "successors": [other_unit.pk], "predecessors_end": "True"}

    client = as_user(secretariat)
    asked = client.post(reverse("members:succession-create"), sent)
    assert "rời cụm" in asked.text
    assert Unit.objects.get(pk=unit.pk).left_on is None
    confirmed = asked.context["form"].fingerprint
    other = client.post(reverse("members:succession-create"), {**sent, "on": "2025-08-01", "confirmed": confirmed})
    assert other.status_code == 200  # something else than was asked about

    response = client.post(reverse("members:succession-create"), {**sent, "confirmed": confirmed})

    assert response.url == other_unit.get_absolute_url()
    assert Unit.objects.get(pk=unit.pk).left_on == dt.date(2025, 7, 1)


@pytest.mark.parametrize(("end", "moves"), [("True", True), ("False", False)])
def test_only_accounts_of_units_that_end_have_to_be_moved(as_user, secretariat, liaison, other_unit, end, moves):
    sent = {"on": "2025-07-01", "predecessors": [liaison.unit_id], "successors": [other_unit.pk]}

    asked = as_user(secretariat).post(reverse("members:succession-create"), {**sent, "predecessors_end": end})

    assert (liaison.full_name in asked.text) is moves
    assert asked.context["form"].fingerprint in asked.text  # asked all the same


def test_a_refused_merger_says_why_and_keeps_the_choice(as_user, secretariat, unit):
    sent = {"on": "2025-07-01", "predecessors": [unit.pk], "successors": [unit.pk], "predecessors_end": "True"}

    response = as_user(secretariat).post(reverse("members:succession-create"), sent)

    assert list(response.context["form"].errors) == ["successors"]
    assert response.text.count(" checked") == 3
