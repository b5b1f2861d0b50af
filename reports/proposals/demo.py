"""Sample proposals: entered from the sample's reports, some of them answered."""

from __future__ import annotations

import datetime as dt

from cluster_portal.periods import Period
from members.models import User
from reports.models import Proposal, SubmissionVersion
from reports.proposals.actions import answer_proposal, take_proposal
from reports.proposals.texts import written_proposals

State = Proposal.State
#: How far the first proposals are; those after them are new.
ANSWERED = (
    (State.SETTLED, "(Dữ liệu mẫu) Cụm đã thực hiện trong tháng 7 năm 2022."),
    (State.ANSWERED, "(Dữ liệu mẫu) Cụm đã ghi nhận, đưa vào kế hoạch 6 tháng cuối năm 2022."),
    (State.CONSIDERED, ""),
)
MOST = 8


def seed_proposals(period: Period, *, by: User, now: dt.datetime) -> None:
    """The first sentence of some units' proposals, and what they were answered."""
    written = [text for texts in written_proposals(period).values() for text in texts]
    for place, text in enumerate(written[:MOST]):
        version = SubmissionVersion.objects.get(pk=text.source.version or 0)
        proposal = take_proposal(version=version, place="0.0", by=by, now=now)
        if place < len(ANSWERED):
            state, answer = ANSWERED[place]
            answer_proposal(proposal=proposal, state=state, answer=answer, revision=1, by=by, now=now)
