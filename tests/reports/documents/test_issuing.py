"""Issuing: numbers, what is frozen, what is refused, and what stays locked."""

import datetime as dt
import hashlib
import io
import re
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from django.db import connection
from django.urls import reverse

from cluster_portal.periods import Period
from members.infrastructure.append_only import AppendOnlyError
from members.infrastructure.audit import AuditEntry
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import DatedLetterhead
from reports.documents import actions
from reports.documents.content import write_files
from reports.models import DocumentDraft, IssuedDocument, IssuedFile, NumberSeries, ReportingRound, Submission
from reports.submissions import actions as report_actions
from tests.support.at_once import at_once
from tests.support.documents import (
    issue,
    issued_report,
    last_number,
    prepared_draft,
    quick_files,
    sign_off,
    signed_off_draft,
    verify_at,
)
from tests.support.factories import NOW, ClusterFactory, UnitFactory
from tests.support.reporting import THEFT, accepted_report

pytestmark = pytest.mark.django_db

AT_ONCE = 40


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    return accepted_report(unit, "2021-H1", {THEFT: 4})


def digests():
    return {
        (row.document_id, row.form): (row.sha256, hashlib.sha256(bytes(row.content)).hexdigest())
        for row in IssuedFile.objects.all()
    }


def test_numbers_run_from_one_within_a_year(reported):
    first = issued_report()
    second = issue(signed_off_draft(baseline="2021-H2"))
    third = issue(signed_off_draft(corrects=first), on=dt.date(2023, 1, 5))
    assert [document.notation for document in (first, second, third)] == ["01/BC-CĐBAT", "02/BC-CĐBAT", "01/BC-CĐBAT"]
    assert (third.year, third.number) == (2023, 1)


def test_the_document_carries_number_date_and_code(reported):
    document = issue(signed_off_draft(), write=write_files)
    pdf = bytes(document.files.get(form="pdf").content)
    text = " ".join(pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "Số: 01/BC-CĐBAT" in text
    assert "Sóc Sơn, ngày 04 tháng 7 năm 2022" in text
    whole = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert document.code in whole
    assert [file.form for file in document.files.all()] == ["pdf", "docx", "xlsx", "pdfa", "json"]


def test_the_file_for_keeping_is_pdf_a_3_with_the_workbook_it_was_made_from(reported):
    document = issue(signed_off_draft(), write=write_files)
    kept = pypdf.PdfReader(io.BytesIO(bytes(document.files.get(form="pdfa").content)))
    workbook = document.files.get(form="xlsx")
    metadata = kept.root_object["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part\W+3\b", metadata)
    assert re.search(r"pdfaid:conformance\W+A\b", metadata)
    assert kept.root_object["/AF"][0]["/AFRelationship"] == "/Source"
    assert kept.attachments == {"01-bc-cdbat-2022.xlsx": [bytes(workbook.content)]}
    assert "/OutputIntents" in kept.root_object


def test_each_file_is_kept_with_its_digest(reported):
    issue(signed_off_draft(), write=write_files)
    assert [kept == counted for kept, counted in digests().values()] == [True] * 5


def test_later_changes_of_figures_alter_no_file(reported, unit):
    document = issue(signed_off_draft(), write=write_files)
    before, summary = digests(), document.summary
    correction = actions.begin_correction(document=document, by=None, now=NOW)
    accepted_report(unit, "2022-H1", {THEFT: 900})
    assert correction.is_signed_off is False
    assert digests() == before
    assert IssuedDocument.objects.get().summary == summary


def test_an_issued_document_is_neither_altered_nor_deleted(reported):
    document = issued_report()
    for act in (document.save, document.delete, IssuedDocument.objects.all().delete, document.files.all().delete):
        with pytest.raises(AppendOnlyError):
            act()
    with pytest.raises(AppendOnlyError):
        IssuedDocument.objects.update(subject="Khác")


def test_what_is_not_signed_off_is_not_issued(reported):
    draft = signed_off_draft()
    actions.change_subject(draft=draft, subject="Khác", revision=draft.revision, by=None, now=NOW)
    with pytest.raises(Refused, match="chưa được duyệt"):
        issue(draft)
    assert not NumberSeries.objects.exists()


def test_figures_that_changed_since_the_sign_off_stop_the_issue(reported, unit):
    draft = signed_off_draft()
    accepted_report(unit, "2021-H1", {THEFT: 5})
    with pytest.raises(Refused, match="đã thay đổi"):
        issue(draft)


def test_figures_that_change_while_the_files_are_written_stop_the_issue(reported, unit):
    def meanwhile(report):
        accepted_report(unit, "2021-H1", {THEFT: 5})
        return quick_files(report)

    with pytest.raises(Refused, match="đã thay đổi"):
        issue(signed_off_draft(), write=meanwhile)
    assert not NumberSeries.objects.exists()


def test_a_file_that_can_not_be_written_takes_no_number(reported):
    issued_report()
    draft = signed_off_draft(baseline="2021-H2")

    def broken(report):
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        issue(draft, write=broken)
    assert last_number() == 1
    assert issue(draft).number == 2


def test_an_older_date_can_not_follow_in_the_series(reported):
    issued_report()
    with pytest.raises(Refused, match=r"Số 01 đã ban hành ngày 04/07/2022"):
        issue(signed_off_draft(baseline="2021-H2"), on=dt.date(2022, 7, 3))


def test_a_day_to_come_is_refused(reported):
    draft = signed_off_draft()
    with pytest.raises(Refused, match="ngày chưa đến"):
        actions.issue(
            draft=draft,
            revision=2,
            issued_on=dt.date(2022, 7, 5),
            verify_at=verify_at,
            by=None,
            now=NOW,
            write=quick_files,
        )


def test_one_comparison_is_issued_once(reported):
    draft = signed_off_draft()
    twin = DocumentDraft.objects.get(pk=draft.pk)
    twin.pk = None
    twin.save()
    issue(draft)
    with pytest.raises(Refused, match="chỉ có thể thay thế"):
        issue(twin)


def test_a_draft_is_issued_once(reported):
    draft = signed_off_draft()
    issue(draft)
    with pytest.raises((StaleEdit, Refused)):
        issue(draft)
    assert last_number() == 1


def test_a_correction_names_what_it_replaces(reported, unit):
    document = issued_report()
    correction = issue(signed_off_draft(corrects=document))
    document.refresh_from_db()
    assert (correction.corrects, document.replaced_by) == (document, correction)
    assert list(IssuedDocument.objects.in_force()) == [correction]


def test_a_correction_prints_what_it_replaces(reported):
    told = []

    def files(report):
        told.append(report.opening)
        return quick_files(report)

    issue(signed_off_draft(corrects=issued_report()), write=files)
    assert told == ["Báo cáo này thay thế Báo cáo số 01/BC-CĐBAT ngày 04 tháng 7 năm 2022."]


def test_a_document_is_corrected_by_one_draft_at_a_time(reported):
    document = issued_report()
    actions.begin_correction(document=document, by=None, now=NOW)
    with pytest.raises(Refused, match="Đã có dự thảo"):
        actions.begin_correction(document=document, by=None, now=NOW)


@pytest.fixture
def accepted(reported, unit):
    return Submission.objects.get(unit=unit, round__period=Period(2022, 1))


def reopen(submission, by):
    report_actions.reopen(submission=submission, comment="Sai", revision=submission.revision, by=by, now=NOW)


@pytest.mark.parametrize("issued", ["2022-H1", "2022"])
def test_reports_of_an_issued_period_are_locked(accepted, secretariat, issued):
    for period in ("2021-H1", "2021-H2", "2022-H2") if issued == "2022" else ():
        accepted_report(accepted.unit, period, {THEFT: 4})
    issued_report(issued)
    with pytest.raises(Refused, match=r"tại văn bản 01/BC-CĐBAT"):
        reopen(accepted, secretariat)
    accepted.refresh_from_db()
    assert accepted.status == "accepted"


def test_drafts_and_imports_of_an_issued_period_are_refused(accepted, secretariat):
    issued_report()
    with pytest.raises(Refused):
        report_actions.save_typed(
            round_=accepted.round, unit=UnitFactory(), typed={}, revision=0, by=secretariat, now=NOW
        )
    with pytest.raises(Refused):
        accepted_report(UnitFactory(), "2022-H1", {THEFT: 1})


def test_reports_of_other_periods_stay_open(accepted, secretariat):
    issued_report()
    accepted_report(UnitFactory(), "2022-H2", {THEFT: 1})
    reopen(Submission.objects.get(round__period=Period(2021, 1)), secretariat)


def test_a_correction_that_is_begun_opens_the_reports_until_it_is_issued_or_given_up(accepted, secretariat):
    document = issued_report()
    draft = actions.begin_correction(document=document, by=secretariat, now=NOW)
    reopen(accepted, secretariat)
    actions.discard(draft=draft, revision=draft.revision, by=secretariat, now=NOW)
    assert list(IssuedDocument.objects.locking(Period(2022, 1))) == [document]


def test_every_act_is_in_the_audit_trail(reported, secretariat):
    document = issued_report()
    issue(signed_off_draft(corrects=document))
    verbs = list(AuditEntry.objects.filter(verb__startswith="document").order_by("pk").values_list("verb", flat=True))
    first = ["document.prepared", "document.submitted", "document.signed_off", "document.issued"]
    assert verbs == [*first, "document.correction_begun", *first[1:]]


def test_a_report_prepared_twice_at_once_is_one_draft(transactional_db):
    ClusterFactory()
    accepted_report(UnitFactory(), "2022-H1", {THEFT: 9})
    assert at_once(prepared_draft, prepared_draft) == [False, False]
    assert DocumentDraft.objects.count() == 1


def drafts_at_once(count):
    ClusterFactory()
    accepted_report(UnitFactory(), "2022-H1", {THEFT: 9})
    bases = [Period(year, half) for year in range(1990, 2022) for half in (1, 2)]
    drafts = []
    for base in bases[:count]:
        draft = signed_off_draft()
        DocumentDraft.objects.filter(pk=draft.pk).update(baseline=base)
        draft.refresh_from_db()
        drafts.append(sign_off(draft))
    return drafts


def issued_by_threads(drafts, **kwargs):
    def issue_one(draft):
        try:
            return issue(draft, **kwargs).number
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as people:
        return sorted(people.map(issue_one, drafts))


def test_forty_who_issue_at_the_same_moment_get_forty_numbers(transactional_db):
    drafts = drafts_at_once(AT_ONCE)
    assert issued_by_threads(drafts) == list(range(1, AT_ONCE + 1))
    printed = [bytes(file.content).decode().split()[2] for file in IssuedFile.objects.filter(form="pdf")]
    assert sorted(printed) == [f"{number:02d}/BC-CĐBAT" for number in range(1, AT_ONCE + 1)]


def test_real_files_issued_at_the_same_moment_carry_their_own_number(transactional_db):
    issued_by_threads(drafts_at_once(3), write=write_files)
    for document in IssuedDocument.objects.all():
        pdf = pypdf.PdfReader(io.BytesIO(bytes(document.files.get(form="pdf").content)))
        assert f"Số: {document.notation}" in " ".join(pdf.pages[0].extract_text().split())


@pytest.mark.parametrize(("period", "last"), [("2022-H1", dt.date(2022, 6, 30)), ("2022-H2", dt.date(2022, 12, 31))])
def test_a_report_is_dated_from_the_cut_off_day_of_its_period_on(reported, unit, period, last):
    accepted_report(unit, "2022-H2", {THEFT: 4})
    draft = signed_off_draft(period)
    with pytest.raises(Refused, match="Ngày chốt số liệu") as refused:
        issue(draft, on=last - dt.timedelta(days=1))
    assert refused.value.fields == ("issued_on",)
    assert issue(draft, on=last).issued_on == last


def test_the_cut_off_day_is_the_one_the_round_was_opened_with(reported):
    ReportingRound.objects.update(ends_on=dt.date(2022, 6, 20), due_on=dt.date(2022, 6, 27))
    draft = signed_off_draft()
    with pytest.raises(Refused, match="20/06/2022"):
        issue(draft, on=dt.date(2022, 6, 19))


def test_a_report_dated_before_its_period_is_told_beside_the_field(as_user, secretariat, reported):
    draft = signed_off_draft()
    client, address = as_user(secretariat), reverse("reports:draft-issue", args=[draft.pk])
    page = client.post(address, {"revision": draft.revision, "issued_on": "2021-05-05"})
    assert "Ngày chốt số liệu" in page.context["issue_form"].errors["issued_on"][0]
    assert 'value="2021-05-05"' in page.content.decode() or 'value="05/05/2021"' in page.content.decode()
    assert not IssuedDocument.objects.exists()


def head_from(day, name, **values):
    return DatedLetterhead.objects.create(
        starts_on=day,
        issuer_line="CỤM",
        notation_suffix="CĐBAT",
        signer_capacity="CỤM TRƯỞNG",
        signer_name=name,
        **values,
    )


@pytest.mark.parametrize("is_kept", [True, False])
def test_who_signs_on_the_day_of_issue_was_approved(reported, as_user, secretariat, is_kept):
    """A letterhead that begins between approval and issue brings another signer, who must be approved."""
    head_from(dt.date(2020, 1, 1), "Người Cũ")
    draft = signed_off_draft()
    if not is_kept:  # approved before signers were kept
        DocumentDraft.objects.update(signed_off_signer="")
    head_from(dt.date(2022, 7, 5), "Người Mới")

    page = as_user(secretariat).post(
        reverse("reports:draft-issue", args=[draft.pk]), {"revision": draft.revision, "issued_on": "2022-07-05"}
    )

    (told,) = page.context["issue_form"].errors["issued_on"]
    assert "Người Mới ký" in told
    assert "Người Cũ ký" in told
    assert not IssuedDocument.objects.exists()
    assert issue(draft, on=dt.date(2022, 7, 4)).signer_name == "Người Cũ"


def test_approved_anew_it_is_issued_with_who_signs_since(reported):
    head_from(dt.date(2020, 1, 1), "Người Cũ")
    draft = signed_off_draft()
    head_from(dt.date(2022, 7, 4), "Người Mới")
    with pytest.raises(Refused, match="Người Mới"):
        issue(draft)

    assert issue(sign_off(draft)).signer_name == "Người Mới"


def test_another_letterhead_with_the_same_signer_changes_nothing(reported):
    head_from(dt.date(2020, 1, 1), "Người Cũ")
    draft = signed_off_draft()
    head_from(dt.date(2022, 7, 4), "Người Cũ", place="Nơi khác")

    assert issue(draft).number == 1
