"""Leaving what was typed too late for a report as a note to the secretariat."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from cluster_portal.privacy import mask
from members.infrastructure.audit import record
from members.models import Unit, User
from reports.models import ReportingRound, SubmissionNote


@transaction.atomic
def leave_note(
    *, round_: ReportingRound, unit: Unit, texts: Sequence[tuple[str, str]], by: User, now: dt.datetime
) -> SubmissionNote:
    """Keep pairs of a field's label and its text. Numbers that tell who a person is are masked: nobody is asked here.

    The same texts left a second time, as by a double click, are one note.
    """
    masked = [[label, mask(text)] for label, text in texts]
    for earlier in round_.notes.filter(unit=unit, left_by=by):
        if earlier.texts == masked:
            return earlier
    note = SubmissionNote.objects.create(round=round_, unit=unit, texts=masked, left_at=now, left_by=by)
    record(verb="submission.note_left", target=note, by=by, now=now, unit_id=unit.pk)
    return note
