"""What the audit trail tells of a paper whose facts nobody kept when it was issued.

Until the facts were kept, papers were issued with a digest over their wording, which no
paper has any more once the portal words it otherwise. Whether such a paper still holds is
asked of the trail. What that doesn't tell of – the order of speeches, which row of which
meeting was removed before the trail said so – is unknown, and unknown is not "changed".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from meetings.models import Award, Meeting
from meetings.papers.facts import MODELS, MadeOf
from members.infrastructure.audit import AuditEntry

ADDED = ("guest.added", "speech.registered", "award.proposed", "task.set")
REMOVED = ("invitee.removed", "speech.withdrawn", "award.withdrawn", "task.removed")
LISTED = "meeting.units_listed"
#: Tells anew what "meeting.edited" told, by then against what the invitees had been told.
TOLD_ANEW = "meeting.change_announced"

#: Before any act.
NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
#: A row, by its model and key.
Key = tuple[str, int]


def record_changed(meeting: Meeting, made_of: MadeOf, *, since: dt.datetime) -> bool:
    """Whether the trail tells that a fact of the paper became another after `since`; changed back is unchanged."""
    fields = _fields(meeting, made_of)
    entries = list(_entries(meeting, made_of, since))
    return _rows_changed(entries, meeting, fields) or _values_changed(entries, fields)


def _fields(meeting: Meeting, made_of: MadeOf) -> dict[Key, tuple[str, ...]]:
    """Of each row of the meeting the fields that the paper is made of."""
    found = {(Meeting._meta.label, meeting.pk): made_of["meeting"]}
    for row in meeting.attendances.all():
        found[row._meta.label, row.pk] = made_of.get("guests" if row.is_guest else "units", ())
    for name in ("speeches", "tasks"):
        if name in made_of:
            rows = getattr(meeting, name).values_list("pk", flat=True)
            found |= {(MODELS[name]._meta.label, pk): made_of[name] for pk in rows}
    if "awards" in made_of:  # only those granted are told
        for award in meeting.awards.all():
            told = made_of["awards"] if award.status == Award.Status.GRANTED else ()
            found[award._meta.label, award.pk] = (*told, "status")
    return found


def _entries(meeting: Meeting, made_of: MadeOf, since: dt.datetime) -> QuerySet[AuditEntry]:
    labels = {MODELS[name]._meta.label for name in made_of if name in MODELS}
    of_meeting = Q(target_type=Meeting._meta.label, target_id=meeting.pk)
    return AuditEntry.objects.filter(of_meeting | Q(target_type__in=labels), at__gt=since).order_by("at", "pk")


def _rows_changed(entries: list[AuditEntry], meeting: Meeting, fields: dict[Key, tuple[str, ...]]) -> bool:
    """Whether a row came that is told now, or one went that was there before."""
    added = {_key(entry) for entry in entries if entry.verb in ADDED}
    shown = {key for key, told in fields.items() if told != ("status",)}
    listed = any(entry.verb == LISTED and _key(entry) in fields for entry in entries)
    gone = [entry for entry in entries if entry.verb in REMOVED and _key(entry) not in added]
    titles = {str(meeting), *_former_titles(entries, meeting)}
    return listed or bool(added & shown) or any(_meeting_named(entry) in titles for entry in gone)


def _former_titles(entries: list[AuditEntry], meeting: Meeting) -> Iterable[Any]:
    key = (Meeting._meta.label, meeting.pk)
    return (entry.changes["title"][0] for entry in entries if _key(entry) == key and "title" in entry.changes)


def _meeting_named(entry: AuditEntry) -> Any:
    """The heading of the meeting a row was removed from; None where the entry doesn't name it."""
    return entry.changes.get("meeting", [None])[0]


def _values_changed(entries: list[AuditEntry], fields: dict[Key, tuple[str, ...]]) -> bool:
    """Whether a value is another than the first of these acts found."""
    first: dict[tuple[Key, str], Any] = {}
    last: dict[tuple[Key, str], Any] = {}
    for entry in entries:
        told = () if entry.verb == TOLD_ANEW else fields.get(_key(entry), ())
        for name in entry.changes.keys() & set(told):
            old, new = (_told(name, value) for value in entry.changes[name])
            first.setdefault((_key(entry), name), old)
            last[_key(entry), name] = new
    return first != last


def _told(name: str, value: Any) -> Any:
    """Of an award's status only whether it is granted; anything else as it is."""
    return value == Award.Status.GRANTED if name == "status" else value


def _key(entry: AuditEntry) -> Key:
    return entry.target_type, entry.target_id or 0


def last_told(meeting: Meeting, made_of: MadeOf) -> AuditEntry | None:
    """The last act that put a fact of the paper there, altered or removed one; whose it is wrote the paper last."""
    fields = _fields(meeting, made_of)
    found = list(_entries(meeting, made_of, NEVER).filter(_about(fields) | Q(verb__in=REMOVED)))
    titles = {str(meeting), *_former_titles(found, meeting)}
    return next((entry for entry in reversed(found) if _tells(entry, fields, titles)), None)


def _about(keys: Iterable[Key]) -> Q:
    """The entries about these rows, and not those of every meeting there was."""
    of_model: dict[str, list[int]] = {}
    for label, pk in keys:
        of_model.setdefault(label, []).append(pk)
    return reduce(or_, (Q(target_type=label, target_id__in=pks) for label, pks in of_model.items()))


def _tells(entry: AuditEntry, fields: dict[Key, tuple[str, ...]], titles: Container[Any]) -> bool:
    if entry.verb in REMOVED:
        return _meeting_named(entry) in titles
    told = () if entry.verb == TOLD_ANEW else fields[_key(entry)]
    if entry.verb in (*ADDED, LISTED):
        return told != ("status",)
    pairs = [(name, *entry.changes[name]) for name in entry.changes.keys() & set(told)]
    return any(_told(name, old) != _told(name, new) for name, old, new in pairs)
