"""Who has reported: one row per unit of a round, as plain values."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass, replace

from django.db.models import Exists, Max
from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.charts import Share, stacked
from cluster_portal.once import once
from cluster_portal.periods import Period
from incidents.lookups import cases_by_unit, cases_url
from members.infrastructure.audit import AuditEntry
from members.infrastructure.outbox.letters import Letter, about
from members.models import Unit, User
from reports.models import DueDays, Extension, IssuedDocument, ReportingRound, Submission
from reports.submissions.waiting import Looked, look_through

NOT_STARTED = "not_started"
OVERDUE = "overdue"
CHECKING = "checking"


@dataclass(frozen=True)
class Contact:
    name: str
    telephone: str


@dataclass(frozen=True)
class BoardRow:
    """`status` is one of `Submission.Status` or "not_started".

    `reported` are the cases of the accepted report, None where there is none yet, and
    `is_part` where it left some blank; `registered` those the register holds of the same days.
    """

    unit_id: int
    unit: str
    status: str
    is_late: bool
    is_overdue: bool
    is_with_the_unit: bool
    is_imported: bool
    saved_at: dt.datetime | None
    submitted_at: dt.datetime | None
    contacts: tuple[Contact, ...]
    reported: int | None
    registered: int
    cases_url: str
    is_part: bool = False
    #: Since when somebody checks it.
    checked_since: dt.datetime | None = None
    #: By how many days it is overdue; by how many its first version came after the due date, or is late by now.
    days_overdue: int = 0
    days_late: int = 0
    #: The later day the unit was given.
    extended_to: dt.date | None = None
    #: What is still to be looked at in a report that waits, and when the unit was last written to; `looked_through`.
    looked: Looked | None = None
    last_contact: dt.datetime | None = None

    @property
    def shown_status(self) -> str:
        """The status, and `checking` of a report that waits and is being looked at."""
        return CHECKING if self.checked_since and self.status == Submission.Status.SUBMITTED else self.status

    @property
    def cases(self) -> str:
        """The reported cases as shown; empty where there are none yet."""
        return shown_cases(self.reported, is_part=self.is_part)


@dataclass(frozen=True)
class BoardFilter:
    """A choice above the board; an empty `status` shows all units."""

    status: str
    label: str
    count: int


@dataclass(frozen=True)
class Board:
    """`is_imported`: only figures of an earlier year stand there, and no unit was asked for a report."""

    rows: tuple[BoardRow, ...]
    is_imported: bool = False

    @property
    def cases(self) -> str:
        """What the accepted reports tell in sum."""
        told = [row.reported for row in self.rows if row.reported is not None]
        return shown_cases(sum(told) if told else None, is_part=any(row.is_part for row in self.rows))

    @property
    def registered(self) -> int:
        return sum(row.registered for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many units stand at each status; every status is named."""
        found = Counter(row.status for row in self.rows)
        return {status: found[status] for status in (NOT_STARTED, *Submission.Status.values)}

    @property
    def filters(self) -> list[BoardFilter]:
        """All units, each status at which one stands, and the overdue ones."""
        counts = self.counts
        labels = {NOT_STARTED: _("not started"), **dict(Submission.Status.choices)}
        choices = [BoardFilter("", _("all units"), len(self.rows))]
        choices += [BoardFilter(status, str(labels[status]), counts[status]) for status in labels if counts[status]]
        if self.overdue:
            choices.append(BoardFilter(OVERDUE, _("overdue"), len(self.overdue)))
        return choices

    @property
    def bar(self) -> list[Share]:
        """All units by where they stand, each once: what is overdue first, what is done last."""
        counts = Counter(OVERDUE if row.is_overdue else row.status for row in self.rows)
        order = (OVERDUE, NOT_STARTED, Submission.Status.DRAFT, Submission.Status.RETURNED)
        return stacked(
            {code: counts[code] for code in (*order, Submission.Status.SUBMITTED, Submission.Status.ACCEPTED)}
        )

    def shown(self, status: str) -> tuple[BoardRow, ...]:
        """The rows a filter leaves, first what is overdue, then what waits; an unknown one leaves none."""
        if status == OVERDUE:
            return self.overdue
        left = (row for row in self.rows if status in ("", row.status))
        return tuple(sorted(left, key=lambda row: (not row.is_overdue, row.status != Submission.Status.SUBMITTED)))

    @property
    def overdue(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.is_overdue)

    @property
    def with_the_units(self) -> tuple[BoardRow, ...]:
        """Reports the secretariat waits for."""
        return tuple(row for row in self.rows if row.is_with_the_unit)

    @property
    def accepted(self) -> tuple[BoardRow, ...]:
        return tuple(row for row in self.rows if row.status == Submission.Status.ACCEPTED)


def shown_cases(cases: int | None, *, is_part: bool) -> str:
    """The cases of reports, “≥” where one left some blank; empty where nobody told any."""
    if cases is None:
        return ""
    return formatting.at_least(cases) if is_part else formatting.number(cases)


def looked_through(board: Board, round_: ReportingRound) -> Board:
    """The board with what is open in each report that waits, and when each unit was last written to."""
    waiting = list(round_.submissions.waiting())
    looked, contacts = look_through(round_, waiting), last_contacts(round_)
    rows = (replace(row, looked=looked.get(row.unit_id), last_contact=contacts.get(row.unit_id)) for row in board.rows)
    return replace(board, rows=tuple(rows))


def last_contacts(round_: ReportingRound) -> dict[int, dt.datetime]:
    """When each unit was last sent an e-mail about its report, or a reminder was copied for it (three queries)."""
    targets = [about(round_), *map(about, round_.submissions.only("pk", "round"))]
    letters = Letter.objects.filter(about__in=targets, state=Letter.State.SENT, unit_id__isnull=False)
    copied = AuditEntry.objects.about(round_).filter(verb="reminder.copied", unit_id__isnull=False)
    found: dict[int, dt.datetime] = {}
    for unit, at in (
        *letters.order_by().values_list("unit_id").annotate(Max("sent_at")),
        *copied.order_by().values_list("unit_id").annotate(Max("at")),
    ):
        found[unit] = max(at, found.get(unit, at))
    return found


def build_board(round_: ReportingRound, *, today: dt.date, is_issued: bool | None = None) -> Board:
    """The board of a round, in five queries whatever the number of units, and one where `is_issued` isn't known.

    Once its figures are issued nothing is owed any more, as nobody may send it; nor is of a
    past round that was only imported (`with_whether_asked`).
    """
    if is_issued is None:
        is_issued = IssuedDocument.objects.locking(round_.period).exists()
    reports = list(round_.submissions.with_total_cases().annotate(is_past=_is_past(round_)))
    is_imported = any(vars(report)["is_past"] for report in reports) and not any(report.is_own for report in reports)
    submissions = {submission.unit_id: submission for submission in reports}
    contacts = once("contacts", _contacts)
    registered = cases_by_unit(round_.starts_on, round_.ends_on)
    due_days = once("due days", Extension.objects.due_days)
    rows = [
        _row(
            round_,
            unit,
            submissions.get(unit.pk),
            contacts=contacts.get(unit.pk, ()),
            registered=registered.get(unit.pk, 0),
            due_days=due_days,
            today=None if is_issued else today,
            is_asked=not is_imported,
        )
        for unit in round_.expected_units()
    ]
    return Board(tuple(rows), is_imported)


def _is_past(round_: ReportingRound) -> Exists:
    """Whether a later round is open."""
    return Exists(ReportingRound.objects.filter(period__gt=round_.period))


def _row(
    round_: ReportingRound,
    unit: Unit,
    submission: Submission | None,
    *,
    contacts: tuple[Contact, ...],
    registered: int,
    due_days: DueDays,
    today: dt.date | None,
    is_asked: bool,
) -> BoardRow:
    """What the board says of a unit; there is no `today` where nothing is owed any more."""
    if submission:
        submission.round = round_
    status = submission.status if submission else NOT_STARTED
    is_with_the_unit = is_asked and (submission is None or submission.is_open)
    due_on = due_days.of(round_, unit.pk)
    days_overdue = max(0, (today - due_on).days) if today and is_with_the_unit else 0
    days_late = due_days.days_late(submission) if submission else 0
    return BoardRow(
        unit_id=unit.pk,
        unit=unit.name,
        status=status,
        is_late=days_late > 0,
        is_overdue=days_overdue > 0,
        is_with_the_unit=is_with_the_unit,
        is_imported=bool(submission and submission.source == Submission.Source.IMPORT),
        saved_at=submission.saved_at if submission else None,
        submitted_at=submission.first_submitted_at if submission else None,
        contacts=contacts,
        reported=submission.total_cases if submission else None,
        registered=registered,
        is_part=bool(submission and submission.blank_cases),
        cases_url=cases_url(round_.starts_on, round_.ends_on, unit=unit.pk),
        checked_since=submission.checked_since if submission else None,
        days_overdue=days_overdue,
        days_late=days_late or days_overdue,
        extended_to=due_on if due_days.is_extended(round_, unit.pk) else None,
    )


def _contacts() -> dict[int | None, tuple[Contact, ...]]:
    """Whom to call, by the key of the unit."""
    found: dict[int | None, tuple[Contact, ...]] = {}
    for person in User.objects.active().liaisons().in_order():
        found[person.unit_id] = (*found.get(person.unit_id, ()), Contact(person.full_name, person.telephone))
    return found


@dataclass(frozen=True)
class OverdueReport:
    """A report that a unit owes since its due date."""

    period: Period
    unit_id: int
    unit: str
    contacts: tuple[Contact, ...]


def overdue_reports(*, today: dt.date, issued: Container[Period]) -> list[OverdueReport]:
    """What any unit owes, whichever round it belongs to, the oldest first; in five queries.

    It is what the units' own first pages ask for: not of the half-years whose figures are `issued`,
    and of years that were only imported nothing but what was begun.
    """
    rounds = list(ReportingRound.objects.with_whether_asked().order_by("period"))
    overdue = [opened for opened in rounds if opened.due_on < today and opened.period not in issued]
    if not overdue:
        return []
    sent = Submission.objects.filter(round__in=overdue).values_list("round_id", "unit_id", "status")
    statuses = {(round_id, unit_id): status for round_id, unit_id, status in sent}
    contacts, due_days = once("contacts", _contacts), once("due days", Extension.objects.due_days)
    units = list(Unit.objects.in_order())
    return [
        OverdueReport(opened.period, unit.pk, unit.name, contacts.get(unit.pk, ()))
        for opened in overdue
        for unit in units
        if due_days.of(opened, unit.pk) < today
        and _owes(opened, unit, statuses.get((opened.pk, unit.pk)), is_asked=opened.is_asked)
    ]


def _owes(opened: ReportingRound, unit: Unit, status: str | None, *, is_asked: bool) -> bool:
    """Whether the unit owes its report, which stands at `status`; None where it hasn't begun.

    Who left with one begun, but never sent, owes nothing (`ReportingRound.expected_units`).
    """
    if status in (None, Submission.Status.DRAFT) and not unit.is_member_on(opened.ends_on):
        return False
    return is_asked if status is None else status in Submission.OPEN
