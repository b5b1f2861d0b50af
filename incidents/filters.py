"""What the list of cases can be narrowed down by; everything stands in the URL."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from cluster_portal.door import LONGEST_SEARCH
from cluster_portal.fields import SoughtDayField
from cluster_portal.period_fields import PeriodFormField
from cluster_portal.periods import CutOffRule, Period
from incidents.forms.fields import CategoryField
from incidents.models import Category, CategoryGroup, Incident
from incidents.models.register import IncidentQuerySet
from members.infrastructure.capabilities import sees_own_unit
from members.models import Cluster, Unit, User

#: Each ends with the primary key: a total order, which paging depends on.
ORDERS = {
    "day": ("happened_on", "pk"),
    "unit": ("unit__order", "unit_id", "happened_on", "pk"),
    "category": ("category__group__order", "category__order", "category_id", "happened_on", "pk"),
    "severity": ("severity", "happened_on", "pk"),
    "recorded": ("recorded_at", "pk"),
}
NEWEST_FIRST = "-day"
SORTS = [
    ("-day", _("newest first")),
    ("day", _("oldest first")),
    ("-recorded", _("last recorded first")),
    ("unit", _("by unit")),
    ("category", _("by category")),
    ("-severity", _("gravest first")),
]


class CategoryFilter(django_filters.ModelChoiceFilter):
    field_class = CategoryField


class DayFilter(django_filters.Filter):
    field_class = SoughtDayField


class PeriodFilter(django_filters.Filter):
    """The days of a period under the cluster's cut-off rule."""

    field_class = PeriodFormField

    def filter(self, queryset: IncidentQuerySet, value: Period | None) -> IncidentQuerySet:
        if value is None:
            return queryset
        rule = self.parent.rule
        return queryset.happened_between(value.first_day(rule), value.last_day(rule))


def as_asked(asked: Any, *, by: User, today: dt.date) -> IncidentFilter:
    """The cases that `by` may see, as the parameters of an address narrow them down: for the list and its exports."""
    visible = Incident.objects.visible_to(by).select_related("unit", "category")
    return IncidentFilter(asked, queryset=visible, by=by, rule=Cluster.get().cut_off_rule, today=today)


class IncidentFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Search words"), method="with_words", max_length=LONGEST_SEARCH)
    period = PeriodFilter(label=_("Period"), widget=forms.Select)
    unit = django_filters.ModelChoiceFilter(label=_("Unit"), queryset=Unit.objects.in_order())
    kind = django_filters.ChoiceFilter(label=_("Kind of unit"), field_name="unit__kind", choices=Unit.Kind.choices)
    group = django_filters.ModelChoiceFilter(
        label=_("Group of categories"),
        field_name="category__group",
        queryset=CategoryGroup.objects.all(),
        to_field_name="code",
    )
    category = CategoryFilter(label=_("Category"), queryset=Category.objects.in_order(), to_field_name="code")
    severity = django_filters.ChoiceFilter(label=_("Severity"), choices=Incident.Severity.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=Incident.State.choices)
    first_day = DayFilter(label=_("From"), field_name="happened_on", lookup_expr="gte")
    last_day = DayFilter(label=_("Until"), field_name="happened_on", lookup_expr="lte")
    sort = django_filters.ChoiceFilter(label=_("Order"), choices=SORTS, method="in_order", empty_label=None)

    class Meta:
        model = Incident
        fields: list[str] = []

    def __init__(
        self, data: Any, *, queryset: IncidentQuerySet, by: User, rule: CutOffRule | str, today: dt.date
    ) -> None:
        super().__init__(data, queryset=queryset)
        self.rule = rule
        if sees_own_unit(by):
            del self.filters["unit"], self.filters["kind"]
        self.form.fields["period"].widget.choices = _periods(today, rule, chosen=self.data.get("period"))

    def filter_queryset(self, queryset: IncidentQuerySet) -> IncidentQuerySet:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("sort") else self.in_order(found, "sort", NEWEST_FIRST)

    def with_words(self, queryset: IncidentQuerySet, _name: str, text: str) -> IncidentQuerySet:
        return queryset.with_words(text)

    def in_order(self, queryset: IncidentQuerySet, _name: str, sort: str) -> IncidentQuerySet:
        backwards = sort.startswith("-")
        ordered = queryset.order_by(*ORDERS[sort.removeprefix("-")])
        return ordered.reverse() if backwards else ordered

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the order was asked for."""
        return bool(self.form.cleaned_data.get("q") or self.choices_made)

    @property
    def choices_made(self) -> list[str]:
        """The labels of what the list is narrowed down by, apart from words."""
        made = [name for name, value in self.form.cleaned_data.items() if value and name not in ("q", "sort")]
        return [str(self.form[name].label) for name in made]


class InsightFilter(IncidentFilter):
    """What the charts can be narrowed down by."""

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in self.filters.keys() - {"period", "unit", "category"}:
            del self.filters[name], self.form.fields[name]

    def in_order(self, queryset: IncidentQuerySet, _name: str, sort: str) -> IncidentQuerySet:
        return queryset.order_by()


def _periods(today: dt.date, rule: CutOffRule | str, *, chosen: str | None) -> list[tuple[str, Any]]:
    """This half-year and the ten before it, their years, and whatever the URL names."""
    offered: list[Period] = []
    for half in Period.latest_halves(today, rule):
        if half.half == 2 or not offered:
            offered.append(Period(half.year))
        offered.append(half)
    choices = [("", _("All")), *((str(each), each.label) for each in offered)]
    if chosen and chosen not in dict(choices):
        choices.append((chosen, chosen))
    return choices
