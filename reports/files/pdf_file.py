"""The report as PDF, or as one HTML file: laid out by the template of all official documents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from cluster_portal.files.pdf import SourceData, document_html, html_to_pdf, html_to_pdfs
from reports.files.summary_report import SummaryReport

TEMPLATE = "reports/files/summary.html"
CONTENT_TYPE = "application/pdf"


def write(report: SummaryReport) -> bytes:
    """The report as PDF/UA-1; the same report gives the same bytes."""
    return html_to_pdf(document_html(TEMPLATE, _context(report)))


def write_with_source(report: SummaryReport, *, workbook: bytes, workbook_name: str) -> tuple[bytes, bytes]:
    """The report for reading, and for keeping as PDF/A-3a with its figures as a workbook; laid out once.

    The day of the report stands for the time of both, so that the bytes depend on nothing else.
    """
    day = report.head.date or dt.date(1980, 1, 1)
    source = SourceData(
        name=workbook_name,
        description=f"Số liệu của {report.head.title}",
        content=workbook,
        date=dt.datetime.combine(day, dt.time(), dt.UTC),
    )
    return html_to_pdfs(document_html(TEMPLATE, _context(report)), source)


def _context(report: SummaryReport) -> dict[str, Any]:
    return {**vars(report), "addressee_lines": report.addressee_lines, "closing": report.closing}


def write_html(report: SummaryReport) -> bytes:
    """The same report as one self-contained HTML file."""
    style_sheet = (Path(settings.BASE_DIR) / "static/css/document.css").read_text(encoding="utf-8")
    return document_html(TEMPLATE, {**_context(report), "style_sheet": style_sheet}).encode()
