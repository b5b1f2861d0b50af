"""Documents: drafted, issued for good, and what Word files are written on."""

from reports.documents.models.drafts import DocumentDraft, DocumentDraftQuerySet
from reports.documents.models.issued import (
    AppendOnly,
    AppendOnlyQuerySet,
    IssuedDocument,
    IssuedDocumentQuerySet,
    IssuedFile,
    IssuedForGood,
    Kind,
    NumberSeries,
)
from reports.documents.models.word_base import WordBase

__all__ = [
    "AppendOnly",
    "AppendOnlyQuerySet",
    "DocumentDraft",
    "DocumentDraftQuerySet",
    "IssuedDocument",
    "IssuedDocumentQuerySet",
    "IssuedFile",
    "IssuedForGood",
    "Kind",
    "NumberSeries",
    "WordBase",
]
