"""What every act on a unit's report is made of: its lock, what is refused, a version, a change of its status."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from incidents.models import Category
from members.infrastructure.audit import Changes, record
from members.infrastructure.editing import StaleEdit
from members.infrastructure.refusals import Refused
from members.models import Unit, User
from reports.content import SubmissionContent
from reports.models import Figure, Indicator, IndicatorValue, ReportingRound, Submission, SubmissionVersion
from reports.submissions import mail
from reports.submissions.actions.rounds import lock_not_issued

Status = Submission.Status


def locked_as_it_is(round_: ReportingRound, unit: Unit) -> Submission:
    """The unit's report under a lock, begun just now if it wasn't (revision 0)."""
    lock_not_issued(round_, about=Submission(round=round_, unit=unit))  # the unit may see its report, not the round
    submission, _created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round_, unit=unit, defaults={"revision": 0}
    )
    return submission


def locked_at(round_: ReportingRound, unit: Unit, *, revision: int) -> Submission:
    """The unit's report under a lock, if it still stands at `revision` (0: not begun). Raises `StaleEdit`."""
    submission = locked_as_it_is(round_, unit)
    if submission.revision != revision:
        raise StaleEdit(submission)
    return submission


def no_longer_open(submission: Submission) -> Refused:
    """What refuses an act on a report that has gone on since."""
    sentence = _("The report is %(status)s; this can no longer be done.")
    return Refused(sentence % {"status": submission.get_status_display()}, about=submission)


def require_status(submission: Submission, *statuses: Status) -> None:
    """Raises `Refused` where the report stands at none of these."""
    if submission.status not in statuses:
        raise no_longer_open(submission)


def add_version(
    submission: Submission, content: SubmissionContent, *, by: User | None, now: dt.datetime, **sent: str
) -> SubmissionVersion:
    """The next version, with a row for each figure; `sent` is what only a report that was sent has."""
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=submission.versions.count() + 1,
        submitted_at=now,
        submitted_by=by,
        narrative=content.narrative,
        explanations=content.explanations,
        **sent,
    )
    categories = Category.objects.in_bulk(content.categories, field_name="code")
    Figure.objects.bulk_create(
        Figure.from_value(version, categories[code], figures)
        for code, figures in content.categories.items()
        if not figures.is_empty
    )
    indicators = Indicator.objects.in_bulk(content.indicators, field_name="code")
    IndicatorValue.objects.bulk_create(
        IndicatorValue(version=version, indicator=indicators[code], value=figure.value, remark=figure.remark)
        for code, figure in content.indicators.items()
        if figure.value is not None or figure.remark
    )
    return version


def move(
    submission: Submission, status: Status, *, verb: str, by: User | None, now: dt.datetime, comment: str = ""
) -> None:
    """Lead the report on to `status`; letters that tell of the status before are taken back."""
    changes: Changes = {"status": (submission.status, status)}
    if comment:
        changes["comment"] = ("", comment)
    submission.status, submission.comment = status, comment
    submission.checked_since = submission.checked_by = None
    submission.revision += 1
    submission.save(
        update_fields=[
            "status", "comment", "first_submitted_at", "accepted_version", "checked_since", "checked_by", "revision"
        ]
    )  # fmt: skip
    record(verb=verb, target=submission, by=by, now=now, unit_id=submission.unit_id, changes=changes)
    mail.take_back(submission, now=now)
