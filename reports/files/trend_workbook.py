"""A trend as a workbook: the table of the page with its figures as numbers, in Vietnamese."""

from __future__ import annotations

from django.utils import translation

from cluster_portal.files.document_head import Letterhead
from cluster_portal.files.finished import kept
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from reports.comparison.trend import Trend
from reports.files.workbook_file import CONTENT_TYPE, write_workbook
from reports.layout.trend_tables import build_trend_table, trend_notes, trend_span, trend_title

__all__ = ["CONTENT_TYPE", "write"]

SHEET_NAME = "Diễn biến"


@kept
def write(trend: Trend, letterhead: Letterhead) -> bytes:
    """The workbook; the same trend gives the same bytes."""
    with translation.override(DOCUMENT_LANGUAGE):
        table, title, notes = (
            build_trend_table(trend),
            f"Diễn biến qua các kỳ – {trend_title(trend)}",
            trend_notes(trend),
        )
        facts = [
            ("Nội dung", title),
            ("Thời gian", trend_span(trend)),
            ("Đơn vị lập", letterhead.issuer),
            *(("Lưu ý", note) for note in notes),
        ]
    if letterhead.is_sample:
        facts.append(("Chú ý", letterhead.sample_mark))
    return write_workbook(title=title, creator=letterhead.issuer, facts=facts, sheets=[(SHEET_NAME, table)])
