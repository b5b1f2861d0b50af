from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.door import LONGEST_SEARCH
from members.forms.revision import RevisionForm
from members.infrastructure.capabilities import needs_unit
from members.models import Unit, User, UserQuerySet


class NoticesForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["wants_notices"]


class PersonForm(RevisionForm):
    unit = forms.ModelChoiceField(
        Unit.objects.in_order(),
        label=gettext_lazy("Unit"),
        required=False,
        empty_label=gettext_lazy("No unit"),
        help_text=gettext_lazy("A liaison always belongs to one."),
    )

    class Meta:
        model = User
        fields = ["full_name", "title", "email", "telephone", "role", "unit"]
        help_texts = {"email": gettext_lazy("The person signs in with it.")}
        error_messages = {"email": {"unique": gettext_lazy("Another account has this e-mail address.")}}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if needs_unit(cleaned.get("role", "")) and "unit" in cleaned and cleaned["unit"] is None:
            self.add_error("unit", _("Choose the unit this liaison reports for."))
        return cleaned


class PeopleFilter(forms.Form):
    """Whom the list of people shows: active accounts unless asked otherwise."""

    q = forms.CharField(label=gettext_lazy("Search"), required=False, max_length=LONGEST_SEARCH)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, choices=[("", gettext_lazy("All roles")), *User.Role.choices]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Account"),
        required=False,
        choices=[
            ("", gettext_lazy("Active")),
            ("inactive", gettext_lazy("Deactivated")),
            ("all", gettext_lazy("All accounts")),
        ],
    )

    def apply(self, people: UserQuerySet) -> UserQuerySet:
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("status") != "all":
            people = people.filter(is_active=asked.get("status") != "inactive")
        if asked.get("role"):
            people = people.filter(role=asked["role"])
        return people.matching(asked.get("q", ""))
