"""The way of a new portal to its first round, ticked off from the data; people invited from the list of units."""

import re

import pytest
from django.urls import reverse

from members.models import Letter, Unit, User
from reports.content import SubmissionContent
from reports.submissions import actions
from tests.support.factories import NOW, ClusterFactory, RoundFactory, UnitFactory, UserFactory
from tests.support.reporting import accepted_report

PAGE = "/people/of-units/"
LABELS = ["Cụm và phần đầu văn bản", "Đơn vị", "Người dùng", "Số liệu các kỳ trước", "Đợt báo cáo đầu tiên"]


def done(client):
    steps = client.get(reverse("reports:home")).context["steps"]
    return {step.label: step.is_done for step in steps}


def test_a_new_portal_has_everything_before_it(as_user, secretariat):
    assert done(as_user(secretariat)) == dict.fromkeys(LABELS, False)


def test_what_is_there_is_ticked_off(as_user, secretariat):
    client = as_user(secretariat)
    ClusterFactory()
    unit = UnitFactory()
    assert done(client) == {**dict.fromkeys(LABELS, False), LABELS[0]: True, LABELS[1]: True}

    UserFactory(unit=unit, role="liaison")
    assert done(client)[LABELS[2]]
    UserFactory(unit=UnitFactory(), role="liaison", is_active=False)
    assert not done(client)[LABELS[2]]


def test_earlier_figures_do_not_end_it(as_user, secretariat, cluster, unit):
    accepted_report(unit, "2021-H1", {"ma-tuy": 3})

    assert done(as_user(secretariat)) == dict.fromkeys(LABELS, False) | dict.fromkeys(LABELS[:2], True) | {
        LABELS[3]: True
    }


@pytest.mark.parametrize("reported", [False, True])
def test_the_first_round_ends_it(as_user, secretariat, cluster, unit, liaison, reported):
    opened = RoundFactory()
    if reported:
        values = {"round_": opened, "unit": unit, "typed": {}, "content": SubmissionContent()}
        actions.submit(**values, revision=0, by=liaison, now=NOW)

    page = as_user(secretariat).get(reverse("reports:home"))

    assert page.context["steps"] == []
    assert "first-start" not in page.text


def test_a_newest_round_that_is_imported_does_not_begin_it_again(as_user, secretariat, cluster, unit, liaison):
    values = {"round_": RoundFactory(), "unit": unit, "typed": {}, "content": SubmissionContent()}
    actions.submit(**values, revision=0, by=liaison, now=NOW)
    accepted_report(unit, "2024-H1", {"ma-tuy": 3})

    assert as_user(secretariat).get(reverse("reports:home")).context["steps"] == []


def row(unit, name="", email="", telephone=""):
    return {f"full_name_{unit.pk}": name, f"email_{unit.pk}": email, f"telephone_{unit.pk}": telephone}


def test_liaisons_are_invited_from_the_list_of_units_in_one_go(as_user, secretariat, unit, other_unit, liaison):
    third, former = UnitFactory(email="vanthu@ba.example.vn"), UnitFactory(left_on="2022-01-01")
    client = as_user(secretariat)
    shown = client.get(PAGE)
    assert [each.unit for each in shown.context["form"].rows] == [other_unit, third]
    assert "vanthu@ba.example.vn" in shown.text
    assert former.name not in shown.text

    done = client.post(PAGE, {**row(other_unit, "Người Một", "Mot@example.vn", "0912"), **row(third)})

    assert done.url == reverse("members:person-list")
    invited = User.objects.get(email="mot@example.vn")
    assert (invited.full_name, invited.role, invited.unit, invited.telephone) == (
        "Người Một", "liaison", other_unit, "0912",
    )  # fmt: skip
    assert [letter.address for letter in Letter.objects.all()] == ["mot@example.vn"]


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (("Một", "sai"), ("", ""), ["email"]),
        (("Một", ""), ("", ""), ["email"]),
        (("Một", "x@example.vn"), ("Hai", "X@example.vn"), ["email"]),
        (("", ""), ("", ""), ["__all__"]),
        (("Một", "co@example.vn"), ("", ""), ["email"]),
        (("Một", "x@example.vn"), ("", "hai@example.vn"), ["full_name"]),
        (("Một", "x@example.vn"), ("", "", "0912"), ["full_name"]),
    ],
    ids=["no address", "without one", "twice", "nobody", "has an account", "no name", "a telephone only"],
)
def test_what_is_wrong_is_told_beside_the_row_and_nobody_is_invited(as_user, secretariat, first, second, wrong):
    units = [UnitFactory(), UnitFactory()]
    UserFactory(email="co@example.vn")
    people = User.objects.count()

    sent = {**row(units[0], *first), **row(units[1], *second)}
    page = as_user(secretariat).post(PAGE, sent)

    told = [re.sub(r"_[0-9]+$", "", name) for name in page.context["form"].errors]
    assert (page.status_code, told) == (422, wrong)
    assert User.objects.count() == people
    assert all(value in page.text for value in first)


def test_a_name_typed_while_somebody_else_invited_another_is_not_lost(as_user, secretariat, unit, other_unit):
    UserFactory(unit=unit, role="liaison")

    sent = {**row(unit, "Người Một", "mot@example.vn"), **row(other_unit, "Người Hai", "hai@example.vn")}
    as_user(secretariat).post(PAGE, sent)

    assert set(User.objects.filter(full_name__startswith="Người").values_list("full_name", flat=True)) >= {
        "Người Một",
        "Người Hai",
    }


def test_where_every_unit_has_an_account_the_page_says_so(as_user, secretariat, liaison, unit):
    page = as_user(secretariat).get(PAGE)

    assert Unit.objects.count() == 1
    assert "<fieldset" not in page.text


def test_no_account_is_a_link_that_opens_one(as_user, secretariat, unit):
    opened = RoundFactory()

    page = as_user(secretariat).get(opened.get_absolute_url()).text

    assert f"{reverse('members:person-invite')}?role=liaison&amp;unit={unit.pk}" in page
