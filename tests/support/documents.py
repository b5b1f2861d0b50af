"""Issued documents to arrange a test with."""

import contextlib
import datetime as dt
import io
from functools import cache

import pypdfium2

from cluster_portal.models import FinishedFile
from cluster_portal.periods import Period
from members.models import User
from reports.comparison.sources import Days
from reports.comparison.summarise import summarise
from reports.documents import actions, approving
from reports.documents.views.pages import _signer
from reports.models import ApprovalDeputy, Dispatch, DocumentDraft, IssuedDocument, IssuedFile, Kind, NumberSeries
from tests.support.factories import NOW, UserFactory

ISSUED_ON = dt.date(2022, 7, 4)


def quick_files(report):
    """Files that take no time to write, where a test is about something else."""
    return {"pdf": f"%PDF {report.head.notation} {report.head.verification.code}".encode(), "json": b"{}"}


def verify_at(code):
    return f"https://portal.example.vn/verify/{code}/"


def prepared_draft(period="2022-H1", *, baseline=None, by=None):
    summary = summarise(current=Period.parse(period), baseline=Period.parse(baseline) if baseline else None)
    return actions.prepare(summary=summary, by=by, now=NOW)


def approver():
    """Somebody who approves and writes nothing."""
    found = User.objects.filter(email="nguoiduyet@example.vn").first()
    return found or UserFactory(email="nguoiduyet@example.vn", full_name="Người Duyệt Thử", role="chair")


def deputy(person=None, *, starts_on=ISSUED_ON, ends_on=ISSUED_ON, by=None):
    """Somebody of the secretariat who approves in the chair's place."""
    return ApprovalDeputy.objects.create(
        person=person or UserFactory(), starts_on=starts_on, ends_on=ends_on, given_by=by or approver(), given_at=NOW
    )


def submitted(draft, *, to=None, by=None):
    """The draft, put before somebody who approves."""
    person = to or approver()
    request = approving.submit_for_approval(draft=draft, revision=draft.revision, approver=person, by=by, now=NOW)
    return request.draft


def sign_off(draft, *, by=None, now=NOW, **kwargs):
    """The draft, put forward and approved."""
    person = by or approver()
    waiting = submitted(DocumentDraft.objects.get(pk=draft.pk), to=person)
    return approving.sign_off(draft=waiting, revision=waiting.revision, by=person, now=now, **kwargs)


def signed_off_draft(period="2022-H1", *, baseline=None, corrects=None):
    if corrects:
        draft = actions.begin_correction(document=corrects, by=None, now=NOW)
    else:
        draft = prepared_draft(period, baseline=baseline)
    return sign_off(draft)


def first_day_to_issue(draft):
    """The day documents bear here; a report on a later period bears the cut-off day of that."""
    ended = Days.of(draft.period.halves).last_of(draft.period) if draft.period else ISSUED_ON
    return max(ISSUED_ON, ended)


def issue(draft, *, on=None, write=quick_files):
    on = on or first_day_to_issue(draft)
    now = NOW.replace(year=on.year, month=on.month, day=on.day)
    return actions.issue(
        draft=draft, revision=draft.revision, issued_on=on, verify_at=verify_at, by=None, now=now, write=write
    )


def own_words(kind="KH"):
    """A document of the office's own words, on its way."""
    return actions.prepare_free_text(kind=Kind(kind), subject="Việc thử", by=None, now=NOW)


def issued_report(period="2022-H1", **kwargs):
    return issue(signed_off_draft(period), **kwargs)


def paper_sent_to(unit, meeting):
    """A conclusion notice that this unit alone was sent."""
    paper = IssuedDocument.objects.create(
        kind="TB", year=2022, number=77, notation="77/TB-CĐBAT", subject="Kết luận hội nghị", issuer="CỤM THỬ",
        issued_on=ISSUED_ON, issued_at=NOW, meeting=meeting, code="TEST-TEST-TEST", search_text="",
    )  # fmt: skip
    content = one_page()
    IssuedFile.objects.create(
        document=paper, form="pdf", name="77.pdf", content=content, size=len(content), sha256="0" * 64
    )
    Dispatch.objects.create(document=paper, unit=unit, recipient=unit.name, way="portal", sent_at=NOW)
    return paper


@cache
def one_page():
    """A PDF of one page that says nothing."""
    written = io.BytesIO()
    with contextlib.closing(pypdfium2.PdfDocument.new()) as document:
        document.new_page(595, 842).close()
        document.save(written)
    return written.getvalue()


def page_of(draft):
    """What the address of a page of the draft names its PDF by, once that is made."""
    FinishedFile.objects.create(key="f" * 64, asked_at=NOW, made_at=NOW, content=one_page())
    return _signer(draft).sign("f" * 64)


def last_number(year=2022):
    return NumberSeries.objects.get(kind="BC", year=year).last


def as_typed(printed):
    """What was printed, with the spaces that were typed: those of a number don't break on paper."""
    return printed.replace("\N{NO-BREAK SPACE}", " ")
