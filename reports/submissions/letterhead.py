"""What the printed report of a unit carries besides its text."""

from __future__ import annotations

from django.utils import translation

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from cluster_portal.periods import Period
from members.models import Cluster, Unit
from reports.content import REPORT_CODE, REPORT_NAME


def unit_report_head(*, unit: Unit, cluster: Cluster, period: Period, is_draft: bool = False) -> DocumentHead:
    """The unit's own letterhead; number, date and signature are left to its office."""
    with translation.override(DOCUMENT_LANGUAGE):
        subject = f"Kết quả công tác xây dựng cụm địa bàn an toàn {period.label}"
    letterhead = Letterhead(
        issuer=unit.name,
        place=cluster.place,
        signer_capacity=unit.leader_title or "Thủ trưởng đơn vị",
        signer_name=unit.leader,
        recipients=("Như trên",),
        is_sample=cluster.is_sample,
    )
    return DocumentHead(
        letterhead, kind=REPORT_NAME, kind_code=REPORT_CODE, subject=subject, is_numbered_elsewhere=not is_draft
    )
