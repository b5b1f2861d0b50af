"""Rounds are opened with their own dates; the board tells who has reported."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from cluster_portal.periods import CutOffRule, Period
from members.models import AuditEntry, User
from reports.comparison.period_states import state_of
from reports.comparison.summarise import summarise
from reports.content import SubmissionContent
from reports.models import ReportingRound, Submission
from reports.submissions import actions, reminders
from reports.submissions.board import build_board
from reports.submissions.due_dates import due_date_fault, proposed_dates, span_faults
from tests.support.factories import NOW, RoundFactory, UnitFactory
from tests.support.mail_servers import REFUSED
from tests.support.refusing import refusal
from tests.support.reporting import DRUGS, THEFT, accepted_report, the_round
from tests.support.worker import work

DUE = dt.date(2022, 7, 7)


def test_the_cut_off_rule_proposes_the_dates():
    assert proposed_dates(Period(2022, 1), CutOffRule.STATE_REPORTING) == {
        "starts_on": dt.date(2021, 12, 15),
        "ends_on": dt.date(2022, 6, 14),
        "due_on": dt.date(2022, 6, 21),
    }


SOON = timezone.localdate() + dt.timedelta(days=30)


def dates(**changed):
    return {"period": "2022-H1", "starts_on": "2022-01-01", "ends_on": "2022-06-30", "due_on": str(SOON), **changed}


def test_the_secretariat_opens_a_round(as_user, secretariat, cluster):
    as_user(secretariat).post(reverse("reports:round-open"), dates())
    assert ReportingRound.objects.get().period == Period(2022, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "2022-06-30"), ("ends_on", "2021-12-31"), ("period", "2022"), ("period", "nửa đầu"), ("starts_on", "")],
)
def test_faulty_dates_are_told_beside_the_field(as_user, secretariat, cluster, field, value):
    response = as_user(secretariat).post(reverse("reports:round-open"), dates(**{field: value}))
    assert list(response.context["form"].errors) == [field]
    assert not ReportingRound.objects.exists()


def test_a_due_date_on_the_weekend_after_a_friday_is_too_early():
    fault = due_date_fault(dt.date(2022, 7, 1), dt.date(2022, 7, 3), today=dt.date(2022, 7, 1))
    assert "04/07/2022" in fault


@pytest.mark.parametrize("name", ["round-open", "round-due-date"])
def test_a_due_date_is_not_past(as_user, secretariat, cluster, name):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    opened = RoundFactory(period=Period(2021, 1))
    url = reverse(f"reports:{name}", args=[opened.period] if name == "round-due-date" else [])
    response = as_user(secretariat).post(url, dates(due_on=str(yesterday), revision=1))
    assert list(response.context["form"].errors) == ["due_on"]
    assert response.context["form"]["due_on"].value() == str(yesterday)


def test_a_due_date_that_is_past_already_is_proposed_for_later():
    today = dt.date(2022, 9, 1)
    assert proposed_dates(Period(2022, 1), CutOffRule.CALENDAR, today=today)["due_on"] == dt.date(2022, 9, 8)


def test_a_period_has_one_round(as_user, secretariat, cluster):
    RoundFactory()
    response = as_user(secretariat).post(reverse("reports:round-open"), dates())
    assert response.context["form"].errors == {"period": ["Kỳ này đã có đợt báo cáo."]}


def test_a_half_year_without_a_round_is_chosen_by_name_and_its_dates_are_proposed(as_user, secretariat, cluster):
    current, ended, *_earlier = Period.latest_halves(timezone.localdate(), CutOffRule.CALENDAR)
    RoundFactory(period=ended)
    form = as_user(secretariat).get(reverse("reports:round-open"), {"period": str(ended.previous)}).context["form"]
    offered = form.fields["period"].widget.choices
    assert offered[:2] == [(str(half), capfirst(half.label)) for half in (current, ended.previous)]
    assert form["ends_on"].value() == ended.previous.last_day(CutOffRule.CALENDAR)


@pytest.mark.parametrize("asked", ["", "2022-H9", "1066-H1"])
def test_the_half_year_that_ended_last_is_proposed(as_user, secretariat, cluster, asked):
    _current, ended, *_earlier = Period.latest_halves(timezone.localdate(), CutOffRule.CALENDAR)
    form = as_user(secretariat).get(reverse("reports:round-open"), {"period": asked}).context["form"]
    assert form["period"].value() == ended


def test_the_rounds_stand_newest_first(as_user, secretariat, cluster):
    for period in ("2021-H2", "2022-H1", "2019-H1"):
        RoundFactory(period=Period.parse(period))
    rounds = as_user(secretariat).get(reverse("reports:round-list")).context["rounds"]
    assert [str(opened.period) for opened in rounds] == ["2022-H1", "2021-H2", "2019-H1"]


def test_two_people_do_not_overwrite_each_others_due_date(as_user, secretariat, cluster):
    opened = RoundFactory()
    url = reverse("reports:round-due-date", args=[opened.period])
    client = as_user(secretariat)
    client.post(url, {"due_on": str(SOON), "revision": 1})
    response = client.post(url, {"due_on": str(SOON + dt.timedelta(days=4)), "revision": 1})
    opened.refresh_from_db()
    assert opened.due_on == SOON
    assert "due_on" in response.context["form"].errors


def test_members_on_the_cut_off_day_are_expected(db):
    opened = RoundFactory()
    member = UnitFactory(joined_on=opened.ends_on)
    UnitFactory(joined_on=opened.ends_on + dt.timedelta(days=1))
    UnitFactory(left_on=opened.ends_on)
    assert list(opened.expected_units()) == [member]
    assert list(ReportingRound.objects.expecting(member)) == [opened]


def test_who_left_before_the_cut_off_day_owes_no_report_that_was_only_begun(as_user, secretariat, unit):
    """“2/3 … chưa có số liệu kỳ này: Xã Rời”; the period could never be complete."""
    accepted_report(unit, "2022-H1", {THEFT: 4})
    opened = the_round("2022-H1")
    left = UnitFactory(name="Xã Rời", left_on=dt.date(2022, 3, 1))
    begun = Submission.objects.create(unit=left, round=opened, typed={"section__tasks": "Đã viết"})
    assert list(opened.expected_units()) == [unit]
    assert not ReportingRound.objects.expecting(left).exists()
    assert state_of(opened.period).is_complete
    found = summarise(current=opened.period)
    assert (found.coverage.current, found.coverage.expected) == (1, 1)
    assert "Xã Rời" not in as_user(secretariat).get(opened.get_absolute_url()).content.decode()
    assert "Đã viết" in as_user(secretariat).get(f"{begun.get_absolute_url()}edit/?step=tasks").content.decode()


def test_who_left_and_sent_a_report_all_the_same_is_waited_for(unit):
    accepted_report(unit, "2022-H1", {THEFT: 4})
    opened = the_round("2022-H1")
    left = UnitFactory(left_on=dt.date(2022, 3, 1))
    Submission.objects.create(unit=left, round=opened, status="submitted")
    assert set(opened.expected_units()) == {unit, left}
    assert state_of(opened.period).progress == "1/2 báo cáo đã tiếp nhận"


def test_the_board_tells_where_each_unit_stands(unit, other_unit, liaison, secretariat):
    opened = RoundFactory(due_on=DUE)
    third = UnitFactory(order=3)
    actions.save_typed(round_=opened, unit=unit, typed={}, revision=0, by=liaison, now=NOW)
    late = NOW.replace(day=8)
    actions.submit(
        round_=opened, unit=other_unit, typed={}, content=SubmissionContent(), revision=0, by=secretariat, now=late
    )
    rows = build_board(opened, today=DUE + dt.timedelta(days=1)).rows
    assert [(row.unit_id, row.status, row.is_overdue, row.is_late) for row in rows] == [
        (unit.pk, "draft", True, False),
        (other_unit.pk, "submitted", False, True),
        (third.pk, "not_started", True, False),
    ]


def test_a_sum_of_cases_with_blanks_is_at_least(as_user, secretariat, cluster, unit, other_unit):
    """“5 vụ báo cáo” of a table of an earlier year that left the drugs blank."""
    accepted_report(unit, "2022-H1", {THEFT: 5, DRUGS: {"solved": 1}})
    accepted_report(other_unit, "2022-H1", {THEFT: 4})
    client, opened = as_user(secretariat), ReportingRound.objects.get()
    board = build_board(opened, today=DUE)
    assert ([row.cases for row in board.rows], board.cases) == (["≥ 5", "4"], "≥ 9")
    assert "báo cáo ≥ 9 vụ" in client.get(opened.get_absolute_url()).text
    assert "≥ 5" in client.get(f"/units/{unit.pk}/reports/").text


def test_before_any_report_there_are_no_cases_to_tell(as_user, secretariat, cluster, unit):
    """“0 vụ báo cáo”."""
    page = as_user(secretariat).get(RoundFactory().get_absolute_url()).text
    assert "báo cáo 0 vụ" not in page
    assert "chưa có số liệu, " in page


def test_nobody_is_overdue_on_the_due_date(unit):
    opened = RoundFactory(due_on=DUE)
    assert build_board(opened, today=DUE).overdue == ()


def test_a_filter_leaves_the_units_of_one_status(as_user, secretariat, cluster, unit, other_unit, liaison):
    opened = RoundFactory()
    actions.save_typed(round_=opened, unit=unit, typed={}, revision=0, by=liaison, now=NOW)
    response = as_user(secretariat).get(opened.get_absolute_url(), {"status": "draft"})
    assert [row.unit_id for row in response.context["rows"]] == [unit.pk]


@pytest.mark.parametrize("units", [1, 3, 28])
def test_the_board_takes_the_same_queries_for_any_number_of_units(
    as_user, secretariat, cluster, django_assert_num_queries, units
):
    opened = RoundFactory()
    for unit in UnitFactory.create_batch(units):
        Submission.objects.create(round=opened, unit=unit)
    client = as_user(secretariat)
    with django_assert_num_queries(17):
        client.get(opened.get_absolute_url())


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_list_of_rounds_takes_the_same_queries(as_user, secretariat, cluster, django_assert_num_queries, rounds):
    for year in range(2020, 2020 + rounds):
        RoundFactory(period=Period(year, 1))
    client = as_user(secretariat)
    with django_assert_num_queries(5):
        client.get(reverse("reports:round-list"))


def test_only_units_whose_report_is_still_with_them_are_reminded(
    as_user, secretariat, liaison, other_liaison, unit, cluster, mailoutbox
):
    opened = RoundFactory()
    actions.submit(round_=opened, unit=unit, typed={}, content=SubmissionContent(), revision=0, by=liaison, now=NOW)
    remind(as_user(secretariat), opened)
    assert [message.to for message in mailoutbox] == [[other_liaison.email]]
    assert reverse("reports:submission-edit", args=[opened.period, other_liaison.unit_id]) in mailoutbox[0].body


def remind(client, opened):
    """Press the button; what the board says, and what it says once the worker was there."""
    said = client.post(reverse("reports:round-remind", args=[opened.period]), follow=True).content.decode()
    work()
    return said, client.get(opened.get_absolute_url()).content.decode()


def test_a_mail_server_that_is_away_is_told_and_leaves_no_trace(as_user, secretariat, liaison, cluster, settings):
    settings.EMAIL_BACKEND = "members.infrastructure.outbox.server.Backend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    _said, later = remind(as_user(secretariat), RoundFactory())
    assert "1 chờ gửi" in later
    assert not AuditEntry.objects.filter(verb="round.reminded").exists()


def test_a_refused_address_keeps_no_reminder_from_the_others(
    as_user, secretariat, liaison, other_liaison, cluster, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Picky"
    User.objects.filter(pk=liaison.pk).update(email=REFUSED)
    client, opened = as_user(secretariat), RoundFactory()
    said, later = remind(client, opened)
    assert [message.to for message in mailoutbox] == [[other_liaison.email]]
    assert AuditEntry.objects.get(verb="round.reminded").changes["recipients"][1] == ["Đầu Mối Hai (Xã Thử Hai)"]
    assert "Đang gửi 2 thư nhắc." in said
    assert "1 đã gửi" in later
    assert "1 cần xử lý" in later
    assert "Đầu Mối Một" in client.get("/mail/?state=look").content.decode()


def test_who_was_refused_is_tried_again_by_another_click_and_nobody_else(
    as_user, secretariat, liaison, other_liaison, cluster, settings, mailoutbox
):
    settings.EMAIL_BACKEND = "tests.support.mail_servers.Picky"
    User.objects.filter(pk=liaison.pk).update(email=REFUSED)
    client, opened = as_user(secretariat), RoundFactory()
    remind(client, opened)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    said, _later = remind(client, opened)
    assert "Đang gửi 1 thư nhắc." in said
    assert sorted(message.to[0] for message in mailoutbox) == sorted([REFUSED, other_liaison.email])


def test_nobody_is_reminded_twice_a_day_however_often_it_is_asked(
    as_user, secretariat, liaison, other_liaison, cluster, mailoutbox
):
    client, opened = as_user(secretariat), RoundFactory()
    pages = [remind(client, opened)[0] for _click in range(3)]
    assert sorted(message.to[0] for message in mailoutbox) == sorted([liaison.email, other_liaison.email])
    assert ["Đang gửi 2 thư nhắc." in page for page in pages] == [True, False, False]
    assert "đã được nhắc trong hôm nay" in pages[2]


def test_the_next_day_everybody_concerned_is_reminded_again(secretariat, liaison, other_liaison, cluster):
    opened, people = RoundFactory(), [liaison, other_liaison]

    def reminded(people, now):
        return reminders.remind(round_=opened, people=people, origin="", by=secretariat, now=now)

    assert reminded([liaison], NOW) == 1
    assert reminded(people, NOW) == 1
    assert reminded(people, NOW + dt.timedelta(days=1)) == 2


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "faulty"),
    [
        ("2010-01-01", "2011-06-30", {"starts_on", "ends_on"}),
        ("2026-07-01", "2029-12-30", {"ends_on"}),
        ("2020-01-01", "2026-12-31", {"starts_on"}),
        ("2026-07-01", "2026-07-02", {"ends_on"}),
    ],
)
def test_a_round_runs_over_its_half_year(as_user, secretariat, cluster, starts_on, ends_on, faulty):
    typed = {"period": "2026-H2", "starts_on": starts_on, "ends_on": ends_on, "due_on": "9999-12-31"}
    page = as_user(secretariat).post("/rounds/open/", typed)
    form = page.context["form"]
    assert {name for name, told in form.errors.items() if "không thuộc kỳ báo cáo" in told[0]} == faulty
    assert form["starts_on"].value() == starts_on
    assert not ReportingRound.objects.exists()


@pytest.mark.parametrize("rule", CutOffRule)
def test_the_days_of_either_rule_belong_to_the_half_year(rule):
    for half in (Period(2026, 1), Period(2026, 2)):
        assert span_faults(half, half.first_day(rule), half.last_day(rule)) == {}


@pytest.mark.parametrize("path", ["round-remind", "round-reminder-copy"])
def test_nobody_is_reminded_once_the_round_is_closed(as_user, secretariat, cluster, unit, path):
    opened = RoundFactory(closed_at=NOW, close_reason="Còn thiếu báo cáo")
    client = as_user(secretariat)
    page = client.get(opened.get_absolute_url()).content.decode()
    args = [opened.period] if path == "round-remind" else [opened.period, unit.pk]
    address = reverse(f"reports:{path}", args=args)
    assert address not in page
    assert "không nhắc" in refusal(client.post(address))


@pytest.mark.parametrize("name", ["round-open", "round-due-date"])
def test_a_due_date_is_not_years_ahead(as_user, secretariat, cluster, name):
    opened = RoundFactory(period=Period(2021, 1))
    url = reverse(f"reports:{name}", args=[opened.period] if name == "round-due-date" else [])
    response = as_user(secretariat).post(url, dates(due_on="31/12/2999", revision=1))
    assert list(response.context["form"].errors) == ["due_on"]
    assert response.context["form"]["due_on"].value() == "31/12/2999"


@pytest.mark.parametrize("year", [2031, 2999])
def test_no_round_is_opened_for_a_half_year_that_has_not_begun(as_user, secretariat, cluster, year):
    """Its address may be typed, though the form doesn't offer it."""
    days = {"starts_on": f"{year}-01-01", "ends_on": f"{year}-06-30", "due_on": f"{year}-07-09"}
    form = as_user(secretariat).post("/rounds/open/", {"period": f"{year}-H1", **days}).context["form"]
    assert "chưa bắt đầu" in form.errors["period"][0]
    assert not ReportingRound.objects.exists()
