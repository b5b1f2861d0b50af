from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from members.models import User


class LostFactorForm(forms.Form):
    person = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who lost the telephone or the key"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = User.objects.active().filter(authenticator__isnull=False).exclude(pk=by.pk).distinct().in_order()
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = self.people

    @property
    def has_choice(self) -> bool:
        """Whether anybody but the person who asks has a second factor to lose."""
        return self.people.exists()
