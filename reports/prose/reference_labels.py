"""What references are called on pages, and which of them an author may choose from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.comparison.values import KindRow
from reports.content import MEASURES, Measure
from reports.prose import phrases
from reports.prose.references import INDICATOR_FORMS, MEASURE_FORMS, ROW_FORMS, References

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FORMS: dict[str, StrOrPromise] = {
    "sentence": gettext_lazy("whole phrase"),
    "brief": gettext_lazy("whole phrase, “same period” in short"),
    "terse": gettext_lazy("whole phrase, same period and units named before it"),
    "statement": gettext_lazy("whole phrase that ends a sentence"),
    "happened": gettext_lazy("what happened, not compared"),
    "current": gettext_lazy("this period"),
    "base": gettext_lazy("the period compared with"),
    "movement": gettext_lazy("rise or fall against the same period"),
    "moved": gettext_lazy("rise or fall, same period named before it"),
    "difference": gettext_lazy("rise or fall"),
    "change": gettext_lazy("change, without “rise” or “fall”"),
    "percent": gettext_lazy("change in per cent"),
    "rate": gettext_lazy("rate solved"),
    "rate_of": gettext_lazy("what the rate solved is of"),
    "share": gettext_lazy("share"),
    "coverage": gettext_lazy("units with all reports"),
    "criteria": gettext_lazy("how many of the three criteria fell and rose"),
}
STATEMENTS: dict[str, StrOrPromise] = {
    "coverage.sentence": gettext_lazy("Coverage in one sentence"),
    "coverage.expected": gettext_lazy("Units expected to report"),
    "coverage.current": gettext_lazy("Units with all reports of this period"),
    "coverage.baseline": gettext_lazy("Units with all reports of the period compared with"),
    "coverage.both": gettext_lazy("Units with all reports of both periods"),
    "coverage.compared": gettext_lazy("Units that are compared, where these are not all"),
    "coverage.reason": gettext_lazy("Why figures are used before all have reported"),
    "registered.sentence": gettext_lazy("Cases described in the register"),
    "warning.missing": gettext_lazy("Units that lack reports of this period"),
    "warning.base_missing": gettext_lazy("Units that lack reports of the period compared with"),
    "warning.late_joined": gettext_lazy("Units that joined later"),
    "warning.not_comparable": gettext_lazy("Units that can't be compared"),
    "warning.left": gettext_lazy("Units that have left"),
    "warning.unopened": gettext_lazy("Half-years nobody was asked to report on"),
    "warning.no_base": gettext_lazy("That there is nothing to compare with"),
    "warning.left_out": gettext_lazy("Units that are not compared in some figure"),
    "warning.left_out_categories": gettext_lazy("Categories that are not compared"),
}
#: Chosen in the place of a row: what is said of the summary as a whole.
WHOLE = "coverage"
#: Reads as another does wherever an author would put it.
NOT_OFFERED = ("statement", "moved")


@dataclass(frozen=True)
class Offer:
    """A reference to choose, what it is called among its neighbours, and what it reads as now."""

    address: str
    label: str
    text: str


def label(references: References, address: str) -> str:
    """The reference by its full name: ``Trộm cắp tài sản – Số vụ – kỳ này``; empty where there is none."""
    if references.text(address) is None:
        return ""
    if address in STATEMENTS:
        return str(STATEMENTS[address])
    name, _dot, form = address.rpartition(".")
    if name in references.rows or name in references.indicators:
        return f"{_name(references, name)} – {FORMS[form]}"
    row, _dot, measure = name.rpartition(".")
    return f"{_name(references, row)} – {Measure(measure).title} – {FORMS[form]}"


def rows_to_choose(references: References) -> list[tuple[str, list[tuple[str, str]]]]:
    """What has figures, in groups, as the choices of a form's field."""
    rows = references.rows
    groups = [
        (_("The cluster"), ["total"]),
        (_("Groups"), [f"group.{row.code}" for row in references.summary.groups]),
        (_("Categories"), [f"category.{row.code}" for row in references.summary.categories]),
        (_("Kinds of units"), [f"kind.{row.name}" for row in references.summary.kinds]),
        (_("Units"), [f"unit.{row.id}" for row in references.summary.units]),
    ]
    filled = [(title, [name for name in names if not rows[name].figures.are_empty]) for title, names in groups]
    reported = [name for name, row in references.indicators.items() if row.figure.recorded is not None]
    filled.append((_("Indicators"), reported))
    chosen = [(title, [(name, _name(references, name)) for name in names]) for title, names in filled if names]
    return [*chosen, (_("Coverage"), [(WHOLE, _("Coverage and warnings"))])]


def offers(references: References, row: str) -> Iterator[tuple[str, list[Offer]]]:
    """The references to figures of the row, grouped; nothing where there is no such row."""
    if row == WHOLE:
        yield _("Coverage and warnings"), _offered(references, {name: str(STATEMENTS[name]) for name in STATEMENTS})
    elif row in references.indicators:
        yield _name(references, row), _offered(references, _labels(row, INDICATOR_FORMS))
    elif row in references.rows:
        for measure in MEASURES:
            if references.rows[row].figures[measure].recorded is not None:
                yield measure.title, _offered(references, _labels(f"{row}.{measure.value}", MEASURE_FORMS))
        if of_row := _offered(references, _labels(row, ROW_FORMS)):
            yield _("Shares"), of_row


def _labels(name: str, forms: tuple[str, ...]) -> dict[str, str]:
    return {f"{name}.{form}": str(FORMS[form]) for form in forms if form not in NOT_OFFERED}


def _offered(references: References, labels: dict[str, str]) -> list[Offer]:
    texts = {address: references.text(address) for address in labels}
    return [Offer(address, labels[address], text) for address, text in texts.items() if text is not None]


def _name(references: References, name: str) -> str:
    if name in references.indicators:
        return references.indicators[name].name
    row = references.rows[name]
    if name == "total":
        return _("The whole cluster")
    return phrases.kind_name(row) if isinstance(row, KindRow) else row.name
