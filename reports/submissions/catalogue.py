"""What is counted: the groups of categories and the indicators, loaded once as plain values."""

from __future__ import annotations

from dataclasses import dataclass

from incidents.models import Category
from reports.models import Indicator


@dataclass(frozen=True)
class CategoryEntry:
    code: str
    name: str
    polarity: str


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


@dataclass(frozen=True)
class Catalogue:
    groups: tuple[GroupEntry, ...]
    indicators: tuple[IndicatorEntry, ...]

    @classmethod
    def load(cls, *, including: frozenset[str] = frozenset()) -> Catalogue:
        """What is in use today, and the entries `including` names by code (two queries).

        A report of the past keeps a category that has been retired since.
        """
        groups: dict[tuple[str, str], list[CategoryEntry]] = {}
        for category in Category.objects.in_order():
            if category.is_active or category.code in including:
                entry = CategoryEntry(category.code, category.name, category.polarity)
                groups.setdefault((category.group.code, category.group.name), []).append(entry)
        return cls(
            groups=tuple(GroupEntry(code, name, tuple(entries)) for (code, name), entries in groups.items()),
            indicators=tuple(
                IndicatorEntry(indicator.code, indicator.name, indicator.noun, indicator.polarity)
                for indicator in Indicator.objects.all()
                if indicator.is_active or indicator.code in including
            ),
        )

    @property
    def categories(self) -> tuple[CategoryEntry, ...]:
        return tuple(category for group in self.groups for category in group.categories)
