from __future__ import annotations

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from cluster_portal.fields import PlannedDayField
from members.forms.revision import RevisionForm
from members.forms.signer import check_signer
from members.models import Unit, UnitQuerySet, User, UserQuerySet


class UnitForm(RevisionForm):
    """A unit's facts; rows of an imported file are checked by it as well."""

    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "kind",
            "address",
            "superior_line",
            "issuer_line",
            "notation_suffix",
            "place",
            "leader",
            "leader_rank",
            "leader_title",
            "signer_authority",
            "signer_title",
            "signer_name",
            "signer_rank",
            "telephone",
            "email",
            "order",
            "joined_on",
            "left_on",
        ]
        field_classes = {"joined_on": PlannedDayField, "left_on": PlannedDayField}
        help_texts = {
            "short_name": gettext_lazy("For tables and lists, at most 60 characters."),
            "order": gettext_lazy("Units are listed by this number; 1 stands first."),
            "left_on": gettext_lazy("The first day on which the unit is no longer a member; usually empty."),
        }

    def clean_name(self) -> str:
        return self._unused(self.cleaned_data["name"])

    def clean_short_name(self) -> str:
        return self._unused(self.cleaned_data["short_name"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        joined_on, left_on = cleaned.get("joined_on"), cleaned.get("left_on")
        if joined_on and left_on and left_on <= joined_on:
            self.add_error("left_on", _("A unit leaves after it has joined."))
        needed = {
            "signer_title": _("Enter the title of who signs for the leader, as in “PHÓ CHỦ TỊCH”."),
            "signer_name": _("Enter the name of who signs for the leader."),
        }
        check_signer(self, needed, only_then=("signer_rank",))
        return cleaned

    def _unused(self, typed: str) -> str:
        """One spelling of the name, which no other unit goes by."""
        name = " ".join(unicodedata.normalize("NFC", typed).split())
        other = Unit.objects.exclude(pk=self.instance.pk).called(name)
        if other:
            raise forms.ValidationError(_("Another unit goes by this name already: %(unit)s.") % {"unit": other})
        return name


class UnitFilter(forms.Form):
    """What the list of units shows: today's members unless asked otherwise."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_SEARCH)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), required=False, choices=[("", gettext_lazy("All kinds")), *Unit.Kind.choices]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Membership"),
        required=False,
        choices=[
            ("", gettext_lazy("Members today")),
            ("former", gettext_lazy("Former members")),
            ("all", gettext_lazy("All units")),
        ],
    )

    def apply(self, units: UnitQuerySet, *, today: dt.date) -> UnitQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("status") == "former":
            units = units.filter(left_on__lte=today)
        elif asked.get("status") != "all":
            units = units.members_on(today)
        if asked.get("kind"):
            units = units.filter(kind=asked["kind"])
        return units.matching(asked.get("q", "")).in_order()


class SuccessionForm(forms.Form):
    """A merger, a division, or a part of a unit that moves to another."""

    on = PlannedDayField(
        label=gettext_lazy("Effective from"),
        help_text=gettext_lazy("The first day on which the successors are responsible."),
    )
    predecessors = forms.ModelMultipleChoiceField(
        Unit.objects.in_order(), label=gettext_lazy("These units"), widget=forms.CheckboxSelectMultiple
    )
    successors = forms.ModelMultipleChoiceField(
        Unit.objects.in_order(), label=gettext_lazy("pass to these"), widget=forms.CheckboxSelectMultiple
    )
    predecessors_end = forms.TypedChoiceField(
        label=gettext_lazy("What passes"),
        choices=[
            (True, gettext_lazy("All of it: they end and leave the cluster on that day")),
            (False, gettext_lazy("Only a part: they go on as members")),
        ],
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
    )

    @property
    def fingerprint(self) -> str:
        """Stands for what was chosen: who confirmed it has confirmed nothing else."""
        chosen = self.cleaned_data
        keys = (",".join(str(unit.pk) for unit in chosen[name]) for name in ("predecessors", "successors"))
        return "|".join((str(chosen["on"]), *keys, str(chosen["predecessors_end"])))

    @property
    def people(self) -> UserQuerySet:
        """Whose unit ends: their accounts stay with it. Of one that goes on nobody has to be moved."""
        ending = self.cleaned_data["predecessors"] if self.cleaned_data["predecessors_end"] else ()
        found = User.objects.active().filter(unit__in=ending)
        return found.select_related("unit").in_order()
