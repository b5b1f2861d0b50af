"""The papers of a meeting that leave the house with a number: invitation, minutes, conclusion notice.

`issuable(code, paper)` lays one of them out as a finished value. Number and date stay
open until it is issued, which is the business of the floor above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cluster_portal.files.document_head import DocumentHead, Verification
from cluster_portal.files.pdf import document_html, html_to_pdf
from meetings.papers.lines import InviteeLine
from meetings.papers.paper import MeetingPaper
from meetings.papers.paragraphs import Paragraph, write_conclusion, write_minutes

INVITATION, MINUTES, CONCLUSION = "GM", "BB", "TB"
NAMES = {INVITATION: "Giấy mời", MINUTES: "Biên bản", CONCLUSION: "Thông báo"}
TEMPLATES = {
    INVITATION: "meetings/papers/invitations.html",
    MINUTES: "meetings/papers/minutes.html",
    CONCLUSION: "meetings/papers/conclusion.html",
}
#: Minutes stay in the house.
MINUTES_RECIPIENTS = ("- Lưu: VT, hồ sơ hội nghị.",)
#: How the text of a paper is written; an invitation is a form of its own.
TEXTS = {MINUTES: write_minutes, CONCLUSION: write_conclusion}

#: What of the meeting an invitation tells; letterhead, number and date are not the meeting's.
INVITED_TO = ("cluster", "title", "held_on", "hours", "place_with_host", "chair_name", "chair_title")


@dataclass(frozen=True)
class IssuablePaper:
    """One of the three, ready to be printed; `opening` says what it replaces, where it corrects another."""

    head: DocumentHead
    paper: MeetingPaper
    invitees: tuple[InviteeLine, ...] = ()
    opening: str = ""

    @property
    def signer(self) -> tuple[str, str]:
        """Capacity and name of who answers for it: the chair for the minutes, the cluster's signer otherwise."""
        letterhead = self.head.letterhead
        if self.head.kind_code == MINUTES:
            return "CHỦ TỌA", self.paper.chair_name
        return letterhead.signer_capacity, letterhead.signer_name

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text of minutes and notice."""
        written = TEXTS.get(self.head.kind_code)
        text = written(self.paper) if written else ()
        return (Paragraph(self.opening), *text) if self.opening else text

    @property
    def told(self) -> dict[str, Any]:
        """What it says of the meeting: the same as long as nothing of that changes."""
        if self.head.kind_code == INVITATION:
            return {"says": invitation_says(self.paper), "addressees": self.paper.addressees}
        # The key is part of the fingerprints of what was issued, and stays.
        return {"passages": replace(self, opening="").paragraphs}

    def html(self) -> str:
        context = {**vars(self), "paragraphs": self.paragraphs, "recipient_lines": MINUTES_RECIPIENTS}
        return document_html(TEMPLATES[self.head.kind_code], context)

    def pdf(self) -> bytes:
        return html_to_pdf(self.html())


def invitation_says(paper: MeetingPaper) -> list[str]:
    """What every invitee is told: one of them more or less makes it no other invitation."""
    return [str(getattr(paper, name)) for name in INVITED_TO]


def usual_subject(code: str, paper: MeetingPaper) -> str:
    if code == INVITATION:
        return f"Dự {paper.title}"
    if code == CONCLUSION:
        title = f", {paper.chair_title}," if paper.chair_title else ""
        return f"Kết luận của đồng chí {paper.chair_name}{title} tại {paper.title}"
    return paper.title


def issuable(
    code: str,
    paper: MeetingPaper,
    *,
    subject: str = "",
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
    opening: str = "",
    invitees: Sequence[InviteeLine] | None = None,
) -> IssuablePaper:
    """The paper of the kind `code` (GM, BB or TB); a giấy mời for each of `invitees`, for all where none are named."""
    head = DocumentHead(
        paper.letterhead,
        kind=NAMES[code],
        kind_code=code,
        subject=subject or usual_subject(code, paper),
        number=number,
        date=date,
        verification=verification,
    )
    if invitees is None:
        invitees = (*paper.units, *paper.guests) if code == INVITATION else ()
    return IssuablePaper(head, paper, tuple(invitees), opening)
