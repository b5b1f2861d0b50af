from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from members.forms.revision import RevisionForm
from members.forms.signer import check_signer
from members.models import Cluster, ranked

#: As long as an issued document keeps capacity and name.
LONGEST_PRINTED = 120


class ClusterForm(RevisionForm):
    class Meta:
        model = Cluster
        fields = [
            "name",
            "short_name",
            "cut_off_rule",
            "superior_line",
            "issuer_line",
            "place",
            "notation_suffix",
            "address_line",
            "signer_authority",
            "signer_capacity",
            "signer_title",
            "signer_post",
            "signer_name",
            "signer_rank",
            "contact",
            "recipients",
            "units_see_comparison",
        ]

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
