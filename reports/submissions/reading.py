"""A submitted report laid out for reading: its figures beside last year's, and what changed
since the version before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.periods import Period
from reports.comparison.pair import Comparison
from reports.content import MEASURES, PARTS, Measure, Part, Section, SubmissionContent
from reports.models import SubmissionVersion
from reports.submissions import oddities
from reports.submissions.areas import area_changed
from reports.submissions.catalogue import Catalogue, CategoryEntry, IndicatorEntry
from reports.submissions.last_half import LastHalf
from reports.submissions.leaps import leaps_of_category, leaps_of_indicator
from reports.submissions.oddities import OwnRange
from reports.submissions.rules import indicator_place, measure_place, section_place
from reports.submissions.talk import Talk, at_row
from reports.submissions.typed import field_name


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


@dataclass(frozen=True)
class _Around:
    """What the figures of a report are read beside."""

    base: SubmissionContent | None
    previous: SubmissionContent | None
    own_range: OwnRange
    talks: Sequence[Talk]


@dataclass(frozen=True)
class ContentChange:
    """One difference between two versions, in words."""

    label: str
    old: str
    new: str


def base_content(*, unit_id: int, period: Period) -> SubmissionContent | None:
    """The unit's accepted report of the same period a year before, None if there is none to compare with."""
    return base_contents([unit_id], period).get(unit_id)


def base_contents(units: Iterable[int], period: Period) -> dict[int, SubmissionContent]:
    """The same of many units, by their key (three queries)."""
    accepted = SubmissionVersion.objects.filter(
        ~area_changed("submission", until=period),
        submission__unit__in=list(units),
        submission__round__period=period.same_period_last_year,
        accepted_for__isnull=False,
    )
    return {each.submission.unit_id: each.content() for each in accepted.select_related("submission").with_content()}


def read(
    content: SubmissionContent,
    *,
    base: SubmissionContent | None,
    previous: SubmissionContent | None,
    catalogue: Catalogue,
    last_half: LastHalf | None = None,
    own_range: OwnRange | None = None,
    talks: Sequence[Talk] = (),
) -> ReadSubmission:
    """`content` laid out against last year's report, the half-year before and the version before it.

    `talks` are what was said at its places.
    """
    last_half = last_half or LastHalf()
    around = _Around(base, previous, own_range or OwnRange(), talks)
    return ReadSubmission(
        parts=tuple(
            ReadPart(
                part.number,
                part.heading,
                str(part.title),
                tuple(
                    ReadSection(
                        section.code,
                        section.number,
                        section.heading,
                        str(section.title),
                        content.narrative.get(section.code, ""),
                        _previous_text(content, previous, section.code),
                        last_half.repeated_by(section.code, content.narrative.get(section.code, "")),
                        content.explanations.get(section.code, ""),
                        _odd_total(section.code, content),
                        at_row(talks, "section", section.code),
                    )
                    for section in part.sections
                ),
            )
            for part in PARTS
        ),
        groups=tuple(
            ReadGroup(
                group.name,
                tuple(_category_row(category, content, around) for category in group.categories),
            )
            for group in catalogue.groups
        ),
        indicators=tuple(_indicator_row(indicator, content, around) for indicator in catalogue.indicators),
        changes=tuple(changes(previous, content, catalogue)) if previous else (),
        details=tuple(measure for measure in MEASURES if measure is not Measure.CASES),
        asked={category.code: category.measures for category in catalogue.categories},
    )


def _odd_total(code: str, content: SubmissionContent) -> str:
    return oddities.total_contradicted(content.narrative.get(code, ""), content) if code == "violations" else ""


def _value(content: SubmissionContent | None, code: str, measure: Measure) -> int | None:
    figures = content.categories.get(code) if content else None
    return figures.values.get(measure) if figures else None


def _indicator(content: SubmissionContent | None, code: str) -> int | None:
    figure = content.indicators.get(code) if content else None
    return figure.value if figure else None


def _previous_text(content: SubmissionContent, previous: SubmissionContent | None, code: str) -> str | None:
    if previous is None or previous.narrative.get(code, "") == content.narrative.get(code, ""):
        return None
    return previous.narrative.get(code, "")


def _read_figure(
    label: str,
    current: int | None,
    base: int | None,
    *,
    previously: int | None,
    has_previous: bool,
    is_main: bool = True,
    is_asked: bool = True,
) -> ReadFigure:
    comparison = Comparison(current, base)
    return ReadFigure(
        label=label,
        current=formatting.number(current) if is_asked or current else formatting.NOT_ASKED,
        base=formatting.number(base),
        change=formatting.signed(comparison.change),
        percent=formatting.signed_percent(comparison.percent),
        previously=formatting.number(previously) if has_previous and previously != current else None,
        is_main=is_main,
    )


def _category_row(category: CategoryEntry, content: SubmissionContent, around: _Around) -> ReadRow:
    code, name = category.code, category.name
    figures = content.categories.get(code)
    earlier = around.base.categories.get(code) if around.base else None
    return ReadRow(
        name,
        field_name(measure_place(code, Measure.CASES)),
        tuple(
            _read_figure(
                measure.label,
                _value(content, code, measure),
                _value(around.base, code, measure),
                previously=_value(around.previous, code, measure),
                has_previous=around.previous is not None,
                is_main=measure is Measure.CASES,
                is_asked=measure in category.measures,
            )
            for measure in MEASURES
        ),
        figures.remark if figures else "",
        tuple(leaps_of_category(figures.values, earlier.values)) if figures and earlier else (),
        tuple(oddities.of_category(code, figures.values, around.own_range)) if figures else (),
        at_row(around.talks, "category", code),
    )


def _indicator_row(indicator: IndicatorEntry, content: SubmissionContent, around: _Around) -> ReadRow:
    code, figure = indicator.code, content.indicators.get(indicator.code)
    read_figure = _read_figure(
        indicator.name,
        _indicator(content, code),
        _indicator(around.base, code),
        previously=_indicator(around.previous, code),
        has_previous=around.previous is not None,
    )
    leaps = leaps_of_indicator(_indicator(content, code), _indicator(around.base, code))
    field = field_name(indicator_place(code))
    remark, said = figure.remark if figure else "", at_row(around.talks, "indicator", code)
    odd = tuple(oddities.of_indicator(code, content.indicators, around.own_range))
    return ReadRow(indicator.name, field, (read_figure,), remark, tuple(leaps), odd, said)


def _section_label(part: Part, section: Section) -> str:
    if not section.heading:
        return f"{part.number}. {part.title}"
    return f"{part.number}.{section.number} {section.title}"


def place_labels(catalogue: Catalogue) -> dict[str, str]:
    """What a reviewer can comment on: the form's field → its name, in the order of the report."""
    sections = {field_name(section_place(s.code)): _section_label(part, s) for part in PARTS for s in part.sections}
    figures = {
        field_name(measure_place(category.code, measure)): f"{category.name} – {measure.title}"
        for category in catalogue.categories
        for measure in category.measures
    }
    return sections | figures | {field_name(indicator_place(each.code)): each.name for each in catalogue.indicators}


def changes(old: SubmissionContent, new: SubmissionContent, catalogue: Catalogue) -> list[ContentChange]:
    """Every section, figure and remark in which two versions differ, in the order of the report."""
    before, after = _flat(old, catalogue), _flat(new, catalogue)
    return [ContentChange(label, before[label], text) for label, text in after.items() if before[label] != text]


def _flat(content: SubmissionContent, catalogue: Catalogue) -> dict[str, str]:
    """The content as text by label, in the order of the report and the language of the page."""
    flat = {}
    for part in PARTS:
        for section in part.sections:
            flat[_section_label(part, section)] = content.narrative.get(section.code, "") or formatting.NOT_REPORTED
    for category in catalogue.categories:
        for measure in MEASURES:
            flat[f"{category.name} – {measure.title}"] = formatting.number(_value(content, category.code, measure))
        figures = content.categories.get(category.code)
        flat[f"{category.name} – {_('Remark')}"] = (figures.remark if figures else "") or formatting.NOT_REPORTED
    for indicator in catalogue.indicators:
        figure = content.indicators.get(indicator.code)
        flat[indicator.name] = formatting.number(figure.value if figure else None)
        flat[f"{indicator.name} – {_('Remark')}"] = (figure.remark if figure else "") or formatting.NOT_REPORTED
    return flat
