"""Figures of earlier years, stored as accepted reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.periods import Period, next_working_day
from members.infrastructure.refusals import Refused
from members.models import Cluster, User
from reports.models import ReportingRound, Submission
from reports.submissions.actions.reports import Status, add_version, move
from reports.submissions.actions.rounds import lock_not_issued, open_round
from reports.submissions.figure_import import ImportedSubmission
from reports.submissions.typed import typed_from


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
    lock_not_issued(round_)
    submission, created = Submission.objects.select_for_update(of=("self",)).get_or_create(
        round=round_,
        unit=report.unit,
        defaults={"source": Submission.Source.IMPORT, "first_submitted_at": now},
    )
    if not created and submission.is_own:
        raise Refused(_("%(unit)s has sent its own report for this period.") % {"unit": report.unit})
    submission.typed = typed_from(report.content)
    submission.save(update_fields=["typed"])
    submission.accepted_version = add_version(submission, report.content, by=by, now=now)
    move(submission, Status.ACCEPTED, verb="submission.imported", by=by, now=now)
    return submission
