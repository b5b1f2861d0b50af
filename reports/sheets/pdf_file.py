"""A unit's own sheet as a PDF on the cluster's letterhead: information, so without number and signature."""

from __future__ import annotations

import datetime as dt

from django.utils import translation

from cluster_portal import formatting
from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE, render_pdf
from reports.prose import phrases
from reports.sheets.layout import layout
from reports.sheets.sheet import Sheet

TEMPLATE = "reports/sheets/printed_sheet.html"
CONTENT_TYPE = "application/pdf"


def write(sheet: Sheet, *, unit_name: str, letterhead: Letterhead, today: dt.date) -> bytes:
    """The sheet as PDF/UA-1; `today` is printed, as figures may change later."""
    compared = f" so với {phrases.baseline_name(sheet.summary)}" if sheet.summary.has_base else ""
    subject = f"Số liệu {phrases.period_name(sheet.summary.period)}{compared} – {unit_name}"
    with translation.override(DOCUMENT_LANGUAGE):
        found = layout(sheet)
    context = {
        "head": DocumentHead(letterhead, "Phiếu thông tin", "", subject),
        "layout": found,
        "as_of": f"Lập ngày {formatting.date(today)} từ các báo cáo đã được tiếp nhận.",
    }
    return render_pdf(TEMPLATE, context)
