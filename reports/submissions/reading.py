"""A submitted report laid out for reading: its figures beside last year's, and what changed
since the version before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
from reports.submissions.readable import (
    ContentChange,
    ReadFigure,
    ReadGroup,
    ReadPart,
    ReadRow,
    ReadSection,
    ReadSubmission,
)
from reports.submissions.rules import indicator_place, measure_place, section_place
from reports.submissions.talk import Talk, at_row
from reports.submissions.typed import field_name


@dataclass(frozen=True)
class _Around:
    """What the figures of a report are read beside."""

    base: SubmissionContent | None
    previous: SubmissionContent | None
    own_range: OwnRange
    talks: Sequence[Talk]


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
