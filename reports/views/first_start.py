"""What a new portal needs before the first half-year can be reported on; it ticks itself off from the data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from members.models import Cluster, Unit
from reports.models import Submission
from reports.submissions.board import NOT_STARTED, Board


@dataclass(frozen=True)
class Step:
    """`can_wait`: the first round may be opened without it."""

    label: str
    detail: str
    url: str
    is_done: bool
    can_wait: bool = False


def first_steps(board: Board | None, *, cluster: Cluster, today: dt.date) -> list[Step]:
    """In the order they are taken; none once units were asked for a report, whatever was imported since."""
    if board and (not _is_imported(board) or Submission.objects.own().exists()):
        return []
    units = Unit.objects.members_on(today)
    lacking = units.without_account().count()
    has_units = units.exists()
    told = _("Units without an account: %(n)d.") % {"n": lacking}
    return [
        Step(
            _("Cluster and letterhead"),
            _("Name, letterhead, who signs, days of the half-years."),
            reverse("members:cluster-edit"),
            not cluster._state.adding,
        ),
        Step(_("Units"), _("Enter them or import a list."), reverse("members:unit-list"), has_units),
        Step(
            _("People"),
            told if has_units else _("A liaison for each unit; invited in one go."),
            reverse("members:people-of-units"),
            has_units and not lacking,
        ),
        Step(
            _("Earlier figures"),
            _("Imported, the first comparison has a year before; this can wait."),
            reverse("reports:figure-import"),
            board is not None,
            can_wait=True,
        ),
        Step(_("First round"), _("Asks the units for their reports."), reverse("reports:round-open"), is_done=False),
    ]


def _is_imported(board: Board) -> bool:
    """Whether only figures of an earlier half-year stand in the newest round, which nobody opened for the units."""
    begun = [row for row in board.rows if row.status != NOT_STARTED]
    return bool(begun) and all(row.is_imported for row in begun)
