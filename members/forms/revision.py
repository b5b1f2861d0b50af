"""A form that knows which revision of its row it was opened at, and tells what an action refuses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms

from members.forms.conflicts import stand_at, tell_conflict
from members.infrastructure.editing import Revised, StaleEdit, changes_between
from members.infrastructure.refusals import refusal_of


class RevisionForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
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

    @property
    def edit(self) -> dict[str, Any]:
        """What an action that changes the row takes of the form."""
        return {"values": self.values, "revision": self.cleaned_data["revision"]}

    def show_conflict(self, current: Revised) -> None:
        """Tell what somebody else saved, beside each field that differs; saving again overrules it."""
        differing = changes_between(current, self.values)
        tell_conflict(self, theirs={name: old for name, (old, _new) in differing.items()}, revision=current.revision)


@contextmanager
def show_refusals(form: forms.BaseForm) -> Iterator[None]:
    """Act on a valid form in here, and leave it by the redirect.

    What the action refuses is told in the form, which still holds what was typed:
    beside the fields it names, as far as the form has them.
    """
    try:
        yield
    except StaleEdit as stale:
        if isinstance(form, RevisionForm):
            form.show_conflict(stale.current)
        else:
            form.add_error(None, stale.sentence)
            stand_at(form, stale.current.revision)
    except Exception as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        beside: list[str | None] = [name for name in refusal.fields if name in form.fields]
        for name in beside or [None]:
            form.add_error(name, refusal.sentence)
