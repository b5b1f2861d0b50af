"""A unit's half-year report as a PDF for its leader to sign."""

from __future__ import annotations

from django.utils import translation

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE, render_pdf
from cluster_portal.periods import Period
from members.models import Cluster, Unit
from reports.models import REPORT_NAME, Kind
from reports.submissions.reading import ReadSubmission


def unit_report_head(*, unit: Unit, cluster: Cluster, period: Period) -> DocumentHead:
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
        letterhead, kind=REPORT_NAME, kind_code=Kind.REPORT.value, subject=subject, is_numbered_elsewhere=True
    )


def write_submission_pdf(*, head: DocumentHead, cluster_name: str, report: ReadSubmission) -> bytes:
    """The finished report as PDF/UA-1."""
    context = {"head": head, "cluster_name": cluster_name, "report": report}
    return render_pdf("reports/submissions/printed_report.html", context)
