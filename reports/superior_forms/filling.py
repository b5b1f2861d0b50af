"""What a period puts into the places of a form, and what it can't: plain values, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal import formatting
from reports.comparison.pair import Compared
from reports.comparison.values import CategoryRow, GroupRow
from reports.content import Measure
from reports.models import FormBinding
from reports.prose.reference_labels import label
from reports.prose.references import References

As = FormBinding.WrittenAs
SCALES = {As.NUMBER: 1, As.THOUSANDS: 10**3, As.MILLIONS: 10**6, As.BILLIONS: 10**9}


@dataclass(frozen=True)
class Number:
    """A figure to compute with; `at_least` where some have not reported their part of it."""

    value: Decimal
    is_percentage: bool = False
    at_least: bool = False


@dataclass(frozen=True)
class FilledPlace:
    """One place of a form in one period: its figure as printed, or in `lack` why there is none.

    `known` says of whom a figure is that lacks a part.
    """

    place: str
    label: str
    text: str = ""
    lack: str = ""
    known: str = ""
    number: Number | None = None

    def value(self, *, in_excel: bool) -> Any:
        """What is handed to whoever fills the file in."""
        if self.number is None or not in_excel:
            return self.text
        kind = "percent" if self.number.is_percentage else "at_least" if self.number.at_least else "number"
        return {kind: f"{self.number.value.normalize():f}"}


def number_behind(references: References, address: str) -> Number | None:
    """The figure as a number, signed where it is a change; None where there is none, or it would be untrue.

    A sum that lacks a part is “at least”. A change or a share of some units only has no
    sign that says so: the words of the report tell whose it is, a number can't.
    """
    coverage = references.summary.coverage
    counts = {"expected": coverage.expected, "current": coverage.current}
    counts |= {"baseline": coverage.baseline, "both": coverage.both}
    name, _dot, form = address.rpartition(".")
    if name == "coverage" and form in counts:
        return Number(Decimal(counts[form]))
    if name in references.rows and form == "share":
        row = references.rows[name]
        is_shared = isinstance(row, GroupRow | CategoryRow) and row.figures.cases.complete
        return _percentage(row.share) if isinstance(row, GroupRow | CategoryRow) and is_shared else None
    if name in references.indicators:
        return _of_pair(references.indicators[name].figure, form)
    owner, _dot, measure = name.rpartition(".")
    if owner not in references.rows or measure not in {each.value for each in Measure}:
        return None
    row = references.rows[owner]
    if form == "rate":
        return _percentage(row.clearance.percent if row.clearance and row.figures[Measure(measure)].complete else None)
    return _of_pair(row.figures[Measure(measure)], form)


def _of_pair(pair: Compared, form: str) -> Number | None:
    if form == "percent":
        return _percentage(pair.percent if pair.is_whole else None)
    known = {
        "current": (pair.recorded, not pair.complete),
        "base": (pair.recorded_base, not pair.complete_base),
        "change": (pair.change if pair.is_whole else None, False),
    }
    value, at_least = known.get(form, (None, False))
    return None if value is None else Number(Decimal(value), at_least=at_least)


def _percentage(value: Decimal | None) -> Number | None:
    return None if value is None else Number(value, is_percentage=True)


def fill_places(bindings: Iterable[FormBinding], references: References) -> list[FilledPlace]:
    """Each bound place with its figure, or with why it has none."""
    return [_filled(binding, references) for binding in bindings]


def _filled(binding: FormBinding, references: References) -> FilledPlace:
    text = references.text(binding.address)
    named = label(references, binding.address) or binding.address
    if binding.written_as == As.WORDS:
        if text is None:
            return FilledPlace(binding.place, named, lack=_why_none(references, binding.address))
        return FilledPlace(binding.place, named, text)
    number = number_behind(references, binding.address)
    if number is None:
        lack = _("not whole: %(known)s") % {"known": text} if text else _why_none(references, binding.address)
        return FilledPlace(binding.place, named, lack=lack)
    scaled = number if number.is_percentage else replace(number, value=number.value / SCALES[As(binding.written_as)])
    known = text or "" if number.at_least else ""
    return FilledPlace(binding.place, named, _printed(scaled), known=known, number=scaled)


def _printed(number: Number) -> str:
    """All its digits: 1460500000 in billions is ``1,4605``."""
    if number.is_percentage:
        return formatting.signed_percent(number.value) if number.value < 0 else formatting.percent(number.value)
    whole, _point, fraction = f"{number.value.normalize():f}".partition(".")
    return ("≥ " if number.at_least else "") + formatting.number(int(whole)) + (f",{fraction}" if fraction else "")


def _why_none(references: References, address: str) -> str:
    """What can be said of a figure that has no text."""
    name = address.rpartition(".")[0]
    row = name.rpartition(".")[0]
    if name in references.rows or name in references.indicators or row in references.rows:
        return _("not reported, not asked, or nothing to compare with")
    return _("this figure is not in the summary of the period")


def values_of(places: Iterable[FilledPlace], *, in_excel: bool) -> Mapping[str, Any]:
    """What goes into the file, by place."""
    return {filled.place: filled.value(in_excel=in_excel) for filled in places if not filled.lack}
