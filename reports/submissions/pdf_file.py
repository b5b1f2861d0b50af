"""A unit's half-year report as a PDF for its leader to sign."""

from __future__ import annotations

from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import render_pdf
from reports.submissions.reading import ReadSubmission


def write_submission_pdf(*, head: DocumentHead, cluster_name: str, report: ReadSubmission) -> bytes:
    """The finished report as PDF/UA-1."""
    context = {"head": head, "cluster_name": cluster_name, "report": report}
    return render_pdf("reports/submissions/printed_report.html", context)
