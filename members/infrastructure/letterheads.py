"""What a cluster prints around its documents, and from which day on it prints it differently.

A handover changes who signs, and often letterhead and suffix. So a letterhead is a row with
its first day, and a paper prints the one of the day it bears: one of December the old head,
also in January.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal import formatting
from members.infrastructure.editing import Revised

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: Of no other signer a rank is printed.
RANK_HELP = _("In an army or police unit, as in “Thượng tá”; it stands before the name.")


class SignerAuthority(models.TextChoices):
    """In whose right the signer signs; the value is what stands before the title signed for
    (Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I, II.7)."""

    OWN = "", _("in their own right")
    COLLECTIVE = "TM.", _("on behalf of a collective (TM.)")
    DEPUTY = "KT.", _("as deputy of the head (KT.)")
    ORDERED = "TL.", _("by order (TL.)")
    AUTHORISED = "TUQ.", _("by authorisation (TUQ.)")
    ACTING = "Q.", _("as acting head (Q.)")

    @property
    def names_own_title(self) -> bool:
        """Whether the signer's own title stands below the one signed for."""
        return self not in (self.OWN, self.ACTING)

    @classmethod
    def of_a_head(cls) -> list[tuple[str, StrOrPromise]]:
        """The choices where the title signed for is a person's, never a collective's."""
        return [(value, label) for value, label in cls.choices if value != cls.COLLECTIVE]


def ranked(rank: str, name: str) -> str:
    """``Thượng tá Nguyễn Văn A``: in the armed forces the rank stands before the name (Phụ lục I, II.7)."""
    return f"{rank} {name}".strip() if name else ""


class PrintedHead(models.Model):
    """Letterhead, signer and recipients.

    A cluster is not an agency and has no seal; how it signs is a setting
    (Nghị định 30/2020/NĐ-CP, Phụ lục I gives only the places on the page).
    """

    superior_line = models.CharField(_("superior body on the letterhead"), max_length=150, blank=True)
    issuer_line = models.CharField(_("issuing body on the letterhead"), max_length=150)
    place = models.CharField(_("place of issue"), max_length=80, help_text=_("As in: “Sóc Sơn, ngày …”"))
    notation_suffix = models.CharField(
        _("notation suffix"), max_length=30, blank=True, help_text=_("What follows the kind in “05/BC-…”")
    )
    signer_authority = models.CharField(
        _("signs"), max_length=5, choices=SignerAuthority.choices, default=SignerAuthority.OWN, blank=True
    )
    signer_capacity = models.CharField(_("signer's title in the cluster"), max_length=120, default="CỤM TRƯỞNG")
    signer_title = models.CharField(
        _("title of who signs for it"),
        max_length=120,
        blank=True,
        help_text=_("Only where somebody signs on behalf, as in “CỤM PHÓ” below “KT. CỤM TRƯỞNG”."),
    )
    signer_post = models.CharField(_("signer's title in the host"), max_length=120, blank=True)
    signer_name = models.CharField(_("signer's name"), max_length=120, blank=True)
    signer_rank = models.CharField(_("signer's rank"), max_length=40, blank=True, help_text=RANK_HELP)
    address_line = models.CharField(
        _("address below the first page"),
        max_length=200,
        blank=True,
        help_text=_("Address, telephone, e-mail; printed small at the foot of numbered documents."),
    )
    contact = models.CharField(
        _("contact for invitees"),
        max_length=200,
        blank=True,
        help_text=_("Printed on invitations: who answers questions, by which telephone."),
    )
    recipients = models.TextField(
        _("recipients of documents"), blank=True, help_text=_("One a line; “Lưu: VT.” is added by itself.")
    )

    class Meta:
        abstract = True


#: In the order in which they are asked for.
HEAD_FIELDS = (
    "superior_line",
    "issuer_line",
    "place",
    "notation_suffix",
    "address_line",
    "signer_authority",
    "signer_capacity",
    "signer_title",
    "signer_post",
    "signer_rank",
    "signer_name",
    "recipients",
    "contact",
)


class DatedLetterheadQuerySet(models.QuerySet["DatedLetterhead"]):
    def in_order(self) -> DatedLetterheadQuerySet:
        """Oldest first."""
        return self.order_by("starts_on")


class DatedLetterhead(PrintedHead, Revised):
    """The letterhead from a day on, until the next one begins."""

    starts_on = models.DateField(_("from"), unique=True)

    objects = DatedLetterheadQuerySet.as_manager()

    def __str__(self) -> str:
        return str(_("letterhead from %(day)s on") % {"day": formatting.date(self.starts_on)})
