"""What this floor stores: rounds, submissions and their figures; documents drafted, issued and signed."""

from reports.models import built, foreseen  # noqa: F401 - tell the floor below what is built on it, and what follows
from reports.models.approvals import ApprovalDeputy, ApprovalRequest
from reports.models.attachments import Attachment
from reports.models.dispatches import Dispatch, DocumentReading
from reports.models.document_drafts import DocumentDraft, DocumentDraftQuerySet
from reports.models.due_days import DueDays, Extension
from reports.models.issued import (
    IssuedDocument,
    IssuedDocumentQuerySet,
    IssuedFile,
    Kind,
    NumberSeries,
)
from reports.models.library import LibraryPaper
from reports.models.proposals import Proposal
from reports.models.report_templates import ReportTemplate
from reports.models.review_comments import ReviewAnswer, ReviewComment
from reports.models.signed_copies import SignedCopy, SignedCopyWithdrawal
from reports.models.submission_notes import SubmissionNote
from reports.models.submissions import (
    Figure,
    Indicator,
    IndicatorValue,
    ReportingRound,
    Submission,
    SubmissionVersion,
)
from reports.models.superior_forms import FormBinding, SuperiorForm
from reports.models.taken_texts import TakenText
from reports.models.word_base import WordBase

__all__ = [
    "ApprovalDeputy",
    "ApprovalRequest",
    "Attachment",
    "Dispatch",
    "DocumentDraft",
    "DocumentDraftQuerySet",
    "DocumentReading",
    "DueDays",
    "Extension",
    "Figure",
    "FormBinding",
    "Indicator",
    "IndicatorValue",
    "IssuedDocument",
    "IssuedDocumentQuerySet",
    "IssuedFile",
    "Kind",
    "LibraryPaper",
    "NumberSeries",
    "Proposal",
    "ReportTemplate",
    "ReportingRound",
    "ReviewAnswer",
    "ReviewComment",
    "SignedCopy",
    "SignedCopyWithdrawal",
    "Submission",
    "SubmissionNote",
    "SubmissionVersion",
    "SuperiorForm",
    "TakenText",
    "WordBase",
]
