"""Several reports at once: what is open in each that waits, and which are accepted together."""

import datetime as dt

import pytest
from django.urls import reverse

from members.infrastructure.audit import AuditEntry, record
from members.infrastructure.outbox.letters import Letter, about
from members.models import UnitSuccession
from reports.content import MEASURES, CategoryFigures, Measure, SubmissionContent
from reports.models import Submission
from reports.submissions import actions
from reports.submissions.board import build_board, last_contacts, looked_through
from reports.submissions.waiting import Looked, look_through
from tests.support.factories import NOW, IncidentFactory, RoundFactory, UnitFactory
from tests.support.reporting import THEFT, accepted_report

DUE = dt.date(2022, 7, 7)


@pytest.fixture
def opened(cluster):
    return RoundFactory(due_on=DUE)


@pytest.fixture
def send(opened, liaison):
    def send(unit, cases=3, remark="", at=NOW):
        values = dict.fromkeys(MEASURES) | {Measure.CASES: cases}
        content = SubmissionContent(categories={THEFT: CategoryFigures(values, remark)})
        return actions.submit(
            round_=opened, unit=unit, typed={}, content=content, revision=0, by=liaison, now=at
        ).submission

    return send


def accept(client, opened, *submissions):
    posted = {"unit": [each.unit_id for each in submissions]}
    posted |= {f"revision-{each.unit_id}": each.revision for each in submissions}
    return client.post(reverse("reports:round-accept", args=[opened.period]), posted, follow=True)


def statuses(*submissions):
    return [Submission.objects.get(pk=each.pk).status for each in submissions]


def test_what_is_open_in_each_report_is_counted(opened, send, secretariat, unit, other_unit):
    third = UnitFactory()
    for each in (unit, other_unit):
        accepted_report(each, "2021-H1", {THEFT: 9})
    sent = [send(unit, 40), send(other_unit, 40, "Chuyên đề."), send(third, 0)]
    IncidentFactory(unit=third)
    actions.comment_on(submission=sent[2], field="section__tasks", label="IV", text="?", by=secretariat, now=NOW)
    assert look_through(opened, sent) == {
        unit.pk: Looked(unexplained=1),
        other_unit.pk: Looked(explained=1),
        third.pk: Looked(short=1, open_comments=1),
    }


def test_a_unit_that_is_no_longer_what_it_was_is_not_warned_of(opened, send, unit, other_unit):
    """The report's own page compared it with nothing, while the board counted a warning."""
    accepted_report(unit, "2021-H1", {THEFT: 9})
    UnitSuccession.objects.create(predecessor=other_unit, successor=unit, on=dt.date(2022, 3, 1), is_partial=True)
    assert look_through(opened, [send(unit, 40)]) == {unit.pk: Looked()}


def test_only_those_with_nothing_open_are_accepted_and_of_the_others_it_is_said_why(
    as_user, secretariat, opened, send, unit, other_unit
):
    accepted_report(other_unit, "2021-H1", {THEFT: 9})
    third = UnitFactory(name="Xã Thử Ba", short_name="Thử Ba")
    clean, doubtful, changed = send(unit), send(other_unit, 40), send(third)
    changed.revision += 1
    page = accept(as_user(secretariat), opened, clean, doubtful, changed)
    assert statuses(clean, doubtful, changed) == ["accepted", "submitted", "submitted"]
    assert "Đã tiếp nhận 1 báo cáo." in page.text
    assert f"Chưa tiếp nhận: {other_unit}. Còn 1 nội dung cần xem lại." in page.text
    assert f"Chưa tiếp nhận: {third}. " in page.text
    assert AuditEntry.objects.filter(verb="submission.accepted", target_id__in=[doubtful.pk, changed.pk]).count() == 0


def test_a_report_with_something_open_cannot_be_chosen(as_user, secretariat, opened, send, unit, other_unit):
    accepted_report(other_unit, "2021-H1", {THEFT: 9})
    send(unit), send(other_unit, 40)
    page = as_user(secretariat).get(reverse("reports:round-accept", args=[opened.period])).text
    assert [f'name="unit" value="{each.pk}"' in page for each in (unit, other_unit)] == [True, False]


def test_nothing_chosen_accepts_nothing(as_user, secretariat, opened, send, unit):
    sent = send(unit)
    page = accept(as_user(secretariat), opened)
    assert (statuses(sent), "Chưa chọn báo cáo nào." in page.text) == (["submitted"], True)


@pytest.mark.parametrize("units", [1, 3])
def test_the_page_takes_the_same_queries_for_any_number(
    as_user, secretariat, opened, send, django_assert_num_queries, units
):
    for each in UnitFactory.create_batch(units):
        accepted_report(each, "2021-H1", {THEFT: 9})
        accepted_report(each, "2021-H2", {THEFT: 9})
        send(each, 40)
    client = as_user(secretariat)
    with django_assert_num_queries(20):
        client.get(reverse("reports:round-accept", args=[opened.period]))


def test_the_board_tells_who_is_being_checked_how_late_and_what_is_open(
    as_user, secretariat, opened, send, unit, other_unit
):
    late = send(unit, at=NOW + dt.timedelta(days=5))
    actions.begin_check(submission=late, revision=late.revision, by=secretariat, now=NOW)
    board = looked_through(build_board(opened, today=DUE + dt.timedelta(days=9)), opened)
    assert [(row.shown_status, row.days_late, row.looked) for row in board.rows] == [
        ("checking", 2, Looked()),
        ("not_started", 9, None),
    ]
    page = as_user(secretariat).get(opened.get_absolute_url()).text
    assert "đang kiểm tra" in page
    assert "nộp chậm 2 ngày" in page


def test_a_late_report_that_was_returned_is_overdue_by_other_days(as_user, secretariat, opened, send, unit):
    """It came two days late and is back since; once the figures are issued nothing is owed, and two days it stays."""
    late = send(unit, at=NOW + dt.timedelta(days=5))
    actions.return_report(submission=late, comment="Xem lại.", revision=late.revision, by=secretariat, now=NOW)
    for is_issued, days_overdue in ((False, 9), (True, 0)):
        [row] = build_board(opened, today=DUE + dt.timedelta(days=9), is_issued=is_issued).rows
        assert (row.is_late, row.days_late, row.is_overdue, row.days_overdue) == (True, 2, not is_issued, days_overdue)


def test_the_last_contact_is_the_newest_letter_or_copied_reminder(secretariat, opened, send, unit, other_unit):
    report = send(unit)

    def letter(target, day, state="sent"):
        at = NOW.replace(day=day)
        Letter.objects.create(
            key=f"{state}{day}", kind="notice", about=about(target), unit_id=unit.pk, address="a@example.vn",
            subject="S", message_id=f"{state}{day}", posted_at=at, due_at=at, state=state, sent_at=at,
        )  # fmt: skip

    letter(opened, 3)
    letter(report, 5)
    letter(opened, 9, state="failed")
    record(verb="reminder.copied", target=opened, by=secretariat, now=NOW.replace(day=6), unit_id=other_unit.pk)
    assert last_contacts(opened) == {unit.pk: NOW.replace(day=5), other_unit.pk: NOW.replace(day=6)}
