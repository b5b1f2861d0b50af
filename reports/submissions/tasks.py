"""What a unit's liaison has to do: each report that is still theirs to send, whichever round it belongs to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse

from members.models import Unit
from reports.models import IssuedDocument, ReportingRound, Submission
from reports.submissions import reading
from reports.submissions.board import NOT_STARTED
from reports.submissions.catalogue import Catalogue
from reports.submissions.due_dates import Deadline
from reports.submissions.forms.submission import SubmissionForm
from reports.submissions.register import Register
from reports.submissions.steps import STEPS
from reports.submissions.talk import may_be_talked_about, talks_on, way_in
from reports.submissions.typed import typed_from_register


@dataclass(frozen=True)
class UnitReport:
    """A unit's report in one round; `missing` are the entries a report that is still to be sent lacks.

    `way_in` is the address where it is gone on with, `open_comments` how many a reviewer
    waits for, while the report is with the secretariat, too.
    """

    round: ReportingRound
    submission: Submission | None
    issued: IssuedDocument | None
    deadline: Deadline
    missing: tuple[BoundField, ...] | None
    way_in: str
    open_comments: int = 0

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
    if submission:
        submission.round = opened
    talks = talks_on(submission) if submission and may_be_talked_about(submission, issued) else ()
    return UnitReport(
        round=opened,
        submission=submission,
        issued=issued,
        deadline=Deadline.of(opened, unit, today=today),
        missing=_missing(unit, opened, submission) if is_to_send else None,
        way_in=way_in(submission, talks) if submission else f"{_form_of(unit, opened)}?step={STEPS[0].code}",
        open_comments=sum(talk.is_open for talk in talks),
    )


def _form_of(unit: Unit, opened: ReportingRound) -> str:
    return reverse("reports:submission-edit", args=[opened.period, unit.pk])


def _missing(unit: Unit, opened: ReportingRound, submission: Submission | None) -> tuple[BoundField, ...]:
    catalogue = Catalogue.load(period=opened.period)
    base = reading.base_content(unit_id=unit.pk, period=opened.period)
    stored = submission.typed if submission else typed_from_register(Register.of(unit, opened), catalogue)
    form = SubmissionForm(initial=stored, catalogue=catalogue, base=base)
    return tuple(form.missing())
