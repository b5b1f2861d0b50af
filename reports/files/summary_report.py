"""The report on a period as a finished value: head, parts and annexes in their order.

Every file is written from this one object, so that PDF, DOCX and XLSX hold the same
text and the same figures in the same order; no writer asks a query.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import translation

from cluster_portal.charts import BarChart
from cluster_portal.files.document_head import (
    END,
    DocumentHead,
    Letterhead,
    Verification,
    addressee_lines,
    with_addressees,
)
from cluster_portal.files.pdf import DOCUMENT_LANGUAGE
from cluster_portal.formatting import roman
from reports.comparison.values import Summary
from reports.content import REPORT_CODE, REPORT_NAME
from reports.layout.half_year_chart import draw_half_year_chart
from reports.layout.summary_tables import Tables, build_tables
from reports.layout.table import Table
from reports.prose import narrative, phrases
from reports.prose import outline as outlines
from reports.prose.narrative import Passage
from reports.prose.outline import BEFORE, FLAT, PART, POINT, Outline

#: How to read the tables.
KEY = (
    "Dấu “–” là chưa có số liệu hoặc không so sánh; “≥” là ít nhất, còn thiếu số liệu; “x” là không thống kê; "
    "số 0 là không xảy ra trong số đơn vị có số liệu."
)


@dataclass(frozen=True)
class NumberedTable:
    number: int
    table: Table

    @property
    def caption(self) -> str:
        return f"Bảng {self.number}. {self.table.title}"

    @property
    def note(self) -> str:
        """How to read this table and all others, below the first."""
        return KEY if self.number == 1 else ""


@dataclass(frozen=True)
class ReportPart:
    """A part of the report with its tables: “I.”, “1.” or “a)” by its rank; what stands before them has no heading."""

    number: str
    passage: Passage
    tables: tuple[NumberedTable, ...] = ()
    chart: BarChart | None = None
    rank: int = PART

    @property
    def title(self) -> str:
        """The heading as printed: ``II. Kết quả thực hiện``, ``1. …``, ``a) …``."""
        if self.rank == BEFORE:
            return ""
        return f"{self.number}{')' if self.rank == POINT else '.'} {self.heading}"

    @property
    def heading(self) -> str:
        return self.passage.heading

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.passage.paragraphs


@dataclass(frozen=True)
class Annex:
    number: str
    subject: str
    table: Table


@dataclass(frozen=True)
class SummaryReport:
    head: DocumentHead
    summary: Summary
    tables: Tables
    parts: tuple[ReportPart, ...]
    annexes: tuple[Annex, ...]
    opening: str = ""
    addressees: tuple[str, ...] = ()
    code = REPORT_CODE

    @property
    def addressee_lines(self) -> tuple[str, ...]:
        return addressee_lines(self.addressees)

    @property
    def closing(self) -> str:
        """The last sentence, which refers to the annexes, where there are any."""
        if not self.annexes:
            return f"Trên đây là báo cáo của {self.head.letterhead.issuer_name or self.head.letterhead.issuer}{END}"
        names = ", ".join(f"Phụ lục {annex.number}" for annex in self.annexes)
        return f"Số liệu chi tiết tại {names} kèm theo{END}"

    @property
    def signer(self) -> tuple[str, str]:
        """Capacity and name of who signs."""
        return self.head.letterhead.signer_capacity, self.head.letterhead.signer_name

    @property
    def signature_lines(self) -> tuple[str, ...]:
        """Whatever is printed of who signs, as whoever approves it reads it."""
        return self.head.letterhead.signature_lines

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Below “Nơi nhận”."""
        return self.head.letterhead.recipient_lines

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The text as printed."""
        return tuple(part.passage for part in self.parts if part.passage.paragraphs)


@dataclass(frozen=True)
class Wording:
    """What an office made of the generated report: edited passages with references to figures, the parts in
    their order, and those above whom it reports to.
    """

    text: Mapping[str, str] = field(default_factory=dict)
    outline: Outline = FLAT
    addressees: tuple[str, ...] = ()


AS_GENERATED = Wording()


def report_subject(summary: Summary) -> str:
    """What the report is on: ``… 6 tháng đầu năm 2022 so với cùng kỳ năm 2021 – Xã mẫu 03``."""
    period = phrases.period_name(summary.period)
    compared = f" so với {phrases.baseline_name(summary)}" if summary.has_base else ""
    whose = f" – {summary.scope.printed}" if summary.scope.printed else ""
    return f"Tình hình, kết quả xây dựng cụm địa bàn an toàn {period}{compared}{whose}"


def build_report(
    summary: Summary,
    letterhead: Letterhead,
    *,
    subject: str = "",
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
    opening: str = "",
    wording: Wording = AS_GENERATED,
) -> SummaryReport:
    """The report; without a number and a date both stay open for the hand.

    `opening` is a sentence before the first part, such as what the report replaces.
    """
    with translation.override(DOCUMENT_LANGUAGE):
        tables, chart = build_tables(summary), draw_half_year_chart(summary)
    head = DocumentHead(
        with_addressees(letterhead, wording.addressees),
        REPORT_NAME,
        REPORT_CODE,
        subject or report_subject(summary),
        number=number,
        date=date,
        verification=verification,
    )
    return SummaryReport(
        head=head,
        summary=summary,
        tables=tables,
        parts=tuple(_parts(summary, tables, chart, wording, issuer=letterhead.issuer_name)),
        annexes=tuple(_annexes(tables)),
        opening=opening,
        addressees=wording.addressees,
    )


def _annexes(tables: Tables) -> Iterator[Annex]:
    """The details where there are several rows of them, and what all recorded where not all is compared."""
    told = (
        ("Số liệu chi tiết theo loại vụ việc", tables.category_details),
        ("Số liệu chi tiết theo đơn vị", tables.unit_details),
        ("Số liệu đã ghi nhận của tất cả các đơn vị, không so sánh", tables.recorded),
    )
    standing = [(subject, table) for subject, table in told if table.is_of_several]
    for number, (subject, table) in enumerate(standing, start=1):
        yield Annex(roman(number), subject, table)


def _parts(summary: Summary, tables: Tables, chart: BarChart, wording: Wording, *, issuer: str) -> Iterator[ReportPart]:
    """The parts there is something to say or to show in; an emptied passage leaves its tables."""
    placed = {
        "general": (tables.measures,),
        "groups": (tables.categories,),
        "units": (tables.kinds, tables.units),
        "activities": (tables.indicators,),
        "history": (tables.history,),
    }
    printed = {code: [table for table in below if table.is_of_several] for code, below in placed.items()}
    generated = narrative.templates(summary)
    shown = {code for code, below in printed.items() if below and (generated[code] or code == "history")}
    written = {
        passage.code: passage for passage in narrative.passages(summary, wording.text, wording.outline, issuer=issuer)
    }
    standing = outlines.standing(wording.outline, lambda code: bool(written[code].paragraphs) or code in shown)
    count = 0
    for number, part in standing:
        numbered = []
        for table in printed.get(part.code, ()):
            count += 1
            numbered.append(NumberedTable(count, table))
        drawn = chart if part.code == "history" and numbered else None
        yield ReportPart(number, written[part.code], tuple(numbered), drawn, part.rank)
