from __future__ import annotations

from members.forms.revision import RevisionForm
from members.models import Cluster


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
            "signer_capacity",
            "signer_post",
            "signer_name",
            "recipients",
        ]
