"""The first page of each role: what needs me now."""

import pytest
from django.urls import reverse

from reports.content import SubmissionContent
from reports.submissions import actions
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import accepted_report


@pytest.fixture
def home(as_user, cluster):
    def home(user):
        return as_user(user).get(reverse("reports:home"))

    return home


def test_a_liaison_meets_one_thing_the_report_to_begin(home, liaison, unit):
    opened = RoundFactory()
    page = home(liaison)
    assert page.context["round"] == opened
    assert len(page.context["missing"]) == 21
    assert reverse("reports:submission-edit", args=[opened.period, unit.pk]) in page.content.decode()


def test_a_liaison_without_a_round_has_nothing_to_do(home, liaison):
    assert "Hiện không có báo cáo phải nộp" in home(liaison).content.decode()


def test_a_submitted_report_needs_nothing_from_the_liaison(home, liaison, unit):
    actions.submit(
        round=RoundFactory(), unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW
    )
    assert home(liaison).context.get("missing") is None


def test_the_secretariat_sees_who_waits_and_who_is_overdue(home, secretariat, liaison, unit, other_unit):
    actions.submit(
        round=RoundFactory(), unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW
    )
    board = home(secretariat).context["board"]
    assert [row.unit_id for row in board.waiting] == [unit.pk]
    assert [row.unit_id for row in board.overdue] == [other_unit.pk]


def test_the_secretariat_of_a_new_portal_is_led_to_the_units(home, secretariat):
    assert reverse("members:unit-list") in home(secretariat).content.decode()


def test_the_chair_reads_the_headline(home, chair, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 41})
    assert "giảm 07 vụ (14,58%)" in home(chair).context["headline"]
