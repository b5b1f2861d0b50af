"""What waits for review: how much of each report is still to be looked at, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cluster_portal.periods import Period
from reports.content import SubmissionContent
from reports.models import ReportingRound, ReviewComment, Submission, SubmissionVersion
from reports.submissions import reading
from reports.submissions.catalogue import Catalogue
from reports.submissions.last_half import LastHalf
from reports.submissions.oddities import OwnRange
from reports.submissions.register import Register


@dataclass(frozen=True)
class Looked:
    """What is open in a report that waits.

    `unexplained` are warnings nobody answered with a sentence, `explained` those somebody did; `short`:
    categories of which the register holds more cases by now.
    """

    unexplained: int = 0
    explained: int = 0
    short: int = 0
    open_comments: int = 0

    @property
    def open(self) -> int:
        return self.unexplained + self.short + self.open_comments


def look_through(opened: ReportingRound, submissions: Iterable[Submission]) -> dict[int, Looked]:
    """What is open in each of the reports of the round, by the key of the unit; no query where there is none."""
    waiting = {submission.unit_id: submission for submission in submissions}
    if not waiting:
        return {}
    versions = SubmissionVersion.objects.newest_of(waiting.values()).select_related("submission").with_content()
    contents = {version.submission.unit_id: version.content() for version in versions}
    around = _Around.of(opened, contents)
    comments = ReviewComment.objects.open().filter(version__submission__in=waiting.values())
    said = Counter(comments.values_list("version__submission__unit_id", flat=True))
    return {unit: around.look(unit, content, open_comments=said[unit]) for unit, content in contents.items()}


@dataclass(frozen=True)
class _Around:
    """What the reports of many units are read beside, by the key of the unit."""

    catalogue: Catalogue
    bases: dict[int, SubmissionContent]
    last_halves: dict[int, LastHalf]
    ranges: dict[int, OwnRange]
    registers: dict[int, Register]

    @classmethod
    def of(cls, opened: ReportingRound, contents: dict[int, SubmissionContent]) -> _Around:
        period: Period = opened.period
        codes = {code for content in contents.values() for code in (*content.categories, *content.indicators)}
        return cls(
            catalogue=Catalogue.load(period=period, including=frozenset(codes)),
            bases=reading.base_contents(contents, period),
            last_halves=LastHalf.of_units(contents, period),
            ranges=OwnRange.of_units(contents, period),
            registers=Register.of_units(opened),
        )

    def look(self, unit: int, content: SubmissionContent, *, open_comments: int) -> Looked:
        read = reading.read(
            content,
            base=self.bases.get(unit),
            previous=None,
            catalogue=self.catalogue,
            last_half=self.last_halves.get(unit),
            own_range=self.ranges.get(unit),
        )
        short = len(self.registers.get(unit, Register()).short_of(content))
        return Looked(read.unexplained, read.warnings - read.unexplained, short, open_comments)
