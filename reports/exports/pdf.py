"""The summary as an official report: laid out from a finished summary, without a query."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from cluster_portal.documents import DocumentHead, Letterhead
from cluster_portal.pdf import DOCUMENT_LANGUAGE, document_html, html_to_pdf
from reports import narrative
from reports.charts import Chart, chart_of
from reports.rows import Summary
from reports.tables import Table, tables_of

TEMPLATE = "documents/summary.html"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


@dataclass(frozen=True)
class NumberedTable:
    number: int
    table: Table


@dataclass(frozen=True)
class Part:
    """A roman-numbered part of the report with its tables."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[NumberedTable, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True)
class Annex:
    number: str
    subject: str
    table: Table


def write(summary: Summary, letterhead: Letterhead) -> bytes:
    """The report as PDF/UA-1; number and date stay open for the hand."""
    return html_to_pdf(document_html(TEMPLATE, layout(summary, letterhead)))


def write_html(summary: Summary, letterhead: Letterhead) -> bytes:
    """The same report as one self-contained HTML file."""
    style_sheet = (Path(settings.BASE_DIR) / "static/css/document.css").read_text(encoding="utf-8")
    return document_html(TEMPLATE, {**layout(summary, letterhead), "style_sheet": style_sheet}).encode()


def subject_of(summary: Summary) -> str:
    """What the report is on: ``… 6 tháng đầu năm 2022 so với cùng kỳ năm 2021``."""
    period, baseline = narrative.period_name(summary.period), narrative.baseline_name(summary)
    return f"Tình hình, kết quả xây dựng cụm địa bàn an toàn {period} so với {baseline}"


def layout(summary: Summary, letterhead: Letterhead) -> dict[str, Any]:
    """The template's context: heads, parts and annexes in the order of the report."""
    with translation.override(DOCUMENT_LANGUAGE):
        tables = tables_of(summary)
        chart = chart_of(summary)
    placed = {
        "general": (tables.measures,),
        "groups": (tables.categories,),
        "units": (tables.kinds, tables.units),
        "activities": (tables.indicators,),
        "history": (tables.history,),
    }
    passages = [*narrative.narrative(summary)]
    passages.insert(-1, narrative.Passage("history", "Diễn biến qua các kỳ", ()))
    parts, number = [], 0
    for place, passage in enumerate(passages):
        numbered = []
        for table in placed.get(passage.code, ()):
            number += 1
            numbered.append(NumberedTable(number, table))
        drawn = chart if passage.code == "history" else None
        parts.append(Part(ROMAN[place], passage.heading, passage.paragraphs, tuple(numbered), drawn))
    return {
        "head": DocumentHead(letterhead, "Báo cáo", "BC", subject_of(summary)),
        "parts": parts,
        "annexes": (
            Annex("I", "Số liệu chi tiết theo loại vụ việc", tables.category_details),
            Annex("II", "Số liệu chi tiết theo đơn vị", tables.unit_details),
        ),
    }
