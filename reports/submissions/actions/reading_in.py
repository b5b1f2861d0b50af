"""Texts that a file brought into a report's draft, and taking them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from members.infrastructure.refusals import Refused
from members.models import Unit, User
from reports.models import ReportingRound, Submission
from reports.submissions.actions.reports import require_status
from reports.submissions.actions.rounds import lock_not_issued
from reports.submissions.actions.sending import merge_typed
from reports.submissions.merging import Typing

#: The text of each field that a row of the file changed: before, after.
Changed = dict[str, tuple[str, str]]


@transaction.atomic
def read_in(
    *, round_: ReportingRound, unit: Unit, rows: Sequence[Changed], start: Mapping[str, str], by: User, now: dt.datetime
) -> list[dict[str, Any]]:
    """Put the texts of a file into the draft, as if they had been typed; returns what `take_out` needs, row by row.

    Raises `Refused` where somebody typed into one of these fields meanwhile, or the report is closed.
    """
    is_begun = Submission.objects.filter(round=round_, unit=unit).exclude(revision=0).exists()
    texts = {name: pair for row in rows for name, pair in row.items()}
    window = Typing({name: after for name, (_b, after) in texts.items()}, {name: b for name, (b, _a) in texts.items()})
    joined = merge_typed(round_=round_, unit=unit, window=window, start=start, revision=-1, by=by, now=now)
    if joined.conflicts:
        raise Refused(_("Somebody typed into the report meanwhile. Look at the preview again."))
    revision = joined.submission.revision
    return [{"texts": row, "begun_at": None if is_begun else revision} for row in rows]


@transaction.atomic
def take_out(
    *, round_: ReportingRound, unit: Unit, created: Iterable[Mapping[str, Any]], by: User, now: dt.datetime
) -> None:
    """Put the texts back that stood there before the file; a report that the file began, and nobody went on with, goes.

    Raises `Refused` where one of them was changed since, or the report is closed.
    """
    lock_not_issued(round_)
    submission = Submission.objects.select_for_update(of=("self",)).filter(round=round_, unit=unit).first()
    if submission is None:
        return
    require_status(submission, *Submission.OPEN)
    rows = list(created)
    texts = {name: pair for row in rows for name, pair in row["texts"].items()}
    if any(submission.typed.get(name, "") != after for name, (_before, after) in texts.items()):
        raise Refused(_("The report was changed since the import, in what the file brought. Correct it there."))
    if submission.revision in {row["begun_at"] for row in rows} and _removed(submission):
        return
    submission.typed = {**submission.typed, **{name: before for name, (before, _after) in texts.items()}}
    submission.saved_by, submission.saved_at = by, now
    submission.revision += 1
    submission.save(update_fields=["typed", "saved_by", "saved_at", "revision"])


def _removed(submission: Submission) -> bool:
    """Whether the draft could go: files that were added to it hold it."""
    try:
        with transaction.atomic():
            submission.delete()
    except ProtectedError:
        return False
    return True
