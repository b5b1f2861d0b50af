"""Asks a process of its own what places a form has, and has it filled in."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cluster_portal.bounded import TooMuchWork, answer_of

MAX_BYTES = 5 * 2**20
#: Wall time in seconds; a busy machine may need it for what takes one else.
MAX_WAIT = 40

SENTENCES = {
    "damaged": _(
        "This is not a readable Excel or Word file: it is damaged or was cut off. Save it anew, then choose it."
    ),
    "password": _("The file has a password. Remove it, save the file, then choose it again."),
    "macros": _("The file holds macros. Save it as .xlsx or .docx, without macros, then choose it again."),
    "too_large": _("Unpacked, the file is too large."),
    "too_much_work": _("The file takes too long to read."),
    "no_form": _("Choose an Excel workbook (.xlsx) or a Word file (.docx)."),
    "no_places": _(
        "No place to fill in was found: write a name in double braces, as in {{ number of cases }}, wherever a figure "
        "belongs, then choose the file again."
    ),
}


class UnusableForm(Exception):
    """The file can't be a form; `str()` of it says why, in a sentence."""


@dataclass(frozen=True)
class Filled:
    """A form that was filled in, and the places it turned out not to have room for."""

    content: bytes
    refused: tuple[str, ...]


def outline_of(content: bytes) -> dict[str, Any]:
    """What places the form has, as plain JSON; raises `UnusableForm`."""
    outline: dict[str, Any] = _answer(content, None)["outline"]
    return outline


def fill(content: bytes, values: Mapping[str, Any]) -> Filled:
    """The form with `values` in its places; raises `UnusableForm`."""
    found = _answer(content, values)
    return Filled(base64.b64decode(found["content"]), tuple(found["refused"]))


def _answer(content: bytes, values: Mapping[str, Any] | None) -> dict[str, Any]:
    asked = json.dumps({"content": base64.b64encode(content).decode(), "values": values})
    try:
        found = answer_of("cluster_portal.files.office_forms.child", asked.encode(), wait=MAX_WAIT)
    except TooMuchWork as error:
        raise UnusableForm(str(SENTENCES["too_much_work"])) from error
    answered: dict[str, Any] = json.loads(found)
    if "unusable" in answered:
        raise UnusableForm(str(SENTENCES[answered["unusable"]]))
    return answered
