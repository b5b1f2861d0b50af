"""The report on a period as a finished value: head, parts and annexes in their order.

Every file is written from this one object, so that PDF, DOCX and XLSX hold the same
text and the same figures in the same order; no writer asks a query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import translation

from cluster_portal.documents import DocumentHead, Letterhead, Verification
from cluster_portal.pdf import DOCUMENT_LANGUAGE
from reports import narrative
from reports.charts import Chart, chart_of
from reports.rows import Summary
from reports.tables import Table, Tables, tables_of

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
KIND, KIND_CODE = "Báo cáo", "BC"


@dataclass(frozen=True)
class NumberedTable:
    number: int
    table: Table

    @property
    def caption(self) -> str:
        return f"Bảng {self.number}. {self.table.title}"


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


@dataclass(frozen=True)
class Report:
    head: DocumentHead
    summary: Summary
    tables: Tables
    parts: tuple[Part, ...]
    annexes: tuple[Annex, ...]
    opening: str = ""


def subject_of(summary: Summary) -> str:
    """What the report is on: ``… 6 tháng đầu năm 2022 so với cùng kỳ năm 2021 – Xã mẫu 03``."""
    period, baseline = narrative.period_name(summary.period), narrative.baseline_name(summary)
    whose = f" – {summary.scope.printed}" if summary.scope.printed else ""
    return f"Tình hình, kết quả xây dựng cụm địa bàn an toàn {period} so với {baseline}{whose}"


def report_of(
    summary: Summary,
    letterhead: Letterhead,
    *,
    subject: str = "",
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
    opening: str = "",
) -> Report:
    """The report; without a number and a date both stay open for the hand.

    `opening` is a sentence before the first part, such as what the report replaces.
    """
    with translation.override(DOCUMENT_LANGUAGE):
        tables, chart = tables_of(summary), chart_of(summary)
    head = DocumentHead(
        letterhead,
        KIND,
        KIND_CODE,
        subject or subject_of(summary),
        number=number,
        date=date,
        verification=verification,
    )
    return Report(
        head=head,
        summary=summary,
        tables=tables,
        parts=tuple(_parts(summary, tables, chart)),
        annexes=(
            Annex("I", "Số liệu chi tiết theo loại vụ việc", tables.category_details),
            Annex("II", "Số liệu chi tiết theo đơn vị", tables.unit_details),
        ),
        opening=opening,
    )


def _parts(summary: Summary, tables: Tables, chart: Chart) -> Iterator[Part]:
    placed = {
        "general": (tables.measures,),
        "groups": (tables.categories,),
        "units": (tables.kinds, tables.units),
        "activities": (tables.indicators,),
        "history": (tables.history,),
    }
    passages = [*narrative.narrative(summary)]
    passages.insert(-1, narrative.Passage("history", "Diễn biến qua các kỳ", ()))
    number = 0
    for roman, passage in zip(ROMAN, passages, strict=False):
        numbered = []
        for table in placed.get(passage.code, ()):
            number += 1
            numbered.append(NumberedTable(number, table))
        drawn = chart if passage.code == "history" else None
        yield Part(roman, passage.heading, passage.paragraphs, tuple(numbered), drawn)
