"""What a draft says, as a finished value at one moment, whatever its kind."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.files.document_head import Verification
from members.infrastructure.audit import AuditEntry
from reports.documents.kinds import Content, Head, kind_of, kind_of_content
from reports.models import DocumentDraft

#: The acts by which a document comes to say something else.
WORDED = ("document.subject_changed", "document.text_edited", "document.parts_arranged")


def compose_content(
    draft: DocumentDraft,
    *,
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
) -> Content:
    """The draft as things stand now; number and date stay open unless told."""
    head = Head(number=number, date=date, verification=verification, opening=replacement_note(draft))
    content = _marked(kind_of(draft).compose(draft, head), draft)
    return content if number else replace(content, head=replace(content.head, draft_turn=_draft_turn(draft)))


def _marked(content: Content, draft: DocumentDraft) -> Content:
    """With what the office put on it besides: they change nothing of what it says, so its fingerprint stays."""
    letterhead = replace(content.head.letterhead, drafter=draft.drafter)
    urgency, circulation = draft.get_urgency_display(), draft.get_circulation_display()
    return replace(content, head=replace(content.head, letterhead=letterhead, urgency=urgency, circulation=circulation))


def _draft_turn(draft: DocumentDraft) -> int:
    """Its first wording and each that came after."""
    return 1 + worded(draft).count()


def worded(draft: DocumentDraft) -> QuerySet[AuditEntry]:
    """The acts by which it was worded anew."""
    return AuditEntry.objects.about(draft).filter(verb__in=WORDED)


def content_fingerprint(content: Content) -> str:
    """The same as long as the content says the same, whatever its number, date and letterhead."""
    return kind_of_content(content).fingerprint(content)


def sign_off_fault(content: Content, draft: DocumentDraft) -> str:
    """Why a draft that was signed off must be signed off again, in a sentence; empty where it need not."""
    return kind_of(draft).sign_off_fault(draft, content) if draft.is_signed_off else ""


def signer_of(content: Content) -> str:
    """Capacity and name of who signs: ``CỤM TRƯỞNG, Nguyễn Văn Mẫu``."""
    return ", ".join(filter(None, content.signer))


def signer_fault(content: Content, draft: DocumentDraft) -> str:
    """Why what was signed off can't bear its day, in a sentence: another would sign it than was approved.

    A letterhead of a later day may have begun meanwhile. What was approved before signers
    were kept is judged by the letterhead of the day of approval.
    """
    if draft.signed_off_at is None:
        return ""
    on_that_day = localdate(draft.signed_off_at)
    approved = draft.signed_off_signer or signer_of(compose_content(draft, date=on_that_day))
    if (signs := signer_of(content)) == approved:
        return ""
    told = _("On this day %(signer)s signs, who was not approved: %(approved)s was. Choose another day, or ask anew.")
    return told % {"signer": signs, "approved": approved}


def replacement_note(draft: DocumentDraft) -> str:
    """What a correction prints about the document it replaces."""
    replaced = draft.corrects
    if replaced is None:
        return ""
    name = kind_of(draft).name
    return f"{name} này thay thế {name} số {replaced.notation} {formatting.long_date(replaced.issued_on)}."


def write_files(content: Content) -> dict[str, bytes]:
    """Every file of the document, by form."""
    return kind_of_content(content).write(content)


def preview(content: Content) -> bytes:
    """The document as a PDF to look at."""
    return kind_of_content(content).preview(content)


def list_gaps(content: Content, draft: DocumentDraft) -> list[str]:
    """What will lack for good once the content is issued as it is, in sentences; none of it stops the issue."""
    return kind_of(draft).gaps(content, draft)


def reason_not_ready(content: Content, draft: DocumentDraft) -> str:
    """Why the content can't be signed off yet, in a sentence; empty where it can."""
    return kind_of(draft).lack(content, draft)
