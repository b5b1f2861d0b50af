"""The report a URL names, for every view of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from cluster_portal.door import number_in
from cluster_portal.periods import Period
from members.infrastructure.capabilities import Can, SignedInRequest, allowed
from members.models import Unit
from reports.models import IssuedDocument, ReportingRound, Submission, SubmissionVersion
from reports.submissions import actions


@dataclass(frozen=True)
class AskedSubmission:
    """The report a URL names: a unit's in a round, begun (`submission`) or not.

    `issued` is the document that holds the round's figures for good, where there is one.
    """

    round: ReportingRound
    unit: Unit
    submission: Submission | None
    issued: IssuedDocument | None = None

    @property
    def is_open(self) -> bool:
        return self.issued is None and (self.submission is None or self.submission.is_open)

    @property
    def url_args(self) -> tuple[Period, int]:
        return self.round.period, self.unit.pk


def asked_submission(request: SignedInRequest, period: Period, unit_id: int) -> AskedSubmission:
    """The report the user asks for; 404 for a unit that isn't theirs, or has nothing to do with the round."""
    opened = get_object_or_404(ReportingRound, period=period)
    unit = get_object_or_404(opened.units_with_access().visible_to(request.user), pk=unit_id)
    submission = opened.submissions.filter(unit=unit).select_related("unit", "saved_by", "checked_by").first()
    if submission:
        submission.round = opened
    return AskedSubmission(opened, unit, submission, IssuedDocument.objects.locking(period).first())


def require_open(asked: AskedSubmission) -> None:
    """Raises `Refused` where the unit can write in the report no more, for what is sent too late."""
    if asked.submission and not asked.is_open:
        actions.require_not_issued(asked.round, about=asked.submission)
        raise actions.no_longer_open(asked.submission)


def may_withdraw(request: SignedInRequest, submission: Submission | None) -> bool:
    """Whether it is the person's to take back: the secretariat returns a unit's report, withdraws one it entered."""
    if submission is None or not submission.can_be_withdrawn:
        return False
    is_own = submission.source == Submission.Source.PAPER or not allowed(request.user, Can.REVIEW_REPORTS)
    return is_own and allowed(request.user, Can.FILL_REPORTS)


def revision_in(request: SignedInRequest) -> int:
    """The revision the form was opened at; -1, which no report has, where it was tampered with."""
    return number_in(request.POST.get("revision"), otherwise=-1)


def shown_version(
    request: SignedInRequest, asked: AskedSubmission
) -> tuple[list[SubmissionVersion], SubmissionVersion | None]:
    """Every submitted version, and the one `?version=` asks for: without it the newest."""
    if asked.submission is None:
        return [], None
    versions = list(asked.submission.versions.select_related("submitted_by", "submission__unit", "submission__round"))
    wanted = request.GET.get("version", "")
    newest = versions[-1] if versions else None
    return versions, next((version for version in versions if str(version.number) == wanted), newest)
