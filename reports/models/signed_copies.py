"""What came back signed: the scan or the digitally signed file of an issued document.

The portal issues files that nobody has signed yet. What was then signed with a pen or a
key is kept beside them, and, as they are, never altered. A copy added by mistake is
withdrawn: that is a row of its own, so it can be told later who took what away and why.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from members.infrastructure.append_only import AppendOnly, AppendOnlyQuerySet
from members.models import User
from reports.models.issued import IssuedDocument


class SignedCopyQuerySet(AppendOnlyQuerySet):
    def kept(self) -> SignedCopyQuerySet:
        return self.filter(withdrawal__isnull=True)

    def of_each_document(self) -> Exists:
        """For lists of documents: whether one has a signed copy."""
        return Exists(self.kept().filter(document=OuterRef("pk")))


class SignedCopy(AppendOnly):
    document = models.ForeignKey(IssuedDocument, on_delete=models.PROTECT, related_name="signed_copies")
    name = models.CharField(_("file"), max_length=124)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.document.notation}: {self.name}"


class SignedCopyWithdrawalQuerySet(AppendOnlyQuerySet):
    def of_document(self, document: IssuedDocument) -> SignedCopyWithdrawalQuerySet:
        """What was withdrawn from the document, with names and without bytes."""
        found = self.filter(copy__document=document).select_related("copy", "withdrawn_by")
        return found.defer("copy__content")


class SignedCopyWithdrawal(AppendOnly):
    """A copy that was added by mistake: neither shown nor taken for genuine any longer."""

    copy = models.OneToOneField(SignedCopy, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.CharField(_("reason"), max_length=200)
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SignedCopyWithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.copy)
