"""Whether what was issued still says what would be written today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from meetings.models import Meeting
from reports.comparison.values import Summary
from reports.documents.kinds import PAPERS, PaperOfMeeting, kind_of
from reports.models import DocumentDraft, IssuedDocument, Kind
from reports.prose.checked_text import CheckedText


@dataclass(frozen=True)
class DocumentStanding:
    """A document in force, and whether its figures – or what the meeting's record says – have changed since."""

    document: IssuedDocument
    is_outdated: bool


def check_standing(document: IssuedDocument, shown: Summary | None = None) -> DocumentStanding:
    """`shown` is a summary at hand; where it is another comparison, the document's own is made."""
    of_it = shown if shown and _is_of(document, shown) else None
    return DocumentStanding(document, is_outdated=not kind_of(document).still_holds(document, of_it))


def outdated_numbers(document: IssuedDocument) -> CheckedText | None:
    """The numbers of the document's printed text that no figure of now stands behind; None where it is on no period."""
    return kind_of(document).outdated_numbers(document)


def _is_of(document: IssuedDocument, summary: Summary) -> bool:
    asked = (document.period, document.baseline)
    return summary.scope.is_whole and asked == (summary.period, summary.baseline)


def issued_on_period(summary: Summary) -> Iterator[DocumentStanding]:
    """The documents in force on the summary's period."""
    documents: Iterable[IssuedDocument] = (
        IssuedDocument.objects.summary_reports_on(summary.period).in_force().defer("summary")
    )
    return (check_standing(document, summary) for document in documents)


def drafts_on_period(summary: Summary) -> list[DocumentDraft]:
    """The reports on the summary's period that are on their way out."""
    return list(DocumentDraft.objects.being_written().summary_reports().filter(period=summary.period))


@dataclass(frozen=True)
class PaperProgress:
    """How far one of a meeting's numbered papers is: not begun, a draft, issued, or issued and being corrected."""

    kind: Kind
    draft: DocumentDraft | None
    issued: DocumentStanding | None
    may_begin: bool


def paper_progress(meeting: Meeting) -> tuple[PaperProgress, ...]:
    """The meeting's papers in the order they are needed."""
    drafts = {draft.kind: draft for draft in DocumentDraft.objects.being_written().filter(meeting=meeting)}
    in_force = IssuedDocument.objects.filter(meeting=meeting).in_force().select_related("meeting__host")
    issued = {document.kind: check_standing(document) for document in in_force}
    return tuple(
        PaperProgress(kind, drafts.get(kind), issued.get(kind), may_begin=_may_begin(entry, meeting))
        for kind, entry in PAPERS.items()
    )


def _may_begin(entry: PaperOfMeeting, meeting: Meeting) -> bool:
    return meeting.took_place or (entry.paper.is_issued_before and meeting.is_planned)
