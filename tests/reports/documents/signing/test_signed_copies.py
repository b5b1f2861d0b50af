"""Signed copies beside their document: added, told of, withdrawn, and known to the public check."""

import base64
import pickle
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from members.infrastructure.append_only import AppendOnlyError
from members.infrastructure.audit import AuditEntry
from members.infrastructure.audit_wording import sentence
from members.infrastructure.refusals import Refused
from reports.documents.content import write_files
from reports.documents.signing import inspection
from reports.documents.signing.copies import inspect_copy, kept_copies, withdraw_signed_copy
from reports.documents.signing.inspection import Added, Content, Integrity, Trust
from reports.models import SignedCopy, SignedCopyWithdrawal
from tests.support.documents import issue, issued_report, signed_off_draft
from tests.support.factories import NOW
from tests.support.reporting import THEFT, accepted_report
from tests.support.signing import (
    SIGNER,
    blank_page_and_sign,
    issued_pdf,
    locked_pdf,
    pdf,
    pdf_files,
    root_pem,
    sign,
    signed_copy_of,
    signer,
)

pytestmark = pytest.mark.django_db  # each copy is examined by a process of its own


@pytest.fixture
def document(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    return issued_report(write=pdf_files)


@pytest.fixture
def trusting(settings, tmp_path):
    """The office trusts the authority that certified the signer."""
    (tmp_path / "goc.pem").write_bytes(root_pem())
    settings.SIGNATURE_TRUST_ROOTS = str(tmp_path)


def add(client, document, content, name="05-bc da ky.pdf"):
    url = reverse("reports:signed-copy-add", args=[document.pk])
    return client.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def check(client, document, content):
    return client.post(f"/verify/{document.code}/", {"file": SimpleUploadedFile("a.pdf", content)})


def test_a_signed_copy_is_kept_and_told_of_at_once(as_user, secretariat, document, trusting):
    content = sign(issued_pdf(document))
    page = add(as_user(secretariat), document, content)
    copy = document.signed_copies.get()
    assert (bytes(copy.content), copy.name, copy.uploaded_by) == (content, "05-bc da ky.pdf", secretariat)
    text = page.content.decode()
    told = [SIGNER, *map(str, (Content.ISSUED.label, Integrity.INTACT.label, Added.NOTHING.label, Trust.TRUSTED.label))]
    assert [words for words in told if words not in text] == []


@pytest.mark.parametrize("form", ["pdf", "pdfa"])
def test_a_report_as_it_is_really_issued_is_known_again_when_signed(cluster, unit, form):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    document = issue(signed_off_draft(), write=write_files)
    twice = sign(sign(issued_pdf(document, form), visible=True), field="Signature2", visible=True)
    found = inspect_copy(signed_copy_of(document, twice))
    assert (found.content, [signature.holds for signature in found.signatures]) == (Content.ISSUED, [True, True])


def test_a_page_replaced_in_a_really_issued_report_is_told(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    document = issue(signed_off_draft(), write=write_files)
    found = inspect_copy(signed_copy_of(document, blank_page_and_sign(issued_pdf(document))))
    assert found.content == Content.ISSUED_AND_MORE


def test_a_scan_is_kept_and_called_one(as_user, secretariat, document):
    text = add(as_user(secretariat), document, pdf("Bản quét")).content.decode()
    assert "Bản quét" in text
    assert "Không có chữ ký số" in text


def test_a_signature_that_does_not_hold_is_told_not_refused(as_user, secretariat, document):
    signed = bytearray(sign(issued_pdf(document)))
    signed[signed.index(b"/MediaBox") + 20] ^= 1
    text = add(as_user(secretariat), document, bytes(signed)).content.decode()
    assert document.signed_copies.count() == 1
    assert str(Integrity.BROKEN.label) in text
    assert str(Content.ANOTHER.label) in text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<script>alert(1)</script>", "Đây không phải tệp PDF"),
        (locked_pdf(), "được bảo vệ bằng mật khẩu"),
        (pdf()[:-200], "bị hỏng hoặc không đầy đủ"),
        (b"%PDF-1.7" + b" " * 21 * 2**20, "lớn hơn 20 MB"),
    ],
    ids=["script", "locked", "truncated", "large"],
)
def test_a_file_that_can_not_be_kept_is_refused_and_the_page_is_still_there(
    as_user, secretariat, document, content, sentence
):
    page = add(as_user(secretariat), document, content)
    assert [sentence in error for error in page.context["form"].errors["file"]] == [True]
    assert document.notation in page.content.decode()
    assert not SignedCopy.objects.exists()


def test_the_same_file_is_kept_once(document):
    copy = signed_copy_of(document)
    with pytest.raises(Refused, match="đã được lưu"):
        signed_copy_of(document, bytes(copy.content))
    withdraw_signed_copy(copy=copy, reason="nhầm", by=None, now=NOW)
    signed_copy_of(document, bytes(copy.content))
    assert document.signed_copies.kept().count() == 1


def test_a_copy_never_changes_and_never_goes(document):
    copy = signed_copy_of(document)
    for attempt in (
        copy.save,
        copy.delete,
        SignedCopy.objects.all().delete,
        lambda: SignedCopy.objects.update(name=""),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_a_copy_comes_as_it_was_sent_and_only_as_a_download(as_user, chair, document):
    copy = signed_copy_of(document, name="Bản đã ký.pdf")
    response = as_user(chair).get(reverse("reports:signed-copy-file", args=[document.pk, copy.pk]))
    assert b"".join(response.streaming_content) == bytes(copy.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")


def test_a_copy_is_found_under_its_own_document_only(as_user, chair, document):
    copy = signed_copy_of(document)
    other = issue(signed_off_draft(baseline="2021-H2"), write=pdf_files)
    assert as_user(chair).get(reverse("reports:signed-copy-file", args=[other.pk, copy.pk])).status_code == 404


def test_the_chair_reads_copies_and_neither_adds_nor_withdraws_any(as_user, chair, document):
    copy = signed_copy_of(document)
    client = as_user(chair)
    assert add(client, document, pdf()).status_code == 403
    assert client.post(reverse("reports:signed-copy-withdraw", args=[document.pk, copy.pk])).status_code == 403
    text = client.get(document.get_absolute_url()).content.decode()
    assert copy.sha256 in text
    assert "multipart/form-data" not in text


def test_a_copy_added_by_mistake_is_withdrawn_with_a_reason(as_user, secretariat, document):
    copy = signed_copy_of(document, name="nham.pdf")
    client = as_user(secretariat)
    page = client.post(
        reverse("reports:signed-copy-withdraw", args=[document.pk, copy.pk]), {"reason": "Nhầm văn bản"}, follow=True
    )
    assert list(page.context["copies"]) == []
    assert "nham.pdf: Nhầm văn bản" in page.content.decode()
    assert client.get(reverse("reports:signed-copy-file", args=[document.pk, copy.pk])).status_code == 404
    assert SignedCopyWithdrawal.objects.get().withdrawn_by == secretariat


@pytest.mark.parametrize("reason", ["", "của ông A, CCCD 001085012345"])
def test_a_reason_is_needed_and_tells_of_nobody(as_user, secretariat, document, reason):
    copy = signed_copy_of(document)
    page = as_user(secretariat).post(
        reverse("reports:signed-copy-withdraw", args=[document.pk, copy.pk]), {"reason": reason}
    )
    assert page.context["form"].errors["reason"]
    assert document.signed_copies.kept().exists()


def test_a_copy_is_withdrawn_once(document):
    copy = signed_copy_of(document)
    withdraw_signed_copy(copy=copy, reason="nhầm", by=None, now=NOW)
    with pytest.raises(Refused, match="đã được rút"):
        withdraw_signed_copy(copy=copy, reason="nhầm", by=None, now=NOW)


def test_adding_and_withdrawing_stand_in_the_audit_trail(secretariat, document):
    copy = signed_copy_of(document, name="nham.pdf", by=secretariat)
    withdraw_signed_copy(copy=copy, reason="Nhầm văn bản", by=secretariat, now=NOW)
    withdrawn, added = AuditEntry.objects.about(copy)
    assert [sentence(added), sentence(withdrawn)] == [
        "đã tải lên bản đã ký “01/BC-CĐBAT: nham.pdf”",
        "đã rút bản đã ký “01/BC-CĐBAT: nham.pdf”",
    ]
    assert added.changes == {"sha256": [None, copy.sha256]}
    assert withdrawn.changes == {"sha256": [copy.sha256, None], "reason": [None, "Nhầm văn bản"]}


def test_roots_set_up_later_count_for_copies_kept_before(document, settings, tmp_path):
    copy = signed_copy_of(document)
    assert [signature.trust for signature in inspect_copy(copy).signatures] == [Trust.UNASKED]
    (tmp_path / "goc.pem").write_bytes(root_pem())
    settings.SIGNATURE_TRUST_ROOTS = str(tmp_path)
    assert [signature.trust for signature in inspect_copy(copy).signatures] == [Trust.TRUSTED]


def test_a_copy_is_not_examined_again_and_again(document, django_assert_num_queries):
    copy = SignedCopy.objects.defer("content").get(pk=signed_copy_of(document).pk)
    first = inspect_copy(copy)
    with django_assert_num_queries(1):  # the cache is a table
        assert inspect_copy(SignedCopy(pk=copy.pk, document_id=document.pk, sha256=copy.sha256)) == first


def test_what_an_earlier_version_remembered_is_not_read(document):
    copy = signed_copy_of(document)
    first = inspect_copy(copy)
    moved = pickle.dumps(first, 0).replace(b"reports.documents.signing.inspection", b"reports.documents.inspection")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, expires FROM portal_cache WHERE cache_key LIKE %s", ["%signed-copy%"])
        key, expires = cursor.fetchone()
        cursor.execute("DELETE FROM portal_cache")
        cursor.execute(
            "INSERT INTO portal_cache (cache_key, value, expires) VALUES (%s, %s, %s)",
            [key, base64.b64encode(moved).decode(), expires],
        )

    assert inspect_copy(copy) == first


def test_nothing_is_remembered_but_what_stands_in_one_module(document):
    pickled = pickle.dumps(inspect_copy(signed_copy_of(document)), 0)

    modules = {line.removeprefix(b"c").decode() for line in re.findall(rb"^c[\w.]+$", pickled, re.MULTILINE)}

    assert {module for module in modules if module.partition(".")[0] == "reports"} == {inspection.__name__}


def test_copies_are_examined_before_they_are_laid_out(document, django_assert_num_queries):
    copy = signed_copy_of(document, sign(issued_pdf(document)))
    copies = kept_copies(document)
    with django_assert_num_queries(0):
        assert [(kept.copy, kept.inspection.content) for kept in copies] == [(copy, Content.ISSUED)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_archive_marks_documents_with_a_copy(as_user, chair, document, count, django_assert_num_queries):
    for number in range(count):
        signed_copy_of(document, pdf(f"Bản {number}"))
    unsigned = issue(signed_off_draft(baseline="2021-H2"), write=pdf_files)
    client = as_user(chair)
    with django_assert_num_queries(8):
        page = client.get("/documents/")
    assert [(row.pk, row.has_signed_copy) for row in page.context["page"]] == [
        (unsigned.pk, False),
        (document.pk, True),
    ]
    assert page.content.decode().count("có bản đã ký") == 1


def test_a_withdrawn_copy_is_no_mark_in_the_archive(as_user, chair, document):
    withdraw_signed_copy(copy=signed_copy_of(document), reason="nhầm", by=None, now=NOW)
    [row] = as_user(chair).get("/documents/").context["page"]
    assert not row.has_signed_copy


def test_a_signed_issued_file_passes_the_public_check(client, document, trusting):
    page = check(client, document, sign(issued_pdf(document, "pdfa")))
    assert f"là văn bản đã ban hành, có chữ ký số của {SIGNER}, còn nguyên vẹn" in page.content.decode()


def test_even_a_trusted_signers_picture_may_cover_text(client, document, trusting):
    page = check(client, document, sign(issued_pdf(document), visible=True))
    assert "Hình chữ ký có thể che nội dung" in page.content.decode()


@pytest.mark.parametrize("visible", [True, False])
def test_the_page_tells_where_a_picture_may_cover_text(as_user, secretariat, document, visible):
    page = add(as_user(secretariat), document, sign(issued_pdf(document), visible=visible))
    assert ("Hình chữ ký có thể che nội dung" in page.content.decode()) is visible


def test_a_signature_nobody_vouches_for_is_no_clean_pass(client, document, trusting):
    page = check(client, document, sign(issued_pdf(document), by=signer(self_signed=True)))
    text = page.content.decode()
    assert "chưa xác nhận được người ký" in text
    assert "alert-success" not in text


def altered(content):
    return content.replace(b"/MediaBox", b"/MediaBoy", 1)


@pytest.mark.parametrize(
    "forge",
    [
        lambda issued: altered(sign(issued)),
        lambda issued: sign(issued)[:-20],
        lambda issued: sign(issued) + b"\n% more",
        lambda issued: sign(altered(issued)),
        blank_page_and_sign,
        lambda issued: issued + b"\n",
        lambda issued: sign(pdf("Khác")),
        lambda issued: b"%PDF-1.7 <script>",
    ],
)
def test_what_was_altered_fails_the_public_check(client, document, trusting, forge):
    page = check(client, document, forge(issued_pdf(document)))
    assert not page.context["check"].is_genuine
    assert "không phải là tệp đã ban hành" in page.content.decode()
    assert "alert-success" not in page.content.decode()


def test_a_kept_copy_passes_the_public_check_until_it_is_withdrawn(client, document):
    copy = signed_copy_of(document, pdf("Bản quét"))
    text = check(client, document, bytes(copy.content)).content.decode()
    assert "là bản đã ký được cơ quan lưu cùng văn bản này" in text
    assert str(Content.SCAN.label) in text
    withdraw_signed_copy(copy=copy, reason="nhầm", by=None, now=NOW)
    assert not check(client, document, bytes(copy.content)).context["check"].is_genuine


def test_the_public_page_tells_nothing_of_copies(client, document):
    copy = signed_copy_of(document, name="da-ky-rieng.pdf")
    text = client.get(f"/verify/{document.code}/").content.decode()
    assert [word in text for word in (copy.name, copy.sha256, SIGNER)] == [False] * 3


def test_a_file_is_checked_against_the_copies_of_its_own_document(client, document):
    other = issue(signed_off_draft(baseline="2021-H2"), write=pdf_files)
    copy = signed_copy_of(other, sign(issued_pdf(other)))
    assert not check(client, document, bytes(copy.content)).context["check"].is_genuine
