"""The half-year report's form, laid out: finished rows, so that the template neither computes nor looks anything up."""

from __future__ import annotations

from django import forms

from cluster_portal import formatting
from reports.comparison.pair import Comparison
from reports.content import PARTS, Measure
from reports.submissions import leaps, rules
from reports.submissions.catalogue import CategoryEntry
from reports.submissions.forms.report_fields import ReportFields
from reports.submissions.forms.submission_rows import (
    FigureInput,
    FigureInputGroup,
    FigureInputRow,
    PartRows,
    RegisteredNote,
    SectionRow,
)
from reports.submissions.typed import field_name


class SubmissionForm(ReportFields):
    @property
    def parts(self) -> list[PartRows]:
        return [
            PartRows(
                part.number,
                str(part.title),
                tuple(
                    SectionRow(section, self[field_name(rules.section_place(section.code))])
                    for section in part.sections
                ),
            )
            for part in PARTS
        ]

    @property
    def figure_groups(self) -> list[FigureInputGroup]:
        return [
            FigureInputGroup(group.name, tuple(self._category_row(category) for category in group.categories))
            for group in self.catalogue.groups
        ]

    @property
    def indicator_rows(self) -> list[FigureInputRow]:
        rows = []
        for indicator in self.catalogue.indicators:
            field = self[field_name(rules.indicator_place(indicator.code))]
            earlier = self.base.indicators.get(indicator.code) if self.base else None
            cell = self._cell(field, indicator.noun, earlier.value if earlier else None)
            remark = self[field_name(rules.remark_place("indicator", indicator.code))]
            rows.append(
                FigureInputRow(
                    indicator.code,
                    indicator.name,
                    (cell,),
                    remark,
                    bool(field.errors or remark.errors),
                    warning=self._warning(
                        remark,
                        leaps.leaps_of_indicator(self.value_typed(field.name), earlier.value if earlier else None),
                    ),
                )
            )
        return rows

    @property
    def notes(self) -> list[RegisteredNote]:
        """What the register holds, category by category."""
        return [note for category in self.catalogue.categories if (note := self._note(category.code))]

    def cells(self) -> list[FigureInput]:
        """Every figure of the form, for refreshing what stands beside the fields."""
        return [cell for row in self.rows for cell in row.cells]

    @property
    def rows(self) -> list[FigureInputRow]:
        """Every category and indicator, in the order of the page."""
        return [row for group in self.figure_groups for row in group.rows] + self.indicator_rows

    def _category_row(self, category: CategoryEntry) -> FigureInputRow:
        code, name = category.code, category.name
        earlier = self.base.categories.get(code) if self.base else None
        cells = tuple(
            self._cell(
                self[field_name(rules.measure_place(code, measure))],
                measure.title,
                earlier.values.get(measure) if earlier else None,
                is_cases=measure is Measure.CASES,
            )
            for measure in category.measures
        )
        remark = self[field_name(rules.remark_place("category", code))]
        has_errors = any(cell.field.errors for cell in cells) or bool(remark.errors)
        return FigureInputRow(
            code,
            name,
            cells,
            remark,
            has_errors,
            self._note(code),
            lacks=self[field_name(rules.lacks_place(code))],
            warning=self._warning(
                remark, leaps.leaps_of_category(self._values_typed(code), earlier.values if earlier else {})
            ),
        )

    def _warning(self, remark: forms.BoundField, leaping: list[str]) -> str:
        """What to check in a row whose figures leaped, unless its remark explains them."""
        return "" if self.typed[remark.name].strip() else leaps.warning(leaping)

    def _note(self, code: str) -> RegisteredNote | None:
        registered = self.register.values.get(code, {}).get(Measure.CASES)
        if not registered:
            return None
        typed = self._values_typed(code)
        return RegisteredNote(
            code=code,
            cases=registered,
            url=self.register.url(code),
            can_take_over=bool(self.register.lacking(code, typed)),
            surplus=max((typed[Measure.CASES] or 0) - registered, 0),
        )

    def _cell(self, field: forms.BoundField, label: str, base: int | None, *, is_cases: bool = False) -> FigureInput:
        comparison = Comparison(self.value_typed(field.name), base)
        movement = ""
        if comparison.change is not None:
            movement = formatting.signed(comparison.change)
            if comparison.percent is not None and comparison.change:
                movement += f" ({formatting.signed_percent(comparison.percent)})"
        return FigureInput(field, label, formatting.number(base), movement, is_cases)
