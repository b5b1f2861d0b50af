"""A unit's report as it is printed for its leader to sign: one finished value for PDF and Word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cluster_portal import formatting
from cluster_portal.files.document_head import END, DocumentHead
from reports.comparison.pair import Comparison
from reports.content import SECTIONS, CategoryFigures, Measure, SubmissionContent
from reports.submissions.readable import ReadGroup, ReadRow, ReadSubmission
from reports.submissions.rules import section_place
from reports.submissions.typed import field_name

#: What stands below a heading where the unit has nothing to say.
NOTHING = "Không."
#: The same of a section that must be written, while nobody has.
NOT_WRITTEN = "(chưa nhập)"
LEGEND = "Dấu “–” là chưa có số liệu hoặc không so sánh; “x” là không thống kê; “≥” là ít nhất; số 0 là không xảy ra."
COMPARED = ("Cùng kỳ", "Tăng, giảm", "Tỷ lệ")


@dataclass(frozen=True)
class PrintedRow:
    """A row of figures; the name of a group spans all columns, a total stands last.

    `field` is where its main figure is filled in, as a section's is where its text is.
    """

    cells: tuple[str, ...]
    level: str = "row"
    field: str = ""


@dataclass(frozen=True)
class PrintedTable:
    caption: str
    head: tuple[str, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def is_of_several(self) -> bool:
        """Whether it sets rows beside each other; one row, which its total repeats, is told as a sentence."""
        return sum(row.level == "row" for row in self.rows) > 1

    @property
    def sentence(self) -> str:
        """What its one row says."""
        row = next((row for row in self.rows if row.level == "row"), None)
        return formatting.row_told(self.head, row.cells) if row else f"{self.caption}: chưa có số liệu."


@dataclass(frozen=True)
class PrintedSection:
    """A heading with what stands below it; `heading` is empty where its part has no others."""

    heading: str
    paragraphs: tuple[str, ...]
    field: str
    tables: tuple[PrintedTable, ...] = ()


@dataclass(frozen=True)
class PrintedPart:
    heading: str
    sections: tuple[PrintedSection, ...]

    @property
    def field(self) -> str:
        """Where a part without headings below it is filled in."""
        return "" if self.sections[0].heading else self.sections[0].field


@dataclass(frozen=True)
class PrintedReport:
    head: DocumentHead
    addressee: str
    opening: str
    parts: tuple[PrintedPart, ...]
    closing: str
    legend: str = LEGEND


def print_report(
    report: ReadSubmission,
    *,
    head: DocumentHead,
    addressee: str,
    content: SubmissionContent,
    base: SubmissionContent | None,
    starts_on: dt.date,
    ends_on: dt.date,
) -> PrintedReport:
    """`report` laid out; what it is added up from are `content` and last year's `base`.

    Remarks are for the clerk who compares, and no part of what the leader signs.
    """
    tables = _tables(report, content, base)
    days = f"từ ngày {formatting.printed_date(starts_on)} đến ngày {formatting.printed_date(ends_on)}"
    about = formatting.within_sentence(head.subject)
    return PrintedReport(
        head=head,
        addressee=addressee,
        opening=f"{head.letterhead.issuer_name} báo cáo {about} (số liệu {days}) như sau:",
        parts=tuple(
            PrintedPart(
                f"{part.number}. {part.heading}",
                tuple(
                    PrintedSection(
                        f"{section.number}. {section.heading}" if section.number else "",
                        tuple(section.paragraphs) or _unwritten(section.code),
                        field_name(section_place(section.code)),
                        tables if section.code == "violations" else (),
                    )
                    for section in part.sections
                ),
            )
            for part in report.parts
        ),
        closing=f"Trên đây là báo cáo của {head.letterhead.issuer_name}, kính gửi {addressee}{END}",
    )


def _unwritten(code: str) -> tuple[str, ...]:
    """What stands below a heading without text; the violations have their tables there."""
    if code == "violations":
        return ()
    return (NOT_WRITTEN if SECTIONS[code].required else NOTHING,)


def _tables(
    report: ReadSubmission, content: SubmissionContent, base: SubmissionContent | None
) -> tuple[PrintedTable, ...]:
    details = tuple(measure.label for measure in report.details)
    rows = [row for group in report.groups for row in _group(group, len(details))]
    violations = PrintedTable(
        "Tình hình vi phạm pháp luật",
        ("Nội dung", "Số vụ", *COMPARED, *details),
        (*rows, _total(report, content, base)),
    )
    indicators = tuple(PrintedRow(_compared(row), field=row.field) for row in report.indicators)
    activities = PrintedTable("Các mặt công tác", ("Nội dung", "Kỳ này", *COMPARED), indicators)
    return violations, activities


def _group(group: ReadGroup, details: int) -> Iterable[PrintedRow]:
    """Its name and its rows; where both would say the same, the one row."""
    if len(group.rows) > 1 or group.rows[0].name.casefold() != group.name.casefold():
        yield PrintedRow((group.name, *[""] * (len(COMPARED) + 1 + details)), "group")
    for row in group.rows:
        yield PrintedRow((*_compared(row), *(figure.current for figure in row.details)), field=row.field)


def _compared(row: ReadRow) -> tuple[str, ...]:
    main = row.main
    return row.name, main.current, main.base, main.change, main.percent


def _total(report: ReadSubmission, content: SubmissionContent, base: SubmissionContent | None) -> PrintedRow:
    current = Sum.of(content, Measure.CASES, asked=report.asking(Measure.CASES))
    # What last year's report asked is what it tells of: every category asks its cases.
    earlier = Sum.of(base, Measure.CASES, asked=tuple(base.categories) if base else ())
    compared = Comparison(current.whole, earlier.whole, is_comparable=current.told_of == earlier.told_of)
    return PrintedRow(
        (
            "Tổng số",
            current.printed,
            earlier.printed,
            formatting.signed(compared.change),
            formatting.signed_percent(compared.percent),
            *(Sum.of(content, measure, asked=report.asking(measure)).printed for measure in report.details),
        ),
        "total",
    )


@dataclass(frozen=True)
class Sum:
    """What all categories told of a measure, and whether one that should have told it didn't."""

    told: int | None
    is_complete: bool
    is_asked: bool = True
    #: The categories that told it: sums over others can't be compared.
    told_of: frozenset[str] = frozenset()

    @classmethod
    def of(cls, content: SubmissionContent | None, measure: Measure, *, asked: Collection[str]) -> Sum:
        """`asked` are the codes of the categories that ask it: content tells no blank from what isn't asked."""
        if content is None:
            return cls(None, is_complete=False)
        codes = dict.fromkeys((*asked, *content.categories))
        values = {code: _told(content.categories.get(code), measure) for code in codes}
        known = [value for value in values.values() if value is not None]
        is_complete = bool(known) and all(values[code] is not None for code in asked)
        told_of = frozenset(code for code, value in values.items() if value is not None)
        return cls(sum(known) if known else None, is_complete, bool(asked) or any(known), told_of)

    @property
    def whole(self) -> int | None:
        """The sum where nothing lacks to it."""
        return self.told if self.is_complete else None

    @property
    def printed(self) -> str:
        if not self.is_asked:
            return formatting.NOT_ASKED
        return formatting.number(self.told) if self.is_complete else formatting.at_least(self.told)


def _told(figures: CategoryFigures | None, measure: Measure) -> int | None:
    """What a category told of a measure: where nothing happened there is nothing to tell of it."""
    if figures is None:
        return None
    value = figures.values.get(measure)
    return 0 if value is None and figures.values.get(Measure.CASES) == 0 else value
