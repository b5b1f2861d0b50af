"""What became of the letters about one thing, for its page: the mailing result stands in the outbox alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from members.infrastructure.outbox.letters import Letter, LetterQuerySet, about


@dataclass(frozen=True)
class Result:
    """How many letters about something were sent, are on their way, or need somebody."""

    about: str
    sent: int
    waiting: int
    to_look_after: int

    @property
    def is_empty(self) -> bool:
        return not (self.sent or self.waiting or self.to_look_after)


def post_about(target: models.Model) -> Result:
    """In one query."""
    state = Letter.State
    counts = Letter.objects.about(target).aggregate(
        sent=Count("pk", filter=Q(state=state.SENT)),
        waiting=Count("pk", filter=Q(state__in=(state.WAITING, state.SENDING))),
        to_look_after=Count("pk", filter=Q(state__in=(state.FAILED, state.UNCLEAR))),
    )
    return Result(about(target), **counts)


@dataclass(frozen=True)
class Choice:
    """A choice above the list of letters: all, or those of some states."""

    name: str
    label: str
    states: tuple[str, ...]
    count: int


def choices(letters: LetterQuerySet) -> list[Choice]:
    """In one query, whatever the number of letters."""
    state = Letter.State
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    offered = {
        "": (_("all"), tuple(state.values)),
        "look": (_("to look after"), (state.FAILED, state.UNCLEAR)),
        "waiting": (_("waiting"), (state.WAITING, state.SENDING)),
        "sent": (_("sent"), (state.SENT,)),
        "withdrawn": (_("withdrawn"), (state.WITHDRAWN,)),
        "over": (_("its time is over"), (state.OVER,)),
    }
    return [
        Choice(name, label, states, sum(counts.get(each, 0) for each in states))
        for name, (label, states) in offered.items()
    ]
