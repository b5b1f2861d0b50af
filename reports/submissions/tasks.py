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
    """A unit's report in one round; `missing` are the entries a report that is still to be sent lacks,
    `to_correct` those with which it can't be sent.

    `way_in` is the address where it is gone on with, `open_comments` how many a reviewer
    waits for, while the report is with the secretariat, too.
    """

    round: ReportingRound
    submission: Submission | None
    issued: IssuedDocument | None
    deadline: Deadline
    missing: tuple[BoundField, ...]
    to_correct: tuple[BoundField, ...]
    is_to_send: bool
    way_in: str
    open_comments: int = 0

    @property
    def status(self) -> str:
        return self.submission.status if self.submission else NOT_STARTED


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
    missing, to_correct = _left_to_do(unit, opened, submission) if is_to_send else ([], [])
    talks = talks_on(submission) if submission and may_be_talked_about(submission, issued) else ()
    return UnitReport(
        round=opened,
        submission=submission,
        issued=issued,
        deadline=Deadline.of(opened, unit, today=today),
        missing=tuple(missing),
        to_correct=tuple(to_correct),
        is_to_send=is_to_send,
        way_in=way_in(submission, talks) if submission else f"{_form_of(unit, opened)}?step={STEPS[0].code}",
        open_comments=sum(talk.is_open for talk in talks),
    )


def _form_of(unit: Unit, opened: ReportingRound) -> str:
    return reverse("reports:submission-edit", args=[opened.period, unit.pk])


def _left_to_do(
    unit: Unit, opened: ReportingRound, submission: Submission | None
) -> tuple[list[BoundField], list[BoundField]]:
    """What is missing in the report as it stands, and what can't stay as it is."""
    catalogue = Catalogue.load(period=opened.period)
    base = reading.base_content(unit_id=unit.pk, period=opened.period)
    register = Register.of(unit, opened)
    stored = submission.typed if submission else typed_from_register(register, catalogue)
    form = SubmissionForm(initial=stored, catalogue=catalogue, base=base, register=register)
    return form.missing(), form.to_correct()
