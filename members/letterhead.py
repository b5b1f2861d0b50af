"""The cluster's settings as the letterhead of a document."""

from __future__ import annotations

from cluster_portal.files.document_head import Letterhead
from members.models import Cluster, ranked


def build_letterhead(cluster: Cluster) -> Letterhead:
    return Letterhead(
        issuer=cluster.issuer_line,
        issuer_name=cluster.name,
        superior=cluster.superior_line,
        place=cluster.place,
        notation_suffix=cluster.notation_suffix,
        signer_capacity=f"{cluster.signer_authority} {cluster.signer_capacity}".strip(),
        signer_title=cluster.signer_title,
        signer_post=cluster.signer_post,
        signer_name=ranked(cluster.signer_rank, cluster.signer_name),
        recipients=tuple(line.strip() for line in cluster.recipients.splitlines() if line.strip()),
        address_line=cluster.address_line,
        is_sample=cluster.is_sample,
    )
