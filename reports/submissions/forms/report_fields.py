"""The half-year report as fields: one per section, figure and remark, and what was typed in each.

A form holds what one window sent (`held`); everything else in it is the typed text as it is stored, so
that a part of the report can be sent alone and is judged with all the rest. What is typed is kept as
text under the fields' names; `content()` gives the report as far as it can be read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import CountField, one_line_end
from cluster_portal.privacy import Excerpt, excerpts, find_identifiers, mask
from members.forms.conflicts import put, tell_conflict
from reports.content import (
    MEASURES,
    SECTIONS,
    CategoryFigures,
    IndicatorFigure,
    SubmissionContent,
    Values,
)
from reports.models import Submission
from reports.submissions import rules
from reports.submissions.catalogue import Catalogue, CategoryEntry
from reports.submissions.forms.asked_fields import (
    AnswerField,
    LacksField,
    RemarkField,
    SettledField,
    measure_field,
    section_field,
)
from reports.submissions.forms.window import was_of, window_in
from reports.submissions.last_half import LastHalf
from reports.submissions.merging import Typing
from reports.submissions.oddities import OwnRange
from reports.submissions.register import Register
from reports.submissions.steps import BY_CODE
from reports.submissions.talk import Talk
from reports.submissions.typed import field_name

#: Names of fields that belong to the act of submitting and not to the report.
OUTSIDE_THE_REPORT = ("revision", "was", "declared", "numbers_are_no_identifiers")

#: What is worked out once, until something else is typed or a fault is found.
OF_WHAT_IS_TYPED = ("typed", "questions", "problems", "impossible", "talk_inputs")
OF_THE_ERRORS = ("figure_groups", "indicator_rows")


#: What stands beside a field and belongs to it, by the ends of its ids; heard with it by who doesn't see the page.
TOLD_BESIDE: dict[type[forms.Field], tuple[str, ...]] = {
    CountField: ("base", "told"),
    RemarkField: ("warning", "error"),
}


class ReportFields(forms.Form):
    revision = forms.CharField(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    was = forms.Field(widget=forms.HiddenInput(attrs={"autocomplete": "off"}), required=False)
    declared = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        label=gettext_lazy("I declare that this report contains no state secrets."),
        help_text=gettext_lazy("Law on the Protection of State Secrets 117/2025/QH15."),
        error_messages={"required": gettext_lazy("Tick this declaration to submit the report.")},
    )
    numbers_are_no_identifiers = forms.BooleanField(
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        label=gettext_lazy("The marked numbers identify no person (for example a hotline)."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        catalogue: Catalogue,
        base: SubmissionContent | None,
        register: Register | None = None,
        stored: Mapping[str, str] | None = None,
        last_half: LastHalf | None = None,
        own_range: OwnRange | None = None,
        talks: Sequence[Talk] = (),
        complete: bool = True,
        **kwargs: Any,
    ) -> None:
        """`complete` asks for the whole report; without it only what can't be read is pointed out.

        `stored` is the typed text as it stands: numbers in it have been confirmed already. `last_half` is
        what the unit wrote half a year before, `own_range` what it reported earlier; `talks` are the
        reviewer's comments, which are answered in here.
        """
        super().__init__(*args, **kwargs)
        #: The fields changed on both sides, with what stood in each before: `keeping.js` holds them.
        self.asked: dict[str, str] = {}
        self.places: dict[str, rules.FieldPlace] = {}
        self.last_half = last_half or LastHalf()
        self.own_range = own_range or OwnRange()
        self.talks = tuple(talks)
        self.stored = stored or {}
        self.catalogue = catalogue
        self.register = register or Register()
        self.base = base
        self.complete = complete
        self.fields["declared"].required = complete
        for code in SECTIONS:
            self._add(rules.section_place(code), section_field(code))
            about = str(SECTIONS[code].title)
            self._add(rules.explanation_place(code), RemarkField(about=about, word=_("Explanation")))
        for category in catalogue.categories:
            for measure in category.measures:
                self._add(rules.measure_place(category.code, measure), measure_field(measure, about=category.name))
            self._add(rules.lacks_place(category.code), LacksField(about=category.name))
            self._add(rules.remark_place("category", category.code), RemarkField(about=category.name))
        for indicator in catalogue.indicators:
            self._add(rules.indicator_place(indicator.code), CountField(label=indicator.name))
            self._add(rules.remark_place("indicator", indicator.code), RemarkField(about=indicator.name))
        for talk in self.talks:
            self._add(rules.answer_place(talk.place, talk.pk), AnswerField(about=talk.label))
            self._add(rules.settled_place(talk.place, talk.pk), SettledField(about=talk.label))
        for name in ("numbers_are_no_identifiers", "declared"):  # they stand at the foot of the page
            self.fields[name] = self.fields.pop(name)
        self.named = frozenset(name for name in self.places if self.is_bound and name in self.data)
        self.held = self._held()
        self.undecided = frozenset(cast(QueryDict, self.data).getlist("waits") if self.is_bound else ())
        self.was_sent = window_in(cast(QueryDict, self.data), {}, ()).was or {}
        self.initial = {name: self._as_taken(name, text) for name, text in self.initial.items()}
        if self.is_bound:
            self._put({name: self.stored.get(name, "") for name in self.places if name not in self.held})
            self._put({name: text for name, text in self.typed.items() if text != self.data.get(name, "")})

    def _add(self, place: rules.FieldPlace, field: forms.Field) -> None:
        name = field_name(place)
        self.fields[name], self.places[name] = field, place
        if told := TOLD_BESIDE.get(type(field)):
            field.widget.attrs["aria-describedby"] = " ".join(f"id_{name}_{part}" for part in told)

    def _held(self) -> frozenset[str]:
        """The fields this window sent: those named, and the boxes beside them, of which only ticked ones are sent.

        Without a word about it (`partial`, `holds`) that is the whole report, of which a blank may be left out.
        """
        step = BY_CODE.get(self.data.get("holds", ""))
        if not self.is_bound or "partial" in self.data:
            return self.named
        if step is None:
            return self.named.union(name for name, place in self.places.items() if not _is_aside(place))
        boxes = (name for name in self.places if isinstance(self.fields[name], LacksField))
        return self.named.union(name for name in boxes if step.holds(self.places[name]))

    # --- what was typed ----------------------------------------------------------------

    @cached_property
    def typed(self) -> dict[str, str]:
        """The text in every field of the report, valid or not."""
        if self.is_bound:
            return {name: self._as_taken(name, self.data.get(name, "")) for name in self.places}
        return {name: str(self.initial.get(name, "")) for name in self.places}

    def _as_taken(self, name: str, text: Any) -> Any:
        """What was typed, as the field that shows it can hold it.

        A field of one line drops line ends, and makes one figure of two. PostgreSQL stores no NUL, which can come
        in with pasted text.
        """
        if name not in self.places or not isinstance(text, str):
            return text
        text = one_line_end(text.replace("\0", ""))
        has_lines = self.places[name].kind in ("section", "explain") or isinstance(self.fields[name], AnswerField)
        return text if has_lines or "\n" not in text else " ".join(text.split("\n"))

    @cached_property
    def questions(self) -> dict[str, list[Excerpt]]:
        """Where the text of a field seems to hold a number that tells who a person is, and nobody confirmed it."""
        if not self.is_bound:
            return {}
        confirmed = cast(QueryDict, self.data).getlist("confirm")
        found = {
            name: self._asked_about(name, text)
            for name, text in self.typed.items()
            if not isinstance(self.fields[name], CountField | LacksField) and name not in confirmed
        }
        return {name: places for name, places in found.items() if places}

    def _asked_about(self, name: str, text: str) -> list[Excerpt]:
        known = {identifier.text for identifier in find_identifiers(self.stored.get(name, ""))}
        return [excerpt for excerpt in excerpts(text) if excerpt.marked not in known]

    def mask(self, name: str) -> None:
        """Replace the numbers in a field that tell who a person is."""
        if name in self.typed:
            self._put({name: mask(self.typed[name])})

    @property
    def numbers_are_confirmed(self) -> bool:
        return bool(self.data.get("numbers_are_no_identifiers"))

    @property
    def refused(self) -> list[str]:
        """The fields whose text isn't stored before somebody masks or confirms the numbers in it."""
        return [] if self.numbers_are_confirmed else list(self.questions)

    @property
    def declaration(self) -> str:
        """What the sender declares, as it is worded on the page."""
        return f"{self.fields['declared'].label} {self.fields['declared'].help_text}"

    def value_typed(self, name: str) -> int | None:
        """The number typed so far, None where there is none or the report can't take it."""
        return cast(int | None, self._read(name))

    def can_read(self, name: str) -> bool:
        try:
            self.fields[name].clean(self.typed[name])
        except ValidationError:
            return False
        return True

    def _read(self, name: str) -> Any:
        try:
            return self.fields[name].clean(self.typed[name])
        except ValidationError:
            return None

    @property
    def error_summary(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each fault told once, with all the fields it stands beside, in the order of the page."""
        fields: dict[str, list[forms.BoundField]] = {str(message): [] for message in self.non_field_errors()}
        for field in self.visible_fields():
            for message in field.errors:
                fields.setdefault(str(message), []).append(field)
        return list(fields.items())

    @property
    def unreadable(self) -> list[forms.BoundField]:
        """Fields in which something stands that no report can hold: no number, or an identity number."""
        return [self[name] for name in self.errors if name in self.fields]

    # --- the validated report ----------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in self.refused:
            marked = ", ".join(f"“{excerpt.marked}”" for excerpt in self.questions[name])
            sentence = _("Not saved yet: %(numbers)s may tell who a person is. Mask or confirm it.")
            self.add_error(name, sentence % {"numbers": marked})
        for problem in rules.problems(self.content(), self.register) if self.complete else []:
            name = field_name(problem.place)
            if name not in self.errors:
                self.add_error(name, problem.message)
        return cleaned

    @property
    def asked_as_json(self) -> str:
        return json.dumps(self.asked, ensure_ascii=False)

    @property
    def window(self) -> Typing:
        """What was typed here and from what, without what is refused."""
        return window_in(cast(QueryDict, self.data), self.typed, self.held).refusing(self.refused)

    def differing(self, stored: Mapping[str, str]) -> list[tuple[forms.BoundField, str, str]]:
        """The fields that hold something else than what is `stored`: the field, the text here, the text there."""
        return [
            (self[name], mine, stored.get(name, ""))
            for name, mine in self.typed.items()
            if mine != stored.get(name, "") and name in self.named
        ]

    def show_conflict(self, current: Submission, names: Iterable[str]) -> None:
        """Tell beside each of the fields what was saved elsewhere; saving again overrules it."""
        told = {name: current.typed.get(name, "") for name in names}
        self.asked = {name: self.was_sent.get(name, "") for name in told}
        tell_conflict(self, theirs=told, revision=current.revision)
        self.stand_at(current)

    def take_in(self, current: Submission, asked: Iterable[str]) -> None:
        """Show what was saved elsewhere, where nothing was typed here; what is `asked` about or refused stays."""
        self.undecided = self.undecided.union(asked)
        kept = {*asked, *self.refused}
        self._put({name: current.typed.get(name, "") for name in self.typed if name not in kept})
        self.stand_at(current)

    def stand_at(self, current: Submission) -> None:
        """Let the next saving of this form start from the report as it stands."""
        self.stored = current.typed
        self._put({"revision": str(current.revision), "was": was_of(current.typed)})

    def take_over(self, code: str = "") -> None:
        """Raise what is typed to what the register holds: of one category, or of all. Nothing is lowered."""
        lacking = self.lacking()
        self._type(
            {
                field_name(rules.measure_place(each, measure)): str(value)
                for each in ([code] if code else lacking)
                for measure, value in lacking.get(each, {}).items()
            }
        )

    def take_last_half(self, section: str) -> None:
        """Put what a section said half a year before behind what is typed there already."""
        text = self.last_half.texts.get(section, "")
        name = field_name(rules.section_place(section))
        if text and name in self.places:
            self._type({name: f"{self.typed[name].rstrip()}\n\n{text}".strip()})

    def _type(self, texts: dict[str, str]) -> None:
        """As if this window had sent it."""
        self.held = self.held.union(texts)
        self._put(texts)

    def lacking(self) -> dict[str, Values]:
        """Where the figures typed so far fall below the register, by category code."""
        codes = [category.code for category in self.catalogue.categories]
        found = {code: self.register.lacking(code, self._values_typed(code)) for code in codes}
        return {code: values for code, values in found.items() if values}

    def _values_typed(self, code: str) -> Values:
        names = {measure: field_name(rules.measure_place(code, measure)) for measure in MEASURES}
        return {measure: self.value_typed(name) for measure, name in names.items() if name in self.fields}

    def _put(self, texts: dict[str, str]) -> None:
        put(self, texts)
        self._read_again(*OF_WHAT_IS_TYPED, *OF_THE_ERRORS)

    def full_clean(self) -> None:
        super().full_clean()
        self._read_again(*OF_THE_ERRORS)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        self._read_again(*OF_THE_ERRORS)

    def _read_again(self, *cached: str) -> None:
        for name in cached:
            self.__dict__.pop(name, None)

    def content(self) -> SubmissionContent:
        """The report as plain values, from the fields that can be read."""
        categories = {category.code: self._category(category) for category in self.catalogue.categories}
        return SubmissionContent(
            narrative=self._texts(rules.section_place),
            categories={code: rules.with_implied_noughts(figures) for code, figures in categories.items()},
            indicators={
                indicator.code: IndicatorFigure(
                    self.value_typed(field_name(rules.indicator_place(indicator.code))),
                    self._read(field_name(rules.remark_place("indicator", indicator.code))) or "",
                )
                for indicator in self.catalogue.indicators
            },
            explanations={code: text for code, text in self._texts(rules.explanation_place).items() if text},
        )

    def _texts(self, place: Callable[[str], rules.FieldPlace]) -> dict[str, str]:
        return {code: self._read(field_name(place(code))) or "" for code in SECTIONS}

    def _category(self, category: CategoryEntry) -> CategoryFigures:
        remark, lacks = rules.remark_place("category", category.code), rules.lacks_place(category.code)
        values = {
            measure: self.value_typed(field_name(rules.measure_place(category.code, measure)))
            for measure in category.measures
        }
        return CategoryFigures(values, self._read(field_name(remark)) or "", bool(self._read(field_name(lacks))))


def _is_aside(place: rules.FieldPlace) -> bool:
    """Whether it is no part of the report, so that a page of the whole report may lack it."""
    return place.kind == "explain" or place.detail.startswith("answer-")
