"""What a reviewer says at the places of a report, answered and settled by either side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from members.infrastructure.audit import record
from members.infrastructure.capabilities import Can, allowed
from members.infrastructure.outbox.posting import post
from members.infrastructure.refusals import locked
from members.models import User
from reports.models import ReviewAnswer, ReviewComment, Submission
from reports.submissions import notices
from reports.submissions.actions.reports import Status, locked_as_it_is, require_status
from reports.submissions.actions.reviewing import begin_check
from reports.submissions.talk import Answer

#: While a report isn't accepted, it is talked about.
TALKED_ABOUT = (Status.DRAFT, Status.SUBMITTED, Status.RETURNED)


@transaction.atomic
def comment_on(
    *, submission: Submission, field: str, label: str, text: str, by: User, now: dt.datetime
) -> ReviewComment:
    """Say something at a place of the newest version; whoever does so has begun to check it.

    The same said a second time, as by a double click, is one comment. Raises `Refused` where the report
    is neither waiting nor returned.
    """
    held = locked_as_it_is(submission.round, submission.unit)
    require_status(held, Status.SUBMITTED, Status.RETURNED)
    version = held.versions.latest("number")
    same = version.comments.open().filter(field=field, text=text, written_by=by).first()
    if same:
        return same
    if held.status == Status.SUBMITTED:
        begin_check(submission=held, revision=held.revision, by=by, now=now)
    comment = ReviewComment.objects.create(
        version=version, field=field, label=label[:250], text=text, written_at=now, written_by=by
    )
    record(verb="comment.written", target=comment, by=by, now=now, unit_id=held.unit_id)
    return comment


@transaction.atomic
def answer_comment(
    *, comment: ReviewComment, text: str, is_settled: bool = False, by: User, now: dt.datetime, origin: str = ""
) -> None:
    """Answer a comment, and say with it that it is settled; a `text` may be left out then.

    Whoever takes part in the talk on the other side is told where the portal's address is given as `origin`.
    """
    submission = _talked_about(comment)
    if text:
        _say(comment, text, by=by, now=now)
    if is_settled:
        _settle(comment, by=by, now=now)
    if text:
        _tell(submission, [comment], origin=origin, by=by, now=now)


@transaction.atomic
def open_comment(*, comment: ReviewComment, by: User, now: dt.datetime) -> None:
    """Open a comment again that was taken for settled."""
    _talked_about(comment)
    held = locked(comment)
    if held.is_open:
        return
    held.resolved_at = held.resolved_by = None
    held.revision += 1
    held.save(update_fields=["resolved_at", "resolved_by", "revision"])
    record(verb="comment.opened", target=held, by=by, now=now, unit_id=held.version.submission.unit_id)


def take_answers(
    submission: Submission, answers: Mapping[int, Answer], *, by: User, now: dt.datetime, origin: str
) -> None:
    """What the unit answered in its report, which is being sent."""
    comments = ReviewComment.objects.on(submission).filter(pk__in=answers).select_related("version__submission")
    answered = []
    for comment in comments:
        answer = answers[comment.pk]
        if answer.text:
            _say(comment, answer.text, by=by, now=now)
            answered.append(comment)
        if answer.is_settled:
            _settle(comment, by=by, now=now)
    if answered:
        _tell(submission, answered, origin=origin, by=by, now=now)


def _talked_about(comment: ReviewComment) -> Submission:
    """The report under a lock. Raises `Refused` where it is accepted or issued."""
    submission = comment.version.submission
    held = locked_as_it_is(submission.round, submission.unit)
    require_status(held, *TALKED_ABOUT)
    return held


def _say(comment: ReviewComment, text: str, *, by: User, now: dt.datetime) -> None:
    last = comment.answers.last()
    if last and (last.text, last.written_by_id) == (text, by.pk):
        return  # a double click
    ReviewAnswer.objects.create(comment=comment, text=text, written_at=now, written_by=by)
    record(verb="comment.answered", target=comment, by=by, now=now, unit_id=comment.version.submission.unit_id)


def _settle(comment: ReviewComment, *, by: User, now: dt.datetime) -> None:
    held = locked(comment)
    if not held.is_open:
        return
    held.resolved_at, held.resolved_by = now, by
    held.revision += 1
    held.save(update_fields=["resolved_at", "resolved_by", "revision"])
    record(verb="comment.settled", target=held, by=by, now=now, unit_id=held.version.submission.unit_id)


def _tell(
    submission: Submission, comments: Iterable[ReviewComment], *, origin: str, by: User, now: dt.datetime
) -> None:
    """One letter a day to each person on the other side: to the unit, or to whoever commented."""
    if not origin:
        return
    if allowed(by, Can.REVIEW_REPORTS):
        told = submission.unit.people.active().liaisons()
    else:
        told = User.objects.active().filter(pk__in=[comment.written_by_id for comment in comments])
    for person in told.filter(wants_notices=True).exclude(pk=by.pk).in_order():
        post(notices.answered(person, submission, origin=origin, now=now), about=submission, by=by, now=now)
