"""The papers of a meeting that leave the house with a number: invitation, minutes, conclusion notice.

`issuable(kind, paper)` lays one of them out as a finished value. Number and date stay
open until it is issued, which is the business of the floor above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cluster_portal.files.document_head import AS_ABOVE, DocumentHead, Verification
from cluster_portal.files.pdf import document_html, html_to_pdf
from meetings.papers import facts
from meetings.papers.facts import Facts, MadeOf
from meetings.papers.lines import InviteeLine
from meetings.papers.paper import MeetingPaper
from meetings.papers.paragraphs import Paragraph, ranked, write_conclusion, write_invitation, write_minutes


@dataclass(frozen=True)
class PaperKind:
    """All that sets one kind of paper apart; whoever deals with papers asks the kind, not which one it is.

    `name` stands in the head, `title` names its files; `made_of` are the facts it tells;
    `is_issued_before` the meeting, or once it was held. `write` writes its text, without
    which it is a form of its own. `lack` and `blanks` are asked before it is issued: why it
    can't be yet, and what is left to be filled in by hand. `recipients`, or nobody where it
    is `kept_beside` something, stand in the place of the letterhead's.
    """

    code: str
    name: str
    title: str
    template: str
    made_of: MadeOf
    usual_subject: Callable[[MeetingPaper], str]
    is_issued_before: bool
    write: Callable[[MeetingPaper], tuple[Paragraph, ...]] | None = None
    signer: Callable[[MeetingPaper], tuple[str, str]] | None = None
    lack: Callable[[MeetingPaper], str] = lambda _paper: ""
    blanks: Callable[[MeetingPaper], list[str]] = lambda _paper: []
    recipients: tuple[str, ...] = ()
    kept_beside: str = ""
    is_addressed: bool = False
    is_dated: bool = True
    is_signed_by_secretary: bool = False

    def __reduce__(self) -> tuple[Callable[[str], PaperKind], tuple[str]]:
        """By its code: it is a part of the program (`finished.edition`), not of what a paper is made of."""
        return _kind_of, (self.code,)


def _kind_of(code: str) -> PaperKind:
    return PAPER_KINDS[code]


def _blanks_of_minutes(paper: MeetingPaper) -> list[str]:
    asked = {
        _("the hour it began"): paper.starts,
        _("the hour it ended"): paper.ends,
        _("the secretary"): paper.secretary_name,
    }
    return [name for name, value in asked.items() if not value]


def _subject_of_conclusion(paper: MeetingPaper) -> str:
    title = f", {paper.chair_title}," if paper.chair_title else ""
    return f"Kết luận của đồng chí {paper.chair_name}{title} tại {paper.title}"


INVITATION = PaperKind(
    code="GM",
    name="Giấy mời",
    title="Giấy mời",
    template="meetings/papers/invitations.html",
    made_of=facts.INVITATION,
    usual_subject=lambda paper: f"Dự {paper.title}",
    recipients=(f"- {AS_ABOVE};",),
    is_addressed=True,
    is_issued_before=True,
)
MINUTES = PaperKind(
    code="BB",
    name="Biên bản",
    title="Biên bản",
    template="meetings/papers/minutes.html",
    made_of=facts.MINUTES,
    usual_subject=lambda paper: paper.title,
    is_issued_before=False,
    write=write_minutes,
    signer=lambda paper: ("CHỦ TỌA", paper.chair_name),
    blanks=_blanks_of_minutes,
    kept_beside="hồ sơ hội nghị",  # minutes stay in the house
    is_dated=False,
    is_signed_by_secretary=True,
)
CONCLUSION = PaperKind(
    code="TB",
    name="Thông báo",
    title="Thông báo kết luận",
    template="meetings/papers/conclusion.html",
    made_of=facts.CONCLUSION,
    usual_subject=_subject_of_conclusion,
    is_issued_before=False,
    write=write_conclusion,
    lack=lambda paper: "" if paper.conclusion else _("The chair's conclusion has not been recorded yet."),
)
#: In the order they are needed.
PAPER_KINDS = {kind.code: kind for kind in (INVITATION, MINUTES, CONCLUSION)}


@dataclass(frozen=True)
class IssuablePaper:
    """A paper ready to be printed; `opening` says what it replaces, where it corrects another."""

    kind: PaperKind
    head: DocumentHead
    paper: MeetingPaper
    invitees: tuple[InviteeLine, ...] = ()
    opening: str = ""

    @property
    def code(self) -> str:
        """Of its kind."""
        return self.kind.code

    @property
    def signer(self) -> tuple[str, str]:
        """Capacity and name of who answers for it: the cluster's signer where the kind names nobody else."""
        letterhead = self.head.letterhead
        if self.kind.signer:
            return self.kind.signer(self.paper)
        return letterhead.signer_capacity, letterhead.signer_name

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        """Below “Nơi nhận”: the letterhead's where the kind names nobody else."""
        kind, letterhead = self.kind, self.head.letterhead
        if not (kind.recipients or kind.kept_beside):
            return letterhead.recipient_lines
        return (*kind.recipients, letterhead.archive_line(kind.kept_beside))

    @property
    def signature_lines(self) -> tuple[str, ...]:
        """Whatever is printed of who signs, from the top down."""
        if not self.kind.is_signed_by_secretary:
            return self.head.letterhead.signature_lines
        lines = ("THƯ KÝ", self.paper.secretary_name, *self.signer)
        return tuple(filter(None, lines))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text of minutes and notice."""
        text = self.kind.write(self.paper) if self.kind.write else ()
        return (Paragraph(self.opening), *text) if self.opening else text

    @property
    def letters(self) -> tuple[tuple[Paragraph, ...], ...]:
        """The text to each of the invitees."""
        return tuple(write_invitation(self.paper, invitee, opening=self.opening) for invitee in self.invitees)

    @property
    def facts(self) -> Facts:
        """What it is made of: the same as long as nothing of that changes, however it is worded."""
        return facts.select(self.paper.facts, self.kind.made_of)

    @property
    def says(self) -> dict[str, Any]:
        """What everybody is told of the meeting: one addressee more or less makes it no other paper."""
        (meeting,) = self.facts["meeting"]
        return meeting

    def html(self) -> str:
        told = {"paragraphs": ranked(self.paragraphs), "letters": self.letters, "recipient_lines": self.recipient_lines}
        context = {**vars(self), **told}
        return document_html(self.kind.template, context)

    def pdf(self) -> bytes:
        return html_to_pdf(self.html())


def issuable(
    kind: PaperKind,
    paper: MeetingPaper,
    *,
    subject: str = "",
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
    opening: str = "",
    invitees: Sequence[InviteeLine] | None = None,
) -> IssuablePaper:
    """The paper; one that is addressed for each of `invitees`, for all where none are named.

    It has the letterhead of the meeting's day, an invitation that of the day on which is invited.
    """
    head = DocumentHead(
        paper.inviting if kind.is_issued_before else paper.letterhead,
        kind=kind.name,
        kind_code=kind.code,
        subject=subject or kind.usual_subject(paper),
        number=number,
        date=date,
        verification=verification,
    )
    if invitees is None:
        invitees = paper.invited if kind.is_addressed else ()
    return IssuablePaper(kind, head, paper, tuple(invitees), opening)
