"""What this floor stores: rounds, submissions and their figures; documents drafted, issued and signed."""

from reports.models.document_drafts import DocumentDraft, DocumentDraftQuerySet
from reports.models.issued import (
    REPORT_NAME,
    IssuedDocument,
    IssuedDocumentQuerySet,
    IssuedFile,
    IssuedForGood,
    Kind,
    NumberSeries,
)
from reports.models.signed_copies import SignedCopy, SignedCopyWithdrawal
from reports.models.submissions import (
    Figure,
    Indicator,
    IndicatorValue,
    ReportingRound,
    Submission,
    SubmissionVersion,
)
from reports.models.word_base import WordBase

__all__ = [
    "REPORT_NAME",
    "DocumentDraft",
    "DocumentDraftQuerySet",
    "Figure",
    "Indicator",
    "IndicatorValue",
    "IssuedDocument",
    "IssuedDocumentQuerySet",
    "IssuedFile",
    "IssuedForGood",
    "Kind",
    "NumberSeries",
    "ReportingRound",
    "SignedCopy",
    "SignedCopyWithdrawal",
    "Submission",
    "SubmissionVersion",
    "WordBase",
]
