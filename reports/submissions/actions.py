"""What is done with rounds and reports; every act in one transaction, with its audit entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Min
from django.utils.translation import gettext as _

from cluster_portal.periods import Period, next_working_day
from incidents.models import ALWAYS, AskedMeasures, Category
from members.infrastructure.audit import Changes, record
from members.infrastructure.capabilities import Can, allowed
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import Revised, StaleEdit, change
from members.infrastructure.outbox import posting
from members.infrastructure.outbox.posting import post
from members.infrastructure.refusals import Refused, locked
from members.models import Cluster, Unit, User
from reports.content import SubmissionContent
from reports.models import (
    DocumentDraft,
    Figure,
    Indicator,
    IndicatorValue,
    IssuedDocument,
    ReportingRound,
    Submission,
    SubmissionVersion,
)
from reports.submissions import mail, notices
from reports.submissions.figure_import import ImportedSubmission
from reports.submissions.merging import Typing, merge
from reports.submissions.typed import typed_from

Status = Submission.Status


@transaction.atomic
def open_round(
    *, period: Period, starts_on: dt.date, ends_on: dt.date, due_on: dt.date, by: User | None, now: dt.datetime
) -> ReportingRound:
    """Open the reporting on a half-year; it keeps these dates whatever the cluster's rule becomes."""
    opened = ReportingRound(
        period=period, starts_on=starts_on, ends_on=ends_on, due_on=due_on, opened_at=now, opened_by=by
    )
    with refuse_twin(opened):
        opened.save()
    record(
        verb="round.opened",
        target=opened,
        by=by,
        now=now,
        changes={"starts_on": (None, starts_on), "ends_on": (None, ends_on), "due_on": (None, due_on)},
    )
    return opened


@transaction.atomic
def change_due_date(*, round_: ReportingRound, due_on: dt.date, revision: int, by: User, now: dt.datetime) -> None:
    """Give the units more time, or less. Raises `StaleEdit`."""
    change(round_, values={"due_on": due_on}, revision=revision, verb="round.due_date_changed", by=by, now=now)
    posting.withdraw(about=round_, kinds=("notice",), now=now)


@transaction.atomic
def close_round(*, round_: ReportingRound, reason: str, revision: int, by: User, now: dt.datetime) -> None:
    """Use the figures although not all have reported, and say why; reports that come late are still taken.

    Raises `Refused` where nothing is accepted yet, or nothing is missing.
    """
    held = locked(round_)
    _locked_not_issued(held)
    accepted, expected = held.submissions.accepted().count(), held.expected_units().count()
    if not accepted:
        raise Refused(_("There are no figures for this period yet."), about=held)
    if accepted >= expected:
        raise Refused(_("All reports are accepted; there is nothing to close."), about=held)
    values = {"closed_at": now, "closed_by": by, "close_reason": reason}
    change(round_, values=values, revision=revision, verb="round.closed", by=by, now=now)
    posting.withdraw(about=held, kinds=("notice",), now=now)


@transaction.atomic
def collect_on(*, round_: ReportingRound, revision: int, by: User, now: dt.datetime) -> None:
    """Take back that the round was closed, while nothing was built on it. Raises `Refused`."""
    held = locked(round_)
    _locked_not_issued(held)
    if draft := DocumentDraft.objects.resting_on(held.period).first():
        raise Refused(_("The document “%(draft)s” is being prepared; give it up first.") % {"draft": draft}, about=held)
    values = {"closed_at": None, "closed_by": None, "close_reason": ""}
    change(round_, values=values, revision=revision, verb="round.closing_undone", by=by, now=now)


@transaction.atomic
def remove_round(*, round_: ReportingRound, by: User, now: dt.datetime) -> None:
    """Take back a round opened by mistake, while nobody has begun a report. Raises `Refused`."""
    held = locked(round_)
    begun = held.submissions.select_related("unit").order_by("unit__order", "unit")
    if begun:
        names = ", ".join(submission.unit.short_name for submission in begun)
        sentence = _("Reports have been begun in this round, by %(units)s; it can't be taken back any more.")
        raise Refused(sentence % {"units": names}, about=held)
    dates = {name: (getattr(held, name), None) for name in ("starts_on", "ends_on", "due_on")}
    record(verb="round.removed", target=held, by=by, now=now, changes=dates)
    posting.withdraw(about=held, kinds=("reminder", "notice"), now=now)
    held.delete()


def _locked_as_it_is(round_: ReportingRound, unit: Unit) -> Submission:
    """The unit's report under a lock, begun just now if it wasn't (revision 0)."""
    _locked_not_issued(round_)
    submission, _created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round_, unit=unit, defaults={"revision": 0}
    )
    return submission


def _locked(round_: ReportingRound, unit: Unit, *, revision: int) -> Submission:
    """The unit's report under a lock, if it still stands at `revision` (0: not begun). Raises `StaleEdit`."""
    submission = _locked_as_it_is(round_, unit)
    if submission.revision != revision:
        raise StaleEdit(submission)
    return submission


def _locked_not_issued(round_: ReportingRound) -> None:
    """The same for an action; whoever issues meanwhile is waited for."""
    list(ReportingRound.objects.select_for_update(no_key=True).filter(pk=round_.pk))
    require_not_issued(round_)


def require_not_issued(round_: ReportingRound) -> None:
    """Refuse where the round's figures stand in an issued document."""
    issued = IssuedDocument.objects.locking(round_.period).first()
    if issued:
        raise Refused(
            _(
                "The figures of this period were issued in %(document)s. "
                "To change them, the secretariat must begin a correction of it."
            )
            % {"document": issued.notation},
            about=round_,
        )


def no_longer_open(submission: Submission) -> Refused:
    """What refuses an act on a report that has gone on since."""
    sentence = _("The report is %(status)s; this can no longer be done.")
    return Refused(sentence % {"status": submission.get_status_display()}, about=submission)


def _require(submission: Submission, *statuses: Status) -> None:
    if submission.status not in statuses:
        raise no_longer_open(submission)


@transaction.atomic
def save_typed(
    *, round_: ReportingRound, unit: Unit, typed: dict[str, str], revision: int, by: User, now: dt.datetime
) -> Submission:
    """Keep what was typed, complete or not, in the place of what was there.

    Raises `StaleEdit` where somebody else saved since `revision`, and `Refused`
    where the report is no longer open. Only the beginning of a draft is an act for the
    audit trail; the many savings of it are not.
    """
    submission = _locked(round_, unit, revision=revision)
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
    submission = _locked_as_it_is(round_, unit)
    _require(submission, *Submission.OPEN)
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
    version = _add_version(
        submission, content, by=by, now=now, receipt=_next_receipt(submission.round), declaration=declaration
    )
    submission.first_submitted_at = submission.first_submitted_at or now
    _move(submission, Status.SUBMITTED, verb="submission.submitted", by=by, now=now)
    return version


def _next_receipt(round_: ReportingRound) -> str:
    """``2022.1-007``: the seventh report received in the round, which is locked meanwhile."""
    received = SubmissionVersion.objects.filter(submission__round=round_, receipt__isnull=False).count()
    return f"{round_.period.year}.{round_.period.half}-{received + 1:03d}"


def _add_version(
    submission: Submission, content: SubmissionContent, *, by: User | None, now: dt.datetime, **sent: str
) -> SubmissionVersion:
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


def _move(
    submission: Submission, status: Status, *, verb: str, by: User | None, now: dt.datetime, comment: str = ""
) -> None:
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


@transaction.atomic
def begin_check(*, submission: Submission, revision: int, by: User, now: dt.datetime) -> Submission:
    """Kiểm tra: from now on the unit can't take the report back. Raises `StaleEdit` where it just did."""
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    if submission.checked_since is None:
        submission.checked_since, submission.checked_by = now, by
        submission.revision += 1
        submission.save(update_fields=["checked_since", "checked_by", "revision"])
        record(verb="submission.check_begun", target=submission, by=by, now=now, unit_id=submission.unit_id)
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, revision: int, by: User, now: dt.datetime) -> Submission:
    """Rút: the unit takes a report back that nobody has begun to check; it counts as not sent.

    Raises `Refused` where the checking has begun, `StaleEdit` where the report has gone on otherwise.
    """
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    if not submission.can_be_withdrawn:
        raise Refused(_("The secretariat has begun to check the report; call it to get the report back."))
    sent = submission.versions.latest("number")
    sent.withdrawn_at = now
    sent.save(update_fields=["withdrawn_at"])
    stands = submission.versions.filter(withdrawn_at__isnull=True)
    submission.first_submitted_at = stands.aggregate(first=Min("submitted_at"))["first"]
    _move(submission, Status.DRAFT, verb="submission.withdrawn", by=by, now=now)
    return submission


@transaction.atomic
def return_report(
    *, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime, origin: str = ""
) -> Submission:
    """Trả lại: hand the report back to the unit with a comment that says what is wanted.

    Its liaisons are written to where the portal's address is given as `origin`.
    """
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    _move(submission, Status.RETURNED, verb="submission.returned", by=by, now=now, comment=comment)
    _tell_the_unit(submission, origin=origin, by=by, now=now)
    return submission


@transaction.atomic
def accept(*, submission: Submission, revision: int, by: User | None, now: dt.datetime, origin: str = "") -> Submission:
    """Tiếp nhận: the newest version counts from now on, and the report is locked.

    Its liaisons are told, unless they want no notices, where the portal's address is given as `origin`.
    """
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.SUBMITTED)
    submission.accepted_version = submission.versions.latest("number")
    _move(submission, Status.ACCEPTED, verb="submission.accepted", by=by, now=now)
    people = submission.unit.people.active().liaisons().filter(wants_notices=True).in_order() if origin else ()
    for person in people:
        letter = notices.accepted(person, submission.round, revision=submission.revision, origin=origin, now=now)
        post(letter, about=submission, by=by, now=now)
    return submission


@transaction.atomic
def reopen(
    *, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime, origin: str = ""
) -> Submission:
    """Give an accepted report back for correction; its figures don't count until it is accepted again."""
    submission = _locked(submission.round, submission.unit, revision=revision)
    _require(submission, Status.ACCEPTED)
    submission.accepted_version = None
    _move(submission, Status.RETURNED, verb="submission.reopened", by=by, now=now, comment=comment)
    _tell_the_unit(submission, origin=origin, by=by, now=now)
    return submission


def _tell_the_unit(submission: Submission, *, origin: str, by: User, now: dt.datetime) -> None:
    """Write to the unit's liaisons that their report is back."""
    liaisons = submission.unit.people.active().liaisons().in_order() if origin else ()
    for person in liaisons:
        letter = mail.returned(person, submission.round, revision=submission.revision, origin=origin)
        post(letter, about=submission, by=by, now=now)


@transaction.atomic
def import_figures(*, reports: Iterable[ImportedSubmission], by: User | None, now: dt.datetime) -> list[Submission]:
    """Store figures of earlier years as accepted reports marked as imported, all or none.

    A round is opened for a half-year that has none, with the dates of the cluster's
    cut-off rule. A second import adds a version that takes the first one's place.
    Raises `Refused` where a unit has a report of its own, or has corrected an imported one.
    """
    rounds = {round_.period: round_ for round_ in ReportingRound.objects.all()}
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
    except Refused:
        return ReportingRound.objects.get(period=period)


def _add_imported(
    round_: ReportingRound, report: ImportedSubmission, *, by: User | None, now: dt.datetime
) -> Submission:
    _locked_not_issued(round_)
    submission, created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round_,
        unit=report.unit,
        defaults={"source": Submission.Source.IMPORT, "first_submitted_at": now},
    )
    if not created and submission.is_own:
        raise Refused(_("%(unit)s has sent its own report for this period.") % {"unit": report.unit})
    submission.typed = typed_from(report.content)
    submission.save(update_fields=["typed"])
    submission.accepted_version = _add_version(submission, report.content, by=by, now=now)
    _move(submission, Status.ACCEPTED, verb="submission.imported", by=by, now=now)
    return submission


@transaction.atomic
def add_to_catalogue(
    *, model: type[Revised], values: dict[str, Any], asked: dict[str, Any] | None = None, by: User, now: dt.datetime
) -> Revised:
    """Add a group, a category with what it asks, or an indicator; `model` says which."""
    entry = model(**values)
    with refuse_twin(entry):
        entry.save()
    if isinstance(entry, Category) and asked:
        AskedMeasures.objects.create(category=entry, since=ALWAYS, **asked)
    given = {name: (None, value) for name, value in {**values, **(asked or {})}.items()}
    record(verb="catalogue.added", target=entry, by=by, now=now, changes=given)
    return entry


@transaction.atomic
def change_catalogue(
    *,
    entry: Revised,
    values: dict[str, Any],
    asked: dict[str, Any] | None = None,
    revision: int,
    by: User,
    now: dt.datetime,
) -> None:
    """Change an entry; one that is out of use stays in the reports that hold it. Raises `StaleEdit`.

    What a category asks changes from the first half-year on that nobody has reported on.
    """
    change(entry, values=values, revision=revision, verb="catalogue.changed", by=by, now=now)
    if isinstance(entry, Category) and asked:
        _ask(entry, asked, by=by, now=now)


def _ask(category: Category, asked: dict[str, Any], *, by: User, now: dt.datetime) -> None:
    since = _first_half_without_reports()
    stored = max(category.asked.all(), key=lambda row: row.since, default=None)
    before = {name: getattr(stored, name) if stored else None for name in asked}
    changes = {name: (before[name], value) for name, value in asked.items() if before[name] != value}
    if stored and isinstance(asked["measures"], list) and sorted(stored.measures) == sorted(asked["measures"]):
        changes.pop("measures", None)
    if changes:
        AskedMeasures.objects.update_or_create(category=category, since=since, defaults=asked)
        record(
            verb="catalogue.changed", target=category, by=by, now=now, changes={**changes, "since": (None, str(since))}
        )


def _first_half_without_reports() -> Period:
    """The half-year after the last that a unit has sent a report on; since always where none has."""
    sent = SubmissionVersion.objects.order_by("-submission__round__period")
    newest = sent.values_list("submission__round__period", flat=True).first()
    return newest.next if newest else ALWAYS
