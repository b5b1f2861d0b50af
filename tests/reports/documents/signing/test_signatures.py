"""What is found in a signed file: each claim with a real signature, and with one that deceives."""

import datetime as dt
import re

import pytest
import weasyprint
from pyhanko.pdf_utils.generic import Reference

from reports.documents.signing.inspection import Added, Content, Integrity, Trust
from reports.documents.signing.pdf_revisions import UnusablePdf, open_pdf, read_pdf, unpack
from reports.documents.signing.signatures import inspect
from reports.documents.signing.trust import TrustRoots, trust_roots
from tests.support.factories import NOW
from tests.support.signing import (
    OFFICE,
    SIGNER,
    VALID_TO,
    authority,
    blank_page,
    blank_page_and_sign,
    locked_pdf,
    pdf,
    root_pem,
    roots,
    sign,
    signer,
)

ISSUED, ARCHIVED = pdf("05/BC-CĐBAT"), pdf("lưu trữ")


def told(content, *, known=None, moment=NOW, **options):
    known = roots() if known is None else known
    return inspect(content, issued=[ISSUED, ARCHIVED], roots=known, moment=moment, **options)


def altered(content, place):
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


def test_a_signed_issued_file_is_told_with_all_that_holds():
    found = told(sign(ISSUED))
    [signature] = found.signatures
    assert found.content == Content.ISSUED
    assert (signature.signer, signature.organisation) == (SIGNER, OFFICE)
    assert signature.findings == [Integrity.INTACT, Added.NOTHING, Trust.TRUSTED]
    assert abs(signature.signed_at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=5)
    assert found.is_signed_and_unaltered


@pytest.mark.parametrize("options", [{"visible": True}, {"certify": True}])
@pytest.mark.parametrize("issued", [ISSUED, ARCHIVED])
def test_a_picture_of_the_signature_and_certifying_alter_nothing(issued, options):
    assert told(sign(issued, **options)).is_signed_and_unaltered


def test_one_byte_changed_in_what_was_signed_breaks_the_signature():
    signed = sign(ISSUED)
    found = told(altered(signed, signed.index(b"/MediaBox") + 20))
    [signature] = found.signatures
    assert (signature.signer, signature.findings) == (SIGNER, [Integrity.BROKEN])
    assert found.content == Content.ANOTHER


def test_one_byte_changed_behind_the_issued_file_breaks_the_signature():
    signed = sign(ISSUED)
    found = told(altered(signed, signed.rindex(b"/Filter") + 3))
    assert [signature.holds for signature in found.signatures] == [False]
    assert not found.is_signed_and_unaltered


def test_a_second_signature_is_no_change_to_the_first():
    found = told(sign(sign(ISSUED), by=signer(self_signed=True), field="Signature2"))
    assert [signature.added for signature in found.signatures] == [Added.SIGNATURES, Added.NOTHING]
    assert [signature.trust for signature in found.signatures] == [Trust.TRUSTED, Trust.UNCONFIRMED]
    assert found.is_signed_and_unaltered


def test_a_page_replaced_after_signing_is_told():
    found = told(blank_page(sign(ISSUED)))
    assert [signature.findings[:2] for signature in found.signatures] == [[Integrity.INTACT, Added.SOMETHING]]
    assert found.content == Content.ISSUED_AND_MORE


@pytest.mark.parametrize("step_by_step", [True, False])
@pytest.mark.parametrize("forge", [blank_page_and_sign, lambda content: sign(blank_page(content))])
def test_a_page_replaced_before_signing_is_no_issued_document_however_intact_the_signature(forge, step_by_step):
    found = told(forge(ISSUED), step_by_step=step_by_step)
    assert [signature.findings[:2] for signature in found.signatures] == [[Integrity.INTACT, Added.NOTHING]]
    assert found.content == Content.ISSUED_AND_MORE
    assert not found.is_signed_and_unaltered


@pytest.mark.parametrize("step_by_step", [True, False])
def test_bytes_behind_the_last_revision_are_told(step_by_step):
    found = told(sign(ISSUED) + b"% more", step_by_step=step_by_step)
    assert found.content == Content.ISSUED_AND_MORE
    assert not found.is_signed_and_unaltered


def test_bytes_that_make_up_no_revision_are_not_taken_for_a_signature():
    [signature] = told(sign(ISSUED) + b"% more").signatures
    assert signature.added == Added.SOMETHING


def test_a_file_that_only_carries_the_issued_bytes_in_front_is_another():
    forged = ISSUED + moved(pdf("Khác", pages=2), by=len(ISSUED))
    assert told(forged).content == Content.ISSUED_AND_MORE
    assert told(sign(forged)).content == Content.ISSUED_AND_MORE


def moved(content, *, by):
    """The file with its table of places set for standing `by` bytes further down."""
    body, mark, table = content.rpartition(b"\nxref\n")
    table = re.sub(rb"(?m)^(\d{10}) (\d{5}) n", lambda place: b"%010d %b n" % (int(place[1]) + by, place[2]), table)
    table = re.sub(rb"startxref\n\d+", b"startxref\n%d" % (len(body) + 1 + by), table)
    return body + mark + table


def test_who_signed_is_unconfirmed_without_a_way_to_a_known_root():
    [signature] = told(sign(ISSUED, by=signer(self_signed=True))).signatures
    assert signature.findings == [Integrity.INTACT, Added.NOTHING, Trust.UNCONFIRMED]


def test_without_roots_nobody_is_confirmed_and_the_reason_is_told():
    found = told(sign(ISSUED), known=TrustRoots())
    assert [signature.trust for signature in found.signatures] == [Trust.UNASKED]


def test_a_certificate_is_judged_by_the_day_the_file_came():
    [signature] = told(sign(ISSUED), moment=VALID_TO + dt.timedelta(days=1)).signatures
    assert signature.trust == Trust.OUT_OF_DATE


def test_a_scan_is_told_as_one():
    found = told(pdf("Bản quét"))
    assert (found.content, found.signatures) == (Content.SCAN, ())
    assert not found.is_signed_and_unaltered


def test_another_documents_signed_file_is_not_the_issued_one():
    found = told(sign(pdf("06/BC-CĐBAT")))
    assert found.content == Content.ANOTHER
    assert [signature.holds for signature in found.signatures] == [True]


def test_a_signature_of_a_kind_unknown_here_is_told_not_hidden():
    found = told(sign(ISSUED).replace(b"/SubFilter /adbe.pkcs7.detached", b"/SubFilter /adbe.pkcs7.whatever"))
    assert [signature.integrity for signature in found.signatures] == [Integrity.UNEXAMINABLE]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7 <script>", sign(ISSUED)[:-400]])
def test_what_can_not_be_read_is_told_and_raises_nothing(content):
    found = told(content)
    assert [signature.integrity for signature in found.signatures] == [Integrity.UNEXAMINABLE]
    assert not found.is_signed_and_unaltered


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<script>alert(1)</script>", "không phải tệp PDF"),
        (b"GIF89a %PDF-1.7", "không phải tệp PDF"),
        (locked_pdf(), "mật khẩu"),
        (pdf()[:-200], "bị hỏng"),
        (b"%PDF-1.7\n%%EOF", "bị hỏng"),
        (pdf(pages=0), "không có trang nào"),
    ],
)
def test_a_file_that_can_not_be_kept_is_refused_with_a_sentence(content, words):
    with pytest.raises(UnusablePdf, match=words):
        read_pdf(content)


def test_object_streams_are_read_at_once_and_as_pyhanko_reads_them():
    content = weasyprint.HTML(string="<html lang=vi><title>Văn bản</title>" + "<p>Đoạn" * 20).write_pdf(pdf_tags=True)
    at_once, one_by_one = open_pdf(content), open_pdf(content)
    unpack(at_once)
    read = {place: repr(found) for place, found in at_once.resolved_objects.items()}
    assert len(read) > 40
    assert read == {place: repr(one_by_one.get_object(Reference(place[1], place[0], one_by_one))) for place in read}


def test_roots_are_read_from_a_folder_and_others_files_in_it_left_alone(tmp_path, settings):
    (tmp_path / "goc.pem").write_bytes(root_pem())
    (tmp_path / "hong.crt").write_bytes(b"no certificate")
    (tmp_path / "ghi-chu.txt").write_text("…")
    settings.SIGNATURE_TRUST_ROOTS = str(tmp_path)
    [certificate] = trust_roots().certificates
    assert certificate.serial_number == authority()[1].serial_number


def test_roots_are_read_from_one_file(tmp_path, settings):
    settings.SIGNATURE_TRUST_ROOTS = str(tmp_path / "goc.pem")
    (tmp_path / "goc.pem").write_bytes(root_pem() * 2)
    assert len(trust_roots().certificates) == 2
