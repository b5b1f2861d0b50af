from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.fields import PlannedDayField
from members.forms.revision import RevisionForm
from members.forms.signer import check_signer
from members.infrastructure.letterheads import HEAD_FIELDS
from members.models import Cluster, DatedLetterhead, ranked

#: As long as an issued document keeps capacity and name.
LONGEST_PRINTED = 120


class PrintedHeadForm(RevisionForm):
    """A letterhead and who signs below it."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_signer(self, {"signer_title": _("Enter the title of who signs for it, as in “CỤM PHÓ”.")})
        for field, printed in self._printed_together(cleaned).items():
            if len(printed) > LONGEST_PRINTED and field not in self.errors:
                message = _("Printed together with what stands before it, this is longer than %(limit)d characters.")
                self.add_error(field, message % {"limit": LONGEST_PRINTED})
        return cleaned

    @staticmethod
    def _printed_together(cleaned: dict[str, Any]) -> dict[str, str]:
        authority, capacity = cleaned.get("signer_authority") or "", cleaned.get("signer_capacity") or ""
        return {
            "signer_capacity": f"{authority} {capacity}".strip(),
            "signer_name": ranked(cleaned.get("signer_rank") or "", cleaned.get("signer_name") or ""),
        }


class ClusterForm(PrintedHeadForm):
    class Meta:
        model = Cluster
        fields = ["name", "short_name", "cut_off_rule", *HEAD_FIELDS, "units_see_comparison"]


class LetterheadForm(PrintedHeadForm):
    class Meta:
        model = DatedLetterhead
        fields = ["starts_on", *HEAD_FIELDS]
        field_classes = {"starts_on": PlannedDayField}
