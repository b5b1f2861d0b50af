"""A unit's half-year report as a PDF for its leader to sign, and the receipt for it."""

from __future__ import annotations

from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import render_pdf
from reports.submissions.reading import ReadSubmission
from reports.submissions.receipts import Receipt


def write_submission_pdf(*, head: DocumentHead, cluster_name: str, report: ReadSubmission) -> bytes:
    """The finished report as PDF/UA-1."""
    context = {"head": head, "cluster_name": cluster_name, "report": report}
    return render_pdf("reports/submissions/printed_report.html", context)


def write_receipt_pdf(receipt: Receipt, *, letterhead: Letterhead) -> bytes:
    """The receipt as PDF/UA-1: information of the portal's, so without number and signature of an office."""
    head = DocumentHead(letterhead, "Biên nhận", "", f"nộp báo cáo {receipt.period} – {receipt.unit}")
    return render_pdf("reports/submissions/printed_receipt.html", {"head": head, "receipt": receipt})
