"""What a stranger's file may cost: it is refused unread, or its own process is killed."""

import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.documents.signing import examining
from reports.documents.signing.copies import Check, inspect_copy
from reports.documents.signing.examining import examine
from reports.documents.signing.inspection import Content, Integrity
from reports.documents.signing.pdf_revisions import MOST_REVISIONS, UnusablePdf, read_pdf
from reports.documents.signing.signatures import inspect
from tests.support.documents import issued_report
from tests.support.factories import NOW
from tests.support.reporting import THEFT, accepted_report
from tests.support.signing import issued_pdf, pdf, pdf_files, roots, sign, signed_copy_of

ISSUED = pdf("05/BC-CĐBAT")


def grown(content, revisions, *, end=b"startxref\n%d\n%%%%EOF\n"):
    """The file with so many empty revisions behind it."""
    root = b"/Root " + content.rsplit(b"/Root ", 1)[1].split(b" R", 1)[0] + b" R"
    previous, grown = int(content.rsplit(b"startxref", 1)[1].split()[0]), bytearray(content)
    for number in range(revisions):
        here = len(grown) + 1
        grown += b"\nxref\n0 0\ntrailer\n<</Size 99 " + root + b" /Prev %d>>\n" % previous
        grown += (b"startxref\n%d\n%%%%EOF\n" % here) if number == revisions - 1 else end and end % here
        previous = here
    return bytes(grown)


def examined(content):
    return examine(content, issued=[ISSUED], roots=roots(), moment=NOW, step_by_step=False)


def test_a_budget_changes_nothing_of_what_is_found():
    for content in (sign(ISSUED), sign(ISSUED, visible=True), ISSUED, pdf("khác"), grown(ISSUED, 3), b"%PDF-"):
        assert examined(content) == inspect(content, issued=[ISSUED], roots=roots(), moment=NOW, step_by_step=False)


@pytest.mark.parametrize("end", [b"startxref\n%d\n%%%%EOF\n", b""], ids=["plain", "without their ends"])
def test_thousands_of_empty_revisions_are_refused_unread(end):
    content = grown(ISSUED, 9_000, end=end)

    begun = time.monotonic()
    found = examined(content)

    assert time.monotonic() - begun < 1
    assert found.content == Content.ISSUED_AND_MORE
    assert [signature.integrity for signature in found.signatures] == [Integrity.UNEXAMINABLE]
    with pytest.raises(UnusablePdf):
        read_pdf(content)


def test_as_many_revisions_as_signing_makes_are_read():
    assert int(read_pdf(grown(ISSUED, MOST_REVISIONS - 2)).xrefs.total_revisions) == MOST_REVISIONS - 1


@pytest.fixture
def document(cluster, unit):
    accepted_report(unit, "2022-H1", {THEFT: 9})
    accepted_report(unit, "2021-H1", {THEFT: 4})
    return issued_report(write=pdf_files)


@pytest.mark.django_db
def test_what_was_given_up_is_called_neither_genuine_nor_false(client, document, monkeypatch):
    monkeypatch.setattr(examining, "MAX_WAIT", 0.01)
    upload = SimpleUploadedFile("a.pdf", sign(issued_pdf(document)))

    page = client.post(f"/verify/{document.code}/", {"file": upload})

    assert page.context["check"] == Check(is_given_up=True)
    assert "Chưa kiểm tra được tệp" in page.content.decode()


@pytest.mark.django_db
def test_a_kept_copy_that_was_given_up_is_examined_anew(document, monkeypatch):
    copy = signed_copy_of(document, sign(issued_pdf(document)))
    with monkeypatch.context() as hasty:
        hasty.setattr(examining, "MAX_WAIT", 0.01)
        assert inspect_copy(copy).signatures[0].integrity == Integrity.UNEXAMINABLE

    assert inspect_copy(copy).signatures[0].integrity == Integrity.INTACT


@pytest.mark.django_db
def test_a_stranger_may_not_ask_for_ever(client, document, settings):
    settings.ACCOUNT_RATE_LIMITS = {"verify": "3/m/ip"}

    def ask(address):
        upload = SimpleUploadedFile("a.pdf", issued_pdf(document))
        return client.post(f"/verify/{document.code}/", {"file": upload}, REMOTE_ADDR=address).status_code

    assert [ask("203.0.113.7") for _time in range(5)] == [200, 200, 200, 429, 429]
    assert ask("203.0.113.8") == 200
    assert client.get(f"/verify/{document.code}/", REMOTE_ADDR="203.0.113.7").status_code == 200
