"""What remains of the meeting: its record, tasks, and what the sources leave open."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import DayField
from cluster_portal.formatting import date
from cluster_portal.identifiers import AskAboutIdentifiers
from meetings.forms.widgets import field_label, lines
from meetings.models import Meeting, OpenQuestion, Task, TaskProgress
from members.forms.revision import RevisionForm
from members.models import Unit


class RecordForm(AskAboutIdentifiers, RevisionForm):
    free_text = ("results", "shortcomings", "conclusion")

    class Meta:
        model = Meeting
        fields = ["results", "shortcomings", "conclusion", "byline"]
        widgets = {"results": lines(8), "shortcomings": lines(6), "conclusion": lines(8)}


class NotesForm(AskAboutIdentifiers, RevisionForm):
    free_text = ("notes",)

    class Meta:
        model = Meeting
        fields = ["notes"]
        widgets = {"notes": lines(8)}


class TaskForm(AskAboutIdentifiers, RevisionForm):
    free_text = ("text",)

    class Meta:
        model = Task
        fields = ["text", "due_on", "status", "units"]
        field_classes = {"due_on": DayField}
        widgets = {"text": lines(4)}

    def __init__(self, *args: Any, meeting: Meeting | None, today: dt.date | None = None, **kwargs: Any) -> None:
        """Without a `meeting` the units are those that are members `today`."""
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        # A unit taken off the list later still answers for its task until somebody unticks it.
        if meeting:
            concerned = Q(pk__in=meeting.attendances.units().values("unit"))
        else:
            concerned = Q(pk__in=Unit.objects.members_on(today or dt.date.max).values("pk"))
        if self.instance.pk:
            concerned |= Q(pk__in=self.instance.units.values("pk"))
        self.fields["units"] = forms.ModelMultipleChoiceField(
            Unit.objects.filter(concerned).in_order(),
            label=gettext_lazy("Responsible units"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("None chosen: all member units answer for it."),
        )

    def clean_due_on(self) -> dt.date | None:
        """Nobody can be given time until a day before the meeting that sets the task."""
        due_on: dt.date | None = self.cleaned_data["due_on"]
        if self.meeting and due_on and "due_on" in self.changed_data and due_on < self.meeting.held_on:
            sentence = _("The due date can't be before the day of the meeting, %(day)s.")
            raise forms.ValidationError(sentence % {"day": date(self.meeting.held_on)})
        return due_on

    @property
    def own_values(self) -> dict[str, Any]:
        """The task's own fields, without its units."""
        return {name: value for name, value in self.values.items() if name != "units"}


class ProgressForm(AskAboutIdentifiers, forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    free_text = ("note",)

    class Meta:
        model = TaskProgress
        fields = ["note", "is_done"]
        widgets = {"note": lines(4)}


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """A contradiction beside a field."""

    class Meta:
        model = OpenQuestion
        fields = ["field", "attendance", "note"]
        widgets = {"note": lines(4)}
        help_texts = {"note": gettext_lazy("Seen by the secretariat only, until it is settled; never printed.")}

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attendance"] = forms.ModelChoiceField(
            meeting.attendances.in_order(),
            label=field_label(OpenQuestion, "attendance"),
            required=False,
        )


class SettleForm(forms.Form):
    """How an open question was settled."""

    resolution = forms.CharField(label=gettext_lazy("How it was settled"), max_length=300)
