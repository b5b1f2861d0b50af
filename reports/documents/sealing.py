"""Issued documents as the audit trail vouches for them: one digest over the row and its files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from members.infrastructure.audit import AuditEntry
from members.infrastructure.trail import head_fault
from reports.models import IssuedDocument, SignedCopy

#: What the first digests covered: what the document says.
SAID = ("kind", "year", "number", "notation", "subject", "issuer", "signer_capacity", "signer_name", "issued_on",
        "period", "baseline", "meeting_id", "summary", "text", "fingerprint", "code", "corrects_id")  # fmt: skip
#: Who stands behind it; covered by every digest that is made now.
HANDS = ("prepared_by_id", "changed_by_id", "signed_off_by_id", "issued_by_id")
PARTS = (*SAID, *HANDS)


def document_digest(document: Any, parts: Sequence[str] = PARTS) -> str:
    """SHA-256 over what the document says, who stands behind it, and its files, as read from the database."""
    told = {name: getattr(document, name) for name in parts}
    told["issued_at"] = document.issued_at.astimezone(dt.UTC).isoformat()
    told["trail_head"] = document.trail_head
    files = document.files.order_by("form").values_list("form", "name", "sha256")
    told["files"] = [list(file) for file in files]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def document_faults() -> Iterator[str]:
    """What `check_trail` says of documents, their files and signed copies that aren't as they were."""
    for document in IssuedDocument.objects.order_by("pk").iterator(chunk_size=20):
        if fault := _fault(document):
            yield f"Document {document.pk} ({document.notation}) {fault}"
        if document.trail_head and (fault := head_fault(document.trail_head)):
            yield f"Document {document.pk} ({document.notation}) was issued at a head that doesn't fit: {fault}"
    for copy in SignedCopy.objects.order_by("pk").iterator(chunk_size=5):
        if hashlib.sha256(copy.content).hexdigest() != copy.sha256 or copy.sha256 not in _told(copy, "signed_copy."):
            yield f"Signed copy {copy.pk} ({copy.name}) was altered."


def _fault(document: IssuedDocument) -> str:
    """The trail names one digest of a document, so an earlier kind of digest passes only where one was made."""
    for file in document.files.iterator(chunk_size=1):
        if hashlib.sha256(file.content).hexdigest() != file.sha256:
            return f"has another {file.form} file than it was issued with."
    told = _told(document, "document.")
    if not told:
        return "stands in no entry of the trail."
    made = {document_digest(document), document_digest(document, SAID)}
    return "" if made.intersection(told) else "was altered."


def _told(row: IssuedDocument | SignedCopy, acts: str) -> list[Any]:
    """The digests that the trail's entries about the row name."""
    entries = AuditEntry.objects.about(row).filter(verb__startswith=acts).values_list("changes", flat=True)
    return [changes["sha256"][1] for changes in entries if "sha256" in changes]
