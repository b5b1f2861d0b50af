"""A unit's own sheet as a PDF."""

from __future__ import annotations

from cluster_portal.files.pdf import render_pdf
from reports.sheets.printed import PrintedSheet

TEMPLATE = "reports/sheets/printed_sheet.html"


def write(printed: PrintedSheet) -> bytes:
    """The sheet as PDF/UA-1."""
    return render_pdf(TEMPLATE, {"head": printed.head, "layout": printed.layout, "printed": printed})
