"""Documents on pages: from the comparison to the archive, and the public check."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from cluster_portal.files import word, word_base
from reports.documents.verification import ALPHABET, new_code, tidied
from reports.models import DocumentDraft, IssuedDocument, IssuedFile, Submission, WordBase
from reports.submissions.actions import reviewing
from tests.support.documents import issue, issued_report, prepared_draft, signed_off_draft, submitted
from tests.support.factories import NOW, UnitFactory
from tests.support.reporting import THEFT, accepted_report, close_early

pytestmark = pytest.mark.django_db

PERIOD = "/summaries/2022-H1/"
ARCHIVE = "/documents/"


@pytest.fixture
def reported(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})


def post(client, name, row, **data):
    return client.post(reverse(f"reports:{name}", args=[row.pk]), data, follow=True)


def test_a_report_goes_from_the_comparison_to_the_archive(as_user, secretariat, chair, reported):
    client = as_user(secretariat)
    page = client.post(f"{PERIOD}prepare/", follow=True)
    draft = DocumentDraft.objects.get()
    assert page.context["draft"] == draft
    post(client, "draft-submit", draft, revision=1, approver=chair.pk)
    post(as_user(chair), "draft-sign-off", draft, revision=2)
    client = as_user(secretariat)
    page = post(client, "draft-issue", draft, revision=3, issued_on="2022-07-04")
    assert page.context["document"].notation == "01/BC-CĐBAT"
    assert [file.form for file in page.context["files"]] == ["pdf", "docx", "xlsx", "pdfa", "json"]
    assert page.context["document"].notation in client.get(PERIOD).content.decode()


def test_a_draft_compares_nothing_while_a_report_is_open_again(as_user, secretariat, reported, other_unit):
    """Its preview told “giảm 02 vụ (20,00%)” of one unit, while the comparison said “chưa so sánh”."""
    for period, cases in (("2022-H1", 8), ("2021-H1", 10)):
        accepted_report(other_unit, period, {THEFT: cases})
    draft = prepared_draft()
    report = Submission.objects.get(unit=other_unit, round__period="2022-H1")
    reviewing.reopen(submission=report, comment="Sửa", revision=report.revision, by=secretariat, now=NOW)
    page = as_user(secretariat).get(reverse("reports:draft-read", args=[draft.pk])).content.decode()
    assert "đang thu thập số liệu, chưa so sánh với cùng kỳ năm 2021" in page
    assert "tăng 05 vụ" not in page


def test_preparing_again_leads_to_the_draft_that_was_begun(as_user, secretariat, reported):
    client = as_user(secretariat)
    for _time in range(2):
        client.post(f"{PERIOD}prepare/")
    assert DocumentDraft.objects.count() == 1


def test_the_chair_signs_off_but_does_not_issue(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    client = as_user(chair)
    assert post(client, "draft-sign-off", draft, revision=draft.revision).status_code == 200
    assert post(client, "draft-issue", draft, revision=3, issued_on="2022-07-04").status_code == 403
    draft.refresh_from_db()
    assert draft.signed_off_by == chair


def test_the_first_page_tells_what_waits_until_it_is_issued(as_user, chair, reported):
    draft = signed_off_draft()
    client = as_user(chair)
    assert draft.get_absolute_url() in client.get("/").content.decode()
    issue(draft)
    assert draft.get_absolute_url() not in client.get("/").content.decode()


def test_a_draft_that_somebody_changed_is_not_signed_off_unseen(as_user, chair, reported):
    draft = submitted(prepared_draft(), to=chair)
    page = post(as_user(chair), "draft-sign-off", draft, revision=1)
    assert "Có người khác" in page.content.decode()
    draft.refresh_from_db()
    assert draft.signed_off_by is None


def test_a_faulty_date_stands_beside_its_field(as_user, secretariat, reported):
    draft = signed_off_draft()
    page = post(as_user(secretariat), "draft-issue", draft, revision=3, issued_on="32/7/2022")
    assert page.status_code == 422
    assert page.context["issue_form"].errors["issued_on"]
    assert 'value="32/7/2022"' in page.content.decode()


def test_what_stops_the_issue_is_told_with_the_form_kept(as_user, secretariat, reported):
    draft = signed_off_draft()
    page = post(as_user(secretariat), "draft-issue", draft, revision=3, issued_on="2999-01-01")
    assert "Không thể ban hành văn bản với ngày chưa đến" in page.content.decode()
    assert not IssuedDocument.objects.exists()


def test_a_new_subject_is_printed_and_needs_a_new_sign_off(as_user, secretariat, reported):
    draft = signed_off_draft()
    post(as_user(secretariat), "draft-edit", draft, revision=3, subject="Sơ kết 6 tháng")
    draft.refresh_from_db()
    assert (draft.subject, draft.is_signed_off, draft.revision) == ("Sơ kết 6 tháng", False, 4)


def test_the_draft_is_seen_as_it_will_look(as_user, chair, reported, pdf_text):
    document = issued_report()
    draft = signed_off_draft(corrects=document)
    text = " ".join(pdf_text(as_user(chair).get(f"/documents/drafts/{draft.pk}/preview/").content).split())
    assert "Báo cáo này thay thế Báo cáo số 01/BC-CĐBAT ngày 04 tháng 7 năm 2022." in text
    assert "Mã tra cứu" not in text


def test_a_draft_can_be_given_up(as_user, secretariat, reported):
    draft = signed_off_draft()
    post(as_user(secretariat), "draft-discard", draft, revision=3)
    assert not DocumentDraft.objects.exists()


def test_newer_figures_are_told_on_the_period_and_on_the_document(as_user, chair, reported, unit):
    document = issued_report()
    client = as_user(chair)
    assert not client.get(document.get_absolute_url()).context["standing"].is_outdated
    accepted_report(unit, "2021-H1", {THEFT: 5})
    assert client.get(document.get_absolute_url()).context["standing"].is_outdated
    assert "có số liệu mới hơn" in client.get(PERIOD).content.decode()


def test_a_name_that_changed_is_no_newer_figure(as_user, chair, reported, unit):
    document = issued_report()
    unit.name = "Xã Tên Mới"
    unit.save()
    assert not as_user(chair).get(document.get_absolute_url()).context["standing"].is_outdated


def test_a_file_comes_as_it_was_issued(as_user, chair, reported):
    document = issued_report()
    response = as_user(chair).get(reverse("reports:document-file", args=[document.pk, "pdf"]))
    assert response.content == bytes(IssuedFile.objects.get(form="pdf").content)
    assert response["Content-Disposition"] == 'inline; filename="01-bc-cdbat-2022.pdf"'


def test_a_correction_is_begun_once_from_the_document(as_user, secretariat, reported):
    document = issued_report()
    page = post(as_user(secretariat), "document-correct", document)
    assert page.context["draft"].corrects == document
    post(as_user(secretariat), "document-correct", document)
    assert DocumentDraft.objects.being_written().count() == 1


@pytest.fixture
def archive(reported):
    """Three documents: two of 2022, one of 2023."""
    first = issued_report()
    second = issue(signed_off_draft(baseline="2021-H2"))
    return first, second, issue(signed_off_draft(corrects=first), on=dt.date(2023, 1, 5))


def shown(client, query=""):
    return [document.pk for document in client.get(f"{ARCHIVE}?{query}").context["page"]]


def test_the_archive_lists_the_newest_first(as_user, chair, archive):
    first, second, third = archive
    assert shown(as_user(chair)) == [third.pk, second.pk, first.pk]


@pytest.mark.parametrize("typed", ["tình hình", "TINH HINH", "xay dung cum", "01/bc", "01/BC cum dia ban"])
def test_words_are_found_with_and_without_diacritics(as_user, chair, archive, typed):
    assert archive[0].pk in shown(as_user(chair), f"q={typed}")


def test_the_archive_is_narrowed_by_kind_year_and_period(as_user, chair, archive):
    first, second, third = archive
    client = as_user(chair)
    assert shown(client, "year=2023") == [third.pk]
    assert shown(client, "kind=BC&period=2022-H1") == [third.pk, second.pk, first.pk]
    assert shown(client, "q=khong co") == []
    assert shown(client, "year=1999") == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_archive_asks_the_same_number_of_queries(as_user, chair, reported, count, django_assert_num_queries):
    document = issued_report()
    for _more in range(count - 1):
        document = issue(signed_off_draft(corrects=document))
    client = as_user(chair)
    with django_assert_num_queries(8):
        client.get(ARCHIVE)


def test_a_code_has_no_signs_that_are_taken_for_one_another():
    code = new_code()
    assert len(code) == 14
    assert not set("01ILOU") & set(ALPHABET)
    assert tidied(code.lower().replace("-", " ")) == code


def test_anybody_can_check_a_document_and_learns_nothing_else(client, reported, unit):
    document = issued_report()
    page = client.get(f"/verify/{document.code}/")
    text = page.content.decode()
    digest = IssuedFile.objects.get(form="pdf").sha256
    assert [word in text for word in (document.notation, "04/07/2022", document.subject, document.issuer, digest)] == [
        True
    ] * 5
    assert unit.name not in text
    assert IssuedFile.objects.get(form="json").sha256 not in text


def test_an_unknown_code_is_told_as_such(client, cluster):
    page = client.get("/verify/AAAA-AAAA-AAAA/")
    assert page.status_code == 404
    assert "AAAA-AAAA-AAAA" in page.content.decode()


def test_a_code_as_people_type_it_is_found(client, reported):
    document = issued_report()
    typed = document.code.lower().replace("-", " ")
    assert client.get("/verify/", {"code": typed}).url == f"/verify/{document.code}/"


def check(client, document, content, name="van-ban.pdf"):
    return client.post(f"/verify/{document.code}/", {"file": SimpleUploadedFile(name, content)}).context["found"]


def test_the_issued_file_passes_and_one_byte_more_or_other_fails(client, reported):
    document = issued_report()
    original = bytes(document.files.get(form="pdf").content)
    altered = bytes([original[0] ^ 1]) + original[1:]
    assert check(client, document, original) == document.files.get(form="pdf")
    assert check(client, document, altered) is None
    assert check(client, document, original + b"\n") is None


def test_another_documents_file_fails(client, archive):
    first, second, _third = archive
    assert check(client, first, bytes(second.files.get(form="pdf").content)) is None


def test_no_file_at_all_is_pointed_out(client, reported):
    page = client.post(f"/verify/{issued_report().code}/")
    assert page.context["form"].errors["file"]


def base_file(margin=35):
    base = Document(io.BytesIO(word_base.standard_base()))
    base.sections[0].left_margin = word.Mm(margin)
    file = io.BytesIO()
    base.save(file)
    return SimpleUploadedFile("mau.docx", file.getvalue())


def test_word_files_are_written_on_the_offices_own_base(as_user, secretariat, reported):
    client = as_user(secretariat)
    client.post("/documents/word-base/", {"file": base_file()})
    written = Document(io.BytesIO(client.get(f"{PERIOD}summary.docx").content))
    assert round(written.sections[0].left_margin / word.Mm(1)) == 35
    client.post("/documents/word-base/remove/")
    assert not WordBase.objects.exists()


def test_what_is_no_word_file_is_refused_with_a_sentence(as_user, secretariat, cluster):
    page = as_user(secretariat).post("/documents/word-base/", {"file": SimpleUploadedFile("a.docx", b"x")})
    assert "không đọc được" in page.content.decode()
    assert not WordBase.objects.exists()


def test_a_period_that_was_issued_takes_no_report_and_says_so(as_user, liaison, unit, reported):
    late = UnitFactory(joined_on=unit.joined_on)
    close_early()
    document = issued_report()
    liaison.unit = late
    liaison.save(update_fields=["unit"])
    client = as_user(liaison)
    home, form = client.get("/"), client.get(f"/rounds/2022-H1/units/{late.pk}/edit/", follow=True)
    assert "missing" not in home.context
    assert [document.notation in page.content.decode() for page in (home, form)] == [True, True]
    assert form.redirect_chain[-1][0] == f"/rounds/2022-H1/units/{late.pk}/"


def test_a_document_is_found_by_its_code(as_user, chair, reported):
    document = issued_report()
    page = as_user(chair).get(ARCHIVE, {"q": document.code.lower()})
    assert [row.pk for row in page.context["page"]] == [document.pk]
