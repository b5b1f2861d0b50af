"""What a unit's half-year report consists of: its sections and measures, and their values.

`SubmissionContent` is the finished content of a report as plain values. A draft is what
was typed; content is what stood up to validation. `None` means "not reported", `0`
means "none happened".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from incidents.measures import MEASURES, PARTS_OF_CASES, Measure

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

__all__ = [
    "MEASURES",
    "PARTS",
    "PARTS_OF_CASES",
    "REPORT_CODE",
    "REPORT_NAME",
    "SECTIONS",
    "CategoryFigures",
    "IndicatorFigure",
    "Measure",
    "Part",
    "Section",
    "SubmissionContent",
    "Values",
]

#: What every report calls itself, and its abbreviation in Nghị định 30/2020/NĐ-CP, Phụ lục III.
REPORT_NAME, REPORT_CODE = "Báo cáo", "BC"


@dataclass(frozen=True)
class Section:
    """A free-text section; `number` and `heading` are printed as they stand, `title` is the page's word for it."""

    code: str
    number: str
    heading: str
    title: StrOrPromise
    required: bool = False


@dataclass(frozen=True)
class Part:
    """A roman-numbered part of the report."""

    number: str
    heading: str
    title: StrOrPromise
    sections: tuple[Section, ...]


PARTS = (
    Part(
        "I",
        "Đặc điểm tình hình",
        _("Situation"),
        (
            Section("advantages", "1", "Thuận lợi", _("Favourable conditions")),
            Section("difficulties", "2", "Khó khăn", _("Difficulties")),
        ),
    ),
    Part(
        "II",
        "Kết quả thực hiện",
        _("Results"),
        (
            Section("leadership", "1", "Công tác lãnh đạo, chỉ đạo", _("Leadership and direction"), required=True),
            Section("outreach", "2", "Công tác tuyên truyền, vận động", _("Outreach and mobilisation"), required=True),
            Section(
                "movement",
                "3",
                "Phong trào toàn dân bảo vệ an ninh Tổ quốc, mô hình",
                _("People's movement for national security, self-management models"),
            ),
            Section(
                "coordination",
                "4",
                "Công tác phối hợp, tuần tra, trao đổi thông tin",
                _("Coordination, patrols, exchange of information"),
            ),
            Section("violations", "5", "Tình hình vi phạm pháp luật", _("Violations of the law")),
            Section("other_work", "6", "Công tác khác", _("Other work")),
        ),
    ),
    Part(
        "III",
        "Tồn tại, hạn chế và nguyên nhân",
        _("Shortcomings and their causes"),
        (Section("shortcomings", "", "", _("Shortcomings and their causes"), required=True),),
    ),
    Part(
        "IV",
        "Phương hướng, nhiệm vụ",
        _("Directions and tasks"),
        (Section("tasks", "", "", _("Directions and tasks"), required=True),),
    ),
    Part("V", "Kiến nghị, đề xuất", _("Proposals"), (Section("proposals", "", "", _("Proposals")),)),
)
SECTIONS = {section.code: section for part in PARTS for section in part.sections}


Values = dict[Measure, int | None]


@dataclass(frozen=True)
class CategoryFigures:
    """A unit's figures for one category, with the remark that explains them.

    `values` has the measures that are asked, `None` for a blank one; `lacks_figures`:
    the unit said that its blanks are not known yet.
    """

    values: Values
    remark: str = ""
    lacks_figures: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.remark and all(value is None for value in self.values.values())


@dataclass(frozen=True)
class IndicatorFigure:
    value: int | None
    remark: str = ""


@dataclass(frozen=True)
class SubmissionContent:
    """A validated report: section texts by code, figures by category and indicator code.

    `explanations` answer warnings about sections, by the section's code.
    """

    narrative: dict[str, str] = field(default_factory=dict)
    categories: dict[str, CategoryFigures] = field(default_factory=dict)
    indicators: dict[str, IndicatorFigure] = field(default_factory=dict)
    explanations: dict[str, str] = field(default_factory=dict)
