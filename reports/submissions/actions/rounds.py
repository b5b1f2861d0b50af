"""What is done with rounds: opened, closed, collected on, taken back."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from cluster_portal.periods import Period
from members.infrastructure.audit import record
from members.infrastructure.collisions import refuse_twin
from members.infrastructure.editing import change
from members.infrastructure.outbox import posting
from members.infrastructure.refusals import Refused, locked
from members.models import User
from reports.models import DocumentDraft, IssuedDocument, ReportingRound, Submission
from reports.submissions import mail

#: A round that is being collected.
NOT_CLOSED = {"closed_at": None, "closed_by": None, "close_reason": ""}


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
    posting.withdraw(about=round_, kinds=mail.NAMING_THE_DUE_DATE, now=now)


@transaction.atomic
def close_round(*, round_: ReportingRound, reason: str, revision: int, by: User, now: dt.datetime) -> None:
    """Use the figures although not all have reported, and say why; reports that come late are still taken.

    Raises `Refused` where nothing is accepted yet, or nothing is missing.
    """
    held = locked(round_)
    lock_not_issued(held)
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
    lock_not_issued(held)
    if draft := DocumentDraft.objects.resting_on(held.period).first():
        raise Refused(_("The document “%(draft)s” is being prepared; give it up first.") % {"draft": draft}, about=held)
    change(round_, values=NOT_CLOSED, revision=revision, verb="round.closing_undone", by=by, now=now)


def take_back_closing(round_: ReportingRound, *, by: User, now: dt.datetime) -> None:
    """Collect on where a report that counted when the round was closed counts no more.

    The reason is printed beside the units that are missing, and was given for others.
    What is being prepared can't be issued until all is accepted, or a new reason given.
    """
    held = locked(round_)
    if held.closed_at:
        change(held, values=NOT_CLOSED, revision=held.revision, verb="round.closing_undone", by=by, now=now)


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
    posting.withdraw(about=held, kinds=mail.NAMING_THE_DUE_DATE, now=now)
    held.delete()


def require_waiting(round_: ReportingRound) -> None:
    """Refuse where nobody is waited for: the figures are issued, or the round was closed without the others."""
    require_not_issued(round_)
    if round_.closed_at is not None:
        raise Refused(_("The round was closed before all had reported; nobody is reminded any more."), about=round_)


def require_not_issued(round_: ReportingRound, *, about: Submission | None = None) -> None:
    """Refuse where the round's figures stand in an issued document; `about` is the report that was to be changed."""
    issued = IssuedDocument.objects.locking(round_.period).first()
    if issued:
        raise Refused(
            _(
                "The figures of this period were issued in %(document)s. "
                "To change them, the secretariat must begin a correction of it."
            )
            % {"document": issued.notation},
            about=about or round_,
        )


def lock_not_issued(round_: ReportingRound, *, about: Submission | None = None) -> None:
    """Hold the round and refuse as `require_not_issued` does; whoever issues it meanwhile is waited for."""
    list(ReportingRound.objects.select_for_update(no_key=True).filter(pk=round_.pk))
    require_not_issued(round_, about=about)
