"""Taking back figures of earlier years that a file brought."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused
from members.models import User
from reports.models import ReportingRound, Submission, SubmissionVersion
from reports.submissions.actions import require_not_issued
from reports.submissions.typed import typed_from


def undoable(stored: Iterable[Submission]) -> list[list[int]]:
    """What the undo needs of each imported report: its key, its revision and the version that counts."""
    return [[report.pk, report.revision, report.accepted_version_id] for report in stored if report.accepted_version_id]


@transaction.atomic
def undo_figures(*, created: Iterable[Sequence[int]], by: User, now: dt.datetime) -> None:
    """Take back imported reports; an earlier import they took the place of counts again.

    Raises `Refused` where anybody wrote in one since, or its period was issued.
    """
    for pk, revision, version_id in created:
        submission = Submission.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if submission is None:
            continue
        require_not_issued(submission.round)
        if submission.revision != revision:
            raise Refused(_("%(report)s was changed since the import.") % {"report": submission})
        record(verb="submission.import_undone", target=submission, by=by, now=now, unit_id=submission.unit_id)
        version = submission.versions.get(pk=version_id)
        try:
            _take_back(submission, version)
        except ProtectedError:
            raise Refused(_("%(report)s is in use since the import.") % {"report": submission}) from None


def _take_back(submission: Submission, version: SubmissionVersion) -> None:
    before = submission.versions.exclude(pk=version.pk).order_by("-number").first()
    if before:
        submission.accepted_version, submission.typed = before, typed_from(before.content())
        submission.revision += 1
        submission.save(update_fields=["accepted_version", "typed", "revision"])
        version.delete()
        return
    submission.accepted_version, submission.status = None, Submission.Status.DRAFT
    submission.save(update_fields=["accepted_version", "status"])
    version.delete()
    round_, opened_for_it = submission.round, submission.round.opened_at == submission.first_submitted_at
    submission.delete()
    if opened_for_it and not round_.submissions.exists():
        ReportingRound.objects.filter(pk=round_.pk).delete()
