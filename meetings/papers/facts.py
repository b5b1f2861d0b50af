"""The facts a paper is made of: what was recorded, not how it is worded.

Whether an issued paper still holds, and whether an invitation may carry the number it was
issued with, is asked of these (docs/decisions/0011). No sentence, no format and no name
that is looked up elsewhere is among them, so that another wording of the portal's changes
nothing of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models

from meetings.models import Attendance, Award, Speech, Task

#: Fields, by the rows they belong to.
MadeOf = Mapping[str, tuple[str, ...]]
Facts = dict[str, list[dict[str, Any]]]

#: The models of the rows; each list is in the order in which the paper tells it.
MODELS: dict[str, type[models.Model]] = {
    "units": Attendance,
    "guests": Attendance,
    "speeches": Speech,
    "awards": Award,
    "tasks": Task,
}
APPOINTMENT = ("title", "held_on", "starts_at", "ends_at", "place", "host", "chair_name", "chair_title")
PERSON = ("name", "title", "organisation")

#: The invitation is made of the appointment and whom it asks, the notice of what was found and set.
INVITATION: MadeOf = {"meeting": APPOINTMENT, "units": ("unit",), "guests": PERSON}
MINUTES: MadeOf = {
    "meeting": (
        *APPOINTMENT,
        *("secretary_name", "secretary_title", "agenda", "results", "shortcomings", "notes", "conclusion"),
    ),
    "units": ("unit", "presence"),
    "guests": (*PERSON, "presence"),
    "speeches": ("kind", "unit", "title", "speaker", "speaker_title", "main_points"),
    "awards": ("form", "recipient", "unit", "achievement"),
    "tasks": ("text", "for_all_units", "units", "due_on"),
}
NOTICE = ("title", "held_on", "place", "host", "chair_name", "chair_title", "results", "shortcomings", "conclusion")
CONCLUSION: MadeOf = {
    "meeting": NOTICE,
    "units": ("unit", "presence"),
    "guests": (*PERSON, "presence"),
    "speeches": ("kind",),
    "tasks": ("text", "for_all_units", "units", "due_on"),
}


#: No paper is made of more than the minutes are.
ALL = MINUTES


def facts_of(rows: Mapping[str, Iterable[models.Model]]) -> Facts:
    """All facts as plain values that JSON can hold; rows of many others are to be prefetched."""
    return {
        name: [{field: _fact(row, field) for field in fields} for row in rows[name]] for name, fields in ALL.items()
    }


def select(facts: Facts, made_of: MadeOf) -> Facts:
    """Those of them that a paper is made of."""
    return {name: [{field: row[field] for field in fields} for row in facts[name]] for name, fields in made_of.items()}


def _fact(row: models.Model, name: str) -> Any:
    field: models.Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]
    if isinstance(field, models.ManyToManyField):
        return sorted(other.pk for other in getattr(row, name).all())
    value = getattr(row, field.attname)
    if isinstance(field, models.TextField):
        return [" ".join(line.split()) for line in value.splitlines() if line.strip()]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def hold_in(says: Mapping[str, Any], facts: Facts) -> bool:
    """Whether the meeting's own facts are those that were kept; one that nobody kept then tells nothing."""
    (meeting,) = facts["meeting"]
    return all(meeting.get(name) == value for name, value in says.items())
