"""What the portal tells of a signed copy: plain values, each with its words and tone."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

ICONS = {"success": "check-circle", "warning": "exclamation-triangle", "danger": "x-circle", "secondary": "eye"}
TONES = {
    "intact": "success",
    "broken": "danger",
    "unexaminable": "danger",
    "covers_all": "success",
    "signatures_added": "success",
    "something_added": "danger",
    "trusted": "success",
    "unconfirmed": "warning",
    "out_of_date": "warning",
    "unsafe_method": "warning",
    "unasked": "warning",
    "issued": "success",
    "issued_and_more": "danger",
    "another": "danger",
    "scan": "secondary",
}


class Finding(models.TextChoices):
    """One thing found; `tone` and `icon` go with its words, never alone."""

    @property
    def tone(self) -> str:
        return TONES[self.value]

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


class Integrity(Finding):
    INTACT = "intact", _("What was signed is intact")
    BROKEN = "broken", _("What was signed has been altered since")
    UNEXAMINABLE = "unexaminable", _("This signature can't be examined")


class Added(Finding):
    """What came into the file after a signature."""

    NOTHING = "covers_all", _("The signature covers the whole file")
    SIGNATURES = "signatures_added", _("Since then only signatures, or proofs of them, have been added")
    SOMETHING = "something_added", _("Since then something has been added that is no signature")


class Trust(Finding):
    """Whether the signer is who the certificate says."""

    TRUSTED = "trusted", _("The signer's certificate leads to a root certificate the office trusts")
    UNCONFIRMED = "unconfirmed", _("The office's root certificates don't confirm who signed")
    OUT_OF_DATE = "out_of_date", _("The signer's certificate was out of date, or not valid yet")
    UNSAFE_METHOD = "unsafe_method", _("Signed with a method that is no longer safe")
    UNASKED = "unasked", _("Who signed could not be checked: no root certificates are set up")


class Content(Finding):
    """Whether a copy is the document it was uploaded for."""

    ISSUED = "issued", _("Its content is the issued document")
    ISSUED_AND_MORE = "issued_and_more", _("It begins with the issued file, but more than signatures was added")
    ANOTHER = "another", _("Not the issued file: another document, or one the signing program wrote anew")
    SCAN = "scan", _("A scan: the portal can't tell whether it shows the issued document")


@dataclass(frozen=True)
class Signature:
    """One signature or, where `is_timestamp`, the stamp of a time authority.

    `signer`, `organisation` and `signed_at` are what the signature claims; only `trust`
    says whether that is to be believed. `added` and `trust` are None unless it is intact.
    """

    integrity: Integrity
    signer: str = ""
    organisation: str = ""
    signed_at: dt.datetime | None = None
    is_timestamp: bool = False
    added: Added | None = None
    trust: Trust | None = None

    @property
    def holds(self) -> bool:
        return self.integrity == Integrity.INTACT and self.added in (Added.NOTHING, Added.SIGNATURES)

    @property
    def findings(self) -> list[Finding]:
        return [finding for finding in (self.integrity, self.added, self.trust) if finding]


@dataclass(frozen=True)
class Inspection:
    """What a copy's bytes say of themselves and of the document.

    `has_picture`: a signature takes up room on a page, where it may cover what was issued.
    """

    content: Content
    signatures: tuple[Signature, ...] = ()
    has_picture: bool = False

    @property
    def signers(self) -> list[str]:
        return [signature.signer for signature in self.signatures if not signature.is_timestamp]

    @property
    def is_signed_and_unaltered(self) -> bool:
        """The issued document with nothing but signatures, all of which hold."""
        holding = all(signature.holds for signature in self.signatures)
        return self.content == Content.ISSUED and bool(self.signers) and holding

    @property
    def may_cover_text(self) -> bool:
        return self.content == Content.ISSUED and self.has_picture

    @property
    def is_trusted(self) -> bool:
        return all(signature.trust == Trust.TRUSTED for signature in self.signatures)

    def to_plain(self) -> dict[str, Any]:
        """As JSON can hold it; `from_plain` is the way back."""
        plain = asdict(self)
        for signature in plain["signatures"]:
            signed_at = signature["signed_at"]
            signature["signed_at"] = signed_at.isoformat() if signed_at else None
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Inspection:
        signatures = tuple(_signature(**signature) for signature in plain["signatures"])
        return cls(Content(plain["content"]), signatures, plain["has_picture"])


def _signature(
    *, integrity: str, signed_at: str | None, added: str | None, trust: str | None, **plain: Any
) -> Signature:
    return Signature(
        Integrity(integrity),
        signed_at=dt.datetime.fromisoformat(signed_at) if signed_at else None,
        added=Added(added) if added else None,
        trust=Trust(trust) if trust else None,
        **plain,
    )
