"""A submitted report as it is read: its sections and rows, each figure beside what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_portal import formatting
from reports.content import Measure
from reports.submissions.rules import section_place
from reports.submissions.talk import Talk
from reports.submissions.typed import field_name


@dataclass(frozen=True)
class ContentChange:
    """One difference between two versions, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ReadFigure:
    """A figure as printed, with last year's, the change, and what it was in the version before."""

    label: str
    current: str
    base: str
    change: str
    percent: str
    previously: str | None
    is_main: bool = True

    @property
    def movement(self) -> str:
        """The change with its percent, where there is one: ``−1 (−25,00%)``."""
        told = self.change not in ("0", formatting.NOT_REPORTED) and self.percent != formatting.NOT_REPORTED
        return f"{self.change} ({self.percent})" if told else self.change


@dataclass(frozen=True)
class ReadRow:
    """A category or indicator; `field` is where its main figure is filled in."""

    name: str
    field: str
    figures: tuple[ReadFigure, ...]
    remark: str
    #: Those of its figures that are far from last year's, with both.
    leaps: tuple[str, ...] = ()
    #: Those that fit with nothing, with why.
    odd: tuple[str, ...] = ()
    talks: tuple[Talk, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """All there is to look at again in the row; its remark explains it."""
        return (*self.leaps, *self.odd)

    @property
    def main(self) -> ReadFigure:
        """The cases of a category, or an indicator's only figure."""
        return next(figure for figure in self.figures if figure.is_main)

    @property
    def details(self) -> tuple[ReadFigure, ...]:
        """Every figure but the main one."""
        return tuple(figure for figure in self.figures if not figure.is_main)


@dataclass(frozen=True)
class ReadGroup:
    name: str
    rows: tuple[ReadRow, ...]


@dataclass(frozen=True)
class ReadSection:
    code: str
    number: str
    heading: str
    title: str
    text: str
    previously: str | None
    #: Whether it says word for word what it said half a year before, and why.
    is_repeated: bool = False
    explanation: str = ""
    #: What else is to be looked at again, as a total that contradicts the table.
    odd: str = ""
    talks: tuple[Talk, ...] = ()

    @property
    def field(self) -> str:
        """Where it is filled in."""
        return field_name(section_place(self.code))

    @property
    def paragraphs(self) -> list[str]:
        return [line.strip() for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class ReadPart:
    number: str
    heading: str
    title: str
    sections: tuple[ReadSection, ...]


@dataclass(frozen=True)
class ReadSubmission:
    parts: tuple[ReadPart, ...]
    groups: tuple[ReadGroup, ...]
    indicators: tuple[ReadRow, ...]
    changes: tuple[ContentChange, ...]
    details: tuple[Measure, ...]
    #: What the report's half-year asks, by the category's code.
    asked: Mapping[str, tuple[Measure, ...]]

    def asking(self, measure: Measure) -> tuple[str, ...]:
        """The codes of the categories that ask a measure."""
        return tuple(code for code, measures in self.asked.items() if measure in measures)

    @property
    def rows(self) -> list[ReadRow]:
        """Every category and indicator, in the order of the report."""
        return [row for group in self.groups for row in group.rows] + list(self.indicators)

    @property
    def repeated(self) -> list[ReadSection]:
        """The sections that say word for word what they said half a year before."""
        return [section for part in self.parts for section in part.sections if section.is_repeated]

    @property
    def leaping(self) -> list[ReadRow]:
        """The rows with figures that don't fit: far from last year's, from the unit's own, or with each other."""
        return [row for row in self.rows if row.doubts]

    @property
    def odd_sections(self) -> list[ReadSection]:
        return [section for part in self.parts for section in part.sections if section.odd]

    @property
    def _answers(self) -> list[str]:
        """What was said to each warning; empty where nobody said anything."""
        sections = {section.code: section for section in (*self.repeated, *self.odd_sections)}
        return [row.remark for row in self.leaping] + [section.explanation for section in sections.values()]

    @property
    def warnings(self) -> int:
        """How many warnings there are."""
        return len(self._answers)

    @property
    def unexplained(self) -> int:
        """How many of them nobody answered with a sentence."""
        return sum(not answer for answer in self._answers)

    @property
    def columns(self) -> int:
        """How wide the table of figures is: category, cases, last year, change, then the other measures."""
        return 4 + len(self.details)
