"""What a unit does with its report: it is kept while it is typed, and sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction

from members.infrastructure.audit import record
from members.infrastructure.capabilities import Can, allowed
from members.models import Unit, User
from reports.content import SubmissionContent
from reports.models import ReportingRound, Submission, SubmissionVersion
from reports.submissions.actions.reports import Status, add_version, locked_as_it_is, locked_at, move, require_status
from reports.submissions.merging import Typing, merge


@transaction.atomic
def save_typed(
    *, round_: ReportingRound, unit: Unit, typed: dict[str, str], revision: int, by: User, now: dt.datetime
) -> Submission:
    """Keep what was typed, complete or not, in the place of what was there.

    Raises `StaleEdit` where somebody else saved since `revision`, and `Refused`
    where the report is no longer open. Only the beginning of a draft is an act for the
    audit trail; the many savings of it are not.
    """
    submission = locked_at(round_, unit, revision=revision)
    require_status(submission, *Submission.OPEN)
    _store(submission, typed, by=by, now=now)
    return submission


@dataclass(frozen=True)
class Joined:
    """The report after a window's texts went in.

    Of the fields in `conflicts`, which both sides changed, the stored text stays.
    `is_behind`: others saved since the revision the window stood at.
    """

    submission: Submission
    conflicts: tuple[str, ...]
    is_behind: bool


@transaction.atomic
def merge_typed(
    *,
    round_: ReportingRound,
    unit: Unit,
    window: Typing,
    start: Mapping[str, str] | None = None,
    revision: int,
    by: User,
    now: dt.datetime,
) -> Joined:
    """Join what one window typed with what was saved elsewhere since `revision`, field by field.

    A report not begun yet holds what it is to `start` with: the figures of the register. Nothing new leaves
    no trace. Raises `Refused` as `save_typed` does.
    """
    submission = locked_as_it_is(round_, unit)
    require_status(submission, *Submission.OPEN)
    is_behind = submission.revision != revision
    if not submission.revision:
        submission.typed = {**(start or {}), **submission.typed}
    if window.was is None and not is_behind:
        window = replace(window, was=submission.typed)
    merged = merge(submission.typed, window)
    if merged.texts != submission.typed or not submission.revision:
        _store(submission, merged.texts, by=by, now=now)
    return Joined(submission, merged.conflicts, is_behind)


def _store(submission: Submission, draft: dict[str, str], *, by: User, now: dt.datetime) -> None:
    if submission.revision == 0:
        submission.source = Submission.Source.PAPER if allowed(by, Can.REVIEW_REPORTS) else Submission.Source.UNIT
        record(verb="submission.begun", target=submission, by=by, now=now, unit_id=submission.unit_id)
    submission.typed, submission.saved_by, submission.saved_at = draft, by, now
    submission.revision += 1
    submission.save(update_fields=["typed", "saved_by", "saved_at", "source", "revision"])


@transaction.atomic
def submit(
    *,
    round_: ReportingRound,
    unit: Unit,
    typed: dict[str, str],
    content: SubmissionContent,
    declaration: str = "",
    revision: int,
    by: User,
    now: dt.datetime,
) -> SubmissionVersion:
    """Send the report: its validated `content` becomes a version that never changes again.

    `declaration` is the wording to which the sender agreed.
    """
    submission = save_typed(round_=round_, unit=unit, typed=typed, revision=revision, by=by, now=now)
    version = add_version(
        submission, content, by=by, now=now, receipt=_next_receipt(submission.round), declaration=declaration
    )
    submission.first_submitted_at = submission.first_submitted_at or now
    move(submission, Status.SUBMITTED, verb="submission.submitted", by=by, now=now)
    return version


def _next_receipt(round_: ReportingRound) -> str:
    """``2022.1-007``: the seventh report received in the round, which is locked meanwhile."""
    received = SubmissionVersion.objects.filter(submission__round=round_, receipt__isnull=False).count()
    return f"{round_.period.year}.{round_.period.half}-{received + 1:03d}"
