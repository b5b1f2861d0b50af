"""Who signs: what must be entered where somebody signs on behalf, and what can't be."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from members.forms.revision import RevisionForm
from members.models import SignerAuthority


def check_signer(form: RevisionForm, needed: Mapping[str, str], *, only_then: tuple[str, ...] = ()) -> None:
    """Tell the form which of the fields of who signs for another lack, each with its sentence, or are too many.

    `only_then` can be left empty, but stand for nobody where nobody is signed for.
    """
    cleaned = form.cleaned_data
    authority = cleaned.get("signer_authority")
    if authority is None:
        return
    names_own_title = SignerAuthority(authority).names_own_title
    for field in (*needed, *only_then):
        if names_own_title and field in needed and not cleaned.get(field) and field not in form.errors:
            form.add_error(field, needed[field])
        if cleaned.get(field) and not names_own_title:
            form.add_error(field, _("Leave this empty, or choose on whose behalf is signed."))
