"""What a draft says, as a finished value at one moment: a period's report, or a paper of a meeting."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from cluster_portal import formatting
from cluster_portal.files.document_head import Verification
from meetings.models import Meeting
from meetings.papers.issuable import CONCLUSION, MINUTES, NAMES, IssuablePaper, issuable
from meetings.papers.paper import meeting_paper
from members.letterhead import build_letterhead
from members.models import Cluster
from reports.comparison.period_states import states_of
from reports.comparison.summarise import summarise
from reports.comparison.values import Summary
from reports.documents.fingerprint import fingerprint, fingerprint_of_values
from reports.files import summary_report
from reports.files.summary_report import SummaryReport, build_report
from reports.models import DocumentDraft, IssuedDocument, Kind

Content = SummaryReport | IssuablePaper

#: What a document calls itself and those it replaces.
PRINTED = {Kind.REPORT: summary_report.KIND, **{Kind(code): name for code, name in NAMES.items()}}


def compose_content(
    draft: DocumentDraft,
    *,
    number: int | None = None,
    date: dt.date | None = None,
    verification: Verification | None = None,
) -> Content:
    """The draft as things stand now; number and date stay open unless told."""
    opening = replacement_note(draft)
    if draft.meeting:
        paper = meeting_paper(draft.meeting)
        return issuable(
            draft.kind,
            paper,
            subject=draft.subject,
            number=number,
            date=date,
            verification=verification,
            opening=opening,
        )
    return build_report(
        summarise_now(draft),
        build_letterhead(Cluster.get()),
        subject=draft.subject,
        number=number,
        date=date,
        verification=verification,
        opening=opening,
        text=draft.text,
    )


def summarise_now(comparison: DocumentDraft | IssuedDocument) -> Summary:
    """The comparison a report is on, as the figures stand now."""
    if comparison.period is None:
        raise ValueError("only a report compares periods")
    return summarise(current=comparison.period, baseline=comparison.baseline)


def content_fingerprint(content: Content) -> str:
    """The same as long as the content says the same, whatever its number, date and letterhead."""
    if isinstance(content, SummaryReport):
        return fingerprint(content.summary)
    return fingerprint_of_values(content.told)


def fingerprint_now(document: IssuedDocument) -> str:
    """What the fingerprint of an issued document would be today."""
    if document.meeting:
        return content_fingerprint(issuable(document.kind, meeting_paper(document.meeting)))
    return fingerprint(summarise_now(document))


def replacement_note(draft: DocumentDraft) -> str:
    """What a correction prints about the document it replaces."""
    replaced = draft.corrects
    if replaced is None:
        return ""
    name = PRINTED[Kind(draft.kind)]
    return f"{name} này thay thế {name} số {replaced.notation} {formatting.long_date(replaced.issued_on)}."


def list_gaps(content: Content, meeting: Meeting | None) -> list[str]:
    """What will lack for good once the content is issued as it is, in sentences; none of it stops the issue."""
    if isinstance(content, SummaryReport):
        missing = content.summary.coverage.expected - content.summary.coverage.current
        return [_("Units without figures for this period: %(n)d.") % {"n": missing}] if missing else []
    gaps = []
    if content.head.kind_code == MINUTES:
        blanks = {
            _("the hour it began"): content.paper.starts,
            _("the hour it ended"): content.paper.ends,
            _("the secretary"): content.paper.secretary_name,
        }
        if blank := [name for name, value in blanks.items() if not value]:
            gaps.append(_("Left blank, to be filled in by hand: %(names)s.") % {"names": ", ".join(blank)})
    if meeting and (unsettled := meeting.questions.unsettled().count()):
        gaps.append(_("Contradictions not settled yet: %(n)d.") % {"n": unsettled})
    return gaps


def lack_of_figures(summary: Summary) -> str:
    """Why nothing can be issued on the comparison yet, in a sentence; empty where it can."""
    states = states_of([summary.period, summary.baseline])
    return states.obstacle(summary.period) or states.half_year_told(summary.baseline)


def reason_not_ready(content: Content, meeting: Meeting | None) -> str:
    """Why the content can't be signed off yet, in a sentence; empty where it can."""
    if isinstance(content, SummaryReport):
        return lack_of_figures(content.summary)
    if meeting is None:
        raise ValueError("a paper is a meeting's")
    if meeting.is_called_off:
        return _("This meeting was called off.")
    if content.head.kind_code == Kind.INVITATION:
        return meeting.hour_lacking
    if not meeting.took_place:
        return _("The meeting has not been held yet.")
    if content.head.kind_code == CONCLUSION and not content.paper.conclusion:
        return _("The chair's conclusion has not been recorded yet.")
    if not meeting.has_record():
        return _("Nothing of this meeting has been recorded yet.")
    if undecided := meeting.attendances.undecided().count():
        return _("Units not ticked yet: %(n)d. Was each there, represented or absent?") % {"n": undecided}
    return ""
