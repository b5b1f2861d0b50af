"""The cluster's settings as the letterhead of a document of some day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from cluster_portal.files.document_head import Letterhead
from members.models import Cluster, DatedLetterhead, PrintedHead, ranked


@dataclass(frozen=True)
class Heads:
    """All letterheads of the cluster, for several papers of several days (one query)."""

    cluster: Cluster
    newest_first: tuple[DatedLetterhead, ...]

    @classmethod
    def of(cls, cluster: Cluster) -> Heads:
        return cls(cluster, tuple(DatedLetterhead.objects.order_by("-starts_on")))

    def on(self, day: dt.date | None) -> PrintedHead:
        """The one in force that day; what bears no day yet is of today."""
        day = day or timezone.localdate()  # the clock: the day on which an undated draft would be issued
        return next((head for head in self.newest_first if head.starts_on <= day), self.cluster)

    def letterhead(self, day: dt.date | None) -> Letterhead:
        head = self.on(day)
        return Letterhead(
            issuer=head.issuer_line,
            issuer_name=self.cluster.name,
            superior=head.superior_line,
            place=head.place,
            notation_suffix=head.notation_suffix,
            signer_capacity=f"{head.signer_authority} {head.signer_capacity}".strip(),
            signer_title=head.signer_title,
            signer_post=head.signer_post,
            signer_name=ranked(head.signer_rank, head.signer_name),
            recipients=tuple(line.strip() for line in head.recipients.splitlines() if line.strip()),
            address_line=head.address_line,
            is_sample=self.cluster.is_sample,
        )


def build_letterhead(cluster: Cluster, *, on: dt.date | None) -> Letterhead:
    """What is printed around a document of that day; one that bears no day yet is of today."""
    return Heads.of(cluster).letterhead(on)
