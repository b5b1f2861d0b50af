"""The documents of a meeting that need nothing but the meeting; each from a finished `MeetingPaper`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.text import slugify

from cluster_portal import formatting
from cluster_portal.files.document_head import DocumentHead
from cluster_portal.files.pdf import render_pdf
from meetings.papers.facts import hold_in
from meetings.papers.issuable import CONCLUSION, INVITATION, MINUTES, IssuablePaper, PaperKind, issuable
from meetings.papers.lines import InviteeLine
from meetings.papers.paper import MeetingPaper
from meetings.papers.paragraphs import ranked, write_agenda


def file_name(paper: MeetingPaper, what: str, suffix: str) -> str:
    """A name a person finds again: ``2022-08-16 Bien ban.pdf``."""
    return f"{paper.held_on:%Y-%m-%d} {plain(what)}.{suffix}"


def plain(text: str) -> str:
    """`text` in letters every file system keeps, first letter upper case."""
    return slugify(text.replace("đ", "d").replace("Đ", "D")).replace("-", " ").capitalize()


def _head(paper: MeetingPaper, kind: str, subject: str) -> DocumentHead:
    """Of a paper that goes without number: a list is no kind of document (Nghị định 30/2020/NĐ-CP, Điều 7)."""
    return DocumentHead(paper.letterhead, kind=kind, kind_code="", subject=subject)


def invitations(paper: MeetingPaper, invitees: Sequence[InviteeLine]) -> bytes:
    """Giấy mời: one page for each of `invitees`; with number and date if it still says what was issued."""
    return as_sent(paper, invitees).pdf()


def as_sent(paper: MeetingPaper, invitees: Sequence[InviteeLine]) -> IssuablePaper:
    """The invitations to `invitees`, as they are sent now."""
    is_as_issued = bool(paper.invitation_says) and hold_in(paper.invitation_says, paper.facts)
    number, date = (paper.invitation_number, paper.invitation_date) if is_as_issued else (None, None)
    sent = issuable(INVITATION, paper, number=number, date=date, invitees=invitees)
    # What is sent is no draft; without a number of the portal's it gets one by hand.
    return replace(sent, head=replace(sent.head, is_numbered_elsewhere=True))


def agenda(paper: MeetingPaper) -> bytes:
    return render_pdf(
        "meetings/papers/agenda.html", {"head": agenda_head(paper), "paragraphs": ranked(write_agenda(paper))}
    )


def agenda_head(paper: MeetingPaper) -> DocumentHead:
    return _head(paper, "Chương trình", paper.title)


def sign_in_sheet(paper: MeetingPaper) -> bytes:
    """Danh sách ký tên, to print before the meeting."""
    context = {"paper": paper, "head": _head(paper, "Danh sách đại biểu", f"Dự {paper.title}")}
    return render_pdf("meetings/papers/sign_in_sheet.html", context)


def award_list(paper: MeetingPaper) -> bytes:
    subject = f"Các tập thể, cá nhân được khen thưởng tại {paper.title}"
    head = _head(paper, "Danh sách khen thưởng", subject)
    context = {"paper": paper, "head": head, "awards_counted": formatting.count(len(paper.awards))}
    return render_pdf("meetings/papers/award_list.html", context)


def numbered(kind: PaperKind, paper: MeetingPaper) -> bytes:
    """The paper as it stands, for all who are invited where it is addressed."""
    return invitations(paper, paper.invited) if kind is INVITATION else issuable(kind, paper).pdf()


def minutes(paper: MeetingPaper) -> bytes:
    """Biên bản: no place-and-date line; the secretary signs left, the chair right."""
    return issuable(MINUTES, paper).pdf()


def conclusion_notice(paper: MeetingPaper) -> bytes:
    """Thông báo kết luận of the chair."""
    return issuable(CONCLUSION, paper).pdf()
