"""What is done with documents; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.documents import Verification
from cluster_portal.text import fold
from cluster_portal.word import check_base
from members.audit import Changes, record
from members.editing import StaleEdit, change
from members.letterhead import letterhead_of
from members.models import Cluster, User
from reports.documents.files import file_name, write_files
from reports.documents.fingerprint import fingerprint
from reports.documents.models import DocumentDraft, IssuedDocument, IssuedFile, Kind, NumberSeries, WordBase
from reports.documents.verification import new_code, qr_picture
from reports.edited_text import checked
from reports.exports import json
from reports.exports.report import Report, report_of, subject_of
from reports.models import ReportingRound
from reports.rows import Summary
from reports.summary import summarise

Status = DocumentDraft.Status
Writer = Callable[[Report], dict[str, bytes]]


class CannotIssue(Exception):
    """The document can't go on its way as it stands; `str()` is a sentence for people."""


def replacement_of(draft: DocumentDraft) -> str:
    """What a correction prints about the document it replaces."""
    replaced = draft.corrects
    if replaced is None:
        return ""
    return f"Báo cáo này thay thế Báo cáo số {replaced.notation}, {formatting.long_date(replaced.issued_on)}."


def open_report_of(draft: DocumentDraft) -> Report:
    """The draft as it will look, number and date still open."""
    letterhead = letterhead_of(Cluster.get())
    opening = replacement_of(draft)
    return report_of(summary_of(draft), letterhead, subject=draft.subject, opening=opening, text=draft.text)


def summary_of(draft: DocumentDraft) -> Summary:
    """The comparison the draft is on, as the figures stand now."""
    return summarise(current=draft.period, baseline=draft.baseline, like_for_like=draft.like_for_like)


@transaction.atomic
def prepare(*, summary: Summary, by: User | None, now: dt.datetime) -> DocumentDraft:
    """Begin the report on a period; it keeps which comparison it shows, not yet its figures."""
    draft = DocumentDraft.objects.create(
        period=summary.period,
        baseline=summary.baseline,
        like_for_like=summary.like_for_like,
        subject=subject_of(summary),
        created_at=now,
        created_by=by,
    )
    record(verb="document.prepared", target=draft, by=by, now=now)
    return draft


@transaction.atomic
def begin_correction(*, document: IssuedDocument, by: User | None, now: dt.datetime) -> DocumentDraft:
    """Begin the document that is to replace `document`; meanwhile the period's reports can be changed.

    Raises `CannotIssue` where it has been replaced or is being corrected.
    """
    held = IssuedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if held.replaced_by or held.corrections.exists():
        raise CannotIssue(_("A correction of this document has already been begun."))
    if held.period is None or held.baseline is None:
        raise CannotIssue(_("Only reports on a period can be corrected here."))
    draft = DocumentDraft.objects.create(
        period=held.period,
        baseline=held.baseline,
        like_for_like=held.like_for_like,
        subject=held.subject,
        text=held.text,
        created_at=now,
        created_by=by,
        corrects=held,
    )
    record(verb="document.correction_begun", target=held, by=by, now=now)
    return draft


def change_subject(*, draft: DocumentDraft, subject: str, revision: int, by: User, now: dt.datetime) -> None:
    """Word the subject anew. Raises `StaleEdit`."""
    _reword(draft, {"subject": subject}, verb="document.subject_changed", revision=revision, by=by, now=now)


def edit_text(*, draft: DocumentDraft, text: dict[str, str], revision: int, by: User, now: dt.datetime) -> None:
    """Put `text`, passages with references by their code, in the place of what is generated. Raises `StaleEdit`.

    The trail, which is for ever, doesn't keep what an office wrote and struck out again.
    """
    _reword(draft, {"text": text}, verb="document.text_edited", revision=revision, by=by, now=now, withheld=("text",))


@transaction.atomic
def _reword(draft: DocumentDraft, values: dict[str, Any], *, revision: int, **act: Any) -> None:
    """What was signed off must be signed off again."""
    _held(draft, revision)
    if change(draft, values=values, revision=revision, **act):
        draft.status, draft.signed_off_fingerprint = Status.DRAFT, ""
        draft.signed_off_at = draft.signed_off_by = None
        draft.save(update_fields=["status", "signed_off_fingerprint", "signed_off_at", "signed_off_by"])


def _held(draft: DocumentDraft, revision: int) -> DocumentDraft:
    """The draft under a lock, if it still stands at `revision`. Raises `StaleEdit`, and `CannotIssue` once issued."""
    held = DocumentDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if held.is_issued:
        raise CannotIssue(_("This document has been issued; it can no longer be changed."))
    if held.revision != revision:
        raise StaleEdit(held)
    return held


@transaction.atomic
def sign_off(
    *, draft: DocumentDraft, revision: int, by: User | None, now: dt.datetime, numbers_checked: str = ""
) -> DocumentDraft:
    """Approve the draft with the figures as they stand now.

    `numbers_checked` is the fingerprint of the numbers in its text that no figure stands
    behind, if the signer has checked them (`CheckedText.fingerprint`). Raises
    `CannotIssue` where there are no figures, or the text is not in order.
    """
    held = _held(draft, revision)
    summary = summary_of(held)
    if not summary.has_figures:
        raise CannotIssue(_("There are no figures for this period yet."))
    if obstacle := checked(held.text, summary).obstacle(numbers_checked):
        raise CannotIssue(obstacle)
    changes: Changes = {"status": (held.status, Status.SIGNED_OFF)}
    held.status, held.signed_off_at, held.signed_off_by = Status.SIGNED_OFF, now, by
    held.signed_off_fingerprint = fingerprint(summary)
    held.revision += 1
    held.save(update_fields=["status", "signed_off_at", "signed_off_by", "signed_off_fingerprint", "revision"])
    record(verb="document.signed_off", target=held, by=by, now=now, changes=changes)
    return held


@transaction.atomic
def discard(*, draft: DocumentDraft, revision: int, by: User, now: dt.datetime) -> None:
    """Give the draft up; nothing was issued, so no number is lost."""
    held = _held(draft, revision)
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
    `CannotIssue` where the draft isn't signed off, its figures have changed since, or
    the date can't stand in the series.
    """
    code = new_code()
    letterhead = letterhead_of(Cluster.get())
    address = verify_at(code)
    summary = summary_of(draft)
    report = report_of(
        summary,
        letterhead,
        subject=draft.subject,
        number=NumberSeries.next_number(Kind.REPORT, issued_on.year),
        date=issued_on,
        verification=Verification(code, address, qr_picture(address)),
        opening=replacement_of(draft),
        text=draft.text,
    )
    _check_before(draft, summary, issued_on, now)
    files = write(report)
    with transaction.atomic():
        series = NumberSeries.locked(Kind.REPORT, issued_on.year)
        held = _held(draft, revision)
        list(ReportingRound.objects.select_for_update(no_key=True).filter(period__in=held.period.halves).order_by("pk"))
        _check_before(held, summary_of(held), issued_on, now)
        if series.last_issued_on and issued_on < series.last_issued_on:
            raise CannotIssue(
                _("Number %(number)s was issued on %(date)s; the next one can't be older.")
                % {"number": f"{series.last:02d}", "date": formatting.date(series.last_issued_on)}
            )
        number = series.take(issued_on)
        if number != report.head.number:
            report = replace(report, head=replace(report.head, number=number))
            files = write(report)
        return _keep(held, report, files, code=code, by=by, now=now)


def _check_before(draft: DocumentDraft, summary: Summary, issued_on: dt.date, now: dt.datetime) -> None:
    if not draft.is_signed_off:
        raise CannotIssue(_("The document has not been signed off yet."))
    if fingerprint(summary) != draft.signed_off_fingerprint:
        raise CannotIssue(_("Figures have changed since the document was signed off; it must be signed off again."))
    issued = IssuedDocument.objects.comparing(draft).in_force().exclude(pk=draft.corrects_id).first()
    if issued:
        raise CannotIssue(
            _("This comparison has been issued as %(document)s; only a correction can replace it.")
            % {"document": issued.notation}
        )
    if issued_on > localdate(now):
        raise CannotIssue(_("A document can't be issued with a day that has not come yet."))


def _keep(
    draft: DocumentDraft, report: Report, files: dict[str, bytes], *, code: str, by: User | None, now: dt.datetime
) -> IssuedDocument:
    head, letterhead = report.head, report.head.letterhead
    if head.number is None or head.date is None:
        raise ValueError("an issued document has a number and a date")
    notation = head.notation_only
    document = IssuedDocument.objects.create(
        kind=Kind.REPORT,
        year=head.date.year,
        number=head.number,
        notation=notation,
        subject=head.subject,
        issuer=letterhead.issuer,
        signer_capacity=letterhead.signer_capacity,
        signer_name=letterhead.signer_name,
        issued_on=head.date,
        issued_at=now,
        issued_by=by,
        signed_off_by=draft.signed_off_by,
        period=draft.period,
        baseline=draft.baseline,
        like_for_like=draft.like_for_like,
        summary=json.as_values(report.summary, report.passages),
        text=draft.text,
        fingerprint=draft.signed_off_fingerprint,
        code=code,
        corrects=draft.corrects,
        search_text=fold(
            f"{notation} {head.subject} {letterhead.issuer} {letterhead.signer_name} {head.place_and_date}"
        ),
    )
    for form, content in files.items():
        IssuedFile.objects.create(
            document=document,
            form=form,
            name=file_name(head, form),
            content=content,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
    draft.status, draft.issued = Status.ISSUED, document
    draft.revision += 1
    draft.save(update_fields=["status", "issued", "revision"])
    record(verb="document.issued", target=document, by=by, now=now, changes={"number": (None, notation)})
    return document


@transaction.atomic
def replace_word_base(*, content: bytes, name: str, by: User, now: dt.datetime) -> WordBase:
    """Write Word files on the office's own base from now on. Raises `word.UnusableBase`."""
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
