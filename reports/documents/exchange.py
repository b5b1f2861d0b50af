"""What a meeting's record and the report on its period say on the same matters, side by side.

Results, shortcomings and tasks are written once: a line of either is taken over into the
other by a click. What both say already, whatever its list sign or full stop, is marked.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.text import fold
from meetings.actions.planning import edit_meeting
from meetings.actions.recording import set_task
from meetings.models import Meeting, Task
from meetings.papers.lines import split_lines
from members.infrastructure.refusals import Refused
from members.models import User
from reports.documents.content import compose_content
from reports.documents.kinds import kind_of
from reports.documents.taking import append_to_passage
from reports.files.summary_report import SummaryReport
from reports.models import DocumentDraft

TASKS = "tasks"
#: What each is called, and the passage of the report that is given what the record says of it.
MATTERS = {
    "results": (gettext_lazy("Results"), "assessment"),
    "shortcomings": (gettext_lazy("Shortcomings and causes"), "shortcomings"),
    TASKS: (gettext_lazy("Tasks"), TASKS),
}
#: Of the report's passages these tell of nothing that was achieved.
_NO_RESULTS = {"basis", "beginning", "situation", "shortcomings", TASKS, "proposals", "coverage"}


@dataclass(frozen=True)
class Line:
    """`key` stands for its words; `is_in_both`: the other side says the same already."""

    text: str
    key: str
    is_in_both: bool


@dataclass(frozen=True)
class Matter:
    code: str
    label: str
    of_report: tuple[Line, ...]
    of_record: tuple[Line, ...]


def report_on(meeting: Meeting, drafts: Iterable[DocumentDraft]) -> DocumentDraft | None:
    """The report on the period the meeting reviews: the one being written, or else the one issued last."""
    found = [draft for draft in drafts if draft.period == meeting.period]
    return min(found, key=lambda draft: (draft.is_issued, -draft.pk), default=None)


def side_by_side(meeting: Meeting, draft: DocumentDraft | None) -> tuple[Matter, ...]:
    of_record, of_report = lines_of_record(meeting), lines_of_report(draft) if draft else {}
    return tuple(
        Matter(
            code,
            str(label),
            _lines(of_report.get(code, ()), of_record[code]),
            _lines(of_record[code], of_report.get(code, ())),
        )
        for code, (label, _passage) in MATTERS.items()
    )


def lines_of_record(meeting: Meeting) -> dict[str, tuple[str, ...]]:
    tasks = meeting.tasks.exclude(status=Task.Status.DROPPED).order_by("order", "pk").values_list("text", flat=True)
    return {
        "results": split_lines(meeting.results),
        "shortcomings": split_lines(meeting.shortcomings),
        TASKS: tuple(line for text in tasks for line in split_lines(text)),
    }


def lines_of_report(draft: DocumentDraft) -> dict[str, tuple[str, ...]]:
    """The paragraphs as printed, with their figures; of an issued report those it was issued with."""
    found: dict[str, list[str]] = {code: [] for code in MATTERS}
    for passage, paragraphs in _passages(draft).items():
        matter = passage if passage in MATTERS else "" if passage in _NO_RESULTS else "results"
        if matter:
            found[matter] += split_lines("\n".join(paragraphs))
    return {code: tuple(lines) for code, lines in found.items()}


def _passages(draft: DocumentDraft) -> Mapping[str, Iterable[str]]:
    if draft.issued:
        return {row["code"]: row["paragraphs"] for row in (draft.issued.summary or {})["narrative"]}
    if not kind_of(draft).is_on_figures:
        raise ValueError("only a report on a period has passages")
    report = cast(SummaryReport, compose_content(draft))
    return {passage.code: passage.paragraphs for passage in report.passages}


@transaction.atomic
def take_into_record(
    *, meeting: Meeting, draft: DocumentDraft, matter: str, key: str, revision: int, by: User, now: dt.datetime
) -> None:
    """Give the meeting's record a line of the report: a point of its results or shortcomings, or a task.

    Raises `StaleEdit`, and `Refused` where the report doesn't say it (any more), or the record does.
    """
    text = _wanted(_matter(meeting, draft, matter).of_report, key)
    if matter == TASKS:
        values = {"text": text, "due_on": None, "status": Task.Status.OPEN}
        set_task(meeting=meeting, values=values, units=[], by=by, now=now)
        return
    stands = getattr(meeting, matter)
    added = {matter: f"{stands}\n{text}".strip()}
    edit_meeting(meeting=meeting, values=added, revision=revision, by=by, now=now)


@transaction.atomic
def take_into_report(
    *, meeting: Meeting, draft: DocumentDraft, matter: str, key: str, revision: int, by: User, now: dt.datetime
) -> None:
    """Put a line of the meeting's record at the end of the passage it belongs to.

    Raises `StaleEdit`, and `Refused` where the record doesn't say it (any more), or the report does.
    """
    text = _wanted(_matter(meeting, draft, matter).of_record, key)
    append_to_passage(draft, MATTERS[matter][1], text, revision=revision, by=by, now=now)


def _matter(meeting: Meeting, draft: DocumentDraft, code: str) -> Matter:
    found = {matter.code: matter for matter in side_by_side(meeting, draft)}
    if code not in found:
        raise Refused(_("Choose a line of the report or of the record."), about=meeting)
    return found[code]


def _wanted(lines: Iterable[Line], key: str) -> str:
    line = next((line for line in lines if line.key == key), None)
    if line is None:
        raise Refused(_("This line was changed meanwhile; look at it again."))
    if line.is_in_both:
        raise Refused(_("This has been taken over already."))
    return line.text


def _lines(texts: Iterable[str], others: Iterable[str]) -> tuple[Line, ...]:
    said = {_plain(text) for text in others}
    return tuple(Line(text, _key(text), _plain(text) in said) for text in dict.fromkeys(texts))


def _plain(text: str) -> str:
    return fold(text).strip(" .;:/")


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
