"""What goes along with a report: added and taken away while the unit may write in it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.files.stored import Keep, files_of_one_act
from members.infrastructure.audit import record
from members.infrastructure.refusals import Refused, locked
from members.models import User
from reports.models import Attachment, Submission, SubmissionVersion
from reports.submissions.actions.reports import locked_as_it_is, require_status
from reports.submissions.uploads import AttachedFile

#: So many files go along with a report.
MOST = 20


def attach(*, submission: Submission, files: Sequence[AttachedFile], by: User, now: dt.datetime) -> None:
    """Add files to what goes along with the report, all or none; one that is there already is left out.

    Raises `Refused` where the report is closed, or holds too many.
    """
    with files_of_one_act() as keep:
        rows = [_written(keep, submission, file, by=by, now=now) for file in files]
        with transaction.atomic():
            _add(submission, rows, by=by, now=now)


def _add(submission: Submission, rows: Sequence[Attachment], *, by: User, now: dt.datetime) -> None:
    held = locked_as_it_is(submission.round, submission.unit)
    require_status(held, *Submission.OPEN)
    known = set(held.attachments.current().values_list("sha256", flat=True))
    if len(known | {row.sha256 for row in rows}) > MOST:
        raise Refused(_("At most %(most)d files go along with a report.") % {"most": MOST}, "uploads", about=held)
    for row in rows:
        if row.sha256 in known:
            row.file.storage.delete(str(row.file))
            continue
        known.add(row.sha256)
        row.save()
        record(verb="attachment.added", target=row, by=by, now=now, unit_id=held.unit_id)


def _written(keep: Keep, submission: Submission, file: AttachedFile, *, by: User, now: dt.datetime) -> Attachment:
    data = file.content.read()
    file.content.seek(0)
    row = Attachment(
        submission=submission,
        kind=file.kind,
        name=file.name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        added_at=now,
        added_by=by,
    )
    row.file = keep(row, "file", file.name, file.content)
    return row


@transaction.atomic
def detach(*, attachment: Attachment, by: User, now: dt.datetime) -> None:
    """Take a file away from what is sent next; one that went along with a version stays with it."""
    held = locked_as_it_is(attachment.submission.round, attachment.submission.unit)
    require_status(held, *Submission.OPEN)
    row = locked(attachment)
    if row.removed_at:
        return  # a double click
    record(verb="attachment.removed", target=row, by=by, now=now, unit_id=held.unit_id)
    if row.versions.exists():
        row.removed_at = now
        row.save(update_fields=["removed_at"])
        return
    storage, name = row.file.storage, str(row.file)
    row.delete()
    transaction.on_commit(partial(storage.delete, name))


def attach_to(version: SubmissionVersion) -> None:
    """What goes along with the report stands with the version that is being sent."""
    version.attachments.set(version.submission.attachments.current())
