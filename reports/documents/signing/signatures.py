"""Examining what was signed: everything that is known of a copy comes from its bytes.

Nothing is fetched from outside, so whether a certificate has been revoked is not known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

from django.utils.timezone import is_naive, localtime, make_aware
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    KeyUsageConstraints,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko_certvalidator import ValidationContext

from reports.documents.signing.inspection import Added, Content, Inspection, Integrity, Signature, Trust
from reports.documents.signing.pdf_revisions import is_only_signed, open_pdf, unpack
from reports.documents.signing.trust import TrustRoots

#: Vietnamese authorities set either; pyHanko by itself would insist on the first.
SIGNING = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
PROBLEMS = {
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE: Trust.UNSAFE_METHOD,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE: Trust.UNSAFE_METHOD,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE: Trust.OUT_OF_DATE,
    AdESIndeterminate.NOT_YET_VALID: Trust.OUT_OF_DATE,
    AdESIndeterminate.EXPIRED: Trust.OUT_OF_DATE,
}
LONGEST_NAME = 120


def inspect(
    content: bytes, *, issued: Iterable[bytes], roots: TrustRoots, moment: dt.datetime, step_by_step: bool = True
) -> Inspection:
    """What the file tells of itself, beside the files its document was issued with; never raises.

    Certificates are judged as of `moment`, when the file was first seen: that one has
    run out since says nothing about a signature made before. A stranger's file is not
    reviewed `step_by_step`, from each signature to the next: one could be made that
    takes for ever. The review from the issued file to the end is safe, and is always made.
    """
    original = next((file for file in issued if content.startswith(file)), None)
    try:
        reader = open_pdf(content)
        every_field = [(field, bool(value)) for _name, value, field in enumerate_sig_fields(reader)]
        fields = [field for field, is_filled in every_field if is_filled]
        if fields or original:
            unpack(reader)
        examined = (_signature(reader, field, roots, moment, skip_diff=not step_by_step) for field in fields)
        found = _content(reader, content, original, is_signed=bool(fields))
        return Inspection(found, tuple(examined), any(_has_picture(field) for field, _is_filled in every_field))
    except Exception:  # a file made to harm can make a reader raise anything
        return unexaminable(original)


def unexaminable(original: bytes | None) -> Inspection:
    """What is told of a file that can't be examined, beginning with the bytes of `original` or not."""
    unlike = Content.ISSUED_AND_MORE if original else Content.ANOTHER
    return Inspection(unlike, (Signature(Integrity.UNEXAMINABLE),))


def _has_picture(field: Any) -> bool:
    """Whether the field takes up room on a page, by itself or through its widgets."""
    widgets = field.get_object().get("/Kids") or [field]
    rectangles = [widget.get_object().get("/Rect") for widget in widgets]
    return any(box[0] != box[2] and box[1] != box[3] for box in rectangles if box)


def _content(reader: PdfFileReader, content: bytes, original: bytes | None, *, is_signed: bool) -> Content:
    if original is None:
        return Content.ANOTHER if is_signed else Content.SCAN
    return Content.ISSUED if is_only_signed(reader, content, original) else Content.ISSUED_AND_MORE


def _signature(
    reader: PdfFileReader, field: Any, roots: TrustRoots, moment: dt.datetime, *, skip_diff: bool
) -> Signature:
    """One field's signature; what can't be read of it doesn't hide the others."""
    if not reader.strict:
        return Signature(Integrity.UNEXAMINABLE)  # two programs may read such a file in two ways
    try:
        context = ValidationContext(trust_roots=list(roots.certificates), moment=moment, allow_fetching=False)
        embedded = EmbeddedPdfSignature(reader, field.get_object(), "")
        status = _status(embedded, context, skip_diff=skip_diff)
        subject = status.signing_cert.subject
        names = subject.native
        is_timestamp = _is_timestamp(embedded)
        told = Signature(
            Integrity.BROKEN,
            signer=_text(names.get("common_name") or subject.human_friendly),
            organisation=_text(names.get("organization_name", "")),
            signed_at=_local(status.timestamp if is_timestamp else embedded.self_reported_timestamp),
            is_timestamp=is_timestamp,
        )
        if not (status.intact and status.valid):
            return told
        return replace(told, integrity=Integrity.INTACT, added=_added(status), trust=_trust(status, roots))
    except Exception:  # as above
        return Signature(Integrity.UNEXAMINABLE)


def _is_timestamp(embedded: EmbeddedPdfSignature) -> bool:
    return embedded.sig_object_type == "/DocTimeStamp"


def _status(embedded: EmbeddedPdfSignature, context: ValidationContext, *, skip_diff: bool) -> Any:
    """pyHanko's judgement, from a thread of its own: its event loop must not meet one that runs in ours."""
    judge: Any = validate_pdf_signature
    options: dict[str, Any] = {"skip_diff": skip_diff, "key_usage_settings": SIGNING}
    if _is_timestamp(embedded):
        judge, options = validate_pdf_timestamp, {"skip_diff": skip_diff}
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(judge, embedded, context, **options).result()


def _added(status: Any) -> Added:
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Added.NOTHING
    if status.diff_result is None:  # skipped; whether it was more than signatures, `Inspection.content` tells
        only_signatures = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION
    else:  # bytes that make up no revision (level NONE) are no signature either
        level = status.modification_level
        only_signatures = level in (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
        only_signatures = only_signatures and status.docmdp_ok is not False
    return Added.SIGNATURES if only_signatures else Added.SOMETHING


def _trust(status: Any, roots: TrustRoots) -> Trust:
    if status.trusted:
        return Trust.TRUSTED
    problem = PROBLEMS.get(status.trust_problem_indic, Trust.UNCONFIRMED)
    return Trust.UNASKED if problem == Trust.UNCONFIRMED and not roots.certificates else problem


def _text(value: Any) -> str:
    """A name out of a certificate, in one line of bearable length."""
    names = value if isinstance(value, list) else [value]
    line = " ".join(", ".join(map(str, names)).split())
    return "".join(char for char in line if char.isprintable())[:LONGEST_NAME]


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    """The time by the clocks here; one without a zone is taken as ours."""
    if moment is None:
        return None
    return localtime(make_aware(moment) if is_naive(moment) else moment)
