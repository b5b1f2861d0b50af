"""A meeting's minutes and conclusion notice as Word files, on the office's own base if it has one."""

from __future__ import annotations

from meetings.papers import word_files
from meetings.papers.issuable import CONCLUSION, MINUTES, issuable
from meetings.papers.news import news_item
from meetings.papers.paper import MeetingPaper
from reports.models import WordBase


def minutes(paper: MeetingPaper) -> bytes:
    return word_files.write(issuable(MINUTES, paper), base=WordBase.content_in_use())


def news(paper: MeetingPaper) -> bytes:
    """The news item: no official document, so it stands on no base of the office."""
    return word_files.news(news_item(paper))


def conclusion_notice(paper: MeetingPaper) -> bytes:
    return word_files.write(issuable(CONCLUSION, paper), base=WordBase.content_in_use())
