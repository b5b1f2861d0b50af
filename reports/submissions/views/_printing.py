"""A unit's report as it prints, from what a URL names."""

from __future__ import annotations

from members.models import Cluster
from reports.content import SubmissionContent
from reports.submissions.letterhead import unit_report_head
from reports.submissions.printed import PrintedReport, print_report
from reports.submissions.readable import ReadSubmission
from reports.submissions.views._asked_submission import AskedSubmission


def as_printed(
    asked: AskedSubmission,
    report: ReadSubmission,
    *,
    content: SubmissionContent,
    base: SubmissionContent | None,
    is_draft: bool = False,
    is_withdrawn: bool = False,
) -> PrintedReport:
    """On the unit's own letterhead; a draft says that it is one, and a version the unit took back that it did."""
    cluster = Cluster.get()
    return print_report(
        report,
        head=unit_report_head(
            unit=asked.unit,
            cluster=cluster,
            period=asked.round.period,
            is_draft=is_draft,
            is_withdrawn=is_withdrawn,
        ),
        addressee=cluster.name,
        content=content,
        base=base,
        starts_on=asked.round.starts_on,
        ends_on=asked.round.ends_on,
    )
