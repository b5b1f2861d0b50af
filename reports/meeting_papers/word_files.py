"""A meeting's papers as Word files, on the office's own base if it has one."""

from __future__ import annotations

from meetings.papers import word_files
from meetings.papers.issuable import PaperKind, issuable
from meetings.papers.news import news_item
from meetings.papers.paper import MeetingPaper
from meetings.papers.pdf_files import as_sent
from reports.meeting_papers import summary_word_file
from reports.meeting_papers.summary import MeetingSummary
from reports.models import WordBase


def write(kind: PaperKind, paper: MeetingPaper) -> bytes:
    return word_files.write(issuable(kind, paper), base=WordBase.content_in_use())


def invitations(paper: MeetingPaper) -> bytes:
    """A letter for each who is invited, as it is sent."""
    return word_files.write(as_sent(paper, paper.invited), base=WordBase.content_in_use())


def agenda(paper: MeetingPaper) -> bytes:
    return word_files.agenda(paper, base=WordBase.content_in_use())


def meeting_report(summary: MeetingSummary) -> bytes:
    return summary_word_file.write(summary, base=WordBase.content_in_use())


def news(paper: MeetingPaper) -> bytes:
    """The news item: no official document, so it stands on no base of the office."""
    return word_files.news(news_item(paper))
