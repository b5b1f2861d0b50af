"""Two people at one record: what the other saved is told in the same words on every form.

Nothing typed is lost, nothing stored is overwritten: the page comes again with what was
typed still in its fields, what was saved meanwhile beside each that differs, and stands
at the revision it shows, so that saving again is a decision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from cluster_portal.formatting import written


def tell_conflict(form: forms.BaseForm, *, theirs: Mapping[str, Any], revision: int) -> None:
    """Tell that the record was saved meanwhile, and beside each field of `theirs` what; stand at `revision`."""
    for name, value in theirs.items():
        form.add_error(name, _("Saved meanwhile: %(text)s") % {"text": _as_read(form.fields[name], value)})
    form.add_error(
        None,
        _(
            "This was saved meanwhile in another window, on another device or by somebody else. "
            "What was typed here is still there: compare, then save again."
        ),
    )
    stand_at(form, revision)


def stand_at(form: forms.BaseForm, revision: int) -> None:
    """Let the next sending of the form, whose page shows the record anew, start from `revision`."""
    put(form, {"revision": str(revision)})


def put(form: forms.BaseForm, texts: Mapping[str, str]) -> None:
    """Let the form show `texts` as if they had been typed; the other fields keep what was."""
    data = cast(QueryDict, form.data).copy()
    for name, text in texts.items():
        data[form.add_prefix(name)] = text
    form.data = data


def _as_read(field: forms.Field, value: Any) -> str:
    """A stored value as the field's reader knows it."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("(empty)")
    shown = dict(getattr(field, "choices", ())).get(value, value)
    return _("(empty)") if shown in (None, "") else written(shown)
