from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from cluster_portal.fields import PICTURES, ManyFilesField, ManyFilesInput
from reports.submissions.uploads import read_attachment


class AttachmentsForm(forms.Form):
    """Photographs and scans to go along with a report."""

    uploads = ManyFilesField(
        read=read_attachment,
        widget=ManyFilesInput(attrs={"accept": f"application/pdf,{PICTURES}"}),
        label=gettext_lazy("Photographs, or the signed report as a scan"),
        help_text=gettext_lazy(
            "JPEG, PNG, WebP or HEIC up to 20 MB each, PDF up to 30 MB. Place and camera data are removed, except from "
            "a digitally signed PDF, which is kept as it is."
        ),
    )
