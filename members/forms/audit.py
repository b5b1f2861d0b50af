from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from cluster_portal.fields import SoughtDayField
from cluster_portal.text import sort_key
from members.infrastructure.audit import AuditEntryQuerySet
from members.infrastructure.audit_wording import act_label
from members.models import Unit


class AuditFilter(forms.Form):
    """Which entries of the trail are shown; offers only what occurs among `entries`."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Entries"),
        required=False,
        choices=[
            ("", gettext_lazy("What was done")),
            ("security", gettext_lazy("Who came by: sign-ins, downloads, refusals")),
        ],
    )
    actor = forms.TypedChoiceField(label=gettext_lazy("Who"), required=False, coerce=int, empty_value=None)
    verb = forms.ChoiceField(label=gettext_lazy("Act"), required=False)
    unit = forms.TypedChoiceField(label=gettext_lazy("Unit"), required=False, coerce=int, empty_value=None)
    since = SoughtDayField(label=gettext_lazy("From"), required=False)
    until = SoughtDayField(label=gettext_lazy("Until"), required=False)

    def __init__(
        self, *args: Any, entries: AuditEntryQuerySet, units: list[Unit], shows_security: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not shows_security:
            del self.fields["kind"]
        is_security = shows_security and self.data.get("kind") == "security"
        self.entries = entries = entries.security() if is_security else entries.acts()
        actors = entries.exclude(actor=None).order_by("actor_name").values_list("actor", "actor_name").distinct()
        verbs = [(verb, act_label(verb)) for verb in entries.order_by().values_list("verb", flat=True).distinct()]
        self._offer("actor", gettext_lazy("Everybody"), sorted(actors, key=lambda choice: sort_key(choice[1])))
        self._offer("verb", gettext_lazy("All acts"), sorted(verbs, key=lambda choice: sort_key(choice[1])))
        self._offer("unit", gettext_lazy("All units"), [(unit.pk, unit.short_name) for unit in units])
        if len(units) < 2:
            del self.fields["unit"]

    def _offer(self, name: str, everything: Any, choices: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", everything), *choices]

    def found(self) -> AuditEntryQuerySet:
        """The entries asked for; none as long as the question is faulty."""
        if not self.is_valid():
            return self.entries.none() if self.is_bound else self.entries
        asked = self.cleaned_data
        limits = {
            "actor": asked["actor"],
            "verb": asked["verb"],
            "unit_id": asked.get("unit"),
            "at__gte": _midnight(asked["since"]),
            "at__lt": _midnight(asked["until"], days_later=1),
        }
        return self.entries.filter(**{name: limit for name, limit in limits.items() if limit})


def _midnight(day: dt.date | None, *, days_later: int = 0) -> dt.datetime | None:
    """When the day begins where the portal stands."""
    if day is None:
        return None
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=days_later), dt.time.min))
