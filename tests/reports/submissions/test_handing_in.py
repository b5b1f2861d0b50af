"""A report handed in: its receipt, taking it back, and the check that ends that."""

import datetime as dt

import pytest

from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from reports.content import SubmissionContent
from reports.models import DueDays, Submission, SubmissionVersion
from reports.submissions import actions
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import accepted_report

DECLARED = "Tôi cam kết báo cáo này không có nội dung bí mật nhà nước."


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def submit(opened, unit, liaison):
    def submit(revision=0, unit=unit, by=liaison, now=NOW):
        return actions.submit(
            round_=opened,
            unit=unit,
            typed={"section__tasks": "Tuần tra."},
            content=SubmissionContent(narrative={"tasks": "Tuần tra."}),
            beside=actions.Beside(DECLARED),
            revision=revision,
            by=by,
            now=now,
        ).submission

    return submit


def withdraw(submission, by, now=NOW):
    return actions.withdraw(submission=submission, revision=submission.revision, by=by, now=now)


def test_the_declaration_stands_with_the_version_its_sender_and_its_time(submit, liaison):
    submit()
    version = SubmissionVersion.objects.get()
    assert (version.declaration, version.submitted_by, version.submitted_at) == (DECLARED, liaison, NOW)


def test_receipts_are_numbered_through_the_round(submit, other_unit, other_liaison, secretariat):
    accepted_report(other_unit, "2021-H1", {"ma-tuy": 1})
    first = submit()
    submit(unit=other_unit, by=other_liaison)
    withdrawn = withdraw(first, first.saved_by)
    submit(revision=withdrawn.revision)
    numbers = SubmissionVersion.objects.order_by("submitted_at", "pk").values_list("receipt", flat=True)
    assert set(numbers) == {None, "2022.1-001", "2022.1-002", "2022.1-003"}


def test_a_report_nobody_has_begun_to_check_is_taken_back_with_every_word(submit, liaison):
    submission = withdraw(submit(), liaison)
    submission.refresh_from_db()
    assert (submission.status, submission.typed) == ("draft", {"section__tasks": "Tuần tra."})
    assert submission.versions.get().withdrawn_at == NOW
    assert AuditEntry.objects.filter(verb="submission.withdrawn", actor=liaison).exists()


def test_what_was_taken_back_does_not_count_as_sent_in_time(submit, liaison, opened):
    submission = withdraw(submit(), liaison)
    late = dt.datetime.combine(opened.due_on + dt.timedelta(days=1), dt.time(9), tzinfo=NOW.tzinfo)
    again = submit(revision=submission.revision, now=late)
    assert (again.first_submitted_at, DueDays().days_late(again)) == (late, 1)


def test_a_report_returned_before_keeps_the_time_it_first_came(submit, liaison, secretariat):
    submission = submit()
    returned = actions.return_report(
        submission=submission, comment="Thiếu.", revision=submission.revision, by=secretariat, now=NOW
    )
    again = submit(revision=returned.revision, now=NOW + dt.timedelta(days=30))
    assert withdraw(again, liaison).first_submitted_at == NOW


def test_once_the_check_has_begun_the_report_stays(submit, liaison, secretariat):
    submission = submit()
    checked = actions.begin_check(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    with pytest.raises(Refused):
        withdraw(checked, liaison)
    stored = Submission.objects.get()
    assert (stored.status, stored.checked_since, stored.checked_by) == ("submitted", NOW, secretariat)
    assert AuditEntry.objects.filter(verb="submission.check_begun", actor=secretariat).exists()


def test_the_check_begins_once(submit, secretariat, chair):
    submission = submit()
    for person in (secretariat, chair):
        submission = actions.begin_check(submission=submission, revision=submission.revision, by=person, now=NOW)
    assert submission.checked_by == secretariat
    assert AuditEntry.objects.filter(verb="submission.check_begun").count() == 1


def test_a_page_older_than_the_withdrawal_begins_no_check(submit, liaison, secretariat):
    submission = submit()
    seen = submission.revision
    withdraw(submission, liaison)
    with pytest.raises(StaleEdit):
        actions.begin_check(submission=submission, revision=seen, by=secretariat, now=NOW)


def test_an_accepted_report_is_not_taken_back(submit, liaison, secretariat):
    submission = submit()
    accepted = actions.accept(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    with pytest.raises(Refused):
        withdraw(accepted, liaison)


def test_a_returned_report_that_comes_again_can_be_taken_back_until_it_is_checked_again(submit, liaison, secretariat):
    submission = submit()
    checked = actions.begin_check(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    returned = actions.return_report(
        submission=checked, comment="Thiếu.", revision=checked.revision, by=secretariat, now=NOW
    )
    again = submit(revision=returned.revision)
    assert withdraw(again, liaison).status == "draft"
