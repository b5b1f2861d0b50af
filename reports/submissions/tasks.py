"""What a unit's liaison has to do: each report that is still theirs to send, whichever round it belongs to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.forms import BoundField

from members.models import Unit
from reports.models import IssuedDocument, ReportingRound, Submission
from reports.submissions import reading
from reports.submissions.board import NOT_STARTED
from reports.submissions.catalogue import Catalogue
from reports.submissions.forms.submission import SubmissionForm


@dataclass(frozen=True)
class UnitReport:
    """A unit's report in one round; `missing` are the entries a report that is still to be sent lacks."""

    round: ReportingRound
    submission: Submission | None
    issued: IssuedDocument | None
    days_left: int
    missing: tuple[BoundField, ...] | None

    @property
    def status(self) -> str:
        return self.submission.status if self.submission else NOT_STARTED

    @property
    def is_to_send(self) -> bool:
        return self.missing is not None


def reports_asked_of(unit: Unit, *, today: dt.date) -> list[UnitReport]:
    """The unit's report in every round that asks it, oldest first."""
    sent = {submission.round_id: submission for submission in unit.submissions.all()}
    asking = ReportingRound.objects.expecting(unit).asking_now(unit).order_by("period")
    return [_report(unit, opened, sent.get(opened.pk), today=today) for opened in asking]


def _report(unit: Unit, opened: ReportingRound, submission: Submission | None, *, today: dt.date) -> UnitReport:
    issued = IssuedDocument.objects.locking(opened.period).first()
    is_to_send = issued is None and (submission is None or submission.is_open)
    return UnitReport(
        round=opened,
        submission=submission,
        issued=issued,
        days_left=(opened.due_on - today).days,
        missing=_missing(unit, opened, submission) if is_to_send else None,
    )


def _missing(unit: Unit, opened: ReportingRound, submission: Submission | None) -> tuple[BoundField, ...]:
    catalogue = Catalogue.load(period=opened.period)
    base = reading.base_content(unit_id=unit.pk, period=opened.period)
    form = SubmissionForm(initial=submission.typed if submission else {}, catalogue=catalogue, base=base)
    return tuple(form.missing())
