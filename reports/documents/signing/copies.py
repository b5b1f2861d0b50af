"""Keeping signed copies, telling of them, and comparing a stranger's file with what is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.bounded import TooMuchWork
from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused, locked
from members.models import User
from reports.documents.signing import inspection
from reports.documents.signing.examining import examine
from reports.documents.signing.inspection import Inspection
from reports.documents.signing.pdf_revisions import UnusablePdf, read_pdf
from reports.documents.signing.signatures import unexaminable
from reports.documents.signing.trust import trust_roots
from reports.documents.verification import sha256_hex
from reports.models import IssuedDocument, IssuedFile, SignedCopy, SignedCopyWithdrawal

#: Signatures, pictures of them and proofs stay far below; more isn't examined for a stranger.
MOST_ADDED = 5 * 2**20
PDF_FORMS = (IssuedFile.Form.PDF, IssuedFile.Form.ARCHIVE)
AN_HOUR = 60 * 60
#: What is remembered is pickled; an entry of another version of these classes, or from
#: another place of theirs, can't be read and must not be looked for.
SHAPE = hashlib.sha256(inspection.__name__.encode() + Path(inspection.__file__).read_bytes()).hexdigest()[:16]


def keep_signed_copy(
    *, document: IssuedDocument, content: bytes, name: str, by: User | None, now: dt.datetime
) -> SignedCopy:
    """Put a signed PDF beside the document. A signature that doesn't hold is told, not refused.

    Raises `Refused` for a file that is no PDF to be kept, and for one kept already.
    """
    try:
        read_pdf(content)
    except UnusablePdf as unusable:
        raise Refused(str(unusable), "file", about=document) from unusable
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        held = locked(document)
        if held.signed_copies.kept().filter(sha256=digest).exists():
            raise Refused(_("This very file is kept with the document already."), "file", about=held)
        if held.files.filter(sha256=digest).exists():
            raise Refused(_("This is the issued file itself, which nobody has signed."), "file", about=held)
        copy = SignedCopy.objects.create(
            document=held,
            name=name,
            content=content,
            size=len(content),
            sha256=digest,
            uploaded_at=now,
            uploaded_by=by,
        )
        record(verb="signed_copy.added", target=copy, by=by, now=now, changes={"sha256": (None, digest)})
    return copy


@transaction.atomic
def withdraw_signed_copy(*, copy: SignedCopy, reason: str, by: User | None, now: dt.datetime) -> None:
    """Take away a copy added by mistake; its bytes stay, unseen. Raises `Refused` where that was done."""
    locked(copy.document)
    if SignedCopyWithdrawal.objects.filter(copy=copy).exists():
        raise Refused(_("This copy has been withdrawn already."), about=copy.document)
    SignedCopyWithdrawal.objects.create(copy=copy, reason=reason, withdrawn_at=now, withdrawn_by=by)
    changes = {"sha256": (copy.sha256, None), "reason": (None, reason)}
    record(verb="signed_copy.withdrawn", target=copy, by=by, now=now, changes=changes)


@dataclass(frozen=True)
class KeptCopy:
    """A copy, and what is told of it."""

    copy: SignedCopy
    inspection: Inspection


def kept_copies(document: IssuedDocument) -> tuple[KeptCopy, ...]:
    copies = document.signed_copies.kept().defer("content").select_related("uploaded_by")
    return tuple(KeptCopy(copy, inspect_copy(copy)) for copy in copies)


def inspect_copy(copy: SignedCopy) -> Inspection:
    """What is told of the copy, found out anew where it was not asked for lately.

    It is not stored: the bytes never change, but the roots an office trusts do, and so
    does what pyHanko knows of tricks. A stored judgement would outlive both. Examining
    takes up to a second, so it is remembered for as long as the roots stay the same; only
    the page of one document asks for it, lists don't.
    """
    roots = trust_roots()
    key = f"signed-copy:{SHAPE}:{copy.pk}:{copy.sha256}:{roots.digest}"
    if remembered := cache.get(key):
        return Inspection.from_plain(remembered)
    issued = issued_pdfs(copy.document_id)
    try:
        found = examine(bytes(copy.content), issued=issued, roots=roots, moment=copy.uploaded_at)
    except TooMuchWork:  # not remembered: the next page may find the machine less busy
        return unexaminable(None)
    cache.set(key, found.to_plain(), AN_HOUR)
    return found


def issued_pdfs(document_id: int) -> list[bytes]:
    files = IssuedFile.objects.filter(document_id=document_id, form__in=PDF_FORMS)
    return [bytes(content) for content in files.values_list("content", flat=True)]


@dataclass(frozen=True)
class Check:
    """What a file turned out to be: an issued file, a copy that is kept, or one signed elsewhere – or none of them."""

    file: IssuedFile | None = None
    is_kept: bool = False
    inspection: Inspection | None = None
    #: Examining it was given up, so that nothing is known of it.
    is_given_up: bool = False

    @property
    def is_genuine(self) -> bool:
        return bool(self.file or self.is_kept or self.inspection)


def check_file(document: IssuedDocument, upload: UploadedFile[Any], *, now: dt.datetime) -> Check:
    """Compare a stranger's file with what was issued and what is kept; nothing of it stays."""
    digest = sha256_hex(upload.chunks())
    if file := document.files.filter(sha256=digest).defer("content").first():
        return Check(file=file)
    if copy := document.signed_copies.kept().filter(sha256=digest).defer("content").first():
        return Check(is_kept=True, inspection=inspect_copy(copy))
    issued = issued_pdfs(document.pk)
    if not any(len(file) < (upload.size or 0) <= len(file) + MOST_ADDED for file in issued):
        return Check()
    upload.seek(0)
    content = upload.read()
    if not content.startswith(tuple(issued)):
        return Check()
    try:
        inspection = examine(content, issued=issued, roots=trust_roots(), moment=now, step_by_step=False)
    except TooMuchWork:
        return Check(is_given_up=True)
    return Check(inspection=inspection) if inspection.is_signed_and_unaltered else Check()
