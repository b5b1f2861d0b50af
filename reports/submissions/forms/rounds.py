from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import DayField
from cluster_portal.identifiers import AskAboutIdentifiers
from cluster_portal.periods import Period
from members.forms.revision import RevisionForm
from reports.comparison.period_states import PeriodState
from reports.models import Extension, ReportingRound
from reports.submissions.due_dates import due_date_fault, not_begun_fault, span_faults

#: Printed in documents, so in Vietnamese whatever the page is in.
IMPORTED_ONLY = "số liệu nhập từ hồ sơ lưu của kỳ trước khi dùng hệ thống; các đơn vị còn lại không có số liệu lưu"

#: Choosing another half-year proposes its dates.
REFRESHED = {
    "hx-get": reverse_lazy("reports:round-open"),
    "hx-trigger": "change",
    "hx-target": "#dates",
    "hx-select": "#dates",
    "hx-swap": "outerHTML",
}


class RoundForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    class Meta:
        model = ReportingRound
        fields = ["period", "starts_on", "ends_on", "due_on"]
        field_classes = dict.fromkeys(("starts_on", "ends_on", "due_on"), DayField)
        widgets = {"period": forms.Select(attrs=REFRESHED)}
        error_messages = {"period": {"unique": gettext_lazy("The round of this half-year is open already.")}}

    def __init__(self, *args: Any, offered: Iterable[Period], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = {str(period): capfirst(period.label) for period in offered}
        if chosen := str(self["period"].value() or ""):
            choices.setdefault(chosen, chosen)
        cast(forms.Select, self.fields["period"].widget).choices = list(choices.items())

    def clean_period(self) -> Period:
        period: Period = self.cleaned_data["period"]
        if period.is_full_year:
            raise forms.ValidationError(_("Units report on half-years; a full year is both halves together."))
        if fault := not_begun_fault(period, today=self.today):
            raise forms.ValidationError(fault)
        return period

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_on, ends_on, due_on = (cleaned.get(name) for name in ("starts_on", "ends_on", "due_on"))
        if period := cleaned.get("period"):
            for name, outside in span_faults(period, starts_on, ends_on).items():
                self.add_error(name, outside)
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The cut-off day must be later than the first day."))
        if ends_on and due_on and (fault := due_date_fault(ends_on, due_on, today=self.today)):
            self.add_error("due_on", fault)
        return cleaned


class DueDateForm(RevisionForm):
    class Meta:
        model = ReportingRound
        fields = ["due_on"]
        field_classes = {"due_on": DayField}

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self) -> dt.date:
        due_on: dt.date = self.cleaned_data["due_on"]
        is_new = "due_on" in self.changed_data
        if is_new and (fault := due_date_fault(self.instance.ends_on, due_on, today=self.today)):
            raise forms.ValidationError(fault)
        return due_on


class ExtensionForm(AskAboutIdentifiers, RevisionForm):
    """Until when one unit may hand in, and why; the unit reads it."""

    free_text = ("reason",)

    class Meta:
        model = Extension
        fields = ["due_on", "reason"]
        field_classes = {"due_on": DayField}


class CloseForm(AskAboutIdentifiers, RevisionForm):
    """Why figures are used before all have reported; documents print it."""

    free_text = ("close_reason",)

    class Meta:
        model = ReportingRound
        fields = ["close_reason"]

    def __init__(self, *args: Any, state: PeriodState, **kwargs: Any) -> None:
        """Of a half-year that was only imported the reason is proposed: there is mostly but one."""
        super().__init__(*args, **kwargs)
        self.fields["close_reason"].required = True
        if state.is_imported and not self.instance.close_reason:
            self.initial["close_reason"] = IMPORTED_ONLY


class CommentForm(forms.Form):
    """Why a report is returned or reopened; the unit reads it."""

    comment = forms.CharField(
        label=gettext_lazy("What the unit should change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what the unit should change.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_optional: bool = False, **kwargs: Any) -> None:
        """`is_optional` where comments at the report's places say it already."""
        super().__init__(*args, **kwargs)
        self.fields["comment"].required = not is_optional
