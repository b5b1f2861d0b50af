"""The audit trail in words: what each act is called, and its changes with the fields' labels.

Every app has a module `audit_texts` that says what it did: `ACTS` maps a verb to its
sentence, in which ``%(target)s`` is what the act was done to; `FIELDS` names keys of
`changes` that are no field of the target's model. The app adds them when it starts
(`add_acts`), so that this floor knows of none above it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _

from cluster_portal import formatting
from members.infrastructure.audit import AuditEntry

_ACTS: dict[str, Any] = {}
_FIELDS: dict[str, Any] = {}


def add_acts(acts: Mapping[str, Any], fields: Mapping[str, Any]) -> None:
    """Take up an app's words; called once for each app, in its `ready`."""
    _ACTS.update(acts)
    _FIELDS.update(fields)


@dataclass(frozen=True)
class ChangedField:
    """One field of an act: what it is called, and how it read before (empty if unset) and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ReadableEntry:
    at: dt.datetime
    who: str
    sentence: str
    unit_id: int | None
    lines: tuple[ChangedField, ...]
    address: str = ""


def readable(entries: Iterable[AuditEntry]) -> list[ReadableEntry]:
    """The entries as a person reads them (no query)."""
    return [
        ReadableEntry(
            at=entry.at,
            who=entry.actor_name or (_("Somebody") if entry.is_security else _("The portal")),
            sentence=sentence(entry),
            unit_id=entry.unit_id,
            lines=tuple(_line(entry.target_type, name, old, new) for name, (old, new) in entry.changes.items()),
            address=entry.address if entry.is_security else "",
        )
        for entry in entries
    ]


def sentence(entry: AuditEntry) -> str:
    """What was done, without who did it: “added the unit “Xã Mẫu 03””."""
    told = _ACTS.get(entry.verb, f"%(target)s – {entry.verb}") % {"target": f"“{entry.target_label}”"}
    return str(told)


def act_label(verb: str) -> str:
    """The act by itself, to choose it from a list."""
    return str(_ACTS.get(verb, verb)).replace("%(target)s", "…").strip()


def _line(target_type: str, name: str, old: Any, new: Any) -> ChangedField:
    field = _field(target_type, name)
    label = _FIELDS.get(name) or (field.verbose_name if field is not None else name)
    return ChangedField(str(label), "" if old in (None, "", []) else _shown(field, old), _shown(field, new))


def _field(target_type: str, name: str) -> models.Field[Any, Any] | None:
    try:
        field = apps.get_model(target_type)._meta.get_field(name)
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
    return field if isinstance(field, models.Field) else None


def _shown(field: models.Field[Any, Any] | None, value: Any) -> str:
    if value in (None, "", [], {}):
        return formatting.NOT_REPORTED
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_shown(field, item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_shown(None, item)}" for key, item in value.items())
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _as_day(value) or str(value)


def _as_day(value: Any) -> str | None:
    """A day or a moment, which the trail keeps as ISO text, as people write it."""
    if not isinstance(value, str) or len(value) < 10:
        return None
    try:
        return formatting.date(dt.date.fromisoformat(value))
    except ValueError:
        return None
