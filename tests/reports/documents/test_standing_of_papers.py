"""Papers of meetings: what was recorded since outdates them, an upgrade of the portal never."""

import datetime as dt

import pytest

from meetings.actions import planning
from meetings.actions.awards import edit_award
from meetings.actions.inviting import add_guest, remove_invitee
from meetings.actions.recording import edit_task, mark_presence, remove_task, set_task
from meetings.actions.speeches import withdraw_speech
from meetings.models import Award, Meeting
from meetings.papers.issuable import PAPER_KINDS
from meetings.papers.paper import MeetingPaper, meeting_paper
from meetings.papers.pdf_files import invitations
from members.infrastructure.refusals import Refused
from members.models import Unit
from reports.documents import actions
from reports.documents.standing import check_standing
from reports.models import DocumentDraft, Figure, IssuedDocument
from tests.support.documents import issue, issued_report, sign_off, signed_off_draft
from tests.support.factories import NOW
from tests.support.meetings import award_of, planned_meeting, speech_of, text_of
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=1)
#: As papers were fingerprinted before a fingerprint named its scheme: over their wording.
OVER_WORDING = "0" * 64


@pytest.fixture
def meeting(cluster, unit, other_unit, secretariat):
    earlier = NOW - dt.timedelta(days=9)
    record = {"conclusion": "Thống nhất.", "notes": "Ghi chép.", "secretary_name": "Người Ghi"}
    meeting = planning.plan_meeting(
        values={
            "title": "Hội nghị sơ kết",
            "period": "2022-H1",
            "held_on": NOW.date(),
            "starts_at": dt.time(8, 30),
            "ends_at": dt.time(11, 45),
            "place": "Hội trường",
            "host": unit,
            "chair_name": "Người Chủ Trì",
            **record,
        },
        by=secretariat,
        now=earlier,
    )
    meeting = Meeting.objects.get(pk=meeting.pk)
    add_guest(meeting=meeting, values={"name": "Khách"}, by=None, now=earlier)
    planning.hold_meeting(meeting=meeting, by=secretariat, now=earlier)
    meeting.attendances.update(presence="present")
    speech_of(unit, meeting)
    award_of(unit, meeting)
    set_task(meeting=meeting, values={"text": "Tuần tra"}, units=[], by=None, now=earlier)
    return Meeting.objects.get(pk=meeting.pk)


def issued_paper(meeting, kind):
    draft = actions.prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
    return issue(sign_off(draft))


def is_outdated(document, earlier_scheme):
    found = IssuedDocument.objects.get(pk=document.pk)
    found.fingerprint = OVER_WORDING if earlier_scheme else found.fingerprint
    return check_standing(found).is_outdated


def edited(meeting, now=LATER, **values):
    current = Meeting.objects.get(pk=meeting.pk)
    planning.edit_meeting(meeting=current, values=values, revision=current.revision, by=None, now=now)


def settle_award(meeting, status):
    award = meeting.awards.get()
    edit_award(award=award, values={"status": status}, revision=award.revision, by=None, now=LATER)


def mark(meeting, presence):
    row = meeting.attendances.units().order_by("pk").first()
    mark_presence(attendance=row, presence=presence, represented_by="", by=None, now=LATER)


def change_task(meeting, **values):
    task = meeting.tasks.get()
    edit_task(task=task, values=values, units=Unit.objects.none(), revision=task.revision, by=None, now=LATER)


CHANGED = {
    "edited": lambda meeting: edited(meeting, notes="Ghi thêm."),
    "marked": lambda meeting: mark(meeting, "excused"),
    "granted": lambda meeting: settle_award(meeting, "granted"),
    "a task more": lambda meeting: set_task(meeting=meeting, values={"text": "Họp"}, units=[], by=None, now=LATER),
    "a task fewer": lambda meeting: remove_task(task=meeting.tasks.get(), by=None, now=LATER),
    "a task worded anew": lambda meeting: change_task(meeting, text="Tuần tra đêm"),
    "a speech fewer": lambda meeting: withdraw_speech(speech=meeting.speeches.get(), by=None, now=LATER),
    "a guest more": lambda meeting: add_guest(meeting=meeting, values={"name": "Nữa"}, by=None, now=LATER),
    "a guest fewer": lambda meeting: remove_invitee(attendance=meeting.attendances.guests().get(), by=None, now=LATER),
}
UNCHANGED = {
    "nothing": lambda meeting: None,
    "changed back": lambda meeting: (edited(meeting, notes="Khác."), edited(meeting, notes="Ghi chép.")),
    "a task done": lambda meeting: change_task(meeting, status="done"),
    "an award turned down": lambda meeting: settle_award(meeting, Award.Status.REFUSED),
    "not printed": lambda meeting: edited(meeting, byline="Người viết"),
    "another meeting": lambda meeting: withdraw_speech(
        speech=speech_of(meeting.host, planned_meeting(meeting.host, None)), by=None, now=LATER
    ),
}


@pytest.mark.parametrize("earlier_scheme", [False, True])
@pytest.mark.parametrize("act", CHANGED)
def test_minutes_are_outdated_by_what_was_recorded_since(meeting, act, earlier_scheme):
    document = issued_paper(meeting, "BB")
    CHANGED[act](meeting)
    assert is_outdated(document, earlier_scheme)


@pytest.mark.parametrize("earlier_scheme", [False, True])
@pytest.mark.parametrize("act", UNCHANGED)
def test_minutes_are_not_outdated_by_anything_else(meeting, act, earlier_scheme):
    document = issued_paper(meeting, "BB")
    UNCHANGED[act](meeting)
    assert not is_outdated(document, earlier_scheme)


@pytest.mark.parametrize("kind", ["GM", "BB", "TB"])
@pytest.mark.parametrize("earlier_scheme", [False, True])
def test_each_kind_is_outdated_by_its_own_facts_alone(meeting, kind, earlier_scheme):
    document = issued_paper(meeting, kind)
    mark(meeting, "absent")
    assert is_outdated(document, earlier_scheme) == (kind != "GM")
    edited(meeting, place="Nơi khác")
    assert is_outdated(document, earlier_scheme)


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_a_portal_that_words_it_otherwise_outdates_nothing(meeting, kind, monkeypatch):
    document = issued_paper(meeting, kind)
    monkeypatch.setattr("meetings.papers.paper.clock", "{:%Hh%M}".format)
    monkeypatch.setattr("meetings.models.appointment.clock", "{:%Hh%M}".format)
    monkeypatch.setattr("meetings.papers.paragraphs.full_stop", lambda line: f"{line}!")
    monkeypatch.setattr(MeetingPaper, "attendance_sentence", "đông đủ")
    assert not check_standing(document).is_outdated


def test_an_invitation_at_half_past_keeps_its_number_however_the_hour_is_worded(meeting, monkeypatch):
    issued_paper(meeting, "GM")
    monkeypatch.setattr("meetings.models.appointment.clock", "{:%Hh%M}".format)
    paper = meeting_paper(Meeting.objects.get(pk=meeting.pk))
    printed = text_of(invitations(paper, paper.units[:1]))
    assert ("01/GM" in printed, "08h30" in printed) == (True, True)


def test_a_fact_that_no_invitation_told_then_takes_no_number_away(meeting):
    issued_paper(meeting, "GM")
    says = Meeting.objects.get(pk=meeting.pk).invitation_says
    Meeting.objects.update(invitation_says={name: told for name, told in says.items() if name != "ends_at"})
    paper = meeting_paper(Meeting.objects.get(pk=meeting.pk))
    assert "01/GM" in text_of(invitations(paper, paper.units[:1]))


def test_a_paper_signed_off_before_an_upgrade_is_issued_after_it(meeting):
    draft = actions.prepare_paper(meeting=meeting, kind="BB", by=None, now=NOW)
    draft = sign_off(draft)
    DocumentDraft.objects.update(signed_off_fingerprint=OVER_WORDING)
    draft.refresh_from_db()
    assert issue(draft).notation == "01/BB-CĐBAT"


def test_a_paper_signed_off_before_an_upgrade_whose_record_changed_is_signed_off_again(meeting):
    draft = actions.prepare_paper(meeting=meeting, kind="BB", by=None, now=NOW)
    sign_off(draft)
    DocumentDraft.objects.update(signed_off_fingerprint=OVER_WORDING)
    edited(meeting, notes="Ghi thêm.")
    with pytest.raises(Refused, match="Nội dung đã thay đổi"):
        issue(DocumentDraft.objects.get())


@pytest.fixture
def reported(cluster, unit):
    for period, cases in (("2022-H1", 9), ("2021-H1", 4)):
        accepted_report(unit, period, {THEFT: cases})


def test_a_report_of_another_scheme_stands_while_its_figures_do(reported, unit):
    document = issued_report("2022-H1")
    document.fingerprint = f"figures-0:{OVER_WORDING}"
    unit.name, unit.order = "Xã đổi tên", 50
    unit.save()
    assert not check_standing(document).is_outdated
    Figure.objects.filter(cases=9).update(cases=8)
    assert check_standing(document).is_outdated


def test_a_report_issued_before_schemes_had_names_stands(reported):
    document = issued_report("2022-H1")
    document.fingerprint, document.summary = document.fingerprint.partition(":")[2], {}
    assert not check_standing(document).is_outdated


def test_a_report_signed_off_on_figures_nobody_can_tell_any_more_is_looked_at_again(reported, as_user, secretariat):
    draft = signed_off_draft("2022-H1")
    DocumentDraft.objects.update(signed_off_fingerprint=OVER_WORDING)
    page = as_user(secretariat).get(draft.get_absolute_url())
    assert "duyệt ở phiên bản trước" in page.context["sign_off_fault"]
    with pytest.raises(Refused, match="duyệt ở phiên bản trước"):
        issue(DocumentDraft.objects.get())
