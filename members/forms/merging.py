"""Several groups of units that merge on one day, each into one, typed in one form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.door import number_in
from cluster_portal.fields import PlannedDayField
from members.actions import Group
from members.models import Unit

#: As many groups are offered at first, and at most.
FIRST_GROUPS, MOST_GROUPS = 5, 40


class MergerForm(forms.Form):
    """Groups that are left empty count for nothing. A name that a unit goes by already means that unit."""

    on = PlannedDayField(
        label=gettext_lazy("Effective from"),
        help_text=gettext_lazy("The first day on which the successors are responsible."),
    )
    people_move = forms.BooleanField(
        label=gettext_lazy("Accounts move along"),
        required=False,
        initial=True,
        help_text=gettext_lazy("Liaisons of units that end work for the new unit from that day on."),
    )

    def __init__(self, data: QueryDict | None = None, *, today: dt.date) -> None:
        """With `longer` among the data, what was typed stands in a form of one group more, not judged yet."""
        typed, is_longer = data or QueryDict(), bool(data and "longer" in data)
        groups = number_in(typed.get("groups"), FIRST_GROUPS) + is_longer
        self.numbers = range(1, min(max(groups, 1), MOST_GROUPS) + 1)
        self._typed, self._today = typed, today
        super().__init__(None if is_longer else data, initial=self._kept() if is_longer else None)
        units = [(unit.pk, unit.name) for unit in self._units.values()]
        for number in self.numbers:
            self._add_group(number, units)

    @cached_property
    def _units(self) -> dict[int, Unit]:
        """Whoever has not left, by key; asked once for all groups."""
        there = Unit.objects.filter(Q(left_on=None) | Q(left_on__gt=self._today))
        return {unit.pk: unit for unit in there.in_order()}

    def _kept(self) -> dict[str, Any]:
        """What was typed so far, as the form's initial values."""
        kept: dict[str, Any] = {name: value for name, value in self._typed.items() if not name.startswith("units_")}
        ticked = {f"units_{number}": self._typed.getlist(f"units_{number}") for number in self.numbers}
        return {**kept, **ticked, "people_move": "people_move" in self._typed}

    def _add_group(self, number: int, units: list[tuple[int, str]]) -> None:
        own: dict[str, forms.Field] = {
            "name": forms.CharField(label=_("Name of the new unit"), required=False, max_length=200),
            "short_name": forms.CharField(
                label=_("Short name"), required=False, max_length=60, help_text=_("Empty: the same as the name.")
            ),
            "kind": forms.ChoiceField(label=_("Kind"), choices=Unit.Kind.choices, required=False),
            "units": forms.TypedMultipleChoiceField(
                label=_("Units that merge"),
                required=False,
                choices=units,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
            ),
        }
        for name, field in own.items():
            self.fields[f"{name}_{number}"] = field

    def rows(self) -> Iterator[dict[str, Any]]:
        """The fields of each group, for the page; those in use, and the first, stand open."""
        for number in self.numbers:
            fields: dict[str, BoundField] = {
                name: self[f"{name}_{number}"] for name in ("name", "short_name", "kind", "units")
            }
            used = any(self._typed.get(f"{name}_{number}") for name in ("name", "short_name", "units"))
            yield {"number": number, "is_open": used or number == 1, **fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for number in self.numbers:
            self._check_group(number, cleaned)
        groups = {number: self._group(number, cleaned) for number in self.numbers if cleaned.get(f"units_{number}")}
        if not groups and not self.errors:
            self.add_error("units_1", _("Tick the units that merge and name the new one."))
        self._check_together(groups)
        return {**cleaned, "groups": list(groups.values())}

    def _check_group(self, number: int, cleaned: dict[str, Any]) -> None:
        """Half a group is no group; a new unit's names are nobody else's."""
        name, ticked = cleaned.get(f"name_{number}"), cleaned.get(f"units_{number}")
        if ticked and not name and f"name_{number}" not in self.errors:
            self.add_error(f"name_{number}", _("Name the unit that these become."))
        if name and not ticked and f"units_{number}" not in self.errors:
            self.add_error(f"units_{number}", _("Tick the units that become this one."))
        short = cleaned.get(f"short_name_{number}") or name or ""
        if not name or Unit.objects.all().called(name):
            return
        if len(short) > 60:
            self.add_error(f"short_name_{number}", _("Enter a short name of at most 60 characters."))
        elif other := Unit.objects.all().called(short):
            told = _("Another unit goes by this name already: %(unit)s.")
            self.add_error(f"short_name_{number}", told % {"unit": other})

    def _group(self, number: int, cleaned: dict[str, Any]) -> Group:
        name = cleaned.get(f"name_{number}") or ""
        into = Unit.objects.all().called(name) if name else None
        ended = [self._units[pk] for pk in cleaned[f"units_{number}"] if into is None or pk != into.pk]
        if into and not ended:
            self.add_error(f"units_{number}", _("Tick the units that become this one."))
        kind = cleaned.get(f"kind_{number}") or Unit.Kind.COMMUNE
        values = {"name": name, "short_name": cleaned.get(f"short_name_{number}") or name, "kind": kind}
        return Group(tuple(ended), into, {} if into else values)

    def _check_together(self, groups: dict[int, Group]) -> None:
        """A unit ends once, and none ends that takes others over on that day; two new ones have two names."""
        taken = {group.into.pk for group in groups.values() if group.into}
        names: set[str] = set()
        for number, group in groups.items():
            if twice := [unit.name for unit in group.units if unit.pk in taken]:
                self.add_error(
                    f"units_{number}", _("Already in another group: %(units)s.") % {"units": "; ".join(twice)}
                )
            taken |= {unit.pk for unit in group.units}
            name = group.into.name if group.into else str(group.values["name"]).casefold()
            if name in names:
                self.add_error(f"name_{number}", _("Another group has this name."))
            names.add(name)

    @property
    def act(self) -> dict[str, Any]:
        """What the action takes of the form."""
        return {name: self.cleaned_data[name] for name in ("on", "groups", "people_move")}

    @property
    def fingerprint(self) -> str:
        """Stands for what was chosen: who confirmed it has confirmed nothing else."""
        groups = [
            [[unit.pk for unit in group.units], group.into and group.into.pk, dict(group.values)]
            for group in cast("list[Group]", self.cleaned_data["groups"])
        ]
        chosen = [str(self.cleaned_data["on"]), self.cleaned_data["people_move"], groups]
        return hashlib.sha256(json.dumps(chosen, ensure_ascii=False).encode()).hexdigest()
