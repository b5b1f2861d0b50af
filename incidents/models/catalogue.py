"""The catalogue of violations: groups of categories, editable data.

Half-year figures and, later, the register of incidents are both kept by category.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.names import Names
from cluster_portal.period_fields import PeriodField
from cluster_portal.periods import FIRST_YEAR, Period
from incidents.measures import Measure
from members.infrastructure.editing import Revised

#: What is asked since always.
ALWAYS = Period(FIRST_YEAR, 1)


class Polarity(models.TextChoices):
    """Whether a rise of the figure is bad, good or neither."""

    FEWER_IS_BETTER = "fewer", _("fewer is better")
    MORE_IS_BETTER = "more", _("more is better")
    NEUTRAL = "neutral", _("neither")


@dataclass(frozen=True)
class Asked:
    """What a category asks from the half-year `since` on."""

    since: Period
    measures: frozenset[Measure]
    is_investigated: bool


#: What the starting categories were called before, by what they are called: files name them still.
FORMER_NAMES = {
    "Cướp tài sản": "Cướp",
    "Cướp giật tài sản": "Cướp giật",
    "Vi phạm khác về trật tự xã hội": "Khác",
}
ASKS_EVERYTHING = Asked(ALWAYS, frozenset(Measure), is_investigated=False)


def asked_in(rows: Iterable[Asked], half: Period) -> Asked:
    """What holds in a half-year: everything where nothing is said."""
    said = [row for row in rows if row.since <= half]
    return max(said, key=lambda row: row.since) if said else ASKS_EVERYTHING


class CategoryGroup(Revised):
    """A group the report's table is divided into, such as “Trật tự xã hội”."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class CategoryQuerySet(models.QuerySet["Category"]):
    def in_use(self) -> CategoryQuerySet:
        return self.filter(is_active=True)

    def in_order(self) -> CategoryQuerySet:
        return self.select_related("group").order_by("group__order", "group", "order", "pk")

    def with_asked(self) -> CategoryQuerySet:
        """The categories with what they asked from when on (one query more)."""
        return self.prefetch_related("asked")

    def by_name(self) -> Names[Category]:
        """All of these by name and code, for looking up what people wrote (one query)."""
        return Names(
            (name, category)
            for category in self.in_order()
            for name in (category.name, category.code, FORMER_NAMES.get(category.name, ""))
        )


class Category(Revised):
    """A kind of violation or accident that cases are counted by, such as “Trộm cắp tài sản”."""

    group = models.ForeignKey(
        CategoryGroup, on_delete=models.PROTECT, related_name="categories", verbose_name=_("group")
    )
    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    polarity = models.CharField(
        _("a rise is"), max_length=10, choices=Polarity.choices, default=Polarity.FEWER_IS_BETTER
    )
    order = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    help = models.TextField(
        _("what counts, and the source"),
        blank=True,
        help_text=_("Shown below it in the report's form."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CategoryQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def asked_rows(self) -> tuple[Asked, ...]:
        """What is asked from when on; see `CategoryQuerySet.with_asked`."""
        return tuple(row.as_value() for row in self.asked.all())


class AskedMeasures(models.Model):
    """Which measures a category asks from a half-year on, and whether its cases are investigated.

    Dated, so that a change never rewrites an older report: the row with the latest
    `since` up to a half-year holds in it. A category without rows asks everything.
    """

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="asked")
    since = PeriodField(_("from the half-year"), default=ALWAYS)
    measures = models.JSONField(_("figures asked"), default=list)
    is_investigated = models.BooleanField(_("cases are investigated"), default=False)

    class Meta:
        ordering = ["category", "since"]
        constraints = [
            models.UniqueConstraint(fields=["category", "since"], name="one_set_of_asked_measures_a_period"),
        ]

    def __str__(self) -> str:
        return f"{self.category} ({self.since})"

    def as_value(self) -> Asked:
        codes = {Measure.CASES.value, *self.measures}
        return Asked(
            self.since, frozenset(measure for measure in Measure if measure.value in codes), self.is_investigated
        )
