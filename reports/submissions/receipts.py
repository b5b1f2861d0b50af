"""What a unit holds in hand when its report has been received."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from reports.models import SubmissionVersion


@dataclass(frozen=True)
class Receipt:
    """One version received: its number in the round, when and from whom, and what was declared with it."""

    number: str
    unit: str
    period: str
    version: int
    at: dt.datetime
    by: str
    declaration: str
    is_withdrawn: bool

    @classmethod
    def of(cls, version: SubmissionVersion) -> Receipt | None:
        """None for what was imported: nobody handed it in."""
        if not version.receipt:
            return None
        submission = version.submission
        return cls(
            number=version.receipt,
            unit=submission.unit.name,
            period=submission.round.period.label,
            version=version.number,
            at=version.submitted_at,
            by=version.submitted_by.full_name if version.submitted_by else "",
            declaration=version.declaration,
            is_withdrawn=version.withdrawn_at is not None,
        )
