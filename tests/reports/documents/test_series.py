"""Numbers that go on where an office was when it came to the portal."""

import pytest
from django.utils import timezone

from members.infrastructure.refusals import Refused
from reports.documents import actions
from reports.models import Kind, NumberSeries
from tests.support.documents import issue, sign_off
from tests.support.factories import NOW

pytestmark = pytest.mark.django_db

PAGE = "/documents/numbers/"


def plan():
    draft = actions.prepare_free_text(kind=Kind.PLAN, subject="Việc thử", by=None, now=NOW)
    actions.write_free_text(draft=draft, text={"body": "Nội dung"}, addressees="", revision=1, by=None, now=NOW)
    return issue(sign_off(draft))


def test_numbers_go_on_from_where_the_office_was(cluster):
    actions.begin_series(kind=Kind.PLAN, year=2022, reached=17, by=None, now=NOW)

    assert plan().notation == "18/KH-CĐBAT"


def test_a_number_the_portal_gave_is_never_given_again(cluster):
    plan()

    with pytest.raises(Refused, match="01"):
        actions.begin_series(kind=Kind.PLAN, year=2022, reached=0, by=None, now=NOW)
    actions.begin_series(kind=Kind.PLAN, year=2023, reached=4, by=None, now=NOW)
    assert set(NumberSeries.objects.values_list("year", "last")) == {(2022, 1), (2023, 4)}


def test_the_number_reached_is_said_on_a_page(as_user, secretariat):
    client = as_user(secretariat)

    assert client.post(PAGE, {"kind": "BC", "reached": "31"}).url == PAGE

    assert NumberSeries.objects.get().last == 31
    assert ("Báo cáo", "BC", 31) in client.get(PAGE).context["rows"]


@pytest.mark.parametrize("reached", ["", "-1", "nhiều", "10000"])
def test_what_is_no_number_is_told_beside_the_field(as_user, secretariat, reached):
    response = as_user(secretariat).post(PAGE, {"kind": "BC", "reached": reached})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["reached"])


def test_a_series_that_has_begun_says_so_on_the_page(as_user, secretariat):
    NumberSeries.objects.create(kind="BC", year=timezone.localdate().year, last=3, last_issued_on=NOW.date())

    response = as_user(secretariat).post(PAGE, {"kind": "BC", "reached": "31"})

    assert list(response.context["form"].errors) == ["reached"]
    assert NumberSeries.objects.get().last == 3
