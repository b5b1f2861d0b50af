"""A unit's half-year report as a PDF for its leader to sign."""

from __future__ import annotations

from cluster_portal.files.pdf import render_pdf
from reports.submissions.printed import PrintedReport


def write(report: PrintedReport) -> bytes:
    """The finished report as PDF/UA-1."""
    return render_pdf("reports/submissions/printed_report.html", vars(report))
