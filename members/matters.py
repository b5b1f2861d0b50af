"""What of this floor goes along when the lead is handed over, and what a handover is built on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse

from cluster_portal.formatting import date
from members.infrastructure.capabilities import Can
from members.infrastructure.open_matters import Matter, hands_over
from members.infrastructure.undoing import builds_on
from members.models import AccountChange, Handover, LeadTerm

#: As the annex of the minutes says it.
ACTS = {
    AccountChange.Act.OPEN: "bắt đầu sử dụng từ ngày",
    AccountChange.Act.CLOSE: "ngừng sử dụng từ ngày",
    AccountChange.Act.MOVE: "chuyển đơn vị từ ngày",
}


@hands_over
def accounts(today: dt.date) -> Iterator[Matter]:
    """The accounts that a handover opens and closes, in so far as that is still to come."""
    changes = AccountChange.objects.planned().exclude(handover=None).in_order()
    lines = [
        f"{change.person.full_name}, {change.person.get_role_display()}: "
        f"{ACTS[AccountChange.Act(change.act)]} {date(change.on)}"
        for change in changes
    ]
    yield Matter("Tài khoản trên hệ thống", tuple(lines), reverse("members:person-list"), Can.MANAGE_PEOPLE)


@builds_on(LeadTerm)
def handovers_of(term: LeadTerm) -> Iterator[str]:
    """A term that a handover began is taken back with it."""
    for handover in Handover.objects.filter(lead=term) | Handover.objects.filter(deputy=term):
        yield str(handover)
