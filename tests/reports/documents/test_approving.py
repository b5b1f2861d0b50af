"""A document is put before somebody who didn't write it: by page, by address, by action and in the database."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from meetings.actions import planning
from meetings.actions.inviting import announce_change, announce_meeting
from meetings.actions.recording import remove_task, set_task
from members.infrastructure.bell import ring
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import AuditEntry, Letter
from reports.documents import actions, approving
from reports.documents.content import compose_content, content_fingerprint
from reports.documents.kinds import kind_of
from reports.documents.parts import Part, compare
from reports.models import ApprovalDeputy, ApprovalRequest, DocumentDraft, IssuedDocument
from tests.support.documents import ISSUED_ON, deputy, issue, prepared_draft, sign_off, signed_off_draft, submitted
from tests.support.factories import NOW, UserFactory
from tests.support.meetings import planned_meeting
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cluster, unit, secretariat):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    return prepared_draft(by=secretariat)


@pytest.fixture
def colleague(db):
    return UserFactory(full_name="Đồng Nghiệp Thử")


def put(draft, to, by):
    return submitted(DocumentDraft.objects.get(pk=draft.pk), to=to, by=by)


def approve(draft, by, **kwargs):
    return approving.sign_off(draft=draft, revision=draft.revision, by=by, now=NOW, **kwargs)


def returned(draft, by, **comments):
    rows = [{"code": code, "heading": code, "text": text} for code, text in comments.items()]
    return approving.return_draft(draft=draft, revision=draft.revision, comments=rows, by=by, now=NOW)


def test_a_document_is_put_forward_approved_and_issued_with_both_names(draft, secretariat, chair):
    document = issue(approve(put(draft, chair, secretariat), chair))
    assert (document.prepared_by, document.changed_by, document.signed_off_by) == (secretariat, secretariat, chair)


def test_who_prepared_it_is_not_who_it_is_put_before(draft, secretariat, colleague):
    deputy(secretariat)
    with pytest.raises(Refused, match="không tự duyệt"):
        put(draft, secretariat, colleague)


def test_who_changed_it_last_is_not_who_it_is_put_before(draft, colleague, chair):
    actions.change_subject(draft=draft, subject="Khác", revision=1, by=colleague, now=NOW)
    deputy(colleague)
    with pytest.raises(Refused, match="không tự duyệt"):
        put(draft, colleague, chair)


def test_who_changed_the_record_last_does_not_approve_the_minutes_made_of_it(unit, cluster, secretariat, colleague):
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2022, 7, 4))
    planning.hold_meeting(meeting=meeting, by=colleague, now=NOW)
    meeting.refresh_from_db()
    meeting.attendances.update(presence="present")
    values = {"results": "Đạt."}
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=colleague, now=NOW)
    minutes = actions.prepare_paper(meeting=meeting, kind="BB", by=secretariat, now=NOW)
    deputy(colleague)
    with pytest.raises(Refused, match="không tự duyệt"):
        put(minutes, colleague, secretariat)


@pytest.fixture
def minutes(unit, cluster, secretariat):
    """Of a record that the secretariat wrote."""
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2022, 7, 4), results="Đạt.")
    planning.hold_meeting(meeting=meeting, by=secretariat, now=NOW)
    meeting.refresh_from_db()
    meeting.attendances.update(presence="present")
    return actions.prepare_paper(meeting=meeting, kind="BB", by=None, now=NOW)


def record_results(minutes, by, *results):
    meeting = minutes.meeting
    for text in results:
        meeting.refresh_from_db()
        planning.edit_meeting(meeting=meeting, values={"results": text}, revision=meeting.revision, by=by, now=NOW)


def offered(draft, by):
    return list(approving.approvers_for(draft, by=by, today=ISSUED_ON))


def test_who_changed_the_record_last_is_not_offered_as_approver(minutes, secretariat, colleague, chair):
    deputy(colleague, by=chair)
    assert offered(minutes, secretariat) == [chair, colleague]
    record_results(minutes, colleague, "Khá.")
    assert offered(minutes, secretariat) == [chair]


def test_who_removed_something_from_the_record_last_wrote_it(minutes, secretariat, colleague, chair):
    deputy(colleague, by=chair)
    task = set_task(meeting=minutes.meeting, values={"text": "Tuần tra."}, units=[], by=secretariat, now=NOW)
    remove_task(task=task, by=colleague, now=NOW)
    assert offered(minutes, secretariat) == [chair]


def test_who_only_announced_the_change_did_not_write_it(unit, cluster, secretariat, colleague, chair):
    meeting = planned_meeting(unit, secretariat, held_on=dt.date(2022, 7, 20))
    announce_meeting(meeting=meeting, by=secretariat, now=NOW)
    deputy(secretariat, by=chair)
    meeting.refresh_from_db()
    values = {"place": "Hội trường khác"}
    planning.edit_meeting(meeting=meeting, values=values, revision=meeting.revision, by=secretariat, now=NOW)
    announce_change(meeting=meeting, by=colleague, now=NOW)
    invitation = actions.prepare_paper(meeting=meeting, kind="GM", by=None, now=NOW)
    assert secretariat not in offered(invitation, colleague)


def test_who_changed_the_record_and_back_neither_approves_nor_issues(minutes, secretariat, colleague, chair):
    deputy(colleague, by=chair)
    waiting = put(minutes, chair, secretariat)
    record_results(minutes, colleague, "Khá.", "Đạt.")
    with pytest.raises(Refused, match="không tự duyệt"):
        approve(waiting, colleague)
    record_results(minutes, secretariat, "Khá.", "Đạt.")
    signed = approve(waiting, colleague)
    record_results(minutes, colleague, "Khá.", "Đạt.")
    with pytest.raises(Refused, match="người khác duyệt"):
        issue(signed)


def test_who_left_the_office_neither_is_asked_nor_approves(draft, secretariat, chair):
    waiting = put(draft, chair, secretariat)
    chair.is_active = False
    chair.save()
    with pytest.raises(Refused, match="người duyệt thay"):
        approve(waiting, chair)
    with pytest.raises(Refused, match="người duyệt thay"):
        put(draft, chair, secretariat)


def test_who_comes_second_is_told_that_it_waits_no_more(draft, secretariat, chair):
    waiting = put(draft, chair, secretariat)
    seen = DocumentDraft.objects.get(pk=draft.pk)
    approve(waiting, chair)
    assert "chưa được trình" in approving.reason_not_to_decide(seen, chair, today=ISSUED_ON)


def test_who_puts_it_forward_does_not_approve_it(draft, colleague):
    deputy(colleague)
    with pytest.raises(Refused, match="không tự duyệt"):
        put(draft, colleague, colleague)


def test_nobody_without_the_right_is_asked(draft, secretariat, colleague):
    with pytest.raises(Refused, match="người duyệt thay"):
        put(draft, colleague, secretariat)


def test_nobody_but_who_was_asked_approves(draft, secretariat, chair):
    waiting = put(draft, chair, secretariat)
    with pytest.raises(Refused, match="Chủ Trì Thử"):
        approve(waiting, UserFactory(role="chair"))
    with pytest.raises(Refused, match="không tự duyệt"):
        approve(waiting, secretariat)


def test_what_was_not_put_forward_is_not_approved(draft, chair):
    with pytest.raises(Refused, match="chưa được trình"):
        approve(draft, chair)


def test_figures_that_changed_since_it_was_put_forward_stop_the_approval(draft, secretariat, chair, unit):
    waiting = put(draft, chair, secretariat)
    accepted_report(unit, "2022-H1", {THEFT: 12})
    with pytest.raises(Refused, match="trình lại"):
        approve(waiting, chair)
    assert approve(put(draft, chair, secretariat), chair).is_signed_off


def test_an_edit_takes_it_back_from_its_approver(draft, secretariat, chair):
    waiting = put(draft, chair, secretariat)
    actions.change_subject(draft=waiting, subject="Khác", revision=2, by=secretariat, now=NOW)
    assert ApprovalRequest.objects.get().outcome == "taken_back"
    with pytest.raises(StaleEdit):
        approving.sign_off(draft=waiting, revision=2, by=chair, now=NOW)
    assert Letter.objects.get().state == "withdrawn"


def letters():
    return [letter.state for letter in Letter.objects.order_by("pk")]


def test_nobody_is_written_to_about_a_draft_that_was_given_up(draft, secretariat, chair):
    waiting = put(draft, chair, secretariat)
    actions.discard(draft=waiting, revision=waiting.revision, by=secretariat, now=NOW)
    assert letters() == ["withdrawn"]


def test_nobody_is_told_of_an_approval_that_an_edit_undid(draft, secretariat, chair):
    signed = approve(put(draft, chair, secretariat), chair)
    assert letters() == ["withdrawn", "waiting"]
    actions.change_subject(draft=signed, subject="Khác", revision=signed.revision, by=secretariat, now=NOW)
    assert letters() == ["withdrawn", "withdrawn"]


def test_who_put_it_forward_is_told_of_its_return_though_a_colleague_edits_it(draft, secretariat, chair, colleague):
    back = returned(put(draft, chair, secretariat), chair, general="Viết gọn lại.")
    actions.change_subject(draft=back, subject="Khác", revision=back.revision, by=colleague, now=NOW)
    assert letters() == ["withdrawn", "waiting"]


# a deputy


@pytest.mark.parametrize(("day", "may"), [(2, False), (3, True), (5, True), (6, False)])
def test_a_deputy_approves_on_the_days_given_and_no_other(draft, secretariat, chair, colleague, day, may):
    deputy(colleague, starts_on=dt.date(2022, 7, 3), ends_on=dt.date(2022, 7, 5), by=chair)
    waiting, now = put(draft, chair, secretariat), NOW.replace(day=day)
    if may:
        assert approving.sign_off(draft=waiting, revision=2, by=colleague, now=now).signed_off_by == colleague
    else:
        with pytest.raises(Refused, match="người duyệt thay"):
            approving.sign_off(draft=waiting, revision=2, by=colleague, now=now)


def test_a_deputy_does_not_approve_what_they_changed_last(draft, secretariat, chair, colleague):
    deputy(colleague, by=chair)
    actions.change_subject(draft=draft, subject="Khác", revision=1, by=colleague, now=NOW)
    waiting = put(draft, chair, secretariat)
    with pytest.raises(Refused, match="không tự duyệt"):
        approve(waiting, colleague)


def test_a_deputy_is_named_for_days_that_are_not_over_and_ended_at_once(chair, colleague):
    days = {"starts_on": ISSUED_ON, "ends_on": ISSUED_ON}
    named = approving.name_deputy(person=colleague, **days, by=chair, now=NOW)
    assert approving.is_approver(colleague, today=ISSUED_ON)
    approving.end_deputyship(deputy=named, by=chair, now=NOW)
    assert not approving.is_approver(colleague, today=ISSUED_ON)
    with pytest.raises(Refused, match="ngày cuối"):
        approving.name_deputy(person=colleague, **days, by=chair, now=NOW + dt.timedelta(days=1))


def test_nobody_is_a_deputy_in_days_that_are_past(chair, colleague):
    days = {"starts_on": ISSUED_ON - dt.timedelta(days=400), "ends_on": ISSUED_ON}
    with pytest.raises(Refused) as refused:
        approving.name_deputy(person=colleague, **days, by=chair, now=NOW)
    assert refused.value.fields == ("starts_on",)


@pytest.mark.parametrize(("days", "is_taken"), [(366, True), (367, False)])
def test_a_deputy_is_named_for_a_year_at_most(chair, colleague, days, is_taken):
    """Who is named until 2999 is no deputy."""
    span = {"starts_on": ISSUED_ON, "ends_on": ISSUED_ON + dt.timedelta(days=days)}
    with nullcontext() if is_taken else pytest.raises(Refused, match="quá một năm") as refused:
        approving.name_deputy(person=colleague, **span, by=chair, now=NOW)
    assert is_taken or refused.value.fields == ("ends_on",)


def test_nobody_names_themselves_or_a_liaison(chair, liaison):
    for person in (chair, liaison):
        with pytest.raises(Refused, match="người khác"):
            approving.name_deputy(person=person, starts_on=ISSUED_ON, ends_on=ISSUED_ON, by=chair, now=NOW)


# returned


def test_it_comes_back_with_comments_by_mail_and_bell_and_goes_again(draft, secretariat, chair, as_user):
    returned(put(draft, chair, secretariat), chair, general="Viết gọn lại.")
    assert [letter.address for letter in Letter.objects.exclude(state="withdrawn")] == [secretariat.email]
    page = as_user(secretariat).get("/")
    assert "Có 1 văn bản bị trả lại" in page.content.decode()
    text = as_user(secretariat).get(reverse("reports:draft-text", args=[draft.pk])).content.decode()
    assert "Viết gọn lại." in text
    assert approve(put(draft, chair, secretariat), chair).is_signed_off


def test_each_returned_document_rings_once_until_it_goes_again(draft, secretariat, chair):
    for _time in range(2):
        returned(put(draft, chair, secretariat), chair, general="Viết gọn lại.")
    other = prepared_draft(baseline="2021-H2", by=secretariat)
    returned(put(other, chair, secretariat), chair, general="Viết gọn lại.")
    assert ring(secretariat).sentences == ("Có 2 văn bản bị trả lại",)
    waiting = put(draft, chair, secretariat)
    approving.take_back(draft=waiting, revision=waiting.revision, by=secretariat, now=NOW)
    assert ring(secretariat).sentences == ("Có 1 văn bản bị trả lại",)


def test_it_is_not_returned_without_a_word(draft, secretariat, chair):
    with pytest.raises(Refused, match="nội dung cần sửa"):
        returned(put(draft, chair, secretariat), chair)


def test_what_is_new_and_gone_since_is_told_line_by_line():
    before = [
        {"code": "a", "heading": "I. A", "lines": ["Một.", "Hai."]},
        {"code": "z", "heading": "Z", "lines": ["X."]},
    ]
    read = compare([Part("a", "I. A", ("Một.", "Ba.")), Part("b", "II. B", ("Mới.",))], before)
    assert [[(line.text, line.state) for line in part.lines] for part in read] == [
        [("Một.", "same"), ("Hai.", "gone"), ("Ba.", "new")],
        [("Mới.", "new")],
        [("X.", "gone")],
    ]


def test_a_table_whose_figures_are_others_since_is_marked(draft, secretariat, chair, unit):
    shown = put(draft, chair, secretariat).requests.get().shown
    parts = kind_of(draft).parts(compose_content(draft))
    assert not any(read.has_changed for read in compare(parts, shown))
    accepted_report(unit, "2022-H1", {THEFT: 12})
    read = compare(kind_of(draft).parts(compose_content(draft)), shown)
    with_tables = [part for part in read if part.part.code.startswith("annex-")]
    assert with_tables
    assert all(part.has_changed for part in with_tables)


# by page and by address


def post(client, name, row, **data):
    return client.post(reverse(f"reports:{name}", args=[row.pk]), data)


def test_the_secretariat_is_offered_no_approval_and_refused_one(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    client = as_user(secretariat)
    for name in ("draft-detail", "draft-read"):
        page = client.get(reverse(f"reports:{name}", args=[draft.pk])).content.decode()
        assert reverse("reports:draft-sign-off", args=[draft.pk]) not in page
    for name in ("draft-sign-off", "draft-return"):
        assert post(client, name, waiting, revision=waiting.revision).status_code == 403
    assert DocumentDraft.objects.get().is_submitted


def test_a_deputy_who_wrote_it_is_offered_nothing_and_refused(draft, secretariat, chair, as_user, today):
    deputy(secretariat, starts_on=today, ends_on=today, by=chair)
    waiting = put(draft, chair, None)
    client = as_user(secretariat)
    page = client.get(reverse("reports:draft-read", args=[draft.pk])).content.decode()
    assert reverse("reports:draft-sign-off", args=[draft.pk]) not in page
    post(client, "draft-sign-off", waiting, revision=waiting.revision)
    assert DocumentDraft.objects.get().is_submitted


@pytest.fixture
def today():
    """The day the views see."""
    return timezone.localdate()


def test_the_approver_finds_it_by_the_bell_and_reads_it_with_its_tables(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    client = as_user(chair)
    assert "Có 1 văn bản chờ duyệt" in client.get("/").content.decode()
    page = client.get(reverse("reports:draft-read", args=[draft.pk])).content.decode()
    assert "trên địa bàn cụm ghi nhận 09 vụ việc" in page
    assert 'id="table-measures"' in page
    assert "phải trình lại" not in page
    post(client, "draft-sign-off", waiting, revision=waiting.revision)
    assert DocumentDraft.objects.get().signed_off_by == chair
    assert "văn bản chờ duyệt" not in client.get("/").content.decode()


def test_comments_typed_are_kept_where_the_document_is_approved_instead(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    page = post(as_user(chair), "draft-sign-off", waiting, revision=2, **{"on:general": "Viết gọn lại."})
    assert page.status_code == 422
    assert "Viết gọn lại." in page.content.decode()
    assert DocumentDraft.objects.get().is_submitted


def test_a_comment_on_a_part_that_is_gone_is_still_there(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    page = post(as_user(chair), "draft-return", waiting, revision=1, **{"on:khong-con": "Bỏ mục này."})
    assert page.status_code == 422
    assert "Bỏ mục này." in page.content.decode()


def test_an_identity_number_in_a_comment_is_asked_about(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    page = post(as_user(chair), "draft-return", waiting, revision=2, **{"on:general": "Xem 001188012345."})
    assert page.context["form"].excerpts
    assert not ApprovalRequest.objects.get().comments


def test_a_draft_is_taken_back_on_its_page(draft, secretariat, chair, as_user):
    waiting = put(draft, chair, secretariat)
    post(as_user(secretariat), "draft-take-back", waiting, revision=waiting.revision)
    assert (DocumentDraft.objects.get().status, ApprovalRequest.objects.get().outcome) == ("draft", "taken_back")


def test_the_chair_names_a_deputy_on_a_page_and_the_secretariat_doesnt(chair, colleague, secretariat, as_user, cluster):
    url = reverse("reports:deputy-list")
    next_july = timezone.localdate().year + 1
    data = {"person": colleague.pk, "starts_on": f"01/07/{next_july}", "ends_on": f"05/07/{next_july}"}
    assert as_user(secretariat).post(url, data).status_code == 403
    as_user(chair).post(url, data)
    named = ApprovalDeputy.objects.get()
    assert (named.person, named.given_by, named.ends_on) == (colleague, chair, dt.date(next_july, 7, 5))
    as_user(chair).post(reverse("reports:deputy-end", args=[named.pk]))
    assert [entry.verb for entry in AuditEntry.objects.order_by("pk")][-2:] == ["deputy.named", "deputy.ended"]


def test_a_last_day_before_the_first_stands_beside_its_field(chair, colleague, as_user, cluster):
    next_july = timezone.localdate().year + 1
    data = {"person": colleague.pk, "starts_on": f"05/07/{next_july}", "ends_on": f"01/07/{next_july}"}
    page = as_user(chair).post(reverse("reports:deputy-list"), data)
    assert page.context["form"].errors["ends_on"]


# in the database


@pytest.mark.parametrize("author", ["created_by", "changed_by"])
def test_the_database_keeps_no_draft_approved_by_its_author(draft, secretariat, chair, author, unit):
    signed = approve(put(draft, chair, secretariat), chair)
    with pytest.raises(IntegrityError, match="nobody_approves_own_work"), transaction.atomic():
        DocumentDraft.objects.filter(pk=signed.pk).update(**{author: chair})
    issue(DocumentDraft.objects.get())
    with pytest.raises(IntegrityError, match="nobody_approves_own_work"), transaction.atomic():
        DocumentDraft.objects.filter(pk=signed.pk).update(signed_off_by=F("created_by"))


def test_the_database_keeps_no_draft_signed_off_by_nobody(draft):
    signed = sign_off(draft)
    with pytest.raises(IntegrityError, match="nobody_approves_own_work"), transaction.atomic():
        DocumentDraft.objects.filter(pk=signed.pk).update(signed_off_by=None)


def test_the_database_keeps_no_draft_before_its_author(draft, secretariat, chair):
    put(draft, chair, secretariat)
    with pytest.raises(IntegrityError, match="draft_lies_before_another"), transaction.atomic():
        DocumentDraft.objects.update(approver=secretariat)


@pytest.mark.parametrize("author", ["prepared_by", "changed_by"])
def test_the_database_keeps_no_issued_document_of_one_hand(draft, secretariat, chair, author):
    document = issue(approve(put(draft, chair, secretariat), chair))
    document.pk = None
    document.code, document.number = "AAAA-AAAA-AAAA", 99
    setattr(document, author, chair)
    with pytest.raises(IntegrityError, match="issued_by_more_than_one_hand"), transaction.atomic():
        super(IssuedDocument, document).save_base(force_insert=True)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_draft_that_one_person_signed_off_before_is_not_issued(draft, secretariat, is_known):
    signed = {"status": "signed_off", "signed_off_by": secretariat if is_known else None, "is_of_one_hand": True}
    DocumentDraft.objects.update(**signed, signed_off_fingerprint=content_fingerprint(compose_content(draft)))
    with pytest.raises(Refused, match="người khác duyệt"):
        issue(DocumentDraft.objects.get())


def test_the_words_of_a_request_are_not_kept_beyond_the_issue(draft, secretariat, chair):
    issue(approve(put(draft, chair, secretariat), chair))
    assert ApprovalRequest.objects.get().shown == []


def test_a_second_document_needs_its_own_approval(draft):
    issue(sign_off(draft))
    assert signed_off_draft(baseline="2021-H2").is_signed_off
