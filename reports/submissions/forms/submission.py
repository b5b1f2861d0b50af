"""The half-year report's form, laid out: finished rows, so that the template neither computes nor looks anything up."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.figures import in_words
from reports.comparison.pair import Comparison
from reports.content import MEASURES, SECTIONS, Measure
from reports.submissions import leaps, oddities, rules
from reports.submissions.catalogue import CategoryEntry
from reports.submissions.forms.report_fields import ReportFields
from reports.submissions.forms.submission_rows import (
    FigureInput,
    FigureInputGroup,
    FigureInputRow,
    RegisteredNote,
    ReportWarning,
    SectionRow,
    StepRows,
    TalkInput,
)
from reports.submissions.steps import STEPS, Step, StepState, Tally
from reports.submissions.talk import Answer
from reports.submissions.typed import field_name, place_of

#: From here on a figure is echoed in words: it may have a digit too many.
ECHOED_FROM = 1000


class SubmissionForm(ReportFields):
    @property
    def steps(self) -> list[StepRows]:
        """Every step with its fields and how far it has come."""
        around = [None, *STEPS, None]
        return [
            StepRows(
                state,
                tuple(map(self._section, state.step.sections)),
                around[at + 2],
                around[at],
                tuple(each for each in self._talks_at_no_row if state.step.holds(each.talk.place)),
            )
            for at, state in enumerate(self.states())
        ]

    def _section(self, code: str) -> SectionRow:
        field = self[field_name(rules.section_place(code))]
        return SectionRow(SECTIONS[code], field, self.last_half.texts.get(code, ""), self._talks_at("section", code))

    def step_of(self, name: str) -> Step | None:
        """The step a field stands in, or stood in before it was asked no longer."""
        return next((step for step in STEPS if step.holds(place_of(name))), None)

    def beyond(self, step: Step) -> frozenset[str]:
        """The fields of all other steps."""
        return frozenset(self.places).difference(self._names_in(step))

    def states(self) -> list[StepState]:
        lacking, doubtful = self._lacking, self._faulty
        doubtful.update(each.at for each in self.open_talks)
        doubtful.update(
            self.refused, self.undecided, (each.about.name for each in self.warnings if not each.is_answered)
        )
        return [
            StepState(
                step,
                is_begun=any(self.typed[name] for name in names),
                lacking=len(lacking & names),
                to_look_at=len(doubtful & names),
            )
            for step, names in ((step, self._names_in(step)) for step in STEPS)
        ]

    @property
    def _unread(self) -> set[str]:
        return {name for name, text in self.typed.items() if text.strip() and not self.can_read(name)}

    @property
    def _lacking(self) -> set[str]:
        return {field_name(problem.place) for problem in self.problems if problem.is_missing} - self._unread

    @property
    def _faulty(self) -> set[str]:
        return {field_name(problem.place) for problem in self.problems if not problem.is_missing} | self._unread

    def missing(self) -> list[forms.BoundField]:
        """The entries without which the report can't be sent, in the order of the page."""
        lacking = self._lacking
        return [self[name] for name in self.places if name in lacking]

    def to_correct(self) -> list[forms.BoundField]:
        """The entries with which the report can't be sent, in the order of the page."""
        faulty = self._faulty
        return [self[name] for name in self.places if name in faulty]

    @property
    def tally(self) -> Tally:
        return Tally.of(self.states())

    def _names_in(self, step: Step) -> set[str]:
        return {name for name, place in self.places.items() if step.holds(place)}

    @property
    def warnings(self) -> list[ReportWarning]:
        """Figures that don't fit, and sections word for word like half a year before."""
        of_sections = [(code, self._told_of_section(code)) for code in SECTIONS]
        return [self._of_section(code, told) for code, told in of_sections if told] + [
            ReportWarning(row.main, row.name, row.told, row.remark, self._is_typed(row.remark))
            for row in self.rows
            if row.told
        ]

    def _told_of_section(self, code: str) -> str:
        """What to look at in a section again: it repeats itself, or states another total than the table."""
        told = []
        if self.last_half.repeated_by(code, self._text_of(code)):
            sentence = _("Word for word as in the %(period)s: change it, or say why it is the same.")
            told.append(sentence % {"period": self.last_half.label})
        if code == "violations":
            told.append(oddities.total_contradicted(self._text_of(code), self.content()))
        return " ".join(filter(None, told))

    @property
    def answers(self) -> list[ReportWarning]:
        """The warnings, and typed explanations that can't be taken, though what they explained may be gone."""
        warnings = self.warnings
        shown = {warning.answer.name for warning in warnings}
        left = [name for name in self.errors if name in self.named - shown and _is_answer(self.places[name])]
        return warnings + [
            ReportWarning(self[name], str(self[name].label), "", self[name], is_answered=True) for name in left
        ]

    @cached_property
    def talk_inputs(self) -> list[TalkInput]:
        """Every comment of the reviewer with the fields that answer it."""
        return [
            TalkInput(
                talk,
                self[field_name(rules.answer_place(talk.place, talk.pk))],
                self[field_name(rules.settled_place(talk.place, talk.pk))],
                is_ticked=bool(self.typed[field_name(rules.settled_place(talk.place, talk.pk))]),
                is_answered=bool(self.typed[field_name(rules.answer_place(talk.place, talk.pk))].strip()),
                at=talk.field if talk.field in self.places else field_name(rules.answer_place(talk.place, talk.pk)),
            )
            for talk in self.talks
        ]

    @property
    def open_talks(self) -> list[TalkInput]:
        return [each for each in self.talk_inputs if each.is_open]

    def _talks_at(self, kind: str, code: str) -> tuple[TalkInput, ...]:
        return tuple(each for each in self.talk_inputs if (each.talk.place.kind, each.talk.place.code) == (kind, code))

    @property
    def _talks_at_no_row(self) -> list[TalkInput]:
        """Those about a category or an indicator that is no longer in use."""
        rows = {(place.kind, place.code) for place in self.places.values() if place.detail in ("", "remark")}
        return [each for each in self.talk_inputs if (each.talk.place.kind, each.talk.place.code) not in rows]

    @property
    def talk_answers(self) -> dict[int, Answer]:
        """What is said to comments, by their key; what can't be taken is left out."""
        return {
            each.talk.pk: Answer(self._read(each.answer.name) or "", is_settled=each.is_ticked)
            for each in self.talk_inputs
        }

    @property
    def typed_to_send(self) -> dict[str, str]:
        """What stays typed when the report is sent: answers to comments are taken out of it then."""
        taken = {name for each in self.talk_inputs for name in (each.answer.name, each.settled.name)}
        return {name: text for name, text in {**self.stored, **self.typed}.items() if name not in taken}

    def _of_section(self, code: str, told: str) -> ReportWarning:
        answer = self[field_name(rules.explanation_place(code))]
        about = self[field_name(rules.section_place(code))]
        return ReportWarning(about, str(about.label), told, answer, self._is_typed(answer))

    def _text_of(self, code: str) -> str:
        return self.typed[field_name(rules.section_place(code))]

    def _is_typed(self, field: forms.BoundField) -> bool:
        return bool(self.typed[field.name].strip())

    @property
    def measures(self) -> str:
        """All measures in their order, as the columns of a pasted block stand in."""
        return " ".join(measure.value for measure in MEASURES)

    @cached_property
    def figure_groups(self) -> list[FigureInputGroup]:
        return [
            FigureInputGroup(group.name, tuple(self._category_row(category) for category in group.categories))
            for group in self.catalogue.groups
        ]

    @cached_property
    def indicator_rows(self) -> list[FigureInputRow]:
        rows, activities = [], self.content().indicators
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
                    leaps=tuple(
                        leaps.leaps_of_indicator(self.value_typed(field.name), earlier.value if earlier else None)
                    ),
                    odd=tuple(oddities.of_indicator(indicator.code, activities, self.own_range)),
                    is_explained=self._is_typed(remark),
                    help=indicator.help,
                    talks=self._talks_at("indicator", indicator.code),
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
                measure,
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
            leaps=tuple(leaps.leaps_of_category(self._values_typed(code), earlier.values if earlier else {})),
            odd=tuple(oddities.of_category(code, self._values_typed(code), self.own_range)),
            is_explained=self._is_typed(remark),
            help=category.help,
            talks=self._talks_at("category", code),
        )

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

    def _cell(
        self, field: forms.BoundField, label: str, base: int | None, measure: Measure | None = None
    ) -> FigureInput:
        value = self.value_typed(field.name)
        comparison = Comparison(value, base)
        movement = ""
        if comparison.change is not None:
            movement = formatting.signed(comparison.change) if comparison.change else _("the same")
            if comparison.percent is not None and comparison.change:
                movement += f" ({formatting.signed_percent(comparison.percent)})"
        return FigureInput(
            field,
            label,
            formatting.number(base),
            movement,
            is_cases=measure is Measure.CASES,
            measure=measure.value if measure else "",
            words=self._words(field.name, value, is_money=bool(measure and measure.facts.is_money)),
            faults=tuple(map(str, field.errors)) or self._told(field.name),
        )

    def _words(self, name: str, value: int | None, *, is_money: bool) -> str:
        """How a large figure, or one not typed as plain digits, was read."""
        if value is None or (value < ECHOED_FROM and self.typed[name].strip().isdigit()):
            return ""
        return f"{in_words(value)} đồng" if is_money else in_words(value)

    def _told(self, name: str) -> tuple[str, ...]:
        """Why a figure can't be read, or can't be: told as it is typed, before anything is asked for."""
        try:
            self.fields[name].clean(self.typed[name])
        except ValidationError as unread:
            return tuple(unread.messages)
        return self.impossible.get(name, ())

    @cached_property
    def problems(self) -> list[rules.Problem]:
        """All that keeps the report as it is typed from being submitted."""
        return rules.problems(self.content(), self.register)

    @cached_property
    def impossible(self) -> dict[str, tuple[str, ...]]:
        """What is plainly impossible in the figures typed so far, by the field's name."""
        found: dict[str, tuple[str, ...]] = {}
        for problem in self.problems:
            if not problem.is_missing:
                name = field_name(problem.place)
                found[name] = (*found.get(name, ()), problem.message)
        return found


def _is_answer(place: rules.FieldPlace) -> bool:
    """Whether it takes what explains a warning."""
    return place.kind == "explain" or place.detail == "remark"
