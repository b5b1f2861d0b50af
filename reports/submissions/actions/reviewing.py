"""What is done with a report that was sent: checked, taken back, returned, accepted, reopened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.infrastructure.audit import record
from members.infrastructure.outbox.posting import post
from members.infrastructure.refusals import Refused
from members.models import Unit, User
from reports.models import ReportingRound, Submission
from reports.submissions import mail, notices
from reports.submissions.actions.reports import Status, locked_at, move, require_status
from reports.submissions.actions.rounds import take_back_closing
from reports.submissions.talk import talks_on
from reports.submissions.waiting import look_through


@transaction.atomic
def begin_check(*, submission: Submission, revision: int, by: User, now: dt.datetime) -> Submission:
    """Kiểm tra: from now on the unit can't take the report back. Raises `StaleEdit` where it just did."""
    submission = locked_at(submission.round, submission.unit, revision=revision)
    require_status(submission, Status.SUBMITTED)
    if submission.checked_since is None:
        submission.checked_since, submission.checked_by = now, by
        submission.revision += 1
        submission.save(update_fields=["checked_since", "checked_by", "revision"])
        record(verb="submission.check_begun", target=submission, by=by, now=now, unit_id=submission.unit_id)
    return submission


@transaction.atomic
def withdraw(*, submission: Submission, revision: int, by: User, now: dt.datetime) -> Submission:
    """Rút: the unit takes a report back that nobody has begun to check; it counts as not sent.

    Raises `Refused` where the checking has begun, `StaleEdit` where the report has gone on otherwise.
    """
    submission = locked_at(submission.round, submission.unit, revision=revision)
    require_status(submission, Status.SUBMITTED)
    if not submission.can_be_withdrawn:
        raise Refused(_("The secretariat has begun to check the report; call it to get the report back."))
    sent = submission.versions.latest("number")
    sent.withdrawn_at = now
    sent.save(update_fields=["withdrawn_at"])
    stands = submission.versions.filter(withdrawn_at__isnull=True)
    submission.first_submitted_at = stands.aggregate(first=Min("submitted_at"))["first"]
    move(submission, Status.DRAFT, verb="submission.withdrawn", by=by, now=now)
    return submission


@transaction.atomic
def return_report(
    *, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime, origin: str = ""
) -> Submission:
    """Trả lại: hand the report back to the unit with a comment that says what is wanted.

    Where comments at its places say it, none is needed. Its liaisons are written to where the portal's address
    is given as `origin`.
    """
    submission = locked_at(submission.round, submission.unit, revision=revision)
    require_status(submission, Status.SUBMITTED)
    comment = comment or _named_by_comments(submission)
    move(submission, Status.RETURNED, verb="submission.returned", by=by, now=now, comment=comment)
    _tell_the_unit(submission, origin=origin, by=by, now=now)
    return submission


def _named_by_comments(submission: Submission) -> str:
    """Where the open comments stand. Raises `Refused` where there is none."""
    places = dict.fromkeys(talk.label for talk in talks_on(submission) if talk.is_open)
    if not places:
        raise Refused(_("Say what the unit should change."), "comment")
    with translation.override(settings.LANGUAGE_CODE):  # it is kept, and others read it
        return _("See the comments on: %(places)s.") % {"places": "; ".join(places)}


@transaction.atomic
def accept(*, submission: Submission, revision: int, by: User | None, now: dt.datetime, origin: str = "") -> Submission:
    """Tiếp nhận: the newest version counts from now on, and the report is locked.

    Its liaisons are told, unless they want no notices, where the portal's address is given as `origin`.
    """
    submission = locked_at(submission.round, submission.unit, revision=revision)
    require_status(submission, Status.SUBMITTED)
    submission.accepted_version = submission.versions.latest("number")
    move(submission, Status.ACCEPTED, verb="submission.accepted", by=by, now=now)
    people = submission.unit.people.active().liaisons().filter(wants_notices=True).in_order() if origin else ()
    for person in people:
        letter = notices.accepted(person, submission.round, revision=submission.revision, origin=origin, now=now)
        post(letter, about=submission, by=by, now=now)
    return submission


def accept_together(
    *, round_: ReportingRound, chosen: Mapping[int, int], by: User, now: dt.datetime, origin: str = ""
) -> list[tuple[Unit, str]]:
    """Accept the reports of the units `chosen`, which stood at these revisions, each in a transaction of its own.

    Why a report was not accepted stands beside its unit; it is empty of one that was.
    """
    outcome = []
    submissions = round_.submissions.filter(unit__in=chosen).select_related("unit").order_by("unit__order", "unit")
    for submission in submissions:
        submission.round = round_
        try:
            _accept_clean(submission, revision=chosen[submission.unit_id], by=by, now=now, origin=origin)
        except Refused as refusal:
            outcome.append((submission.unit, refusal.sentence))
        else:
            outcome.append((submission.unit, ""))
    return outcome


@transaction.atomic
def _accept_clean(submission: Submission, *, revision: int, by: User, now: dt.datetime, origin: str) -> None:
    """Raises `Refused` where something in it is still to be looked at."""
    accept(submission=submission, revision=revision, by=by, now=now, origin=origin)
    looked = look_through(submission.round, [submission])[submission.unit_id]
    if looked.open:
        raise Refused(
            ngettext("%(n)d thing is still to be looked at.", "%(n)d things are still to be looked at.", looked.open)
            % {"n": looked.open}
        )


@transaction.atomic
def reopen(
    *, submission: Submission, comment: str, revision: int, by: User, now: dt.datetime, origin: str = ""
) -> Submission:
    """Give an accepted report back for correction; its figures don't count until it is accepted again.

    A round that was closed is collected on: the reason it was closed with told of others.
    """
    submission = locked_at(submission.round, submission.unit, revision=revision)
    require_status(submission, Status.ACCEPTED)
    submission.accepted_version = None
    move(submission, Status.RETURNED, verb="submission.reopened", by=by, now=now, comment=comment)
    take_back_closing(submission.round, by=by, now=now)
    _tell_the_unit(submission, origin=origin, by=by, now=now)
    return submission


def _tell_the_unit(submission: Submission, *, origin: str, by: User, now: dt.datetime) -> None:
    """Write to the unit's liaisons that their report is back."""
    liaisons = submission.unit.people.active().liaisons().in_order() if origin else ()
    for person in liaisons:
        letter = mail.returned(person, submission.round, revision=submission.revision, origin=origin)
        post(letter, about=submission, by=by, now=now)
