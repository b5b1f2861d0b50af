"""A meeting's minutes and conclusion notice as Word files, on the office's own base if it has one."""

from __future__ import annotations

from meetings import documents, word_files
from meetings.paper import MeetingPaper
from reports.documents.models import WordBase


def minutes(paper: MeetingPaper) -> bytes:
    return word_files.minutes(paper, head=documents.minutes_head(paper), base=WordBase.content_in_use())


def conclusion_notice(paper: MeetingPaper) -> bytes:
    return word_files.conclusion_notice(paper, head=documents.conclusion_head(paper), base=WordBase.content_in_use())
