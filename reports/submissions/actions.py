"""What is done with rounds and reports; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.periods import Period, next_working_day
from incidents.models import Category
from members.infrastructure.audit import Changes, record
from members.infrastructure.collisions import first_come
from members.infrastructure.editing import Revised, StaleEdit, change
from members.models import Cluster, Unit, User
from reports.content import ReportContent
from reports.models import (
    Figure,
    Indicator,
    IndicatorValue,
    IssuedDocument,
    ReportingRound,
    Submission,
    SubmissionVersion,
)
from reports.submissions.figure_import import ImportedReport
from reports.submissions.merging import Typing, merge
from reports.submissions.reminders import entry_of
from reports.submissions.typed import typed_from

Status = Submission.Status


class WrongStatus(Exception):
    """The report is no longer in a state in which this act makes sense; `str()` is a sentence for people."""

    @classmethod
    def of(cls, submission: Submission) -> WrongStatus:
        sentence = _("The report is %(status)s; this can no longer be done.")
        return cls(sentence % {"status": submission.get_status_display()})


@transaction.atomic
def open_round(
    *, period: Period, starts_on: dt.date, ends_on: dt.date, due_on: dt.date, by: User | None, now: dt.datetime
) -> ReportingRound:
    """Open the reporting on a half-year; it keeps these dates whatever the cluster's rule becomes."""
    opened = ReportingRound(
        period=period, starts_on=starts_on, ends_on=ends_on, due_on=due_on, opened_at=now, opened_by=by
    )
    with first_come(opened):
        opened.save()
    record(
        verb="round.opened",
        target=opened,
        by=by,
        now=now,
        changes={"starts_on": (None, starts_on), "ends_on": (None, ends_on), "due_on": (None, due_on)},
    )
    return opened


def change_due_date(*, round: ReportingRound, due_on: dt.date, revision: int, by: User, now: dt.datetime) -> None:
    """Give the units more time, or less. Raises `StaleEdit`."""
    change(round, values={"due_on": due_on}, revision=revision, verb="round.due_date_changed", by=by, now=now)


def note_reminder(*, round: ReportingRound, people: Sequence[User], by: User, now: dt.datetime) -> None:
    """Put on record who was reminded of a round's reports."""
    names = [entry_of(person) for person in people]
    record(verb="round.reminded", target=round, by=by, now=now, changes={"recipients": ([], names)})


def _locked_as_it_is(round: ReportingRound, unit: Unit) -> Submission:
    """The unit's report under a lock, begun just now if it wasn't (revision 0)."""
    _require_not_issued(round)
    submission, _created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round, unit=unit, defaults={"revision": 0}
    )
    return submission


def _locked(round: ReportingRound, unit: Unit, *, revision: int) -> Submission:
    """The unit's report under a lock, if it still stands at `revision` (0: not begun). Raises `StaleEdit`."""
    submission = _locked_as_it_is(round, unit)
    if submission.revision != revision:
        raise StaleEdit(submission)
    return submission


def _require_not_issued(round: ReportingRound) -> None:
    """Refuse where the round's figures stand in an issued document; whoever issues meanwhile is waited for."""
    list(ReportingRound.objects.select_for_update(no_key=True).filter(pk=round.pk))
    issued = IssuedDocument.objects.locking(round.period).first()
    if issued:
        raise WrongStatus(
            _(
                "The figures of this period were issued in %(document)s. "
                "To change them, the secretariat must begin a correction of it."
            )
            % {"document": issued.notation}
        )


def _require(submission: Submission, *statuses: Status) -> None:
    if submission.status not in statuses:
        raise WrongStatus.of(submission)


@transaction.atomic
def save_draft(
    *, round: ReportingRound, unit: Unit, typed: dict[str, str], revision: int, by: User, now: dt.datetime
) -> Submission:
    """Keep what was typed, complete or not, in the place of what was there.

    Raises `StaleEdit` where somebody else saved since `revision`, and `WrongStatus`
    where the report is no longer open. Only the beginning of a draft is an act for the
    audit trail; the many savings of it are not.
    """
    submission = _locked(round, unit, revision=revision)
    _require(submission, *Submission.OPEN)
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
def merge_draft(
    *, round: ReportingRound, unit: Unit, window: Typing, revision: int, by: User, now: dt.datetime
) -> Joined:
    """Join what one window typed with what was saved elsewhere since `revision`, field by field.

    Nothing new leaves no trace. Raises `WrongStatus` as `save_draft` does.
    """
    submission = _locked_as_it_is(round, unit)
    _require(submission, *Submission.OPEN)
    is_behind = submission.revision != revision
    if window.was is None and not is_behind:
        window = replace(window, was=submission.draft)
    merged = merge(submission.draft, window)
    if merged.texts != submission.draft or not submission.revision:
        _store(submission, merged.texts, by=by, now=now)
    return Joined(submission, merged.conflicts, is_behind)


def _store(submission: Submission, draft: dict[str, str], *, by: User, now: dt.datetime) -> None:
    if submission.revision == 0:
        submission.source = Submission.Source.PAPER if by.is_secretariat else Submission.Source.UNIT
        record(verb="submission.begun", target=submission, by=by, now=now, unit_id=submission.unit_id)
    submission.draft, submission.saved_by, submission.saved_at = draft, by, now
    submission.revision += 1
    submission.save(update_fields=["draft", "saved_by", "saved_at", "source", "revision"])


@transaction.atomic
def submit(
    *,
    round: ReportingRound,
    unit: Unit,
    typed: dict[str, str],
    content: ReportContent,
    revision: int,
    by: User,
    now: dt.datetime,
) -> SubmissionVersion:
    """Send the report: its validated `content` becomes a version that never changes again."""
    submission = save_draft(round=round, unit=unit, typed=typed, revision=revision, by=by, now=now)
    version = _add_version(submission, content, by=by, now=now)
    submission.first_submitted_at = submission.first_submitted_at or now
    _move(submission, Status.SUBMITTED, verb="submission.submitted", by=by, now=now)
    return version


def _add_version(
    submission: Submission, content: ReportContent, *, by: User | None, now: dt.datetime
) -> SubmissionVersion:
    version = SubmissionVersion.objects.create(
        submission=submission,
        number=submission.versions.count() + 1,
        submitted_at=now,
        submitted_by=by,
        narrative=content.narrative,
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


def _move(
    submission: Submission, status: Status, *, verb: str, by: User | None, now: dt.datetime, comment: str = ""
) -> None:
    changes: Changes = {"status": (submission.status, status)}
    if comment:
        changes["comment"] = ("", comment)
    submission.status, submission.comment = status, comment
    submission.revision += 1
    submission.save(update_fields=["status", "comment", "first_submitted_at", "accepted_version", "revision"])
    record(verb=verb, target=submission, by=by, now=now, unit_id=submission.unit_id, changes=changes)


@transaction.atomic
def return_report(*, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime) -> Submission:
    """Trả lại: hand the report back to the unit with a comment that says what is wanted."""
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    _move(submission, Status.RETURNED, verb="submission.returned", by=by, now=now, comment=comment)
    return submission


@transaction.atomic
def accept(*, submission: Submission, revision: int, by: User | None, now: dt.datetime) -> Submission:
    """Tiếp nhận: the newest version counts from now on, and the report is locked."""
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    submission.accepted_version = submission.versions.latest("number")
    _move(submission, Status.ACCEPTED, verb="submission.accepted", by=by, now=now)
    return submission


@transaction.atomic
def reopen(*, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime) -> Submission:
    """Give an accepted report back for correction; its figures don't count until it is accepted again."""
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.ACCEPTED)
    submission.accepted_version = None
    _move(submission, Status.RETURNED, verb="submission.reopened", by=by, now=now, comment=comment)
    return submission


@transaction.atomic
def import_figures(*, reports: Iterable[ImportedReport], by: User | None, now: dt.datetime) -> list[Submission]:
    """Store figures of earlier years as accepted reports marked as imported, all or none.

    A round is opened for a half-year that has none, with the dates of the cluster's
    cut-off rule. A second import adds a version that takes the first one's place.
    Raises `WrongStatus` where a unit has a report of its own, or has corrected an imported one.
    """
    rounds = {round.period: round for round in ReportingRound.objects.all()}
    stored = []
    for report in reports:
        period = report.period
        if period not in rounds:
            rounds[period] = _open_by_the_rule(period, by=by, now=now)
        stored.append(_add_imported(rounds[period], report, by=by, now=now))
    return stored


def _open_by_the_rule(period: Period, *, by: User | None, now: dt.datetime) -> ReportingRound:
    """The round of a half-year that has none – or had none until somebody else opened it just now."""
    rule = Cluster.get().cut_off_rule
    ends_on = period.last_day(rule)
    dates = {"starts_on": period.first_day(rule), "ends_on": ends_on, "due_on": next_working_day(ends_on)}
    try:
        return open_round(period=period, **dates, by=by, now=now)
    except ValidationError:
        return ReportingRound.objects.get(period=period)


def _add_imported(round: ReportingRound, report: ImportedReport, *, by: User | None, now: dt.datetime) -> Submission:
    _require_not_issued(round)
    submission, created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round,
        unit=report.unit,
        defaults={"source": Submission.Source.IMPORT, "first_submitted_at": now},
    )
    if not created and submission.is_own:
        raise WrongStatus(_("%(unit)s has sent its own report for this period.") % {"unit": report.unit})
    submission.draft = typed_from(report.content)
    submission.save(update_fields=["draft"])
    submission.accepted_version = _add_version(submission, report.content, by=by, now=now)
    _move(submission, Status.ACCEPTED, verb="submission.imported", by=by, now=now)
    return submission


@transaction.atomic
def add_to_catalogue(*, model: type[Revised], values: dict[str, Any], by: User, now: dt.datetime) -> Revised:
    """Add a group, a category or an indicator; `model` says which."""
    entry = model(**values)
    with first_come(entry):
        entry.save()
    given = {name: (None, value) for name, value in values.items()}
    record(verb="catalogue.added", target=entry, by=by, now=now, changes=given)
    return entry


def change_catalogue(*, entry: Revised, values: dict[str, Any], revision: int, by: User, now: dt.datetime) -> None:
    """Change an entry; one that is out of use stays in the reports that hold it. Raises `StaleEdit`."""
    change(entry, values=values, revision=revision, verb="catalogue.changed", by=by, now=now)
