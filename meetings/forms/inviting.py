"""Guests, invitees, and a unit's reply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Attendance
from members.forms.revision import RevisionForm


class GuestForm(RevisionForm):
    class Meta:
        model = Attendance
        fields = ["name", "title", "organisation", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class InviteeForm(RevisionForm):
    """A unit's row, as the secretariat corrects it."""

    class Meta:
        model = Attendance
        fields = ["name", "title", "email", "reply"]


class ReplyForm(RevisionForm):
    """Whether the unit comes, and who."""

    reply = forms.ChoiceField(
        label=gettext_lazy("Reply"),
        choices=[
            (Attendance.Reply.CONFIRMED, gettext_lazy("We will attend")),
            (Attendance.Reply.DECLINED, gettext_lazy("We cannot attend")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Attendance
        fields = ["reply", "name", "title", "reply_note"]
        labels = {"name": gettext_lazy("Who comes"), "title": gettext_lazy("Their title")}
        help_texts = {"title": gettext_lazy("As it is to be printed for this meeting.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reply") == Attendance.Reply.CONFIRMED and not cleaned.get("name"):
            self.add_error("name", _("Enter who will attend."))
        return cleaned
