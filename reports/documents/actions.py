"""What is done with documents; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.files.document_head import Verification
from cluster_portal.files.qr import qr_picture
from cluster_portal.files.word_base import check_base
from cluster_portal.text import fold
from meetings.actions.repeats import twin_of
from meetings.models import Meeting
from meetings.papers.paper import meeting_paper
from members.infrastructure.audit import Changes, record
from members.infrastructure.editing import change
from members.infrastructure.refusals import Refused, locked
from members.infrastructure.trail import seal
from members.models import Cluster, User
from reports.comparison.values import Summary
from reports.documents import mail
from reports.documents.approving import begin_anew, held_draft, one_hand_fault
from reports.documents.content import compose_content, reason_not_ready, sign_off_fault, write_files
from reports.documents.files import file_name
from reports.documents.kinds import PAPERS, Content, kind_of, lack_of_figures
from reports.documents.sealing import document_digest
from reports.documents.verification import new_code
from reports.files.summary_report import report_subject
from reports.models import (
    DocumentDraft,
    IssuedDocument,
    IssuedFile,
    Kind,
    NumberSeries,
    ReportTemplate,
    TakenText,
    WordBase,
)
from reports.prose.outline import USUAL, as_values

Status = DocumentDraft.Status
#: What an office may put on a document besides (Nghị định 30/2020/NĐ-CP, Phụ lục I, III.2 and III.3).
MARKS = ("urgency", "circulation", "drafter")
Writer = Callable[[Content], dict[str, bytes]]


def _already_issued(document: IssuedDocument) -> Refused:
    """There is such a document in force."""
    sentence = _("This has been issued as %(document)s; only a correction can replace it.")
    return Refused(sentence % {"document": document.notation}, about=document)


@transaction.atomic
def prepare(*, summary: Summary, by: User | None, now: dt.datetime) -> DocumentDraft:
    """Begin the report on a period, or go on with the one begun.

    It keeps which comparison it shows, not yet its figures. Raises `Refused` for a period that isn't whole.
    """
    Cluster.lock()
    if lack := lack_of_figures(summary):
        raise Refused(lack)
    compared = {"period": summary.period, "baseline": summary.baseline}
    begun = DocumentDraft.objects.being_written().summary_reports().filter(**compared).first()
    return begun or _prepare(subject=report_subject(summary), **compared, **_usual_parts(), by=by, now=now)


def _longest_subject() -> int | None:
    return DocumentDraft._meta.get_field("subject").max_length


def _usual_parts() -> dict[str, Any]:
    """The parts as the office arranged them last, whom it reports to, and the texts it keeps."""
    template = ReportTemplate.get()
    outline = template.outline or as_values(USUAL)
    return {"outline": outline, "addressees": template.addressees, "text": template.texts}


@transaction.atomic
def prepare_paper(*, meeting: Meeting, kind: Kind, by: User | None, now: dt.datetime) -> DocumentDraft:
    """Begin the invitation, the minutes or the conclusion notice of a meeting, or go on with the one begun.

    Raises `Refused` where it has been issued: then only a correction replaces it.
    """
    held = locked(meeting)
    if issued := IssuedDocument.objects.filter(meeting=held, kind=kind).in_force().first():
        raise _already_issued(issued)
    begun = DocumentDraft.objects.being_written().filter(meeting=held, kind=kind).first()
    subject = PAPERS[kind].paper.usual_subject(meeting_paper(held))[: _longest_subject()]
    return begun or _prepare(subject=subject, kind=kind, meeting=held, period=held.period, by=by, now=now)


@transaction.atomic
def prepare_free_text(
    *,
    kind: Kind,
    subject: str,
    addressees: str = "",
    text: Mapping[str, str] | None = None,
    by: User | None,
    now: dt.datetime,
) -> DocumentDraft:
    """Begin a document of the office's own words; sent twice it is begun once, as long as nothing is written in it.

    One that is written beforehand, with a `text`, is begun once as long as it is being written.
    """
    Cluster.lock()
    values = {"kind": kind, "subject": subject[: _longest_subject()], "addressees": addressees}
    writing = DocumentDraft.objects.being_written()
    begun = twin_of(writing if text else writing.filter(text={}, created_by=by), values)
    return begun or _prepare(**values, text=dict(text or {}), by=by, now=now)


def write_free_text(
    *, draft: DocumentDraft, text: Mapping[str, str], addressees: str, revision: int, by: User, now: dt.datetime
) -> None:
    """Write the text anew, and to whom it goes. Raises `StaleEdit`; the trail doesn't keep what is struck out again."""
    kept = {**draft.text, **text}
    values = {"text": {name: told for name, told in kept.items() if told}, "addressees": addressees}
    reword(draft, values, verb="document.text_edited", revision=revision, by=by, now=now, withheld=("text",))


@transaction.atomic
def _prepare(*, by: User | None, now: dt.datetime, **values: Any) -> DocumentDraft:
    draft = DocumentDraft.objects.create(**values, created_at=now, created_by=by, changed_by=by)
    record(verb="document.prepared", target=draft, by=by, now=now)
    return draft


@transaction.atomic
def begin_correction(*, document: IssuedDocument, by: User | None, now: dt.datetime) -> DocumentDraft:
    """Begin the document that is to replace `document`; meanwhile the reports of its period can be changed.

    Raises `Refused` where it has been replaced or is being corrected.
    """
    held = locked(document)
    if held.replaced_by or held.corrections.exists():
        raise Refused(_("A correction of this document has already been begun."), about=held)
    copied = ("kind", "meeting", "period", "baseline", "subject", "text")
    values = {name: getattr(held, name) for name in copied}
    values |= DocumentDraft.objects.filter(issued=held).values("outline", "addressees", *MARKS).first() or {}
    draft = DocumentDraft.objects.create(**values, created_at=now, created_by=by, changed_by=by, corrects=held)
    _keep_sources(held, draft)
    record(verb="document.correction_begun", target=held, by=by, now=now)
    return draft


def _keep_sources(document: IssuedDocument, correction: DocumentDraft) -> None:
    """What the text that is copied was taken from."""
    taken = TakenText.objects.filter(draft__issued=document).order_by("pk")
    for row in taken:
        row.pk, row.draft = None, correction
    TakenText.objects.bulk_create(taken)


def change_subject(
    *, draft: DocumentDraft, subject: str, revision: int, by: User, now: dt.datetime, **marks: str
) -> None:
    """Word the subject anew, and set what of `MARKS` is told. Raises `StaleEdit`."""
    verb = "document.subject_changed" if subject != draft.subject else "document.marked"
    reword(draft, {"subject": subject, **marks}, verb=verb, revision=revision, by=by, now=now)


@transaction.atomic
def edit_text(*, draft: DocumentDraft, text: dict[str, str], revision: int, by: User, now: dt.datetime) -> None:
    """Put `text`, passages with references by their code, in the place of what is generated. Raises `StaleEdit`.

    The trail, which is for ever, doesn't keep what an office wrote and struck out again.
    Nothing taken from a unit's report stands in a passage that is emptied or generated again.
    """
    reword(draft, {"text": text}, verb="document.text_edited", revision=revision, by=by, now=now, withheld=("text",))
    draft.taken_texts.exclude(passage__in=[code for code, words in text.items() if words]).delete()
    if draft.corrects_id is None and draft.outline:
        ReportTemplate.keep_texts(draft)


@transaction.atomic
def reword(draft: DocumentDraft, values: dict[str, Any], *, revision: int, **act: Any) -> None:
    """Set values of a draft that change what it says. Raises `StaleEdit`.

    What was signed off, or lies before its approver, must be put before them again.
    """
    held_draft(draft, revision)
    if change(draft, values=values, revision=revision, **act):
        begin_anew(draft, by=act["by"], now=act["now"])


@transaction.atomic
def discard(*, draft: DocumentDraft, revision: int, by: User, now: dt.datetime) -> None:
    """Give the draft up; nothing was issued, so no number is lost."""
    held = held_draft(draft, revision)
    mail.take_back(held, now=now)
    record(verb="document.discarded", target=held, by=by, now=now)
    held.delete()


def issue(
    *,
    draft: DocumentDraft,
    revision: int,
    issued_on: dt.date,
    verify_at: Callable[[str], str],
    by: User | None,
    now: dt.datetime,
    write: Writer = write_files,
) -> IssuedDocument:
    """Give the signed-off draft its number and date, and keep it with its files for good.

    The files are written beforehand with the number that should come; only where
    somebody else took that number meanwhile are they written again under the lock.
    `verify_at` makes the address of a verification code. Raises `StaleEdit`, and
    `Refused` where the draft isn't signed off, its figures have changed since, or
    the date can't stand in the series.
    """
    code = new_code()
    address = verify_at(code)
    trail = str(seal())
    content = compose_content(
        draft,
        number=NumberSeries.next_number(draft.kind, issued_on.year),
        date=issued_on,
        verification=Verification(code, address, qr_picture(address), trail),
    )
    _check_before(draft, content, issued_on, now)
    files = write(content)
    with transaction.atomic():
        series = NumberSeries.locked(draft.kind, issued_on.year)
        held = held_draft(draft, revision)
        if not list(kind_of(held).held(held)):
            raise ValueError("what the document tells of must be held until it is kept")
        _check_before(held, compose_content(held), issued_on, now)
        if series.last_issued_on and issued_on < series.last_issued_on:
            raise Refused(
                _("Number %(number)s was issued on %(date)s; the next one can't be older.")
                % {"number": f"{series.last:02d}", "date": formatting.date(series.last_issued_on)},
                "issued_on",
            )
        number = series.take(issued_on)
        if number != content.head.number:
            content = replace(content, head=replace(content.head, number=number))
            files = write(content)
        return _keep(held, content, files, by=by, now=now)


def _check_before(draft: DocumentDraft, content: Content, issued_on: dt.date, now: dt.datetime) -> None:
    if not draft.is_signed_off:
        raise Refused(_("The document has not been signed off yet."))
    if fault := sign_off_fault(content, draft) or one_hand_fault(draft):
        raise Refused(fault)
    issued = draft.twins().in_force().exclude(pk=draft.corrects_id).first()
    if issued:
        raise _already_issued(issued)
    if lack := reason_not_ready(content, draft):
        raise Refused(lack)
    if fault := date_fault(draft, issued_on, today=localdate(now)):
        raise Refused(fault, "issued_on", about=draft)


def date_fault(draft: DocumentDraft, issued_on: dt.date, *, today: dt.date) -> str:
    """Why the document can't bear this date, in a sentence; empty where it can."""
    if issued_on > today:
        return _("A document can't be issued with a day that has not come yet.")
    return kind_of(draft).date_fault(draft, issued_on, today=today)


def _keep(
    draft: DocumentDraft, content: Content, files: dict[str, bytes], *, by: User | None, now: dt.datetime
) -> IssuedDocument:
    head = content.head
    if head.number is None or head.date is None or head.verification is None:
        raise ValueError("an issued document has a number, a date and a code")
    notation, issuer = head.notation_only, head.letterhead.issuer
    signer_capacity, signer_name = content.signer
    document = IssuedDocument.objects.create(
        kind=draft.kind,
        year=head.date.year,
        number=head.number,
        notation=notation,
        subject=head.subject,
        issuer=issuer,
        signer_capacity=signer_capacity,
        signer_name=signer_name,
        issued_on=head.date,
        issued_at=now,
        issued_by=by,
        signed_off_by=draft.signed_off_by,
        prepared_by=draft.created_by,
        changed_by=draft.changed_by,
        period=draft.period,
        baseline=draft.baseline,
        meeting=draft.meeting,
        summary=kind_of(draft).values_to_keep(content),
        text=draft.text,
        fingerprint=draft.signed_off_fingerprint,
        code=head.verification.code,
        trail_head=head.verification.trail,
        corrects=draft.corrects,
        search_text=fold(f"{notation} {head.subject} {issuer} {signer_name} {head.place_and_date}"),
    )
    kind_of(draft).when_issued(draft, content)
    for form, written in files.items():
        IssuedFile.objects.create(
            document=document,
            form=form,
            name=file_name(head, form),
            content=written,
            size=len(written),
            sha256=hashlib.sha256(written).hexdigest(),
        )
    draft.status, draft.issued = Status.ISSUED, document
    draft.revision += 1
    draft.save(update_fields=["status", "issued", "revision"])
    draft.requests.update(shown=[])
    changes: Changes = {"number": (None, notation), "sha256": (None, document_digest(_as_stored(document)))}
    record(verb="document.issued", target=document, by=by, now=now, changes=changes)
    return document


def _as_stored(document: IssuedDocument) -> IssuedDocument:
    """Read anew, as whoever checks its digest will."""
    return IssuedDocument.objects.get(pk=document.pk)


@transaction.atomic
def begin_series(*, kind: Kind, year: int, reached: int, by: User | None, now: dt.datetime) -> None:
    """Let the numbers of a kind go on after `reached`, which an office had given before it came to the portal.

    Raises `Refused` once the portal has given a number of the series itself.
    """
    series = NumberSeries.locked(kind, year)
    if series.last_issued_on:
        told = _("Number %(number)s of this kind was given by the portal already; the series goes on from there.")
        raise Refused(told % {"number": f"{series.last:02d}"}, "reached")
    before, series.last = series.last, reached
    series.save(update_fields=["last"])
    changes: Changes = {"number": (before, reached)}
    record(verb="series.begun", target=series, by=by, now=now, changes=changes)


@transaction.atomic
def replace_word_base(*, content: bytes, name: str, by: User, now: dt.datetime) -> WordBase:
    """Write Word files on the office's own base from now on. Raises `word.UnusableBase`, and `ActiveContent`."""
    check_base(content)
    values = {"content": content, "name": name, "uploaded_at": now, "uploaded_by": by}
    base, _created = WordBase.objects.update_or_create(pk=WordBase.SINGLETON, defaults=values)
    record(verb="word_base.replaced", target=base, by=by, now=now)
    return base


@transaction.atomic
def remove_word_base(*, by: User, now: dt.datetime) -> None:
    """Go back to the standard base."""
    for base in WordBase.objects.all():
        record(verb="word_base.removed", target=base, by=by, now=now)
        base.delete()
