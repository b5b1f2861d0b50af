"""The sample data: whole, marked as sample, the same each time, and never mixed with real data."""

import io

import pytest
from django.core.management import CommandError, call_command

from cluster_portal.periods import Period
from meetings.models import Meeting
from members.models import Cluster, Letter, Unit, User
from reports import demo
from reports.comparison.summarise import summarise
from reports.content import Measure
from reports.models import Figure, IssuedDocument, ReportingRound, Submission
from tests.support.factories import ClusterFactory


def fingerprint():
    rows = Figure.objects.order_by("version__submission__round__period", "version__submission__unit__name", "category")
    return list(rows.values_list("version__submission__unit__name", "category__code", "cases", "damage"))


def test_the_sample_is_the_cluster_of_the_published_meeting(sample):
    assert Cluster.get().is_sample
    assert Unit.objects.count() == 28
    assert Unit.objects.filter(name=demo.HOST).exists()
    assert [opened.period for opened in ReportingRound.objects.order_by("period")] == list(demo.PERIODS)


def test_the_published_meeting_is_entered(sample):
    meeting = Meeting.objects.get()
    assert (str(meeting.held_on), meeting.chair_name, str(meeting.period)) == (
        "2022-08-16",
        "Hoàng Anh Quang",
        "2022-H1",
    )


def test_every_other_unit_is_plainly_a_sample(sample):
    assert all("mẫu" in unit.name for unit in Unit.objects.exclude(name=demo.HOST))


def test_the_newest_half_year_has_what_makes_a_comparison_hard(sample):
    summary = summarise(current=Period(2022, 1))
    robbery = next(row for group in summary.groups for row in group.categories if row.code == demo.NEW_CATEGORY)
    cases = robbery.figures[Measure.CASES]
    assert (cases.current, cases.base, cases.percent) == (1, 0, None)
    assert summary.coverage.expected == 28
    assert summary.coverage.current < 28
    assert summary.coverage.both < summary.coverage.current


def test_a_plan_was_issued_that_two_people_stand_behind_and_nobody_is_written_to(sample):
    plan = IssuedDocument.objects.get()
    assert (plan.notation, plan.prepared_by.email, plan.signed_off_by.email) == (
        "01/KH-CĐBAT", demo.SECRETARIAT, demo.CHAIR,
    )  # fmt: skip
    assert set(plan.files.values_list("form", flat=True)) == {"pdf", "pdfa", "docx"}
    assert not Letter.objects.waiting().exists()


def test_a_second_run_changes_nothing(sample):
    before = (fingerprint(), User.objects.count(), Submission.objects.count())
    call_command("seed_demo", "--password", "mat-khau-mau", stdout=io.StringIO())
    assert (fingerprint(), User.objects.count(), Submission.objects.count()) == before


def test_sample_data_is_never_mixed_with_real_data(db):
    ClusterFactory()
    with pytest.raises(CommandError, match="empty"):
        call_command("seed_demo", "--password", "mat-khau-mau")


def test_outside_debug_the_password_is_not_a_known_one(db):
    with pytest.raises(CommandError, match="--password"):
        call_command("seed_demo")
