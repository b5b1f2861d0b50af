"""Speeches: registered by a unit or the secretariat, corrected, withdrawn."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

from cluster_portal.files.stored import taken_back_if_refused
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
    if file is not None:
        speech.file, speech.file_name = _written(speech, file), file.name
    with taken_back_if_refused(speech.file), transaction.atomic():
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
    new = None if file is None else _written(speech, file)
    with taken_back_if_refused(new), transaction.atomic():
        locked_for_contributions(speech.meeting, by=by)
        change(speech, values=values, revision=revision, verb="speech.edited", by=by, now=now, unit_id=speech.unit_id)
        if file is not None:
            changes = {"file": (speech.file_name, file.name)}
            _remove_file(speech.file)
            # A file alone is an edit, too: who opened the form before must not overwrite it unseen.
            speech.file, speech.file_name, speech.revision = new, file.name, revision + 1
            speech.save(update_fields=["file", "file_name", "revision"])
            record(verb="speech.edited", target=speech, by=by, now=now, unit_id=speech.unit_id, changes=changes)


def _twin(speech: Speech, values: dict[str, Any]) -> Speech | None:
    """The same speech with the same file, registered already."""
    told = {**values, "unit": speech.unit, "file_name": speech.file_name}
    twin = twin_of(speech.meeting.speeches, told)
    if twin and speech.file:
        with speech.file.open() as new, twin.file.open() as old:
            return twin if new.read() == old.read() else None
    return twin


@transaction.atomic
def withdraw_speech(*, speech: Speech, by: User, now: dt.datetime) -> None:
    locked_for_contributions(speech.meeting, by=by)
    locked(speech)
    taken_from = {"meeting": (speech.meeting, None)}
    record(verb="speech.withdrawn", target=speech, by=by, now=now, unit_id=speech.unit_id, changes=taken_from)
    _remove_file(speech.file)
    speech.delete()


def _written(speech: Speech, file: SpeechFile) -> FieldFile:
    """The file beside the one that `speech` names so far."""
    beside = FieldFile(speech, speech.file.field, "")
    name = beside.field.generate_filename(speech, f"speech.{file.suffix}")
    beside.name = beside.storage.save(name, file.content)
    return beside


def _remove_file(file: FieldFile) -> None:
    """Delete the file once it is certain that nothing names it any more."""
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file)))
