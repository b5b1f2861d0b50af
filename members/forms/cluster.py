from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from members.forms.revision import RevisionForm
from members.models import Cluster, SignerAuthority


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
            "signer_authority",
            "signer_capacity",
            "signer_title",
            "signer_post",
            "signer_name",
            "contact",
            "recipients",
            "units_see_comparison",
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        authority, title = cleaned.get("signer_authority"), cleaned.get("signer_title")
        if authority is None:
            return cleaned
        names_own_title = SignerAuthority(authority).names_own_title
        if names_own_title and not title:
            self.add_error("signer_title", _("Enter the title of who signs for it, as in “CỤM PHÓ”."))
        if title and not names_own_title:
            self.add_error("signer_title", _("Leave this empty, or choose on whose behalf is signed."))
        return cleaned
