"""The one way to refuse an act that a rule, a status or somebody else's act forbids.

An action raises `Refused` with a sentence for people. A view with a form acts inside
`show_refusals(form)`, which shows the sentence there with everything typed still in
place; from anywhere else `RefusalMiddleware` leads back to a page that shows it. A 403
is something else: the role lacks the capability, whatever the state of things.
"""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """`sentence` says why; `fields` are what it concerns, `about` the row whose page tells how things stand."""

    def __init__(self, sentence: str, *fields: str, about: Any = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = fields
        self.about = about


def locked(row: Row) -> Row:
    """The row as it stands now, which nobody else changes before the transaction ends.

    Raises `Refused` where somebody deleted it since it was read.
    """
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("This was deleted meanwhile; nothing was stored."))
    return found
