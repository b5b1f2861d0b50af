"""A report's way from draft to acceptance, and what can't happen on it."""

import datetime as dt

import pytest

from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from reports.content import MEASURES, CategoryFigures, Measure, SubmissionContent
from reports.models import DueDays, Submission
from reports.submissions import actions
from reports.submissions.merging import Typing
from tests.support.factories import NOW, RoundFactory

THEFT = "trom-cap-tai-san"


def content(cases=3):
    values = dict.fromkeys(MEASURES) | {Measure.CASES: cases}
    return SubmissionContent(narrative={"tasks": "Tuần tra."}, categories={THEFT: CategoryFigures(values)})


@pytest.fixture
def opened(db):
    return RoundFactory()


@pytest.fixture
def save(opened, unit, liaison):
    def save(typed, revision, by=liaison):
        return actions.save_typed(round_=opened, unit=unit, typed=typed, revision=revision, by=by, now=NOW)

    return save


@pytest.fixture
def submit(opened, unit, liaison):
    def submit(revision=0, cases=3, by=liaison, now=NOW):
        return actions.submit(
            round_=opened, unit=unit, typed={"x": str(cases)}, content=content(cases), revision=revision, by=by, now=now
        ).submission

    return submit


def test_a_draft_keeps_whatever_was_typed(save):
    save({"a": "ba vụ", "b": ""}, 0)
    assert Submission.objects.get().typed == {"a": "ba vụ", "b": ""}


def test_a_draft_saved_from_two_places_is_never_overwritten_silently(save):
    save({"a": "của tôi"}, 0)
    with pytest.raises(StaleEdit) as stale:
        save({"a": "của người khác"}, 0)
    assert stale.value.current.typed == {"a": "của tôi"}
    assert Submission.objects.get().typed == {"a": "của tôi"}


@pytest.fixture
def merge(opened, unit, liaison):
    """Save what a window typed that was opened at revision 0, and give the fields that are asked about."""

    def merge(typed, was, **sent):
        window = Typing(typed, was, sent)
        return actions.merge_typed(round_=opened, unit=unit, window=window, revision=0, by=liaison, now=NOW).conflicts

    return merge


def test_two_devices_that_typed_in_different_sections_are_joined(save, merge):
    save({"a": "old", "b": "new there"}, 0)
    assert merge({"a": "new here", "b": ""}, was={"a": "old"}) == ()
    assert Submission.objects.get().typed == {"a": "new here", "b": "new there"}


def test_only_a_field_changed_on_both_sides_is_asked_about(save, merge):
    save({"a": "new there", "b": "old", "c": "alike"}, 0)
    assert merge({"a": "new here", "b": "new", "c": "alike"}, was={"a": "old", "b": "old", "c": "old"}) == ("a",)
    assert Submission.objects.get().typed == {"a": "new there", "b": "new", "c": "alike"}


def test_what_a_window_sent_itself_is_no_news_of_somebody_else(save, merge):
    save({"a": "on its way"}, 0)
    assert merge({"a": "typed on"}, {"a": ""}, a=["on its way"]) == ()
    assert Submission.objects.get().typed == {"a": "typed on"}


def test_an_old_window_in_which_nothing_was_typed_changes_nothing(save, merge):
    save({"a": "new"}, 0)
    assert merge({"a": "old"}, was={"a": "old"}) == ()
    stored = Submission.objects.get()
    assert (stored.typed, stored.revision) == ({"a": "new"}, 1)


def test_only_the_beginning_of_a_draft_is_an_act(save):
    save({"a": "1"}, 0)
    save({"a": "2"}, 1)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["submission.begun"]


def test_a_report_the_secretariat_types_in_is_marked_as_paper(save, secretariat):
    assert save({}, 0, by=secretariat).source == Submission.Source.PAPER


def test_accepting_names_the_newest_version(submit, secretariat):
    submission = submit()
    actions.accept(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    submission.refresh_from_db()
    assert (submission.status, submission.accepted_version.number) == ("accepted", 1)


def test_a_returned_report_is_sent_again_as_a_second_version(submit, secretariat):
    submission = submit(cases=3)
    returned = actions.return_report(
        submission=submission, comment="Thiếu số liệu.", revision=submission.revision, by=secretariat, now=NOW
    )
    submit(revision=returned.revision, cases=4)
    figures = [version.figures.get().cases for version in submission.versions.all()]
    assert figures == [3, 4]


def test_an_accepted_report_is_locked(submit, save, secretariat):
    submission = submit()
    accepted = actions.accept(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    with pytest.raises(Refused):
        save({}, accepted.revision)


def test_reopening_is_an_act_with_a_reason_and_takes_the_figures_out(submit, secretariat):
    submission = submit()
    accepted = actions.accept(submission=submission, revision=submission.revision, by=secretariat, now=NOW)
    actions.reopen(submission=accepted, comment="Sai số vụ.", revision=accepted.revision, by=secretariat, now=NOW)
    submission.refresh_from_db()
    assert (submission.status, submission.accepted_version, submission.comment) == ("returned", None, "Sai số vụ.")
    assert AuditEntry.objects.filter(verb="submission.reopened").get().changes["comment"] == ["", "Sai số vụ."]


def test_what_the_secretariat_has_not_seen_can_not_be_accepted(submit, secretariat):
    submission = submit()
    with pytest.raises(StaleEdit):
        actions.accept(submission=submission, revision=submission.revision - 1, by=secretariat, now=NOW)


def test_a_report_after_the_due_date_is_late(submit, opened):
    on_time = dt.datetime.combine(opened.due_on, dt.time(23, 59), tzinfo=NOW.tzinfo)
    submission = submit(now=on_time)
    assert DueDays().days_late(submission) == 0
    submission.first_submitted_at = on_time + dt.timedelta(minutes=2)
    assert DueDays().days_late(submission) == 1
