"""Whose figures are looked at: the whole cluster's, those of one kind of unit, or one unit's.

A choice of the reader, which lives in the address, so that a view can be sent to a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.door import number_in
from cluster_portal.periods import Period
from cluster_portal.text import fold
from members.models import Unit
from reports.comparison.lineage import Lineages
from reports.comparison.sources import UnitFacts

#: What a kind is called in official prose, whatever language the page is in.
KIND_NAMES = {
    "commune": "xã, phường",
    "agency": "cơ quan",
    "school": "nhà trường",
    "enterprise": "doanh nghiệp",
    "armed_forces": "lực lượng vũ trang",
}


class UnknownScope(ValueError):
    """There is no such kind or no such unit."""


@dataclass(frozen=True)
class Scope:
    """`kind` or `unit` narrows down, both empty is the whole cluster; `unit_name` is known once the unit is found."""

    kind: str = ""
    unit: int | None = None
    unit_name: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Scope:
        """Read ``kind`` or ``unit`` of an address. Raises `UnknownScope`."""
        kind, unit = query.get("kind", ""), query.get("unit", "")
        if (kind and (unit or kind not in Unit.Kind.values)) or (unit and number_in(unit, otherwise=0) < 1):
            raise UnknownScope(f"no such kind or unit: {kind!r}, {unit!r}")
        return cls(kind=kind, unit=int(unit) if unit else None)

    @classmethod
    def chosen(cls, query: Mapping[str, str]) -> Scope:
        """Read the field `scope` of a form, ``kind=school`` or ``unit=7``, or an address. Raises `UnknownScope`."""
        name, _sign, value = query.get("scope", "").partition("=")
        return cls.parse({name: value} if "scope" in query else query)

    @property
    def is_whole(self) -> bool:
        return not self.kind and self.unit is None

    @property
    def choices(self) -> dict[str, str]:
        """As it stands in an address; the inverse of `parse`."""
        if self.kind:
            return {"kind": self.kind}
        return {} if self.unit is None else {"unit": str(self.unit)}

    @property
    def printed(self) -> str:
        """``xã, phường`` or the unit's name, in official prose; nothing for the whole cluster."""
        return KIND_NAMES.get(self.kind, self.kind) if self.kind else self.unit_name

    @property
    def label(self) -> str:
        """The same in the language that is active."""
        if not self.kind or get_language() == "vi":
            return self.printed
        return str(Unit.Kind(self.kind).label)

    @property
    def in_file_names(self) -> str:
        """``-xa-phuong``: what the name of a file ends with."""
        return f"-{slugify(fold(self.printed))}" if self.printed else ""

    def settled(self, units: Mapping[int, UnitFacts], lineages: Lineages) -> Scope:
        """The scope with its unit named; one that was taken over is looked at as a part of its successor.

        Raises `UnknownScope`.
        """
        if self.unit is None:
            return self
        head = lineages.head_of(self.unit)
        if head not in units:
            raise UnknownScope(f"no such unit: {self.unit}")
        return replace(self, unit=head, unit_name=units[head].name)

    def takes(self, unit: UnitFacts) -> bool:
        """Whether a unit that stands for itself belongs to it."""
        return self.kind in ("", unit.kind) and self.unit in (None, unit.id)


WHOLE_CLUSTER = Scope()


@dataclass(frozen=True)
class OfferedScope:
    """A scope to choose: `value` of the form's field and its label; those with a `group` stand under it."""

    value: str
    label: str
    group: str
    is_chosen: bool


def offered_scopes(chosen: Scope) -> tuple[OfferedScope, ...]:
    """The whole cluster, each kind and each unit, in the order of the cluster's list (one query)."""
    units = Unit.objects.in_order().values_list("pk", "name")
    offered = (
        ("", WHOLE_CLUSTER),
        *((_("Kind of unit"), Scope(kind=kind)) for kind in Unit.Kind.values),
        *((_("Unit"), Scope(unit=unit, unit_name=name)) for unit, name in units),
    )
    return tuple(
        OfferedScope(
            value=urlencode(scope.choices),
            label=scope.label or _("the whole cluster"),
            group=group,
            is_chosen=scope.choices == chosen.choices,
        )
        for group, scope in offered
    )


def comparison_choices(
    *, period: Period, baseline: Period, like_for_like: bool, scope: Scope = WHOLE_CLUSTER
) -> dict[str, str]:
    """What is chosen in the address of a comparison; what goes without saying is left out."""
    chosen = {"baseline": str(baseline)} if baseline != period.same_period_last_year else {}
    if like_for_like:
        chosen["like_for_like"] = "1"
    return chosen | scope.choices
