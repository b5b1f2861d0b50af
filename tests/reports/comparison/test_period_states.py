"""How far a period is: nothing is compared, prepared or issued before it is complete."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from cluster_portal.periods import Period
from members.infrastructure.refusals import Refused
from members.models import AuditEntry
from reports.comparison.period_states import Stage, state_of, states_of
from reports.comparison.summarise import summarise
from reports.meeting_papers.summary import meeting_summary
from reports.models import DocumentDraft, ReportingRound, Submission
from reports.prose.narrative import narrative
from reports.submissions import actions
from tests.support.documents import issue, issued_report, prepared_draft, sign_off, signed_off_draft
from tests.support.factories import NOW, RoundFactory
from tests.support.meetings import planned_meeting, text_of
from tests.support.refusing import refusal
from tests.support.reporting import THEFT, accepted_report

H1, H2 = Period(2022, 1), Period(2022, 2)
REASON = "hai đơn vị đang sắp xếp lại"


@pytest.fixture
def round_of_two(cluster, unit, other_unit):
    """One of two reports is accepted, after a base that is whole."""
    for each in (unit, other_unit):
        accepted_report(each, "2021-H1", {THEFT: 300})
    accepted_report(unit, "2022-H1", {THEFT: 9})
    return ReportingRound.objects.get(period=H1)


def close(opened, secretariat, reason=REASON):
    opened.refresh_from_db()
    actions.close_round(round_=opened, reason=reason, revision=opened.revision, by=secretariat, now=NOW)
    opened.refresh_from_db()


def test_a_period_goes_from_unopened_to_complete(cluster, unit, other_unit):
    stages = [state_of(H1).stage]
    RoundFactory(period=H1)
    stages.append(state_of(H1).stage)
    for each in (unit, other_unit):
        accepted_report(each, "2022-H1", {THEFT: 1})
        stages.append(state_of(H1).stage)
    assert stages == [Stage.UNOPENED, Stage.OPEN, Stage.COLLECTING, Stage.COMPLETE]


def test_a_reason_makes_it_complete_and_is_printed(round_of_two, secretariat):
    close(round_of_two, secretariat)
    assert state_of(H1).is_complete
    (coverage,) = [passage for passage in narrative(summarise(current=H1)) if passage.code == "coverage"]
    assert f"Lý do sử dụng số liệu khi chưa đủ báo cáo: {REASON}." in coverage.paragraphs


def test_a_reason_is_not_printed_once_the_last_report_is_there(round_of_two, secretariat, other_unit):
    close(round_of_two, secretariat)
    accepted_report(other_unit, "2022-H1", {THEFT: 1})
    assert summarise(current=H1).incomplete_because == ""


def test_a_reason_is_taken_back_with_a_report_that_counted_when_it_was_given(
    round_of_two, secretariat, unit, other_unit
):
    close(round_of_two, secretariat)
    accepted_report(other_unit, "2022-H1", {THEFT: 1})
    first = Submission.objects.get(round=round_of_two, unit=unit)
    actions.reopen(submission=first, comment="Sai", revision=first.revision, by=secretariat, now=NOW)
    assert state_of(H1).stage is Stage.COLLECTING
    assert summarise(current=H1).incomplete_because == ""
    assert AuditEntry.objects.filter(verb="round.closing_undone").count() == 1
    with pytest.raises(Refused, match="1/2 báo cáo đã tiếp nhận"):
        prepared_draft()


def test_a_round_is_closed_only_with_a_reason(round_of_two):
    with pytest.raises(IntegrityError):
        ReportingRound.objects.filter(pk=round_of_two.pk).update(closed_at=NOW)


@pytest.mark.parametrize("accepted", [0, 2])
def test_there_is_nothing_to_close_without_figures_or_with_all(cluster, unit, other_unit, secretariat, accepted):
    opened = RoundFactory(period=H1)
    for each in (unit, other_unit)[:accepted]:
        accepted_report(each, "2022-H1", {THEFT: 1})
    with pytest.raises(Refused):
        close(opened, secretariat)


def test_closing_is_undone_while_nothing_was_built_on_it(round_of_two, secretariat):
    close(round_of_two, secretariat)
    actions.collect_on(round_=round_of_two, revision=round_of_two.revision, by=secretariat, now=NOW)
    assert state_of(H1).stage is Stage.COLLECTING
    close(round_of_two, secretariat)
    draft = signed_off_draft()
    with pytest.raises(Refused, match="đang được soạn"):
        actions.collect_on(round_=round_of_two, revision=round_of_two.revision, by=secretariat, now=NOW)
    issue(draft)
    with pytest.raises(Refused, match="01/BC-CĐBAT"):
        actions.collect_on(round_=round_of_two, revision=round_of_two.revision, by=secretariat, now=NOW)


def test_nothing_is_prepared_from_one_of_two_reports(round_of_two):
    with pytest.raises(Refused, match="1/2 báo cáo đã tiếp nhận"):
        prepared_draft()


def test_nothing_is_prepared_without_figures(cluster, unit):
    with pytest.raises(Refused, match="Kỳ này chưa có số liệu"):
        prepared_draft()


def test_what_became_incomplete_is_not_issued(round_of_two, secretariat, other_unit):
    last = accepted_report(other_unit, "2022-H1", {THEFT: 1})
    draft = signed_off_draft()
    actions.reopen(submission=last, comment="Sai", revision=last.revision, by=secretariat, now=NOW)
    with pytest.raises(Refused):
        issue(draft)
    with pytest.raises(Refused, match="đang được thu thập"):
        sign_off(draft)


def test_half_a_year_is_never_shown_as_a_year(as_user, chair, cluster, unit):
    for period in ("2021-H1", "2021-H2", "2022-H1"):
        accepted_report(unit, period, {THEFT: 9})
    assert "không so sánh được" in refusal(as_user(chair).get(reverse("reports:comparison-detail", args=["2022"])))
    with pytest.raises(Refused):
        prepared_draft("2022")
    assert not DocumentDraft.objects.exists()


def lacking(text, movements=("vụ, giảm", "vụ, tăng", "(100,00%)")):
    return [movement for movement in movements if movement not in text]


def test_a_year_is_never_set_against_half_a_year(as_user, chair, cluster, unit):
    """A cluster that began in a second half-year still reports on its first whole year."""
    for period in ("2021-H2", "2022-H1", "2022-H2"):
        accepted_report(unit, period, {THEFT: 9})
    page = as_user(chair).get(reverse("reports:comparison-detail", args=["2022"])).content.decode()
    assert "Chưa đủ số liệu cả hai kỳ năm 2021 để so sánh" in page
    assert lacking(page) == ["vụ, giảm", "vụ, tăng", "(100,00%)"]
    printed = text_of(as_user(chair).get(reverse("reports:comparison-pdf", args=["2022"])).content)
    assert "18 vụ" in printed
    assert lacking(printed) == ["vụ, giảm", "vụ, tăng", "(100,00%)"]
    assert str(issue(signed_off_draft("2022"))).startswith("01/BC")


def test_a_year_in_its_first_year_has_no_base_and_is_no_fault(as_user, chair, cluster, unit):
    for period in ("2022-H1", "2022-H2"):
        accepted_report(unit, period, {THEFT: 9})
    assert as_user(chair).get(reverse("reports:comparison-detail", args=["2022"])).status_code == 200
    assert states_of([Period(2022)]).obstacle(Period(2022)) == ""


def test_pages_show_the_last_complete_period(as_user, chair, round_of_two):
    client = as_user(chair)
    home = client.get("/").content.decode()
    assert "97,00%" not in home
    assert client.get(reverse("reports:comparison-list")).url == reverse("reports:comparison-detail", args=["2021-H1"])
    assert client.get(reverse("reports:trend-detail")).context["trend"].until == Period(2021, 1)
    asked = client.get(reverse("reports:comparison-detail", args=["2022-H1"])).content.decode()
    assert "1/2 báo cáo đã tiếp nhận" in asked


@pytest.mark.parametrize("name", ["reports:comparison-list", "reports:trend-detail"])
def test_before_any_is_complete_there_is_progress_only(as_user, chair, cluster, unit, other_unit, name):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    assert "1/2 báo cáo đã tiếp nhận" in as_user(chair).get(reverse(name)).content.decode()


def test_a_meeting_is_told_of_an_incomplete_period_only_how_far_it_is(round_of_two, unit, secretariat):
    meeting = planned_meeting(unit, None)
    assert meeting_summary(meeting).paragraphs == (
        "Số liệu 6 tháng đầu năm 2022 đang được tổng hợp: 1/2 đơn vị đã có báo cáo.",
    )
    assert meeting_summary(meeting).tables == ()
    close(round_of_two, secretariat)
    assert len(meeting_summary(meeting).tables) == 2


def test_an_annual_meeting_is_told_no_figure_of_half_a_year(cluster, unit):
    """“làm rõ ít nhất 12 vụ (0/3 đơn vị)…; tỷ lệ làm rõ đạt 100,00%”, under “TÌNH HÌNH NĂM 2022”."""
    for period in ("2021-H1", "2021-H2", "2022-H1"):
        accepted_report(unit, period, {THEFT: {"cases": 4, "solved": 4, "persons": 2}})
    told = meeting_summary(planned_meeting(unit, None, period=Period(2022), kind="annual"))
    assert told.paragraphs == ("Chưa đủ số liệu năm 2022: chưa có số liệu 6 tháng cuối năm 2022.",)
    assert told.tables == ()
    written = {passage.code: passage.paragraphs for passage in narrative(summarise(current=Period(2022)))}
    assert set(written) == {"general", "coverage"}
    assert written["general"] == told.paragraphs


def test_the_secretariat_closes_a_round_on_its_page(as_user, secretariat, round_of_two):
    client = as_user(secretariat)
    address = reverse("reports:round-close", args=["2022-H1"])
    data = {"close_reason": "", "revision": round_of_two.revision}
    assert "close_reason" in client.post(address, data).context["form"].errors
    assert client.post(address, data | {"close_reason": REASON}).status_code == 302
    board = client.get(round_of_two.get_absolute_url()).content.decode()
    assert REASON in board
    client.post(reverse("reports:round-collect-on", args=["2022-H1"]), {"revision": round_of_two.revision + 1})
    assert REASON not in client.get(round_of_two.get_absolute_url()).content.decode()


def test_a_round_opened_by_mistake_is_taken_back(as_user, secretariat, cluster, unit):
    opened = RoundFactory(period=H1)
    as_user(secretariat).post(reverse("reports:round-remove", args=["2022-H1"]))
    assert not ReportingRound.objects.filter(pk=opened.pk).exists()


def test_a_round_in_which_somebody_has_begun_stays(as_user, secretariat, liaison, unit, cluster):
    opened = RoundFactory(period=H1)
    actions.save_typed(round_=opened, unit=unit, typed={}, revision=0, by=liaison, now=NOW)
    told = refusal(as_user(secretariat).post(reverse("reports:round-remove", args=["2022-H1"])))
    assert unit.short_name in told
    assert ReportingRound.objects.filter(pk=opened.pk).exists()


def test_once_issued_nobody_is_reminded(as_user, secretariat, round_of_two):
    remind = reverse("reports:round-remind", args=["2022-H1"])
    client = as_user(secretariat)
    assert remind in client.get(round_of_two.get_absolute_url()).content.decode()
    close(round_of_two, secretariat)
    issued_report()
    page = client.get(round_of_two.get_absolute_url()).content.decode()
    assert remind not in page
    assert "01/BC-CĐBAT" in page
    assert "01/BC-CĐBAT" in refusal(client.post(remind))
