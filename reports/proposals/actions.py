"""Units' proposals: taken out of their reports, answered, settled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from members.infrastructure.audit import record
from members.infrastructure.editing import change, changes_between
from members.infrastructure.refusals import Refused, locked
from members.models import User
from reports.models import Proposal, SubmissionVersion
from reports.prose.collation import piece_at

#: The section of a unit's report that proposals stand in.
SECTION = "proposals"


@transaction.atomic
def take_proposal(*, version: SubmissionVersion, place: str, by: User | None, now: dt.datetime) -> Proposal:
    """Enter what stands at `place` of the unit's proposals (``0.2``) as a proposal of its own.

    A second click enters nothing. Raises `Refused` where the report, or the sentence, counts no more.
    """
    submission = locked(version.submission)
    text = piece_at(version.narrative.get(SECTION, ""), place)
    if not text or submission.accepted_version_id != version.pk:
        raise Refused(_("This sentence does not stand in the unit's report any more."))
    values = {"unit": submission.unit, "period": submission.round.period, "taken_at": now, "taken_by": by}
    proposal, created = Proposal.objects.get_or_create(version=version, text=text, defaults=values)
    if created:
        record(verb="proposal.taken", target=proposal, by=by, now=now, unit_id=submission.unit_id)
    return proposal


def lack_of_answer(state: str, answer: str) -> str:
    """Why a proposal can't be in the state yet, in a sentence; empty where it can."""
    is_answered = state in (Proposal.State.ANSWERED, Proposal.State.SETTLED)
    return _("Please write the answer the unit is given.") if is_answered and not answer else ""


@transaction.atomic
def answer_proposal(
    *, proposal: Proposal, state: str, answer: str, revision: int, by: User | None, now: dt.datetime
) -> None:
    """Say how far it is, and what the unit is answered. Raises `StaleEdit`, and `Refused` without a needed answer."""
    if lack := lack_of_answer(state, answer):
        raise Refused(lack, "answer")
    values: dict[str, Any] = {"state": state, "answer": answer}
    if "answer" in changes_between(proposal, {"answer": answer}):
        values |= {"answered_at": now, "answered_by": by} if answer else {"answered_at": None, "answered_by": None}
    act: dict[str, Any] = {"verb": "proposal.answered", "by": by, "now": now, "unit_id": proposal.unit_id}
    change(proposal, values=values, revision=revision, **act, withheld=("answer",))


@transaction.atomic
def remove_proposal(*, proposal: Proposal, by: User, now: dt.datetime) -> None:
    """Take out what was entered by mistake; the unit's report keeps the sentence.

    Raises `Refused` once it is being dealt with.
    """
    held = locked(proposal)
    if held.state != Proposal.State.NEW or held.answer:
        raise Refused(_("This proposal is being dealt with; settle it with an answer instead."), about=held)
    record(verb="proposal.removed", target=held, by=by, now=now, unit_id=held.unit_id)
    held.delete()
