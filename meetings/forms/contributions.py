"""Speeches, awards and photos."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import PICTURES, ManyFilesField, ManyFilesInput, PastDayField
from cluster_portal.files.pictures import read_picture
from cluster_portal.files.unusable import UnusableFile
from cluster_portal.formatting import date
from cluster_portal.identifiers import AskAboutIdentifiers
from meetings.forms.widgets import field_label, lines
from meetings.models import Award, Meeting, Photo, Speech
from meetings.uploads import SpeechFile, read_speech_file
from members.forms.revision import RevisionForm
from members.models import Cluster, Unit


class UnitSpeechForm(AskAboutIdentifiers, RevisionForm):
    """A speech as a unit registers it."""

    free_text = ("title", "main_points")

    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, DOCX, ODT or PPTX, up to 30 MB. A file chosen here takes the old one's place."),
    )

    class Meta:
        model = Speech
        fields = ["title", "speaker", "speaker_title"]

    def clean_upload(self) -> SpeechFile | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        try:
            return read_speech_file(upload)
        except UnusableFile as fault:
            raise forms.ValidationError(str(fault)) from None

    @property
    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values.items() if name != "upload"}


class SpeechForm(UnitSpeechForm):
    """A speech as the secretariat keeps it."""

    class Meta:
        model = Speech
        fields = ["kind", "unit", "title", "speaker", "speaker_title", "main_points"]
        widgets = {"main_points": lines(6)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = forms.ModelChoiceField(
            Unit.objects.in_order(),
            label=field_label(Speech, "unit"),
            required=False,
            help_text=_("Empty for a guest's address."),
        )


class PointsForm(AskAboutIdentifiers, RevisionForm):
    """What a speech said, noted in the hall."""

    free_text = ("main_points",)

    class Meta:
        model = Speech
        fields = ["main_points"]
        widgets = {"main_points": lines(8)}


class UnitAwardForm(AskAboutIdentifiers, RevisionForm):
    """An award as a unit proposes it for itself or one of its people."""

    free_text = ("achievement",)

    class Meta:
        model = Award
        fields = ["form", "recipient_kind", "recipient", "achievement"]
        widgets = {"achievement": lines(3)}
        help_texts = {"recipient": gettext_lazy("The person's name; empty if the unit itself is proposed.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("recipient_kind") == Award.RecipientKind.INDIVIDUAL and not cleaned.get("recipient"):
            self.add_error("recipient", _("Say who is to be awarded."))
        return cleaned


class AwardForm(UnitAwardForm):
    """An award as the secretariat settles it."""

    class Meta:
        model = Award
        fields = [
            "form",
            "recipient_kind",
            "unit",
            "recipient",
            "achievement",
            "status",
            "authority",
            "decision_number",
            "decision_on",
        ]
        field_classes = {"decision_on": PastDayField}
        widgets = {"achievement": lines(3)}

    def __init__(self, *args: Any, meeting: Meeting, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.today = meeting, today
        self.fields["unit"] = forms.ModelChoiceField(
            Unit.objects.in_order(),
            label=field_label(Award, "unit"),
            required=False,
            help_text=Award._meta.get_field("unit").help_text,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("unit") and not cleaned.get("recipient") and "recipient" not in self.errors:
            self.add_error("recipient", _("Name the recipient, or choose a unit."))
        return cleaned

    def clean_decision_on(self) -> dt.date | None:
        """A decision that is quoted has been taken, on what was done in the period reviewed or shortly before."""
        day: dt.date | None = self.cleaned_data["decision_on"]
        if not day or "decision_on" not in self.changed_data:
            return day
        if day > self.today:
            raise forms.ValidationError(_("A decision can't be dated in the future."))
        if day < (earliest := self.meeting.period.same_period_last_year.first_day(Cluster.get().cut_off_rule)):
            sentence = _(
                "Choose %(day)s or a later day: a meeting tells of decisions on its period and the year before."
            )
            raise forms.ValidationError(sentence % {"day": date(earliest)})
        return day


class PhotosForm(forms.Form):
    images = ManyFilesField(
        read=read_picture,
        widget=ManyFilesInput(attrs={"accept": PICTURES}),
        label=gettext_lazy("Photos"),
        help_text=gettext_lazy("JPEG, PNG, WebP or HEIC, up to 20 MB each. Place and camera data are removed."),
    )
    caption = forms.CharField(
        label=gettext_lazy("Caption"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For all photos chosen; each can be changed afterwards."),
    )


class CaptionForm(AskAboutIdentifiers, RevisionForm):
    free_text = ("caption",)

    class Meta:
        model = Photo
        fields = ["caption"]
