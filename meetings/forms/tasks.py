"""Which tasks the list of all shows."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from cluster_portal.text import fold
from meetings.models import Task
from meetings.models.tasks import TaskQuerySet
from members.models import Unit

OVERDUE, ALL = "overdue", "all"


class TaskFilter(forms.Form):
    """Open tasks unless asked otherwise."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_SEARCH)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[
            ("", gettext_lazy("Open")),
            (OVERDUE, gettext_lazy("Overdue")),
            (Task.Status.DONE, gettext_lazy("Done")),
            (Task.Status.DROPPED, gettext_lazy("Dropped")),
            (ALL, gettext_lazy("All tasks")),
        ],
    )
    unit = forms.ModelChoiceField(
        Unit.objects.in_order(), label=gettext_lazy("Unit"), required=False, empty_label=gettext_lazy("All units")
    )
    between = forms.BooleanField(label=gettext_lazy("Only tasks without a meeting"), required=False)

    def apply(self, tasks: TaskQuerySet, *, today: dt.date) -> TaskQuerySet:
        """What was asked for and can be made out; anything else is as if it was not asked for."""
        self.is_valid()
        asked = self.cleaned_data
        status = asked.get("status")
        if status == OVERDUE:
            tasks = tasks.overdue_on(today)
        elif status in Task.Status.values:
            tasks = tasks.filter(status=status)
        elif status != ALL:
            tasks = tasks.outstanding()
        if asked.get("unit"):
            tasks = tasks.of_unit(asked["unit"].pk)
        if asked.get("between"):
            tasks = tasks.filter(meeting=None)
        return _matching(tasks, asked.get("q") or "").in_order()


def _matching(tasks: TaskQuerySet, typed: str) -> TaskQuerySet:
    """Those whose text holds what was typed, with or without diacritics; folded here, as databases differ."""
    if not (needle := fold(typed)):
        return tasks
    found = [pk for pk, text in tasks.values_list("pk", "text") if needle in fold(text)]
    return tasks.filter(Q(pk__in=found))
