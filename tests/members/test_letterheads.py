"""Letterheads that hold from a day on: a December paper prints the old head in January."""

import datetime as dt

import pytest

from meetings.forms.planning import proposed_plan
from meetings.papers.issuable import CONCLUSION, INVITATION, MINUTES, issuable
from meetings.papers.paper import meeting_paper
from members.actions import begin_letterhead, change_letterhead, remove_letterhead
from members.infrastructure.refusals import Refused
from members.letterhead import build_letterhead
from members.models import AuditEntry, Cluster, DatedLetterhead, LeadTerm
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting

NEW = {
    "starts_on": dt.date(2026, 1, 1),
    "issuer_line": "CỤM DO XÃ MỚI CHỦ TRÌ",
    "place": "Đa Phúc",
    "notation_suffix": "CM",
    "signer_capacity": "CỤM TRƯỞNG",
    "signer_name": "Trần Thị Mới",
    "contact": "Văn phòng xã mới",
}


@pytest.fixture
def letterhead(cluster, secretariat):
    return begin_letterhead(values=NEW, by=secretariat, now=NOW)


@pytest.mark.parametrize(
    ("day", "issuer"),
    [(dt.date(2025, 12, 31), None), (dt.date(2026, 1, 1), "CỤM DO XÃ MỚI CHỦ TRÌ"), (None, "CỤM DO XÃ MỚI CHỦ TRÌ")],
    ids=["the day before", "its first day", "without a day: today"],
)
def test_a_paper_prints_the_head_of_its_day(cluster, letterhead, day, issuer):
    assert build_letterhead(cluster, on=day).issuer == (issuer or cluster.issuer_line)


def test_the_newest_that_has_begun_holds(cluster, letterhead, secretariat):
    later = {**NEW, "starts_on": dt.date(2027, 1, 1), "signer_name": "Ba"}
    begin_letterhead(values=later, by=secretariat, now=NOW)

    names = [build_letterhead(cluster, on=dt.date(year, 6, 1)).signer_name for year in (2025, 2026, 2027)]

    assert names == [cluster.signer_name, "Trần Thị Mới", "Ba"]


def test_papers_of_a_december_meeting_keep_the_old_head(letterhead, unit, secretariat):
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2025, 12, 29))
    paper = meeting_paper(meeting)
    meeting.invitation_date = dt.date(2026, 1, 2)

    told = {kind.code: issuable(kind, paper).head.letterhead.issuer for kind in (MINUTES, CONCLUSION)}

    assert told == dict.fromkeys(("BB", "TB"), Cluster.get().issuer_line)
    assert issuable(INVITATION, meeting_paper(meeting)).head.letterhead.issuer == NEW["issuer_line"]
    assert meeting_paper(meeting).contact == "Văn phòng xã mới"


def test_two_can_not_begin_on_one_day(letterhead, secretariat):
    with pytest.raises(Refused) as refused:
        begin_letterhead(values=NEW, by=secretariat, now=NOW)
    assert refused.value.fields == ("starts_on",)


def test_changing_and_taking_back_leave_a_trace(cluster, letterhead, secretariat):
    change_letterhead(letterhead, values={"place": "Sóc Sơn"}, revision=1, by=secretariat, now=NOW)
    remove_letterhead(letterhead, by=secretariat, now=NOW)

    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["letterhead.begun", "letterhead.changed", "letterhead.removed"]
    assert build_letterhead(cluster, on=dt.date(2026, 6, 1)).issuer == cluster.issuer_line


def sent(**values):
    return {**NEW, "starts_on": "01/01/2026", "signer_authority": "", **values}


def test_the_page_begins_with_what_is_printed_today(as_user, secretariat, cluster):
    page = as_user(secretariat).get("/cluster/letterheads/new/")
    assert page.context["form"].initial["issuer_line"] == cluster.issuer_line


def test_it_is_added_changed_and_taken_back_on_its_pages(as_user, secretariat, cluster):
    client = as_user(secretariat)

    client.post("/cluster/letterheads/new/", sent())
    row = DatedLetterhead.objects.get()
    assert "từ ngày 01/01/2026" in client.get("/cluster/").content.decode()

    client.post(f"/cluster/letterheads/{row.pk}/", sent(signer_name="Lê Văn Khác", revision=1))
    row.refresh_from_db()
    assert (row.signer_name, row.revision) == ("Lê Văn Khác", 2)

    client.post(f"/cluster/letterheads/{row.pk}/remove/")
    assert not DatedLetterhead.objects.exists()


@pytest.mark.parametrize("wrong", [{"issuer_line": ""}, {"signer_authority": "KT."}, {"starts_on": "01/01/2062"}])
def test_what_is_wrong_is_told_and_what_was_typed_stays(as_user, secretariat, cluster, wrong):
    response = as_user(secretariat).post("/cluster/letterheads/new/", sent(**wrong))

    assert response.context["form"].errors
    assert "CỤM DO XÃ MỚI CHỦ TRÌ" in response.content.decode() or "issuer_line" in wrong


def test_of_two_who_change_it_the_second_is_told(as_user, secretariat, letterhead):
    change_letterhead(letterhead, values={"place": "Nơi khác"}, revision=1, by=secretariat, now=NOW)

    response = as_user(secretariat).post(f"/cluster/letterheads/{letterhead.pk}/", sent(revision=1))

    assert "Nơi khác" in response.content.decode()


def test_the_next_meeting_is_planned_with_who_leads_by_then(letterhead, unit, other_unit, secretariat):
    planned_meeting(unit, secretariat, held_on=dt.date(2025, 8, 16), secretary_name="Thư Ký Cũ")
    LeadTerm.objects.create(unit=other_unit, role=LeadTerm.Role.LEAD, starts_on=dt.date(2026, 1, 1))

    plans = [proposed_plan(day) for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 2))]

    told = [(getattr(plan["host"], "pk", plan["host"]), plan["chair_name"], plan["secretary_name"]) for plan in plans]
    assert told == [(unit.pk, "Người Chủ Trì", "Thư Ký Cũ"), (other_unit.pk, "Trần Thị Mới", "")]


def test_another_unit_that_leads_is_the_next_host_without_another_letterhead(cluster, unit, other_unit, secretariat):
    planned_meeting(unit, secretariat, held_on=dt.date(2025, 8, 16), secretary_name="Thư Ký Cũ")
    LeadTerm.objects.create(unit=other_unit, role=LeadTerm.Role.LEAD, starts_on=dt.date(2026, 1, 1))

    plan = proposed_plan(dt.date(2026, 1, 2))

    assert (plan["host"], plan["secretary_name"]) == (other_unit.pk, "")


def test_a_letterhead_of_the_same_signer_changes_no_proposal(cluster, unit, secretariat):
    planned_meeting(unit, secretariat, held_on=dt.date(2025, 8, 16), secretary_name="Thư Ký Cũ")
    same = {"signer_name": cluster.signer_name, "signer_post": cluster.signer_post, "signer_rank": cluster.signer_rank}
    begin_letterhead(values={**NEW, **same}, by=secretariat, now=NOW)

    plan = proposed_plan(dt.date(2026, 1, 2))

    assert (plan["chair_name"], plan["secretary_name"]) == ("Người Chủ Trì", "Thư Ký Cũ")
