"""A meeting's minutes and conclusion notice as Word files, on the office's own base if it has one."""

from __future__ import annotations

from meetings.papers import word_files
from meetings.papers.issuable import CONCLUSION, MINUTES, issuable
from meetings.papers.paper import MeetingPaper
from reports.models import WordBase


def minutes(paper: MeetingPaper) -> bytes:
    return word_files.write(issuable(MINUTES, paper), base=WordBase.content_in_use())


def conclusion_notice(paper: MeetingPaper) -> bytes:
    return word_files.write(issuable(CONCLUSION, paper), base=WordBase.content_in_use())
