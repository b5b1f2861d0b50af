"""The catalogue of violations: groups of categories, editable data.

Half-year figures and, later, the register of incidents are both kept by category.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.names import Names
from members.infrastructure.editing import Revised


class Polarity(models.TextChoices):
    """Whether a rise of the figure is bad, good or neither."""

    FEWER_IS_BETTER = "fewer", _("fewer is better")
    MORE_IS_BETTER = "more", _("more is better")
    NEUTRAL = "neutral", _("neither")


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

    def by_name(self) -> Names[Category]:
        """All of these by name and code, for looking up what people wrote (one query)."""
        return Names((name, category) for category in self.in_order() for name in (category.name, category.code))


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
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CategoryQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
