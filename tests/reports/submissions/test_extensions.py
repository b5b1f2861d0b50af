"""One unit is given more time: whatever asks when its report is due asks for its own day."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cluster_portal import formatting
from members.models import AuditEntry, Letter
from reports.content import SubmissionContent
from reports.models import DueDays, Extension, Submission
from reports.submissions import actions, mail, reminders
from reports.submissions.board import build_board, overdue_reports
from reports.submissions.notices import post_notices
from reports.submissions.tasks import reports_asked_of
from tests.support.factories import NOW, RoundFactory
from tests.support.reporting import THEFT, accepted_report, close_early
from tests.support.worker import work

DUE, LATER = dt.date(2022, 7, 20), dt.date(2022, 7, 27)
ORIGIN = "https://portal.example.vn"


def morning(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(8)))


@pytest.fixture
def opened(cluster):
    return RoundFactory(due_on=DUE, opened_at=morning(DUE - dt.timedelta(days=14)))


@pytest.fixture
def extend(opened, unit, secretariat):
    def act(due_on=LATER, *, reason="Máy chủ hỏng", now=None, **changed):
        now = now or morning(DUE - dt.timedelta(days=1))
        values = {"due_on": due_on, "reason": reason, "revision": None, "by": secretariat, "now": now, **changed}
        actions.extend(round_=opened, unit=unit, **values)

    return act


def submit(opened, unit, by, day):
    return actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=by, now=morning(day)
    ).submission


def test_the_board_and_the_homes_ask_for_the_units_own_day(opened, extend, unit, other_unit):
    extend()
    today = DUE + dt.timedelta(days=3)
    board = build_board(opened, today=today)
    assert [(row.unit_id, row.days_overdue, row.days_late, row.extended_to) for row in board.rows] == [
        (unit.pk, 0, 0, LATER),
        (other_unit.pk, 3, 3, None),
    ]
    assert [report.unit_id for report in overdue_reports(today=today, issued=())] == [other_unit.pk]
    [mine], [theirs] = reports_asked_of(unit, today=today), reports_asked_of(other_unit, today=today)
    assert (mine.deadline.on, mine.deadline.days_left, mine.deadline.extension.reason) == (LATER, 4, "Máy chủ hỏng")
    assert (theirs.deadline.on, theirs.deadline.days_left, theirs.deadline.extension) == (DUE, -3, None)


def test_days_beyond_a_thousand_have_their_dot_on_the_board(as_user, opened, other_unit, secretariat):
    days = (timezone.localdate() - DUE).days
    page = as_user(secretariat).get(reverse("reports:round-board", args=[opened.period])).content.decode()
    assert days > 1000
    assert f"quá hạn {formatting.number(days)} ngày" in page


def test_after_the_own_day_it_is_overdue_as_any_other(opened, extend, unit):
    extend()
    today = LATER + dt.timedelta(days=1)
    assert build_board(opened, today=today).rows[0].days_overdue == 1
    assert [report.unit_id for report in overdue_reports(today=today, issued=())] == [unit.pk]


def test_a_round_moved_beyond_it_holds_for_the_unit_too(opened, extend, unit, secretariat):
    extend()
    moved = LATER + dt.timedelta(days=7)
    actions.change_due_date(round_=opened, due_on=moved, revision=1, by=secretariat, now=NOW)
    [mine] = reports_asked_of(unit, today=LATER)
    assert (mine.deadline.on, mine.deadline.extension) == (moved, None)
    assert build_board(opened, today=LATER).rows[0].extended_to is None


@pytest.mark.parametrize(("day", "late"), [(LATER, 0), (LATER + dt.timedelta(days=2), 2)])
def test_a_report_is_late_by_the_units_own_day(opened, extend, unit, liaison, day, late):
    extend()
    report = submit(opened, unit, liaison, day)
    assert opened.extensions.due_days().days_late(report) == late
    assert DueDays().days_late(report) == late + 7
    assert build_board(opened, today=LATER).rows[0].is_late == (late > 0)


def test_the_units_sheet_calls_it_late_by_its_own_day(as_user, opened, extend, unit, liaison, secretariat):
    extend()
    report = submit(opened, unit, liaison, LATER)
    actions.accept(submission=report, revision=report.revision, by=secretariat, now=morning(LATER))
    page = as_user(liaison).get(reverse("reports:sheet-detail", args=[opened.period, unit.pk])).content.decode()
    assert "(nộp muộn)" not in page
    Extension.objects.all().delete()
    page = as_user(liaison).get(reverse("reports:sheet-detail", args=[opened.period, unit.pk])).content.decode()
    assert "(nộp muộn)" in page


def told_to(person):
    return [letter.subject for letter in Letter.objects.filter(address=person.email).order_by("pk")]


def test_notices_go_by_the_units_own_day(opened, extend, liaison, other_liaison):
    extend()
    for day in (DUE, DUE + dt.timedelta(days=1), LATER):
        post_notices(origin=ORIGIN, now=morning(day))
    start = "Báo cáo 6 tháng đầu năm 2022: "
    assert told_to(other_liaison) == [f"{start}hôm nay là hạn nộp", f"{start}quá hạn nộp"]
    assert told_to(liaison) == [f"{start}còn không quá 07 ngày đến hạn nộp", f"{start}hôm nay là hạn nộp"]
    assert all("27/07/2022" in letter.body for letter in Letter.objects.filter(address=liaison.email))


def test_a_round_long_past_is_spoken_of_where_a_unit_was_given_more_time(opened, extend, liaison, other_liaison):
    far = DUE + dt.timedelta(days=55)
    extend(far)
    post_notices(origin=ORIGIN, now=morning(far))
    assert (told_to(liaison), told_to(other_liaison)) == (["Báo cáo 6 tháng đầu năm 2022: hôm nay là hạn nộp"], [])


def test_that_a_round_is_open_is_no_news_again(opened, extend, liaison):
    soon = DUE - dt.timedelta(days=13)
    post_notices(origin=ORIGIN, now=morning(soon))
    work(now=morning(soon))
    extend(now=morning(soon))
    assert post_notices(origin=ORIGIN, now=morning(soon)) == 0


def test_reminders_by_mail_and_zalo_name_the_units_own_day(opened, extend, unit, liaison, other_liaison, secretariat):
    extend()
    people = [liaison, other_liaison]
    reminders.remind(round_=opened, people=people, origin=ORIGIN, by=secretariat, now=morning(DUE))
    bodies = dict(Letter.objects.values_list("address", "body"))
    assert "27/07/2022" in bodies[liaison.email]
    assert "20/07/2022" in bodies[other_liaison.email]
    assert "27/07/2022" in mail.reminder_to_pass_on(unit, opened, origin=ORIGIN)


def test_the_liaison_is_told_and_what_waits_with_the_day_before_is_not_sent(
    opened, extend, unit, liaison, other_liaison, secretariat, mailoutbox
):
    eve = morning(DUE - dt.timedelta(days=1))
    reminders.remind(round_=opened, people=[liaison, other_liaison], origin=ORIGIN, by=secretariat, now=eve)
    extend(now=eve, origin=ORIGIN)
    work(now=eve)
    sent = [(message.to, message.subject, "27/07/2022" in message.body) for message in mailoutbox]
    assert sorted(sent) == [
        ([liaison.email], "Báo cáo 6 tháng đầu năm 2022: thay đổi hạn nộp", True),
        ([other_liaison.email], "Đề nghị nộp báo cáo 6 tháng đầu năm 2022", False),
    ]


def test_taken_back_the_day_of_all_holds_and_the_liaison_is_told(opened, extend, unit, liaison, secretariat):
    extend(origin=ORIGIN)
    values = {"revision": 1, "by": secretariat, "now": morning(DUE), "origin": ORIGIN}
    actions.take_back_extension(extension=Extension.objects.get(), **values)
    assert reports_asked_of(unit, today=DUE)[0].deadline.on == DUE
    waiting = Letter.objects.exclude(state="withdrawn").get(address=liaison.email)
    assert "20/07/2022" in waiting.body
    entry = AuditEntry.objects.filter(verb="extension.taken_back").get()
    assert entry.changes == {"due_on": ["2022-07-27", None], "reason": ["Máy chủ hỏng", None]}
    assert entry.unit_id == unit.pk


def test_the_trail_tells_of_every_day_it_was_given(extend, unit):
    extend()
    extend(DUE + dt.timedelta(days=9), revision=1)
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "changes", "unit_id")) == [
        ("extension.given", {"due_on": [None, "2022-07-27"], "reason": [None, "Máy chủ hỏng"]}, unit.pk),
        ("extension.changed", {"due_on": ["2022-07-27", "2022-07-29"]}, unit.pk),
    ]


def test_the_database_keeps_one_a_unit_and_no_empty_reason(extend, opened, unit, secretariat):
    extend()
    twin = {"round": opened, "unit": unit, "due_on": LATER, "given_at": NOW, "given_by": secretariat}
    for name, reason in [("one_extension_a_unit_and_round", "Khác"), ("extension_says_why", "")]:
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Extension.objects.create(reason=reason, **twin)
        assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_a_round_opened_by_mistake_is_taken_back_with_it(opened, extend, secretariat):
    extend()
    actions.remove_round(round_=opened, by=secretariat, now=NOW)
    assert not Extension.objects.exists()


# on the page: real days, as views read the clock

SOON = timezone.localdate() + dt.timedelta(days=5)
LATER_STILL = SOON + dt.timedelta(days=6)


@pytest.fixture
def now_open(cluster):
    return RoundFactory(due_on=SOON)


def address(opened, unit):
    return reverse("reports:extension-edit", args=[opened.period, unit.pk])


def post(client, opened, unit, day=LATER_STILL, reason="Đơn vị đang sáp nhập", **changed):
    return client.post(address(opened, unit), {"due_on": formatting.date(day), "reason": reason, **changed})


def test_the_secretariat_extends_and_the_liaison_reads_why(as_user, now_open, unit, liaison, secretariat):
    client = as_user(secretariat)
    answer = post(client, now_open, unit)
    assert answer.url == reverse("reports:submission-detail", args=[now_open.period, unit.pk])
    told = f"Gia hạn đến {formatting.date(LATER_STILL)}: Đơn vị đang sáp nhập"
    assert told in client.get(answer.url).content.decode()
    assert f"gia hạn đến {formatting.date(LATER_STILL)}" in client.get(now_open.get_absolute_url()).content.decode()
    client = as_user(liaison)
    form = reverse("reports:submission-edit", args=[now_open.period, unit.pk])
    for page in ("/", form, answer.url):
        text = client.get(page).content.decode()
        assert told in text
        assert "còn 11 ngày" in text
    assert Letter.objects.get().address == liaison.email


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (SOON, "Hạn nộp chung là ngày"),
        (SOON - dt.timedelta(days=1), "Hạn nộp chung là ngày"),
        (timezone.localdate() - dt.timedelta(days=1), "đã qua"),
        (SOON + dt.timedelta(days=61), "không muộn hơn"),
        (dt.date(2206, 7, 1), "không muộn hơn"),
    ],
)
def test_a_day_that_gives_no_more_time_or_far_too_much_is_told_beside_it(
    as_user, now_open, unit, secretariat, day, told
):
    form = post(as_user(secretariat), now_open, unit, day).context["form"]
    assert list(form.errors) == ["due_on"]
    assert told in form.errors["due_on"][0]
    assert (form["due_on"].value(), form["reason"].value()) == (formatting.date(day), "Đơn vị đang sáp nhập")
    assert not Extension.objects.exists()


@pytest.mark.parametrize("changed", [{"day": LATER_STILL, "reason": ""}, {"reason": "Anh A, 0912345678, ốm"}])
def test_it_says_why_and_of_nobody(as_user, now_open, unit, secretariat, changed):
    form = post(as_user(secretariat), now_open, unit, **changed).context["form"]
    assert set(form.errors) & {"reason", "identifiers"}
    assert not Extension.objects.exists()


def test_two_people_do_not_overwrite_each_other(as_user, now_open, unit, secretariat):
    client = as_user(secretariat)
    post(client, now_open, unit, revision="")
    form = post(client, now_open, unit, SOON + dt.timedelta(days=8), revision="").context["form"]
    assert "due_on" in form.errors
    assert Extension.objects.get().due_on == LATER_STILL


def test_it_is_taken_back_on_the_page(as_user, now_open, unit, secretariat):
    client = as_user(secretariat)
    post(client, now_open, unit)
    client.post(f"{address(now_open, unit)}take-back/", {"revision": 1})
    assert not Extension.objects.exists()


@pytest.mark.parametrize("state", ["submitted", "closed"])
def test_who_is_waited_for_no_more_is_given_no_day(as_user, now_open, unit, other_unit, liaison, secretariat, state):
    if state == "closed":
        accepted_report(other_unit, "2022-H1", {THEFT: 1})
        close_early()
    else:
        submit(now_open, unit, liaison, dt.date(2022, 7, 1))
    client = as_user(secretariat)
    answer = post(client, now_open, unit)
    assert answer.context["form"].non_field_errors()
    assert not Extension.objects.exists()
    detail = reverse("reports:submission-detail", args=[now_open.period, unit.pk])
    for page in (now_open.get_absolute_url(), detail):
        assert address(now_open, unit) not in client.get(page).content.decode()


def test_nobody_but_the_secretariat_extends(as_user, now_open, unit, liaison, chair):
    for person in (liaison, chair):
        assert post(as_user(person), now_open, unit).status_code == 403


def test_a_unit_that_left_and_owes_nothing_has_no_due_date(as_user, now_open, unit, secretariat):
    unit.left_on = now_open.ends_on
    unit.save()
    Submission.objects.create(round=now_open, unit=unit)
    assert as_user(secretariat).get(address(now_open, unit)).status_code == 404
