"""The year's rhythm is told by itself: each thing once, by day, and not to who doesn't want it."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cluster_portal.periods import Period
from members.actions.people import choose_notices, deactivate_person
from members.models import AuditEntry, Letter
from reports.content import SubmissionContent
from reports.submissions import actions, reminders
from reports.submissions.notices import after_quiet_hours, post_notices, stage_of
from tests.support.factories import RoundFactory, UserFactory
from tests.support.worker import work

ORIGIN = "https://portal.example.vn"
DUE = dt.date(2022, 7, 20)


def morning(day, hour=8):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def before(days):
    return morning(DUE - dt.timedelta(days=days))


@pytest.fixture
def opened(cluster):
    return RoundFactory(due_on=DUE, opened_at=before(14))


def tell(now):
    return post_notices(origin=ORIGIN, now=now)


@pytest.mark.parametrize(
    ("days_left", "stage"),
    [
        (14, "opened"), (11, "opened"), (10, None), (8, None), (7, "week"), (3, "week"), (2, "two_days"),
        (1, "two_days"), (0, "today"), (-1, "overdue-0"), (-7, "overdue-0"), (-8, "overdue-1"), (-28, "overdue-3"),
        (-29, None),
    ],
)  # fmt: skip
def test_what_is_told_when(opened, days_left, stage):
    assert stage_of(opened, DUE, DUE - dt.timedelta(days=days_left)) == stage


def test_over_the_whole_round_each_liaison_is_told_each_thing_once_however_often_it_is_run(
    opened, liaison, other_liaison, mailoutbox
):
    for days in range(14, -10, -1):
        for hour in (8, 9, 16):
            tell(morning(DUE - dt.timedelta(days=days), hour))
            work(now=morning(DUE - dt.timedelta(days=days), hour))
    subjects = [message.subject for message in mailoutbox if message.to == [liaison.email]]
    assert subjects == [
        "Đã mở đợt báo cáo 6 tháng đầu năm 2022",
        "Báo cáo 6 tháng đầu năm 2022: còn không quá 07 ngày đến hạn nộp",
        "Báo cáo 6 tháng đầu năm 2022: còn không quá 02 ngày đến hạn nộp",
        "Báo cáo 6 tháng đầu năm 2022: hôm nay là hạn nộp",
        "Báo cáo 6 tháng đầu năm 2022: quá hạn nộp",
        "Báo cáo 6 tháng đầu năm 2022: quá hạn nộp",
    ]
    assert len(mailoutbox) == 2 * len(subjects)


def test_a_due_date_that_is_moved_begins_anew(opened, liaison):
    assert tell(before(0)) == 1
    opened.due_on = DUE + dt.timedelta(days=1)
    opened.save()
    assert tell(before(0)) == 1


@pytest.mark.parametrize("hour", [0, 6, 20, 23])
def test_at_night_nothing_is_told(opened, liaison, hour):
    assert tell(morning(DUE, hour)) == 0


def test_who_has_sent_the_report_is_told_nothing(opened, unit, liaison, other_liaison):
    actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=before(9)
    )
    tell(before(0))
    assert list(Letter.objects.values_list("address", flat=True)) == [other_liaison.email]


def test_who_was_reminded_by_hand_today_is_told_nothing_more(opened, liaison, secretariat):
    reminders.remind(round_=opened, people=[liaison], origin=ORIGIN, by=secretariat, now=before(0))
    assert tell(before(0)) == 0


def test_a_round_that_is_closed_or_years_old_is_told_nothing_of(opened, liaison, secretariat):
    RoundFactory(period=Period(2015, 1), due_on=dt.date(2015, 7, 20))
    opened.closed_at, opened.closed_by, opened.close_reason = before(1), secretariat, "Đủ"
    opened.save()
    assert tell(before(0)) == 0


def test_a_person_stops_them_on_a_page_and_the_trail_tells(as_user, opened, liaison):
    answer = as_user(liaison).post("/notices/", {}, follow=True)
    assert "Đã ngừng gửi thư thông báo." in answer.content.decode()
    assert AuditEntry.objects.get().changes == {"wants_notices": [True, False]}
    assert tell(before(0)) == 0
    liaison.refresh_from_db()
    choose_notices(liaison, wanted=True, now=before(0))
    assert tell(before(0)) == 1


def test_a_notice_holds_the_way_to_the_form_and_the_way_to_stop_it(opened, liaison, mailoutbox):
    tell(before(0))
    work(now=before(0))
    (message,) = mailoutbox
    assert ORIGIN + reverse("reports:submission-edit", args=[opened.period, liaison.unit_id]) in message.body
    assert f"{ORIGIN}/notices/" in message.body


def test_an_accepted_report_is_told_in_the_morning_to_who_wants_it(opened, unit, liaison, secretariat, mailoutbox):
    UserFactory(role="liaison", unit=unit, email="khong@example.vn", wants_notices=False)
    night = morning(DUE - dt.timedelta(days=3), 22)
    version = actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=before(9)
    )
    submission = version.submission
    actions.accept(submission=submission, revision=submission.revision, by=secretariat, now=night, origin=ORIGIN)
    work(now=night)
    assert mailoutbox == []
    work(now=after_quiet_hours(night))
    assert [message.to for message in mailoutbox] == [[liaison.email]]
    assert after_quiet_hours(night) == morning(DUE - dt.timedelta(days=2), 7)


def test_the_command_tells_how_many(opened, liaison, capsys):
    call_command("send_notices")
    assert "notices were posted" in capsys.readouterr().out


def test_the_text_for_zalo_has_the_link_and_no_figures_and_the_trail_tells(as_user, opened, unit, liaison, secretariat):
    client = as_user(secretariat)
    assert "Chép để gửi Zalo" in client.get(opened.get_absolute_url()).content.decode()
    page = client.post(f"/rounds/2022-H1/copy/{unit.pk}/").content.decode()
    assert unit.name in page
    assert "20/07/2022" in page
    assert f"http://testserver{reverse('reports:submission-edit', args=[opened.period, unit.pk])}" in page
    assert AuditEntry.objects.get(verb="reminder.copied").unit_id == unit.pk


def left():
    return sorted(Letter.objects.exclude(state="withdrawn").values_list("address", flat=True))


def test_who_sends_the_report_is_neither_reminded_nor_told_by_what_still_waits(
    opened, unit, liaison, other_liaison, secretariat
):
    tell(before(0))
    reminders.remind(round_=opened, people=[liaison, other_liaison], origin=ORIGIN, by=secretariat, now=before(0))
    actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=before(0)
    )
    assert left() == [other_liaison.email] * 2


def test_what_a_report_was_is_not_told_once_it_has_moved_on(opened, unit, liaison, secretariat):
    now, values = before(3), {"origin": ORIGIN, "by": secretariat, "now": before(3)}
    sent = actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=now
    ).submission
    accepted = actions.accept(submission=sent, revision=sent.revision, **values)
    returned = actions.reopen(submission=accepted, comment="Sai", revision=accepted.revision, **values)
    assert dict(Letter.objects.values_list("kind", "state")) == {"notice": "withdrawn", "returned": "waiting"}
    actions.submit(
        round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=returned.revision, by=liaison, now=now
    )
    assert left() == []


@pytest.mark.parametrize("what", ["moved", "removed"])
def test_a_due_date_that_isnt_so_any_more_is_not_told(opened, liaison, secretariat, what):
    tell(before(0))
    if what == "moved":
        later = DUE + dt.timedelta(days=9)
        actions.change_due_date(round_=opened, due_on=later, revision=opened.revision, by=secretariat, now=before(0))
    else:
        actions.remove_round(round_=opened, by=secretariat, now=before(0))
    assert left() == []


def test_who_has_no_account_any_more_is_told_nothing(opened, liaison, other_liaison, secretariat):
    tell(before(0))
    deactivate_person(liaison, by=secretariat, now=before(0))
    assert left() == [other_liaison.email]
