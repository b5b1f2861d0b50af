"""A unit's own sheet as it is printed, on the cluster's letterhead: information, so without number and signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from cluster_portal import formatting
from cluster_portal.files.document_head import DocumentHead, Letterhead
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from reports.prose import phrases
from reports.sheets.layout import SheetLayout, layout
from reports.sheets.sheet import Sheet


@dataclass(frozen=True)
class PrintedSheet:
    """One finished value for PDF and Word; `as_of` says of which day the figures are, as they may change later."""

    head: DocumentHead
    layout: SheetLayout
    as_of: str
    places_heading = "Vị trí trong cụm"
    figures_heading = "Số liệu của đơn vị"
    course_heading = "Diễn biến qua các kỳ"
    chart_title = "Số vụ qua các kỳ, tính tất cả các nhóm"


def print_sheet(sheet: Sheet, *, unit_name: str, letterhead: Letterhead, today: dt.date) -> PrintedSheet:
    compared = f" so với {phrases.baseline_name(sheet.summary)}" if sheet.summary.has_base else ""
    subject = f"Số liệu {phrases.period_name(sheet.summary.period)}{compared} – {unit_name}"
    with translation.override(DOCUMENT_LANGUAGE):
        found = layout(sheet)
    as_of = f"Lập ngày {formatting.printed_date(today)} từ các báo cáo đã được tiếp nhận."
    return PrintedSheet(DocumentHead(letterhead, "Phiếu thông tin", "", subject), found, as_of)
