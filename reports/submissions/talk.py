"""The talk at the places of a report, as plain values: a reviewer's comments and what was answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from reports.content import SECTIONS
from reports.models import IssuedDocument, ReviewComment, Submission
from reports.submissions.rules import FieldPlace
from reports.submissions.steps import STEPS
from reports.submissions.typed import place_of


@dataclass(frozen=True)
class Said:
    text: str
    name: str
    at: dt.datetime


@dataclass(frozen=True)
class Answer:
    """What a unit answers to a comment with the report it sends, and whether it takes the comment for settled."""

    text: str
    is_settled: bool


@dataclass(frozen=True)
class Talk:
    """A comment with its answers; `field` is where the form has what it is about."""

    pk: int
    field: str
    label: str
    said: Said
    answers: tuple[Said, ...]
    version: int
    is_open: bool
    resolved_by: str

    @classmethod
    def of(cls, comment: ReviewComment) -> Talk:
        """`comment` as fetched by `with_answers`."""
        answers = comment.answers.all()
        return cls(
            pk=comment.pk,
            field=comment.field,
            label=comment.label,
            said=Said(comment.text, comment.written_by.full_name, comment.written_at),
            answers=tuple(Said(each.text, each.written_by.full_name, each.written_at) for each in answers),
            version=comment.version.number,
            is_open=comment.is_open,
            resolved_by=comment.resolved_by.full_name if comment.resolved_by else "",
        )

    @property
    def place(self) -> FieldPlace:
        return place_of(self.field)

    @property
    def anchor(self) -> str:
        return f"comment-{self.pk}"

    @property
    def turn(self) -> tuple[int, int, int]:
        """Where it stands in the report: step, section, and of one place the older first."""
        at = self.place
        step = next((number for number, step in enumerate(STEPS) if step.holds(at)), len(STEPS))
        section = list(SECTIONS).index(at.code) if at.kind == "section" and at.code in SECTIONS else len(SECTIONS)
        return step, section, self.pk


def talks_on(submission: Submission | None) -> tuple[Talk, ...]:
    """All that was said about the report, in the order of its steps (two queries; none before it is first sent)."""
    if submission is None or submission.first_submitted_at is None:
        return ()
    return tuple(sorted(map(Talk.of, ReviewComment.objects.on(submission).with_answers()), key=lambda talk: talk.turn))


def may_be_talked_about(submission: Submission, issued: IssuedDocument | None) -> bool:
    """Whether comments can still be answered: the report isn't accepted, nor its period issued."""
    return issued is None and submission.status != Submission.Status.ACCEPTED


def at_row(talks: Iterable[Talk], kind: str, code: str) -> tuple[Talk, ...]:
    """What was said about a section, or about any figure of a category or an indicator."""
    return tuple(talk for talk in talks if (talk.place.kind, talk.place.code) == (kind, code))


def way_in(submission: Submission, talks: Sequence[Talk]) -> str:
    """The address of the report's form: at the first open comment of a report that was returned."""
    address = reverse("reports:submission-edit", args=[submission.round.period, submission.unit_id])
    first = next((talk for talk in talks if talk.is_open), None)
    if first is None or not submission.is_open:
        return address
    return f"{address}?field={first.field}#{first.anchor}"
