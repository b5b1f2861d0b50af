"""Speeches: registered by a unit or the secretariat, corrected, withdrawn."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

from cluster_portal.files.kept import content_of
from cluster_portal.files.stored import Keep, files_of_one_act
from meetings.actions.guards import locked_for_contributions
from meetings.actions.ordering import next_order
from meetings.actions.repeats import twin_of
from meetings.models import Meeting, Speech
from meetings.uploads import SpeechFile
from members.infrastructure.audit import record
from members.infrastructure.editing import change
from members.infrastructure.refusals import locked
from members.models import Unit, User


def register_speech(
    *,
    meeting: Meeting,
    values: dict[str, Any],
    unit: Unit | None,
    file: SpeechFile | None = None,
    by: User,
    now: dt.datetime,
) -> Speech:
    """Put a speech at the end of the list, once; the secretariat orders it later."""
    speech = Speech(meeting=meeting, unit=unit, **values)
    with files_of_one_act() as keep:
        if file is not None:
            speech.file, speech.file_name = _kept(keep, speech, file), file.name
        with transaction.atomic():
            locked_for_contributions(meeting, by=by)
            if twin := _twin(speech, values):
                _remove_file(speech.file)
                return twin
            speech.order = next_order(meeting.speeches)
            speech.save()
            record(verb="speech.registered", target=speech, by=by, now=now, unit_id=speech.unit_id)
    return speech


def edit_speech(
    *,
    speech: Speech,
    values: dict[str, Any],
    file: SpeechFile | None = None,
    revision: int,
    by: User,
    now: dt.datetime,
) -> None:
    """Correct a speech; a new `file` takes the old one's place."""
    with files_of_one_act() as keep:
        new = None if file is None else _kept(keep, speech, file)
        with transaction.atomic():
            locked_for_contributions(speech.meeting, by=by)
            act: dict[str, Any] = {"verb": "speech.edited", "by": by, "now": now, "unit_id": speech.unit_id}
            change(speech, values=values, revision=revision, **act)
            if file is not None:
                changes = {"file": (speech.file_name, file.name)}
                _remove_file(speech.file)
                # A file alone is an edit, too: who opened the form before must not overwrite it unseen.
                speech.file, speech.file_name, speech.revision = new, file.name, revision + 1
                speech.save(update_fields=["file", "file_name", "revision"])
                record(target=speech, changes=changes, **act)


def _twin(speech: Speech, values: dict[str, Any]) -> Speech | None:
    """The same speech with the same file, registered already."""
    told = {**values, "unit": speech.unit, "file_name": speech.file_name}
    twin = twin_of(speech.meeting.speeches, told)
    if twin and speech.file:
        return twin if content_of(speech.file) == content_of(twin.file) else None
    return twin


@transaction.atomic
def withdraw_speech(*, speech: Speech, by: User, now: dt.datetime) -> None:
    locked_for_contributions(speech.meeting, by=by)
    locked(speech)
    taken_from = {"meeting": (speech.meeting, None)}
    record(verb="speech.withdrawn", target=speech, by=by, now=now, unit_id=speech.unit_id, changes=taken_from)
    _remove_file(speech.file)
    speech.delete()


def _kept(keep: Keep, speech: Speech, file: SpeechFile) -> FieldFile:
    return keep(speech, "file", f"speech.{file.suffix}", file.content)


def _remove_file(file: FieldFile) -> None:
    """Delete the file once it is certain that nothing names it any more."""
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file)))
