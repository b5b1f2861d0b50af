"""A form that knows which revision of its row it was opened at, and tells what an action refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from members.infrastructure.editing import Revised, StaleEdit, changes_between


class RevisionForm(forms.ModelForm):
    """A ModelForm that knows which revision of its row it was opened at."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["revision"] = self.instance.revision

    @property
    def values(self) -> dict[str, Any]:
        """The cleaned values of the row's own fields, for an action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}

    def show_conflict(self, current: Revised) -> None:
        """Tell what somebody else saved, beside each field that differs; saving again overrules it."""
        for name, (theirs, _mine) in changes_between(current, self.values).items():
            field = self.fields[name]
            shown: Any
            if isinstance(theirs, list):
                shown = ", ".join(map(str, theirs))
            else:
                shown = dict(getattr(field, "choices", ())).get(theirs, theirs)
            shown = "–" if shown in (None, "") else shown
            self.add_error(name, _("Somebody else has saved meanwhile: %(value)s") % {"value": shown})
        self.add_error(
            None,
            _("This record was changed while you were editing. Nothing of yours is lost: compare, then save again."),
        )
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("revision")] = str(current.revision)
        self.data = data


@contextmanager
def show_refusals(form: forms.BaseForm) -> Iterator[None]:
    """Act on a valid form in here, and leave it by the redirect; what the action refuses is told in the form."""
    try:
        yield
    except StaleEdit as stale:
        cast(RevisionForm, form).show_conflict(stale.current)
    except ValidationError as refusal:
        for name, messages in refusal.update_error_dict({}).items():
            form.add_error(name if name in form.fields else NON_FIELD_ERRORS, messages)
