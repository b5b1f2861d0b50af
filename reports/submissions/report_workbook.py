"""A report as an Excel workbook: made from what was typed, filled in elsewhere, read back into it.

A hidden sheet remembers what stood in each field when the workbook was made, so that what was typed in the
portal meanwhile is joined with it, field by field, as between two windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cluster_portal.formatting import NOT_ASKED
from cluster_portal.tables.layout import Column, TableKind
from cluster_portal.tables.workbooks import write_sheets
from reports.content import MEASURES, PARTS, Measure
from reports.submissions import rules
from reports.submissions.catalogue import Catalogue, CategoryEntry, IndicatorEntry
from reports.submissions.typed import field_name

BEFORE = "Khi tải xuống"

_REMARK = Column("remark", "Ghi chú", ("giải thích", "diễn giải", "nguyên nhân"))
#: What a sheet calls its one column of figures.
_THE_FIGURE = ("kỳ này", "số lượng", "số liệu", "kết quả", "thực hiện", "kết quả thực hiện")
#: What is said in each section, in the office's own words.
TEXTS = TableKind(
    "report",
    (
        Column("name", "Mục", ("tên mục", "đề mục", "phần mục", "phần"), is_required=True, is_key=True),
        Column("text", "Nội dung", ("nội dung báo cáo", "nội dung thực hiện", "kết quả", "kết quả thực hiện")),
    ),
)
#: What is counted: categories with all their measures, activities with the one they have.
FIGURES = TableKind(
    "report figures",
    (
        Column(
            "name",
            "Loại vụ việc",
            ("loại", "loại vi phạm", "loại tội phạm", "hành vi", "tội danh", "nội dung", "chỉ tiêu", "tên chỉ tiêu",
             "nội dung chỉ tiêu", "chỉ tiêu công tác", "lĩnh vực"),
            is_required=True,
            is_key=True,
        ),
        *(
            Column(
                measure.value,
                measure.label,
                (*measure.facts.aliases, *(_THE_FIGURE if measure is Measure.CASES else ())),
            )
            for measure in MEASURES
        ),
        _REMARK,
        Column("lacks", "Chưa có số liệu cho ô trống", ("chưa có số liệu",)),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A row of the report: its name, and the field of each column in which something is asked of it."""

    name: str
    fields: Mapping[str, str]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Layout:
    """A sheet of the workbook: its columns with their heads, and its rows."""

    title: str
    heads: Mapping[str, str]
    lines: tuple[Line, ...]


def layouts(catalogue: Catalogue) -> tuple[Layout, ...]:
    """The three sheets that are filled in."""
    heads = {column.field: column.head for column in FIGURES.columns}
    activity = {"name": "Chỉ tiêu", Measure.CASES.value: "Kỳ này", "remark": heads["remark"]}
    return (
        Layout("Nội dung", {column.field: column.head for column in TEXTS.columns}, tuple(_sections())),
        Layout("Số liệu", heads, tuple(map(_of_category, catalogue.categories))),
        Layout("Công tác", activity, tuple(map(_of_indicator, catalogue.indicators))),
    )


def _sections() -> Iterable[Line]:
    for part in PARTS:
        for section in part.sections:
            number = f"{part.number}.{section.number}" if section.number else f"{part.number}."
            heading = section.heading or part.heading
            yield Line(f"{number} {heading}", {"text": field_name(rules.section_place(section.code))})


def _of_category(category: CategoryEntry) -> Line:
    measures = {measure.value: field_name(rules.measure_place(category.code, measure)) for measure in category.measures}
    remark = field_name(rules.remark_place("category", category.code))
    return Line(category.name, {**measures, "remark": remark, "lacks": field_name(rules.lacks_place(category.code))})


def _of_indicator(indicator: IndicatorEntry) -> Line:
    remark = field_name(rules.remark_place("indicator", indicator.code))
    figure = field_name(rules.indicator_place(indicator.code))
    return Line(indicator.name, {Measure.CASES.value: figure, "remark": remark})


def write_report_workbook(*, address: str, typed: Mapping[str, str], catalogue: Catalogue) -> bytes:
    """What was typed as a workbook; `address` says which report it is."""
    sheets: dict[str, list[list[str]]] = {}
    for layout in layouts(catalogue):
        columns = [column for column in layout.heads if column != "name"]
        rows = [[line.name, *(_shown(line.fields.get(each, ""), typed) for each in columns)] for line in layout.lines]
        sheets[layout.title] = [list(layout.heads.values()), *rows]
    names = [name for layout in layouts(catalogue) for line in layout.lines for name in line.fields.values()]
    sheets[BEFORE] = [[address], *([name, typed.get(name, "")] for name in names)]
    return write_sheets(sheets, hidden={BEFORE})


def _shown(name: str, typed: Mapping[str, str]) -> str:
    if not name:
        return NOT_ASKED
    return ("x" if typed.get(name) else "") if name.endswith("__lacks") else typed.get(name, "")
