"""The first page of each role: what needs me now."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster_portal.periods import Period
from reports.content import SubmissionContent
from reports.models import Submission
from reports.submissions import actions
from tests.reports.submissions.test_form import CASES, SERIOUS, url, whole_report
from tests.support.documents import issued_report
from tests.support.factories import NOW, IncidentFactory, RoundFactory
from tests.support.reporting import accepted_report, close_early

WHOLE = "Đã nhập đủ các mục bắt buộc"


@pytest.fixture
def home(as_user, cluster):
    def home(user):
        return as_user(user).get(reverse("reports:home"))

    return home


def owed(page):
    return [(str(report.period), report.unit) for report in page.context["overdue"]]


def test_a_liaison_meets_one_thing_the_report_to_begin(home, liaison, unit):
    opened = RoundFactory()
    page = home(liaison)
    (report,) = page.context["reports"]
    assert report.round == opened
    assert len(report.missing) == 21
    assert reverse("reports:submission-edit", args=[opened.period, unit.pk]) in page.content.decode()


def test_what_the_register_fills_in_is_not_missing(home, liaison, unit):
    RoundFactory()
    IncidentFactory(unit=unit)
    (report,) = home(liaison).context["reports"]
    assert CASES not in {field.name for field in report.missing}


def test_the_first_page_counts_what_the_form_counts(home, as_user, liaison, unit):
    opened = RoundFactory()
    IncidentFactory(unit=unit)  # of which the register doesn't hold how many persons and what damage
    (report,) = home(liaison).context["reports"]
    form = as_user(liaison).get(url("edit", opened, unit)).context["form"]
    assert len(report.missing) == form.tally.lacking > 20


@pytest.mark.parametrize(
    ("typed", "at_fault"),
    [({CASES: "2", SERIOUS: "3"}, SERIOUS), ({CASES: "hai ba"}, CASES), ({CASES: "0"}, CASES)],
)
def test_a_report_that_cant_be_sent_as_it_stands_is_not_called_whole(home, as_user, liaison, unit, typed, at_fault):
    opened = RoundFactory()
    IncidentFactory(unit=unit)
    whole = whole_report(**{CASES: "1"})
    as_user(liaison).post(url("save", opened, unit), whole)
    assert WHOLE in home(liaison).text
    as_user(liaison).post(url("save", opened, unit), {**whole, "revision": "1", **typed})
    page = home(liaison)
    (report,) = page.context["reports"]
    assert [field.name for field in report.to_correct] == [at_fault]
    assert WHOLE not in page.text
    assert "Cần sửa: Trộm cắp tài sản" in page.text


def test_a_liaison_without_a_round_has_nothing_to_do(home, liaison):
    assert "Hiện không có báo cáo phải nộp" in home(liaison).content.decode()


def test_a_submitted_report_needs_nothing_from_the_liaison(home, liaison, unit):
    actions.submit(
        round_=RoundFactory(), unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW
    )
    (report,) = home(liaison).context["reports"]
    assert not report.is_to_send


def test_the_secretariat_sees_who_waits_and_who_is_overdue(home, secretariat, liaison, unit, other_unit):
    actions.submit(
        round_=RoundFactory(), unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW
    )
    page = home(secretariat)
    assert [report.unit for report in page.context["waiting"]] == [unit]
    assert owed(page) == [("2022-H1", other_unit.name)]


def test_a_report_sent_again_stands_there_with_when_it_came_the_last_time(home, secretariat, liaison, unit):
    sent = {"round_": RoundFactory(), "unit": unit, "typed": {}, "content": SubmissionContent(), "by": liaison}
    report = actions.submit(**sent, revision=0, now=NOW).submission
    back = actions.return_report(
        submission=report, comment="Nêu rõ.", revision=report.revision, by=secretariat, now=NOW
    )
    actions.submit(**sent, revision=back.revision, now=NOW + dt.timedelta(days=3))
    waiting = Submission.objects.get()
    actions.begin_check(submission=waiting, revision=waiting.revision, by=secretariat, now=NOW)

    page = home(secretariat)

    assert [row.last_sent_at for row in page.context["waiting"]] == [NOW + dt.timedelta(days=3)]
    assert f"{secretariat} đang kiểm tra" in page.content.decode()


def test_the_secretariat_of_a_new_portal_is_led_to_the_units(home, secretariat):
    assert reverse("members:unit-list") in home(secretariat).content.decode()


def test_the_chair_reads_the_headline(home, chair, unit):
    accepted_report(unit, "2021-H1", {"trom-cap-tai-san": 48})
    accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 41})
    assert "giảm 07 vụ (14,58%)" in home(chair).context["headline"]


def test_a_report_returned_does_not_vanish_behind_the_next_round(home, liaison, secretariat, unit):
    earlier = accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 1})
    actions.reopen(submission=earlier, comment="Sai số vụ", revision=earlier.revision, by=secretariat, now=NOW)
    RoundFactory(period=Period(2022, 2))
    page = home(liaison)
    assert [str(report.round.period) for report in page.context["reports"]] == ["2022-H1", "2022-H2"]
    for period in ("2022-H1", "2022-H2"):
        assert reverse("reports:submission-edit", args=[period, unit.pk]) in page.content.decode()


def test_a_report_never_begun_is_still_asked_for(home, liaison, unit):
    RoundFactory(period=Period(2022, 1))
    RoundFactory(period=Period(2022, 2))
    assert [str(report.round.period) for report in home(liaison).context["reports"]] == ["2022-H1", "2022-H2"]


def test_nobody_is_asked_for_years_that_were_only_imported(home, liaison, unit, other_unit):
    accepted_report(other_unit, "2020-H1", {"trom-cap-tai-san": 1})
    RoundFactory(period=Period(2022, 1))
    assert [str(report.round.period) for report in home(liaison).context["reports"]] == ["2022-H1"]


def test_the_secretariat_sees_what_waits_in_earlier_rounds(home, secretariat, liaison, unit):
    earlier = RoundFactory(period=Period(2021, 2))
    actions.submit(round_=earlier, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW)
    RoundFactory(period=Period(2022, 1))
    assert reverse("reports:submission-detail", args=["2021-H2", unit.pk]) in home(secretariat).content.decode()


def test_what_is_owed_of_earlier_rounds_shows_beside_the_newest_oldest_first(
    home, secretariat, liaison, unit, other_unit
):
    RoundFactory(period=Period(2022, 1))
    RoundFactory(period=Period(2021, 2))
    page = home(secretariat)
    assert owed(page) == [
        ("2021-H2", unit.name),
        ("2021-H2", other_unit.name),
        ("2022-H1", unit.name),
        ("2022-H1", other_unit.name),
    ]
    assert Period(2021, 2).label in page.text
    for period in ("2021-H2", "2022-H1"):
        assert reverse("reports:submission-detail", args=[period, unit.pk]) in page.text


def test_nobody_owes_what_was_only_imported_but_for_what_is_being_corrected(home, secretariat, unit, other_unit):
    imported = accepted_report(unit, "2020-H1", {"trom-cap-tai-san": 1})
    RoundFactory(period=Period(2022, 1), due_on=dt.date(2999, 7, 8))
    assert owed(home(secretariat)) == []
    actions.reopen(submission=imported, comment="Sai số vụ", revision=imported.revision, by=secretariat, now=NOW)
    assert ("2020-H1", unit.name) in owed(home(secretariat))


def test_nobody_owes_a_report_on_figures_that_were_issued(home, secretariat, unit, other_unit):
    accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 1})
    close_early("2022-H1")
    assert owed(home(secretariat)) == [("2022-H1", other_unit.name)]
    issued_report("2022-H1")
    assert owed(home(secretariat)) == []


def test_a_unit_that_was_no_member_owes_nothing(home, secretariat, unit, other_unit):
    RoundFactory(period=Period(2022, 1))
    type(unit).objects.filter(pk=unit.pk).update(left_on=dt.date(2022, 3, 1))
    type(unit).objects.filter(pk=other_unit.pk).update(joined_on=dt.date(2022, 7, 1))
    assert owed(home(secretariat)) == []


@pytest.mark.parametrize(("status", "is_owed"), [("draft", False), ("returned", True)])
def test_of_a_unit_that_left_only_a_report_it_had_sent_is_owed(home, secretariat, unit, status, is_owed):
    opened = RoundFactory(period=Period(2022, 1))
    type(unit).objects.filter(pk=unit.pk).update(left_on=dt.date(2022, 3, 1))
    Submission.objects.create(unit=unit, round=opened, status=status, comment="Sai số vụ.", first_submitted_at=NOW)
    page = home(secretariat)
    assert (owed(page) != [], len(page.context["board"].overdue)) == (is_owed, int(is_owed))


@pytest.mark.parametrize("first", ["2020-H1", "2021-H2"])
def test_the_secretariat_waits_for_what_each_unit_is_asked_for(home, secretariat, liaison, unit, other_unit, first):
    """The two first pages are told by two queries; they say one thing."""
    earlier = accepted_report(unit, first, {"trom-cap-tai-san": 1})
    RoundFactory(period=Period(2022, 1))
    actions.reopen(submission=earlier, comment="Sai số vụ", revision=earlier.revision, by=secretariat, now=NOW)
    asked = [str(report.round.period) for report in home(liaison).context["reports"] if report.is_to_send]
    assert [period for period, name in owed(home(secretariat)) if name == unit.name] == asked


def test_the_tile_counts_as_overdue_whom_the_list_names(home, secretariat, unit, other_unit):
    accepted_report(unit, "2022-H1", {"trom-cap-tai-san": 1})
    close_early()
    issued_report()
    page = home(secretariat)
    assert (len(page.context["board"].overdue), owed(page)) == (0, [])
