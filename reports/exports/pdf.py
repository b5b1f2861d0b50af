"""The report as PDF, or as one HTML file: laid out by the template of all official documents."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from cluster_portal.pdf import document_html, html_to_pdf
from reports.exports.report import Report

TEMPLATE = "documents/summary.html"
CONTENT_TYPE = "application/pdf"


def write(report: Report) -> bytes:
    """The report as PDF/UA-1; the same report gives the same bytes."""
    return html_to_pdf(document_html(TEMPLATE, vars(report)))


def write_html(report: Report) -> bytes:
    """The same report as one self-contained HTML file."""
    style_sheet = (Path(settings.BASE_DIR) / "static/css/document.css").read_text(encoding="utf-8")
    return document_html(TEMPLATE, {**vars(report), "style_sheet": style_sheet}).encode()
