"""Speeches: registered by a unit or the secretariat, corrected, withdrawn."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile

from meetings.actions.ordering import next_order
from meetings.actions.planning import require_open
from meetings.models import Meeting, Speech
from meetings.uploads import SpeechFile
from members.audit import record
from members.editing import change
from members.models import Unit


@transaction.atomic
def register_speech(
    *,
    meeting: Meeting,
    values: dict[str, Any],
    unit: Unit | None,
    file: SpeechFile | None = None,
    by,
    now: dt.datetime,
) -> Speech:
    """Put a speech at the end of the list; the secretariat orders it later."""
    require_open(meeting)
    speech = Speech.objects.create(meeting=meeting, unit=unit, order=next_order(meeting.speeches), **values)
    record(verb="speech.registered", target=speech, by=by, now=now, unit_id=speech.unit_id)
    if file is not None:
        _keep(speech, file)
    return speech


@transaction.atomic
def edit_speech(
    *,
    speech: Speech,
    values: dict[str, Any],
    file: SpeechFile | None = None,
    revision: int,
    by,
    now: dt.datetime,
) -> None:
    """Correct a speech; a new `file` takes the old one's place."""
    require_open(speech.meeting)
    change(speech, values=values, revision=revision, verb="speech.edited", by=by, now=now, unit_id=speech.unit_id)
    if file is not None:
        changes = {"file": (speech.file_name, file.name)}
        _remove_file(speech.file)
        _keep(speech, file)
        # A file alone is an edit, too: who opened the form before must not overwrite it unseen.
        speech.revision = revision + 1
        speech.save(update_fields=["revision"])
        record(verb="speech.edited", target=speech, by=by, now=now, unit_id=speech.unit_id, changes=changes)


@transaction.atomic
def withdraw_speech(*, speech: Speech, by, now: dt.datetime) -> None:
    require_open(speech.meeting)
    record(verb="speech.withdrawn", target=speech, by=by, now=now, unit_id=speech.unit_id)
    _remove_file(speech.file)
    speech.delete()


def _keep(speech: Speech, file: SpeechFile) -> None:
    speech.file_name = file.name
    speech.file.save(f"speech.{file.suffix}", file.content, save=False)
    speech.save(update_fields=["file", "file_name"])


def _remove_file(file: FieldFile) -> None:
    """Delete the file once it is certain that nothing names it any more."""
    if file:
        transaction.on_commit(partial(file.storage.delete, str(file)))
