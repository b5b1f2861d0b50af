"""Units' proposals: which are asked for, and what they are answered."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.fields import LongTextField
from cluster_portal.identifiers import AskAboutIdentifiers
from cluster_portal.period_fields import PeriodFormField
from cluster_portal.text import fold
from members.forms.revision import RevisionForm
from members.infrastructure.capabilities import sees_own_unit
from members.models import Unit, User
from reports.models import Proposal, ReportingRound
from reports.models.proposals import ProposalQuerySet
from reports.proposals.actions import lack_of_answer

OPEN = "open"


class ProposalFilter(forms.Form):
    """Which proposals are listed; those that are not settled where nothing is asked."""

    q = forms.CharField(label=gettext_lazy("Search words"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    period = forms.ChoiceField(label=gettext_lazy("Dealt with in"), required=False)
    unit = forms.ModelChoiceField(
        Unit.objects.in_order(), label=gettext_lazy("Unit"), required=False, empty_label=gettext_lazy("All")
    )

    def __init__(self, data: Any, *, by: User) -> None:
        super().__init__(data)
        self.by = by
        states = (("", gettext_lazy("Not settled")), *Proposal.State.choices, ("all", gettext_lazy("All")))
        cast(forms.ChoiceField, self.fields["state"]).choices = states
        periods = [(str(period), period.label) for period in ReportingRound.objects.values_list("period", flat=True)]
        cast(forms.ChoiceField, self.fields["period"]).choices = [("", gettext_lazy("All")), *periods]
        if sees_own_unit(by):
            del self.fields["unit"]

    def found(self) -> list[Proposal]:
        """Those the person may see and asked for, in order; none as long as the question is faulty."""
        if not self.is_valid():
            return []
        rows = self._in_state(Proposal.objects.visible_to(self.by), self.cleaned_data["state"])
        if period := self.cleaned_data["period"]:
            rows = rows.dealt_with_in(PeriodFormField().to_python(period))
        if unit := self.cleaned_data.get("unit"):
            rows = rows.filter(unit=unit)
        words = fold(self.cleaned_data["q"]).split()
        found = rows.with_sources().in_order()
        return [row for row in found if all(word in fold(f"{row.text} {row.answer}") for word in words)]

    @staticmethod
    def _in_state(rows: ProposalQuerySet, state: str) -> ProposalQuerySet:
        if state == "all":
            return rows
        return rows.filter(state=state) if state else rows.open()


class AnswerForm(AskAboutIdentifiers, RevisionForm):
    """How far a proposal is, and what the unit is answered."""

    free_text = ("answer",)

    answer = LongTextField(
        label=gettext_lazy("Answer to the unit"),
        longest=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "lang": "vi"}),
        help_text=gettext_lazy("The unit reads it as soon as it is saved."),
    )

    class Meta:
        model = Proposal
        fields = ("state", "answer")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "answer" not in self.errors and (lack := lack_of_answer(cleaned.get("state", ""), cleaned["answer"])):
            self.add_error("answer", lack)
        return cleaned
