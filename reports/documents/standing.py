"""Whether what was issued on a period still says what the figures say now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reports.documents.fingerprint import fingerprint
from reports.documents.models import DocumentDraft, IssuedDocument
from reports.rows import Summary
from reports.summary import summarise


@dataclass(frozen=True)
class Standing:
    """A document in force, and whether newer figures exist than those it was issued with."""

    document: IssuedDocument
    has_newer_figures: bool


def standing_of(document: IssuedDocument, shown: Summary | None = None) -> Standing:
    """`shown` is a summary at hand; where it is another comparison, the document's own is made."""
    if document.period is None:
        return Standing(document, has_newer_figures=False)
    if not (shown and _is_of(document, shown)):
        shown = summarise(current=document.period, baseline=document.baseline, like_for_like=document.like_for_like)
    return Standing(document, has_newer_figures=fingerprint(shown) != document.fingerprint)


def _is_of(document: IssuedDocument, summary: Summary) -> bool:
    asked = (document.period, document.baseline, document.like_for_like)
    return summary.scope.is_whole and asked == (summary.period, summary.baseline, summary.like_for_like)


def issued_on_period(summary: Summary) -> Iterator[Standing]:
    """The documents in force on the summary's period."""
    documents: Iterable[IssuedDocument] = IssuedDocument.objects.reports_on(summary.period).in_force().defer("summary")
    return (standing_of(document, summary) for document in documents)


def drafts_on_period(summary: Summary) -> list[DocumentDraft]:
    """The reports on the summary's period that are on their way out."""
    return list(DocumentDraft.objects.being_written().filter(period=summary.period))
