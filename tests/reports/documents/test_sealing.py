"""The database refuses to alter what was issued, and `check_trail` tells where it was altered all the same."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from members.infrastructure.guards import guard, unguard
from members.infrastructure.trail import faults, seal
from members.models import AuditEntry, TrailLink
from reports.documents import sealing
from reports.documents.content import write_files
from reports.documents.sealing import document_faults
from tests.support.documents import issue, issued_report, signed_off_draft
from tests.support.flushing import guarded_tables
from tests.support.reporting import THEFT, accepted_report
from tests.support.signing import pdf_files, signed_copy_of


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def reported(cluster, unit):
    for period in ("2022-H1", "2021-H1"):
        accepted_report(unit, period, {THEFT: 9})


@pytest.fixture
def altering(reported):
    """The administrator of the database takes the guards away."""
    unguard(connection, guarded_tables())
    yield
    guard(connection, guarded_tables())


@pytest.mark.parametrize("table", ["issueddocument", "issuedfile", "signedcopy", "signedcopywithdrawal"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_alter_a_document(reported, secretariat, table, statement):
    document = issued_report(write=pdf_files)
    copies = importlib.import_module("reports.documents.signing.copies")
    copy = signed_copy_of(document, by=secretariat)
    copies.withdraw_signed_copy(copy=copy, reason="Nhầm", by=secretariat, now=copy.uploaded_at)

    with pytest.raises(IntegrityError, match="stand for good"):
        run(statement.format(f"reports_{table}"))


def test_documents_and_copies_as_they_were_issued_are_without_fault(reported, secretariat):
    first = issued_report(write=pdf_files)
    signed_copy_of(first, by=secretariat)
    issue(signed_off_draft(corrects=first))

    assert list(document_faults()) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE reports_issueddocument SET subject = 'x'", "was altered."),
        ("UPDATE reports_issueddocument SET number = 7", "was altered."),
        ("UPDATE reports_issuedfile SET content = name, size = 3", "has another"),
        ("DELETE FROM reports_issuedfile WHERE form = 'json'", "was altered."),
        ("UPDATE reports_issueddocument SET trail_head = '1-0123456789abcdef'", "was altered."),
        ("UPDATE reports_issueddocument SET signed_off_by_id = NULL", "was altered."),
        (
            "UPDATE reports_issueddocument SET prepared_by_id = signed_off_by_id, signed_off_by_id = NULL",
            "was altered.",
        ),
        ("UPDATE reports_issueddocument SET issued_by_id = signed_off_by_id", "was altered."),
    ],
)
def test_an_altered_document_is_told(altering, statement, told):
    issued_report(write=pdf_files)

    if connection.vendor == "postgresql":
        statement = statement.replace("content = name", "content = name::bytea")
    else:
        statement = statement.replace("content = name", "content = CAST(name AS BLOB)")
    run(statement)

    assert told in next(iter(document_faults()))


def test_a_digest_of_before_it_covered_who_stands_behind_a_document_still_vouches_for_it(reported, monkeypatch):
    """It was altered in nothing that the digest covered."""
    with monkeypatch.context() as earlier:
        earlier.setattr(sealing.document_digest, "__defaults__", (sealing.SAID,))
        issued_report(write=pdf_files)

    assert list(document_faults()) == []


def test_a_copy_put_in_the_place_of_another_is_told(altering, secretariat):
    copy = signed_copy_of(issued_report(write=pdf_files), by=secretariat)
    run("UPDATE reports_signedcopy SET sha256 = 'x'")

    assert list(document_faults()) == [f"Signed copy {copy.pk} ({copy.name}) was altered."]


def test_the_head_of_the_trail_is_printed_and_kept(reported, pdf_text):
    document = issued_report(write=write_files)

    head = TrailLink.objects.order_by("-position").first()
    assert document.trail_head == str(head)
    for form in ("pdf", "pdfa"):
        text = pdf_text(bytes(document.files.get(form=form).content))
        assert f"Mã đối chiếu nhật ký: {head}" in " ".join(text.split())


def test_a_chain_written_anew_no_longer_fits_what_was_issued(altering):
    document = issued_report()
    run("DELETE FROM members_traillink")
    run("UPDATE members_auditentry SET actor_name = 'x'")
    seal()

    assert list(faults()) == []
    [told] = document_faults()
    assert told.startswith(f"Document {document.pk} (01/BC-CĐBAT) was issued at a head that doesn't fit")


def test_documents_of_before_the_chain_are_taken_into_it(altering):
    document = issued_report()
    run("DELETE FROM members_traillink")
    run("DELETE FROM members_auditentry")
    assert next(iter(document_faults())) == f"Document {document.pk} (01/BC-CĐBAT) stands in no entry of the trail."

    migration = importlib.import_module("reports.migrations.0019_documents_guarded")
    for _twice in range(2):
        migration.seal(apps, connection.schema_editor)

    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["document.sealed"]
    [told] = document_faults()
    assert "a head that doesn't fit" in told  # the links it was issued at were deleted
