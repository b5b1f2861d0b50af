"""The one way to refuse an act that a rule, a status or somebody else's act forbids.

An action raises `Refused` with a sentence for people. A view with a form acts inside
`show_refusals(form)`, which shows the sentence there with everything typed still in
place; from anywhere else `RefusalMiddleware` leads back to a page that shows it. A 403
is something else: the role lacks the capability, whatever the state of things.
"""

from __future__ import annotations

import logging
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, IntegrityError, models
from django.utils.translation import gettext as _

from cluster_portal.files.kept import FileFault

log = logging.getLogger(__name__)

Row = TypeVar("Row", bound=models.Model)


class Refused(Exception):
    """`sentence` says why; `fields` are what it concerns, `about` the row whose page tells how things stand."""

    def __init__(self, sentence: str, *fields: str, about: Any = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = fields
        self.about = about


def refusal_of(fault: Exception) -> Refused | None:
    """What people are told of a fault that is no error of the portal; None for one that is.

    Rows vanish between the moment a page reads them and the moment an act changes them,
    whichever way the act then meets the gap; disks fill up.
    """
    if isinstance(fault, Refused):
        return fault
    if isinstance(fault, FileFault):
        return Refused(fault.sentence)
    if not _is_of_a_vanished_row(fault):
        return None
    log.warning("What was to be changed is gone: %s", fault, exc_info=fault)  # in case it is an error after all
    return _deleted_meanwhile()


def _deleted_meanwhile() -> Refused:
    return Refused(_("This was deleted meanwhile; nothing was stored."))


def _is_of_a_vanished_row(fault: Exception) -> bool:
    if isinstance(fault, IntegrityError):  # what it belongs to is gone, or what still belongs to it came
        code = getattr(fault.__cause__, "pgcode", None) or getattr(fault.__cause__, "sqlite_errorname", None)
        return code in ("23503", "SQLITE_CONSTRAINT_FOREIGNKEY")
    if isinstance(fault, DatabaseError):  # Django's own, without a class of its own before 6.0
        return type(fault) is DatabaseError and "did not affect any rows" in str(fault)
    return isinstance(fault, ObjectDoesNotExist)


def locked(row: Row) -> Row:
    """The row as it stands now, which nobody else changes before the transaction ends.

    Raises `Refused` where somebody deleted it since it was read.
    """
    kind: type[Row] = row._meta.model  # type: ignore[assignment]  # of the person signed in `type()` knows a stand-in only
    found = kind._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise _deleted_meanwhile()
    return found
