"""The papers of a meeting that are issued with a number: invitation, minutes, conclusion notice."""

import datetime as dt
import io
import re

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from meetings.actions import planning
from meetings.actions.inviting import add_guest, announce_meeting
from meetings.models import Meeting, Task
from meetings.papers.issuable import PAPER_KINDS
from meetings.papers.paper import meeting_paper
from meetings.papers.pdf_files import invitations
from members.infrastructure.refusals import Refused
from reports.documents import actions
from reports.documents.content import compose_content, write_files
from reports.documents.kinds import kind_of
from reports.documents.standing import check_standing, paper_progress
from reports.meeting_papers.folder import folder_files
from reports.models import DocumentDraft, IssuedDocument
from tests.support.documents import issue, issued_report, sign_off
from tests.support.factories import NOW
from tests.support.meetings import planned_meeting, text_of, words_of_docx, words_of_pdf
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cluster, unit, secretariat):
    record = {"conclusion": "Thống nhất các nội dung đã nêu.", "secretary_name": "Người Ghi"}
    return planned_meeting(unit, secretariat, held_on=dt.date(2022, 7, 4), **record)


@pytest.fixture
def held(meeting, secretariat):
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    meeting.attendances.update(presence="present")
    return meeting


def signed_off_paper(meeting, kind):
    draft = actions.prepare_paper(meeting=meeting, kind=kind, by=None, now=NOW)
    return sign_off(draft)


def change_record(meeting, **values):
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=None, now=NOW)


def test_an_invitation_is_read_in_the_words_it_prints(meeting):
    add_guest(meeting=meeting, values={"name": "Khách Thử", "title": "Trưởng phòng"}, by=None, now=NOW)
    draft = actions.prepare_paper(meeting=meeting, kind="GM", by=None, now=NOW)
    content = compose_content(draft)
    _subject, letter, invited = kind_of(draft).parts(content)
    assert [line.rpartition("mời: ")[2] for line in invited.lines] == [line.addressed for line in content.invitees]
    assert "Xã Thử Một" in invited.lines[0]
    assert "Thời gian: 08 giờ, ngày 04 tháng 7 năm 2022." in letter.lines
    printed = {line.text for letter in content.letters for line in letter}
    assert {*letter.lines, *invited.lines} == printed


@pytest.mark.parametrize(("kind", "line"), [("GM", "- Như trên;"), ("BB", "- Lưu: VT, hồ sơ hội nghị."), ("TB", "")])
def test_a_paper_is_read_with_the_recipients_it_prints(held, kind, line, as_user, chair):
    draft = actions.prepare_paper(meeting=held, kind=kind, by=None, now=NOW)
    page = as_user(chair).get(reverse("reports:draft-read", args=[draft.pk])).text
    (printed,) = re.findall(r"Nơi nhận:</p>(.*?)</div>", page)
    assert (line or "".join(meeting_paper(held).letterhead.recipient_lines[:1])) in printed
    assert ("hồ sơ hội nghị" in printed) == (kind == "BB")


def test_each_kind_has_a_series_of_its_own(held, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    report = issued_report()
    papers = [issue(signed_off_paper(held, kind)) for kind in PAPER_KINDS]
    notations = [document.notation for document in (report, *papers)]
    assert {"01/BC-CĐBAT", "01/GM-CĐBAT", "01/BB-CĐBAT", "01/TB-CĐBAT"} <= set(notations)
    assert notations == [f"01/{kind}-CĐBAT" for kind in ("BC", *PAPER_KINDS)]


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_the_paper_carries_its_number_and_code_and_is_kept_as_pdf_a_3(held, kind):
    document = issue(signed_off_paper(held, kind), write=write_files)
    reading, keeping = (bytes(file.content) for file in document.files.filter(form__in=["pdf", "pdfa"]))
    assert [f"Số: 01/{kind}-CĐBAT" in text_of(file) for file in (reading, keeping)] == [True, True]
    assert document.code in text_of(reading)
    metadata = pypdf.PdfReader(io.BytesIO(keeping)).root_object["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part\W+3\b", metadata)


@pytest.mark.parametrize("kind", [code for code, kind in PAPER_KINDS.items() if kind.write])
def test_written_papers_are_issued_as_word_files_that_say_the_same(held, kind):
    document = issue(signed_off_paper(held, kind), write=write_files)
    docx, pdf = (bytes(document.files.get(form=form).content) for form in ("docx", "pdf"))
    in_word, in_pdf = words_of_docx(docx), words_of_pdf(pdf)
    assert f"01/{kind}-CĐBAT".casefold() in in_word
    assert set(in_word - in_pdf) == set()


def test_minutes_are_dated_in_the_archive_but_not_on_paper(held):
    Meeting.objects.update(held_on=dt.date(2022, 7, 1))
    held.refresh_from_db()
    document = issue(signed_off_paper(held, "BB"), write=write_files)
    assert document.issued_on == dt.date(2022, 7, 4)
    assert "ngày 04 tháng 7 năm 2022" not in text_of(bytes(document.files.get(form="pdf").content))


@pytest.mark.parametrize(("kind", "signer"), [("GM", "Người Ký"), ("TB", "Người Ký"), ("BB", "Người Chủ Trì")])
def test_the_chair_answers_for_the_minutes_the_clusters_signer_for_the_rest(held, cluster, kind, signer):
    cluster.signer_name = "Người Ký"
    cluster.save(update_fields=["signer_name"])
    assert issue(signed_off_paper(held, kind)).signer_name == signer


@pytest.mark.parametrize("kind", ["BB", "TB"])
def test_what_was_not_held_has_neither_minutes_nor_a_notice(meeting, kind):
    with pytest.raises(Refused, match="chưa diễn ra"):
        signed_off_paper(meeting, kind)


def test_a_notice_without_a_conclusion_is_not_signed_off(held):
    change_record(held, conclusion="")
    held.attendances.update(presence="")
    with pytest.raises(Refused, match="Chưa ghi kết luận"):
        signed_off_paper(held, "TB")


def test_a_record_that_changed_since_the_sign_off_stops_the_issue(held):
    draft = signed_off_paper(held, "BB")
    change_record(held, notes="Bổ sung một ý kiến.")
    draft.refresh_from_db()
    with pytest.raises(Refused, match="Nội dung đã thay đổi"):
        issue(draft)


def test_a_record_that_changes_later_leaves_the_paper_and_is_told(held):
    document = issue(signed_off_paper(held, "BB"), write=write_files)
    before = document.files.get(form="pdf").sha256
    assert not check_standing(document).is_outdated
    change_record(held, notes="Bổ sung một ý kiến.")
    document = IssuedDocument.objects.get()
    assert check_standing(document).is_outdated
    assert document.files.get(form="pdf").sha256 == before


def test_how_a_task_goes_on_does_not_outdate_the_minutes(held):
    task = Task.objects.create(meeting=held, text="Tăng cường tuần tra")
    document = issue(signed_off_paper(held, "BB"))
    task.status = Task.Status.DONE
    task.save(update_fields=["status"])
    assert not check_standing(document).is_outdated


def test_each_invitation_printed_later_carries_the_number_it_was_issued_with(meeting):
    issue(signed_off_paper(meeting, "GM"))
    meeting.refresh_from_db()
    paper = meeting_paper(meeting)
    text = text_of(invitations(paper, paper.units[:1]))
    assert "Số: 01/GM-CĐBAT" in text
    assert "ngày 04 tháng 7 năm 2022" in text


@pytest.mark.parametrize("changed", [{"held_on": dt.date(2022, 8, 17)}, {"place": "Nơi khác"}])
def test_a_changed_invitation_does_not_carry_the_number_of_the_issued_one(meeting, changed):
    issue(signed_off_paper(meeting, "GM"))
    meeting.refresh_from_db()
    change_record(meeting, **changed)
    paper = meeting_paper(meeting)
    assert "01/GM" not in text_of(invitations(paper, paper.units[:1]))


def test_one_more_guest_is_invited_under_the_same_number(meeting, secretariat):
    issue(signed_off_paper(meeting, "GM"))
    meeting.refresh_from_db()
    add_guest(meeting=meeting, values={"name": "Khách Thêm"}, by=secretariat, now=NOW)
    paper = meeting_paper(meeting)
    assert "01/GM" in text_of(invitations(paper, paper.guests))


def test_a_paper_is_prepared_once(held):
    drafts = [actions.prepare_paper(meeting=held, kind="BB", by=None, now=NOW) for _time in range(2)]
    assert drafts[0] == drafts[1]


def test_a_paper_is_issued_once_and_then_corrected(held):
    document = issue(signed_off_paper(held, "TB"))
    with pytest.raises(Refused, match="chỉ có thể thay thế"):
        signed_off_paper(held, "TB")
    draft = actions.begin_correction(document=document, by=None, now=NOW)
    signed = sign_off(draft)
    correction = issue(signed, write=write_files)
    opening = "Thông báo này thay thế Thông báo số 01/TB-CĐBAT ngày 04 tháng 7 năm 2022."
    assert opening in text_of(bytes(correction.files.get(form="pdf").content))


def test_the_papers_of_a_meeting_tell_how_far_they_are(held):
    document, draft = issue(signed_off_paper(held, "GM")), signed_off_paper(held, "BB")
    found = [(paper.kind, paper.draft, paper.issued and paper.issued.document) for paper in paper_progress(held)]
    named = [entry for entry in found if entry[0] in ("GM", "BB", "TB")]
    assert named == [("GM", None, document), ("BB", draft, None), ("TB", None, None)]


def test_a_plan_with_an_issued_invitation_is_called_off_but_not_discarded(meeting, liaison):
    issue(signed_off_paper(meeting, "GM"))
    meeting.refresh_from_db()
    with pytest.raises(Refused, match="Giấy mời đã gửi"):
        planning.discard_plan(meeting=meeting, by=None, now=NOW)
    planning.call_off_meeting(meeting=meeting, reason="Bão số 4", by=None, now=NOW)
    assert not Meeting.objects.visible_to(liaison).exists()  # nobody was told of it in the portal


def test_a_plan_with_a_paper_on_its_way_is_not_discarded(meeting):
    actions.prepare_paper(meeting=meeting, kind="GM", by=None, now=NOW)
    with pytest.raises(Refused, match="đang được soạn thảo"):
        planning.discard_plan(meeting=meeting, by=None, now=NOW)


def test_an_invitation_to_a_meeting_that_was_called_off_meanwhile_is_not_issued(meeting):
    announce_meeting(meeting=meeting, by=None, now=NOW)
    draft = signed_off_paper(meeting, "GM")
    planning.call_off_meeting(meeting=meeting, reason="Bão số 4", by=None, now=NOW)
    with pytest.raises(Refused, match="đã hủy"):
        issue(DocumentDraft.objects.get(pk=draft.pk))
    assert not IssuedDocument.objects.exists()


def test_minutes_of_nothing_are_not_signed_off_so_that_no_meeting_with_minutes_goes_back_to_planning(held):
    change_record(held, conclusion="")
    held.attendances.update(presence="")
    with pytest.raises(Refused, match="Chưa ghi nội dung"):
        signed_off_paper(held, "BB")


def test_a_paper_without_a_meeting_and_a_report_with_one_are_refused(held):
    draft = signed_off_paper(held, "GM")
    for values in ({"meeting": None}, {"kind": "BC"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentDraft.objects.filter(pk=draft.pk).update(**values)


def test_a_paper_goes_from_the_meeting_to_the_archive(as_user, secretariat, chair, held):
    client = as_user(secretariat)
    papers = f"/meetings/{held.pk}/documents/"
    for _time in range(2):
        page = client.post(f"{papers}BB/prepare/", follow=True)
    draft = DocumentDraft.objects.get()
    assert page.context["draft"] == draft
    assert text_of(client.get(f"/documents/drafts/{draft.pk}/preview/").content).count("BIÊN BẢN") == 1
    client.post(f"/documents/drafts/{draft.pk}/submit/", {"revision": 1, "approver": chair.pk})
    as_user(chair).post(f"/documents/drafts/{draft.pk}/sign-off/", {"revision": 2})
    client = as_user(secretariat)
    page = client.post(f"/documents/drafts/{draft.pk}/issue/", {"revision": 3, "issued_on": "2022-07-04"}, follow=True)
    assert page.context["document"].notation == "01/BB-CĐBAT"
    assert "01/BB-CĐBAT" in client.get(papers).content.decode()


def test_a_kind_that_is_no_paper_of_a_meeting_is_not_found(as_user, secretariat, held):
    assert as_user(secretariat).post(f"/meetings/{held.pk}/documents/BC/prepare/").status_code == 404


def test_the_invited_units_read_the_notice_once_it_is_issued(as_user, liaison, held):
    client = as_user(liaison)
    link, notice = (f"/meetings/{held.pk}/documents/{name}" for name in ("notice/", "notice.pdf"))
    assert (notice in client.get(link).content.decode(), client.get(notice).status_code) == (False, 302)
    document = issue(signed_off_paper(held, "TB"), write=write_files)
    assert notice in client.get(link).content.decode()
    assert client.get(notice).content == bytes(document.files.get(form="pdf").content)


def test_minutes_are_not_sent_to_the_units(as_user, liaison, held):
    issue(signed_off_paper(held, "BB"), write=write_files)
    assert as_user(liaison).get(f"/meetings/{held.pk}/documents/notice.pdf").status_code == 302


def test_a_paper_of_a_meeting_has_no_text_to_edit(as_user, secretariat, held):
    draft = signed_off_paper(held, "BB")
    client = as_user(secretariat)
    assert client.get(f"/documents/drafts/{draft.pk}/text/").status_code == 404
    assert "/text/" not in client.get(draft.get_absolute_url()).content.decode()


def test_the_folder_holds_the_papers_as_they_were_issued(held):
    document = issue(signed_off_paper(held, "BB"), write=write_files)
    change_record(held, notes="Ghi thêm sau khi ban hành.")
    files = {file.name.partition(" ")[2]: file.content.read() for file in folder_files(held)}
    for form in ("pdf", "docx"):
        assert files[f"Bien ban.{form}"] == bytes(document.files.get(form=form).content)


def test_what_minutes_leave_blank_is_told_before_they_are_issued(as_user, secretariat, held):
    change_record(held, secretary_name="", starts_at=dt.time(8))
    draft = actions.prepare_paper(meeting=held, kind="BB", by=None, now=NOW)
    page = as_user(secretariat).get(draft.get_absolute_url())
    told = "Còn để trống: giờ kết thúc, thư ký. Vui lòng bổ sung trước khi ban hành; nếu không phải điền tay."
    assert page.context["gaps"] == [told]


def test_minutes_of_a_meeting_to_come_are_not_offered(meeting):
    offered = {str(paper.kind) for paper in paper_progress(meeting) if paper.may_begin}
    assert offered & {"GM", "BB", "TB"} == {"GM"}


@pytest.mark.parametrize(("kind", "day"), [("BB", 3), ("TB", 3), ("GM", 5)])
def test_a_paper_is_not_dated_on_the_wrong_side_of_its_meeting(held, kind, day):
    draft = signed_off_paper(held, kind)
    with pytest.raises(Refused, match="04/07/2022") as refused:
        actions.issue(
            draft=draft,
            revision=draft.revision,
            issued_on=dt.date(2022, 7, day),
            verify_at=str,
            by=None,
            now=NOW + dt.timedelta(days=9),
        )
    assert refused.value.fields == ("issued_on",)


@pytest.mark.parametrize("kind", ["BB", "TB"])
def test_a_unit_nobody_ticked_stops_minutes_and_notice(held, kind):
    held.attendances.update(presence="")
    with pytest.raises(Refused, match="Chưa điểm danh"):
        signed_off_paper(held, kind)


@pytest.mark.parametrize("kind", ["BB", "TB"])
def test_a_guest_nobody_ticked_stops_minutes_and_notice(held, kind):
    """They would be printed as if the guest had not been there."""
    held.attendances.create(name="Ông Khách", email="khach@example.vn")
    with pytest.raises(Refused, match=r"Chưa điểm danh \(1\): Ông Khách"):
        signed_off_paper(held, kind)
    held.attendances.guests().update(presence="absent")
    assert signed_off_paper(held, kind).is_signed_off


def test_an_invitation_without_an_hour_is_not_signed_off(meeting):
    Meeting.objects.update(starts_at=None)
    meeting.refresh_from_db()
    with pytest.raises(Refused, match="phải ghi giờ"):
        signed_off_paper(meeting, "GM")


@pytest.mark.parametrize("day", [1, 4, 7])
@pytest.mark.parametrize("is_held", [True, False])
def test_an_invitation_is_not_issued_after_the_meeting_whatever_day_is_typed(meeting, is_held, day):
    draft = signed_off_paper(meeting, "GM")
    if is_held:
        planning.hold_meeting(meeting=meeting, by=None, now=NOW)
    with pytest.raises(Refused, match="04/07/2022") as refused:
        actions.issue(
            draft=DocumentDraft.objects.get(),
            revision=draft.revision,
            issued_on=dt.date(2022, 7, day),
            verify_at=str,
            by=None,
            now=NOW + dt.timedelta(days=3),
        )
    assert refused.value.fields == ("issued_on",)


@pytest.mark.parametrize("kind", ["BB", "TB"])
def test_a_held_meeting_is_not_moved_past_what_tells_of_it(held, kind):
    document = issue(signed_off_paper(held, kind))
    held.refresh_from_db()
    later = {"values": {"held_on": document.issued_on + dt.timedelta(days=1)}, "revision": held.revision}
    now = NOW + dt.timedelta(days=9)
    with pytest.raises(Refused, match=f"01/{kind}-CĐBAT") as refused:
        planning.edit_meeting(meeting=held, **later, by=None, now=now)
    assert refused.value.fields == ("held_on",)
    actions.begin_correction(document=document, by=None, now=NOW)
    planning.edit_meeting(meeting=held, **later, by=None, now=now)
    assert Meeting.objects.get().held_on == document.issued_on + dt.timedelta(days=1)


def test_a_held_meeting_may_be_moved_to_before_what_tells_of_it(held):
    issue(signed_off_paper(held, "BB"))
    held.refresh_from_db()
    change_record(held, held_on=held.held_on - dt.timedelta(days=1))
    assert Meeting.objects.get().held_on == dt.date(2022, 7, 3)


def test_an_invitation_is_not_dated_years_before_its_meeting(meeting):
    draft = signed_off_paper(meeting, "GM")
    with pytest.raises(Refused, match="03/07/2021") as refused:
        issue(draft, on=dt.date(2021, 7, 2))
    assert refused.value.fields == ("issued_on",)
    assert issue(draft, on=dt.date(2021, 7, 3)).number == 1


@pytest.mark.parametrize(
    ("kind", "day"), [("BB", "2022-07-03"), ("TB", "03/07/2022"), ("BB", "01/01/2999"), ("GM", "5/7/2021")]
)
def test_a_day_that_can_not_be_is_refused_beside_its_field(as_user, secretariat, held, kind, day):
    draft = signed_off_paper(held, kind)
    address = reverse("reports:draft-issue", args=[draft.pk])
    page = as_user(secretariat).post(address, {"revision": draft.revision, "issued_on": day})
    form = page.context["issue_form"]
    assert (page.status_code, list(form.errors), form["issued_on"].value()) == (422, ["issued_on"], day)
    assert not IssuedDocument.objects.exists()
