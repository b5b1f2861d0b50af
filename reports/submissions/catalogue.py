"""What is counted: the groups of categories and the indicators, loaded once as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_portal.periods import Period
from incidents.models import FORMER_NAMES as FORMER_NAMES_OF_CATEGORIES
from incidents.models import Category, asked_in
from reports.content import MEASURES, Measure
from reports.models import Indicator

#: What starting categories and indicators were called before, by what they are called: workbooks name them still.
FORMER_NAMES = {
    **FORMER_NAMES_OF_CATEGORIES,
    "Số buổi tuyên truyền": "Buổi tuyên truyền",
    "Số lượt người dự tuyên truyền": "Lượt người dự tuyên truyền",
    "Số buổi tuần tra": "Buổi tuần tra",
    "Số lượt người tham gia tuần tra": "Lượt người tham gia tuần tra",
    "Số mô hình được duy trì": "Mô hình được duy trì",
    "Số mô hình xây dựng mới": "Mô hình xây mới",
    "Số tin báo đã tiếp nhận": "Tin báo tiếp nhận",
    "Số tin báo đã giải quyết": "Tin báo đã giải quyết",
}


@dataclass(frozen=True)
class CategoryEntry:
    code: str
    name: str
    polarity: str
    #: What it asks in the half-year the catalogue was loaded for.
    measures: tuple[Measure, ...] = MEASURES
    #: What counts, and where it is taken from.
    help: str = ""


@dataclass(frozen=True)
class GroupEntry:
    code: str
    name: str
    categories: tuple[CategoryEntry, ...]


@dataclass(frozen=True)
class IndicatorEntry:
    code: str
    name: str
    noun: str
    polarity: str
    help: str = ""


@dataclass(frozen=True)
class Catalogue:
    groups: tuple[GroupEntry, ...]
    indicators: tuple[IndicatorEntry, ...]

    @classmethod
    def load(cls, *, period: Period, including: frozenset[str] = frozenset()) -> Catalogue:
        """What is in use today, and the entries `including` names by code, as asked in `period` (three queries).

        A report of the past keeps a category that has been retired since.
        """
        groups: dict[tuple[str, str], list[CategoryEntry]] = {}
        for category in Category.objects.in_order().with_asked():
            if category.is_active or category.code in including:
                asked = asked_in(category.asked_rows, period).measures
                measures = tuple(measure for measure in MEASURES if measure in asked)
                entry = CategoryEntry(category.code, category.name, category.polarity, measures, category.help)
                groups.setdefault((category.group.code, category.group.name), []).append(entry)
        return cls(
            groups=tuple(GroupEntry(code, name, tuple(entries)) for (code, name), entries in groups.items()),
            indicators=tuple(
                IndicatorEntry(indicator.code, indicator.name, indicator.noun, indicator.polarity, indicator.help)
                for indicator in Indicator.objects.all()
                if indicator.is_active or indicator.code in including
            ),
        )

    @property
    def categories(self) -> tuple[CategoryEntry, ...]:
        return tuple(category for group in self.groups for category in group.categories)
